package org.tequio.feature.filter;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Filters made up for property tests. */
final class RandomFilters {
  private static final List<Operator> COMPARISONS = ofKind(Operator.Kind.COMPARISON);

  private RandomFilters() {}

  private static List<Operator> ofKind(Operator.Kind kind) {
    return List.of(Operator.values()).stream().filter(one -> one.kind() == kind).toList();
  }

  private static Expression operation(Operator operator, Expression... operands) {
    return new Expression.Operation(operator, List.of(operands));
  }

  private static Arbitrary<Expression> literals() {
    return Arbitraries.<Object>oneOf(
            Arbitraries.strings().ofMaxLength(8).map(RandomFilters::withoutHalves),
            Arbitraries.of("it's", "a\\b", "\\'", "%\\_", "\t\n", "ñ"),
            Arbitraries.longs(),
            Arbitraries.doubles(),
            Arbitraries.of(true, false),
            Arbitraries.of(LocalDate.of(2024, 2, 29), LocalDate.of(1, 1, 1)),
            Arbitraries.of(
                Instant.parse("2024-02-29T12:00:00Z"),
                Instant.parse("2024-02-29T12:00:00.123456Z")))
        .map(Expression.Literal::new);
  }

  // Half a surrogate pair is no character and cannot be written in UTF-8.
  private static Object withoutHalves(String text) {
    return text.replaceAll("[\\ud800-\\udfff]", "");
  }

  private static Arbitrary<Expression> shapes() {
    return Arbitraries.of(
            "POINT(1.5 -2)",
            "POINT Z(1 2 3)",
            "LINESTRING(0 0,1 1.25)",
            "POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))",
            "MULTIPOINT((1 2),(3 4))",
            "MULTILINESTRING((0 0,1 1),(2 2,3 3))",
            "MULTIPOLYGON(((0 0,4 0,4 4,0 0)),((9 9,8 9,8 8,9 9)))",
            "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))",
            "BBOX(-1,-2,3,4.5)",
            "BBOX(1,2,3,4,5,6)")
        .map(FilterLanguage.CQL2_TEXT::parse);
  }

  private static Arbitrary<Expression> properties() {
    return Arbitraries.of(
            "uso", "a:b.c", "AND", "not", "un nombre", "con\"comillas", "1x", "ñandú", "")
        .map(Expression.Property::new);
  }

  private static Arbitrary<Expression> spans() {
    Arbitrary<Expression> end =
        Arbitraries.oneOf(
            properties(),
            Arbitraries.just(new Expression.Unbounded()),
            Arbitraries.of(LocalDate.of(2020, 1, 2), Instant.EPOCH).map(Expression.Literal::new));
    return Combinators.combine(end, end).as(Expression.Interval::new);
  }

  /** Anything that can be written, whether or not its types fit. */
  static Arbitrary<Expression> ofAnyForm() {
    return Arbitraries.recursive(
        () -> Arbitraries.oneOf(literals(), properties(), shapes(), spans()),
        RandomFilters::within,
        0,
        4);
  }

  private static Arbitrary<Expression> within(Arbitrary<Expression> inner) {
    Arbitrary<Expression> items = inner.list().ofMinSize(1).ofMaxSize(3).map(Expression.Items::new);
    Arbitrary<Expression> twice =
        Combinators.combine(
                Arbitraries.of(Operator.values())
                    .filter(one -> one.takes(2) && one != Operator.IN)
                    .filter(one -> one.kind() != Operator.Kind.ARRAY),
                inner,
                inner)
            .as((operator, a, b) -> operation(operator, a, b));
    return Arbitraries.oneOf(
        twice,
        Combinators.combine(Arbitraries.of(ofKind(Operator.Kind.ARRAY)), items, items)
            .as((operator, a, b) -> operation(operator, a, b)),
        Combinators.combine(
                Arbitraries.of(Operator.NOT, Operator.IS_NULL, Operator.CASEI, Operator.ACCENTI),
                inner)
            .as((operator, one) -> operation(operator, one)),
        Combinators.combine(inner, inner, inner)
            .as((a, b, c) -> operation(Operator.BETWEEN, a, b, c)),
        Combinators.combine(inner, inner, inner).as((a, b, c) -> operation(Operator.AND, a, b, c)),
        Combinators.combine(inner, items).as((a, list) -> operation(Operator.IN, a, list)),
        Combinators.combine(Arbitraries.of("length", "Foo"), inner.list().ofMaxSize(3))
            .as(Expression.Call::new));
  }

  /** Conditions on a {@link Parcel} whose types fit. */
  static Arbitrary<Expression> conditions() {
    Arbitrary<Expression> condition =
        Arbitraries.oneOf(
            compared(numbers()),
            compared(texts()),
            Combinators.combine(numbers(), numbers(), numbers())
                .as((a, b, c) -> operation(Operator.BETWEEN, a, b, c)),
            Combinators.combine(texts(), Arbitraries.of("a%", "%b", "_", "%", "a_b"))
                .as((a, like) -> operation(Operator.LIKE, a, new Expression.Literal(like))),
            Combinators.combine(numbers(), numbers().list().ofMinSize(1).ofMaxSize(3))
                .as((a, list) -> operation(Operator.IN, a, new Expression.Items(list))),
            Arbitraries.oneOf(numbers(), texts()).map(one -> operation(Operator.IS_NULL, one)),
            Arbitraries.of(true, false).map(Expression.Literal::new),
            Arbitraries.just(new Expression.Property("baldio")));
    return Arbitraries.recursive(
        () -> condition,
        inner ->
            Arbitraries.oneOf(
                inner.map(one -> operation(Operator.NOT, one)),
                Combinators.combine(Arbitraries.of(Operator.AND, Operator.OR), inner, inner)
                    .as((operator, a, b) -> operation(operator, a, b))),
        0,
        4);
  }

  private static Arbitrary<Expression> compared(Arbitrary<Expression> values) {
    return Combinators.combine(Arbitraries.of(COMPARISONS), values, values)
        .as((operator, a, b) -> operation(operator, a, b));
  }

  private static Arbitrary<Expression> numbers() {
    Arbitrary<Expression> plain =
        Arbitraries.oneOf(
            Arbitraries.of("pisos", "superficie").map(Expression.Property::new),
            Arbitraries.longs().between(-2, 3).map(Expression.Literal::new),
            Arbitraries.of(0.5, 2.0, -1.0).map(Expression.Literal::new));
    return Arbitraries.oneOf(
        plain,
        Combinators.combine(Arbitraries.of(ofKind(Operator.Kind.ARITHMETIC)), plain, plain)
            .as((operator, a, b) -> operation(operator, a, b)));
  }

  private static Arbitrary<Expression> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of("uso", "colonia").map(Expression.Property::new),
        Arbitraries.of("a", "b", "ab", "", "axb").map(Expression.Literal::new));
  }
}
