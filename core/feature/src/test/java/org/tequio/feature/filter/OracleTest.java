package org.tequio.feature.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.ServiceCrs;

/** Filters against a second, slow reading of the standard that shares no code with them. */
class OracleTest {
  @Property(tries = 3000)
  void aFilterSaysWhatTheStandardSays(
      @ForAll("conditions") Expression filter, @ForAll("parcels") Parcel parcel) {
    assertThat(parcel.passes(filter, ServiceCrs.CRS84))
        .as(() -> FilterLanguage.CQL2_TEXT.write(filter) + " of " + parcel)
        .isEqualTo(Objects.equals(said(filter, parcel), true));
  }

  @Property(tries = 500)
  void aRowThatPassesMeetsWhatTheStoreWasTold(
      @ForAll("conditions") Expression filter, @ForAll("parcels") Parcel parcel) {
    RowFilter ready = RowFilter.of(filter, Parcel.TARGET, ServiceCrs.CRS84);
    if (ready.holds(parcel)) {
      assertThat(ready.reach()).isNotInstanceOf(Reach.Nowhere.class);
      for (RowFilter.Equal equal : ready.equal()) {
        assertThat(said(new Expression.Property(equal.field()), parcel)).isEqualTo(equal.value());
      }
    }
  }

  @Provide
  Arbitrary<Expression> conditions() {
    return RandomFilters.conditions();
  }

  @Provide
  Arbitrary<Parcel> parcels() {
    Arbitrary<@Nullable String> text = Arbitraries.of("a", "b", "ab", "axb", "").injectNull(0.2);
    return Combinators.combine(
            text,
            text,
            Arbitraries.longs().between(-2, 3).injectNull(0.2),
            Arbitraries.of(0.5, 2.0, -1.0, 3.25).injectNull(0.2),
            Arbitraries.of(true, false).injectNull(0.2))
        .as(
            (use, district, floors, area, empty) ->
                Parcel.of(
                    "uso",
                    use,
                    "colonia",
                    district,
                    "pisos",
                    floors,
                    "superficie",
                    area,
                    "baldio",
                    empty));
  }

  private static @Nullable Object said(Expression expression, Parcel parcel) {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.Property property -> {
        int at = Parcel.TARGET.indexOf(property.name());
        yield parcel.value(Parcel.TARGET.positions()[at]);
      }
      case Expression.Operation operation ->
          said(operation.operator(), operation.operands(), parcel);
      default -> throw new IllegalArgumentException("not asked for here: " + expression);
    };
  }

  private static @Nullable Object said(
      Operator operator, List<Expression> operands, Parcel parcel) {
    Object a = said(operands.getFirst(), parcel);
    if (operator == Operator.IS_NULL) {
      return a == null;
    }
    if (operator == Operator.NOT) {
      return a == null ? null : !a.equals(true);
    }
    if (operator == Operator.IN) {
      Boolean found = a == null ? null : false;
      for (Expression item : ((Expression.Items) operands.get(1)).items()) {
        found = or(found, compared(Operator.EQUAL, a, said(item, parcel)));
      }
      return found;
    }
    Object b = said(operands.get(1), parcel);
    return switch (operator) {
      case OR -> or((Boolean) a, (Boolean) b);
      case AND -> not(or(not((Boolean) a), not((Boolean) b)));
      case BETWEEN ->
          not(
              or(
                  not(compared(Operator.GREATER_OR_EQUAL, a, b)),
                  not(compared(Operator.LESS_OR_EQUAL, a, said(operands.get(2), parcel)))));
      case LIKE ->
          a == null || b == null
              ? null
              : ((String) a).matches(((String) b).replace("%", ".*").replace("_", "."));
      case EQUAL, NOT_EQUAL, LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL ->
          compared(operator, a, b);
      default -> calculated(operator, a, b);
    };
  }

  private static @Nullable Boolean not(@Nullable Boolean a) {
    return a == null ? null : !a;
  }

  private static @Nullable Boolean or(@Nullable Boolean a, @Nullable Boolean b) {
    if (Objects.equals(a, true) || Objects.equals(b, true)) {
      return true;
    }
    return a == null || b == null ? null : false;
  }

  private static @Nullable Boolean compared(
      Operator operator, @Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return null;
    }
    int order =
        a instanceof String text
            ? text.compareTo((String) b)
            : new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
    return switch (operator.symbol()) {
      case "=" -> order == 0;
      case "<>" -> order != 0;
      case "<" -> order < 0;
      case ">" -> order > 0;
      case "<=" -> order <= 0;
      default -> order >= 0;
    };
  }

  private static @Nullable Double calculated(
      Operator operator, @Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return null;
    }
    double a = ((Number) left).doubleValue();
    double b = ((Number) right).doubleValue();
    double result =
        switch (operator.symbol()) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          case "%" -> a % b;
          case "div" -> b == 0 ? Double.NaN : (double) (long) (a / b);
          default -> Math.pow(a, b);
        };
    return Double.isFinite(result) ? result : null;
  }
}
