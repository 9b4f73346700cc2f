package org.tequio.feature.filter;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;

/**
 * Looks up the names of an expression, checks that types fit, and computes what is the same for
 * every row. Conditions know three answers: true, false and not known (OGC 21-065r2, clause 6).
 */
final class Binder {
  private final FilterTarget target;
  private final Places places;

  Binder(FilterTarget target, ServiceCrs crs) {
    this.target = target;
    this.places = new Places(target, crs);
  }

  /** An expression that must give values of a type. */
  Bound bind(Expression expression, ValueType wanted) {
    Bound bound = bind(expression);
    if (bound.type() != wanted) {
      throw mismatch(expression, wanted.title());
    }
    return bound;
  }

  Bound bind(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> literal(literal.value());
      case Expression.Shape shape ->
          Bound.constant(ValueType.SHAPE, places.prepared(shape.geometry()));
      case Expression.Box box ->
          Bound.constant(ValueType.SHAPE, Places.polygons(places.boxes(box)));
      case Expression.Interval interval -> interval(interval);
      case Expression.Items items -> set(items);
      case Expression.Property property -> property(property.name());
      case Expression.Call call -> call(call);
      case Expression.Operation operation -> operation(operation);
      case Expression.Unbounded none -> throw mismatch(expression, ValueType.MOMENT.title());
    };
  }

  private static Bound literal(Object value) {
    return switch (value) {
      case String text -> Bound.constant(ValueType.TEXT, Folding.composed(text));
      case Boolean truth -> Bound.constant(ValueType.TRUTH, truth);
      case LocalDate day -> Bound.constant(ValueType.MOMENT, day);
      case Instant instant -> Bound.constant(ValueType.MOMENT, instant);
      default -> Bound.constant(ValueType.NUMBER, value);
    };
  }

  private Bound property(String name) {
    int index = target.indexOf(name);
    if (index >= 0) {
      Field field = target.fields().get(index);
      int position = target.positions()[index];
      return Bound.of(
          ValueType.of(field.type()),
          false,
          field.type() == FieldType.TEXT
              ? row -> row.value(position) instanceof String text ? Folding.composed(text) : null
              : row -> row.value(position));
    }
    if (name.equals(target.idName())) {
      return Bound.of(ValueType.NUMBER, false, row -> row.id());
    }
    if (name.equals(target.geometryName()) && target.spatial()) {
      return Bound.of(ValueType.SHAPE, false, places::of);
    }
    throw unknown(name);
  }

  private FilterRefused unknown(String name) {
    List<String> names = new ArrayList<>(List.of(target.idName()));
    if (target.spatial()) {
      names.add(target.geometryName());
    }
    target.fields().forEach(field -> names.add(field.name()));
    String known = names.stream().limit(40).collect(Collectors.joining(", "));
    String shown = FilterRefused.shortened(name);
    return new FilterRefused(
        new LocalText(
            "no existe la propiedad '" + shown + "'; las que hay: " + known,
            "não existe a propriedade '" + shown + "'; as que existem: " + known,
            "there is no property '" + shown + "'; there are: " + known));
  }

  private Bound call(Expression.Call call) {
    FilterFunction function =
        FilterFunction.find(call.function())
            .orElseThrow(
                () -> {
                  String shown = FilterRefused.shortened(call.function());
                  return new FilterRefused(
                      new LocalText(
                          "no existe la función '" + shown + "'; vea /ogc/functions",
                          "não existe a função '" + shown + "'; veja /ogc/functions",
                          "there is no function '" + shown + "'; see /ogc/functions"));
                });
    return function.bind(call.arguments().stream().map(this::bind).toList());
  }

  private Bound interval(Expression.Interval interval) {
    Bound from = end(interval.from());
    Bound until = end(interval.until());
    boolean openStart = interval.from() instanceof Expression.Unbounded;
    boolean openEnd = interval.until() instanceof Expression.Unbounded;
    return Bound.of(
        ValueType.SPAN,
        from.constant() && until.constant(),
        row -> {
          Object first = from.value().of(row);
          Object last = until.value().of(row);
          boolean known = (openStart || first != null) && (openEnd || last != null);
          return known ? new Span(first, last) : null;
        });
  }

  private Bound end(Expression end) {
    return end instanceof Expression.Unbounded
        ? Bound.constant(ValueType.MOMENT, null)
        : bind(end, ValueType.MOMENT);
  }

  /** A set of values: an array's items, or the one value of anything else. */
  private Bound set(Expression expression) {
    List<Bound> items =
        expression instanceof Expression.Items array
            ? array.items().stream()
                .map(one -> one instanceof Expression.Items inner ? set(inner) : bind(one))
                .toList()
            : List.of(bind(expression));
    boolean array = expression instanceof Expression.Items;
    return Bound.of(
        ValueType.SET,
        items.stream().allMatch(Bound::constant),
        row -> {
          Set<@Nullable Object> set = new HashSet<>();
          for (Bound item : items) {
            Object value = item.value().of(row);
            set.add(value == null ? null : item.type().canonical(value));
          }
          return !array && set.contains(null) ? null : set;
        });
  }

  private Bound operation(Expression.Operation operation) {
    Operator operator = operation.operator();
    List<Expression> operands = operation.operands();
    return switch (operator.kind()) {
      case LOGIC ->
          Logic.of(operator, operands.stream().map(one -> bind(one, ValueType.TRUTH)).toList());
      case COMPARISON -> comparison(operator, operands);
      case PREDICATE -> predicate(operator, operands);
      case TEXT -> folded(operator, operands.getFirst());
      case SPATIAL -> spatial(operator, operands.get(0), operands.get(1));
      case DISTANCE -> near(operands);
      case TEMPORAL -> temporal(operator, operands.get(0), operands.get(1));
      case ARRAY -> sets(operator, set(operands.get(0)), set(operands.get(1)));
      case ARITHMETIC -> arithmetic(operator, operands);
    };
  }

  private Bound comparison(Operator operator, List<Expression> operands) {
    Bound left = scalar(operands.get(0));
    Bound right = bind(operands.get(1), left.type());
    ValueType type = left.type();
    return pair(
        left,
        right,
        ValueType.TRUTH,
        (a, b) -> {
          int order = type.compare(a, b);
          return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case GREATER -> order > 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> throw new IllegalArgumentException(operator + " does not compare");
          };
        });
  }

  private Bound scalar(Expression expression) {
    Bound bound = bind(expression);
    if (!bound.type().isScalar()) {
      throw mismatch(
          expression,
          new LocalText(
              "un texto, un número, una fecha o una condición",
              "um texto, um número, uma data ou uma condição",
              "a text, a number, a date or a condition"));
    }
    return bound;
  }

  /** Works on two values that are known. */
  @FunctionalInterface
  private interface Pair {
    @Nullable Object of(Object a, Object b);
  }

  /** What is made of two values; not known where one of them is not. */
  private static Bound pair(Bound left, Bound right, ValueType type, Pair work) {
    return Bound.of(
        type,
        left.constant() && right.constant(),
        row -> {
          Object a = left.value().of(row);
          Object b = a == null ? null : right.value().of(row);
          return a == null || b == null ? null : work.of(a, b);
        });
  }

  private Bound predicate(Operator operator, List<Expression> operands) {
    return switch (operator) {
      case LIKE -> like(operands.get(0), operands.get(1));
      case BETWEEN ->
          Logic.of(
              Operator.AND,
              List.of(
                  comparison(Operator.GREATER_OR_EQUAL, List.of(operands.get(0), operands.get(1))),
                  comparison(Operator.LESS_OR_EQUAL, List.of(operands.get(0), operands.get(2)))));
      case IN -> in(operands.get(0), (Expression.Items) operands.get(1));
      case IS_NULL -> isNull(operands.getFirst());
      default -> throw new IllegalArgumentException(operator + " is no predicate");
    };
  }

  private Bound like(Expression text, Expression pattern) {
    Bound left = bind(text, ValueType.TEXT);
    Bound right = bind(pattern, ValueType.TEXT);
    if (!right.constant()) {
      throw mismatch(
          pattern, new LocalText("un patrón fijo", "um padrão fixo", "a pattern that is fixed"));
    }
    LikePattern like = LikePattern.of(String.valueOf(right.constantValue()));
    return Bound.of(
        ValueType.TRUTH,
        left.constant(),
        row -> left.value().of(row) instanceof String value ? like.matches(value) : null);
  }

  private Bound in(Expression expression, Expression.Items list) {
    Bound value = scalar(expression);
    ValueType type = value.type();
    Set<Object> fixed = new HashSet<>();
    List<Bound> others = new ArrayList<>();
    boolean unknown = false;
    for (Expression one : list.items()) {
      Bound item = bind(one, type);
      Object constant = item.constant() ? item.constantValue() : null;
      if (constant != null) {
        fixed.add(type.canonical(constant));
      } else if (item.constant()) {
        unknown = true;
      } else {
        others.add(item);
      }
    }
    boolean anyUnknown = unknown;
    return Bound.of(
        ValueType.TRUTH,
        value.constant() && others.isEmpty(),
        row -> {
          Object asked = value.value().of(row);
          if (asked == null) {
            return null;
          }
          if (fixed.contains(type.canonical(asked))) {
            return true;
          }
          boolean missing = anyUnknown;
          for (Bound other : others) {
            Object item = other.value().of(row);
            missing |= item == null;
            if (item != null && type.compare(asked, item) == 0) {
              return true;
            }
          }
          return missing ? null : false;
        });
  }

  private Bound isNull(Expression expression) {
    if (isGeometry(expression)) {
      return Bound.of(ValueType.TRUTH, false, row -> row.wkb() == null);
    }
    Bound value = bind(expression);
    return Bound.of(ValueType.TRUTH, value.constant(), row -> value.value().of(row) == null);
  }

  private boolean isGeometry(Expression expression) {
    return target.spatial()
        && expression instanceof Expression.Property property
        && target.indexOf(property.name()) < 0
        && property.name().equals(target.geometryName());
  }

  private Bound folded(Operator operator, Expression expression) {
    Bound text = bind(expression, ValueType.TEXT);
    return Bound.of(
        ValueType.TEXT,
        text.constant(),
        row -> {
          if (!(text.value().of(row) instanceof String value)) {
            return null;
          }
          return operator == Operator.CASEI ? Folding.caseless(value) : Folding.unaccented(value);
        });
  }

  private Bound arithmetic(Operator operator, List<Expression> operands) {
    return pair(
        bind(operands.get(0), ValueType.NUMBER),
        bind(operands.get(1), ValueType.NUMBER),
        ValueType.NUMBER,
        (a, b) ->
            Numbers.calculate(operator, ((Number) a).doubleValue(), ((Number) b).doubleValue()));
  }

  private Bound spatial(Operator operator, Expression a, Expression b) {
    Bound left = bind(a, ValueType.SHAPE);
    Bound right = bind(b, ValueType.SHAPE);
    if (left.constant() == right.constant()) {
      return pair(
          left,
          right,
          ValueType.TRUTH,
          (one, other) -> SpatialRelation.test(operator, (Geometry) one, (Geometry) other));
    }
    Expression fixed = left.constant() ? a : b;
    if (fixed instanceof Expression.Box box && operator == Operator.S_INTERSECTS) {
      BoxFilter filter = places.boxFilter(places.boxes(box));
      return new Bound(
          ValueType.TRUTH,
          row -> row.wkb() == null ? null : filter.holds(row),
          false,
          filter.reach());
    }
    Geometry shape = (Geometry) (left.constant() ? left : right).constantValue();
    if (shape == null) {
      return Bound.constant(ValueType.TRUTH, null);
    }
    SpatialRelation test =
        new SpatialRelation(
            left.constant() ? SpatialRelation.turned(operator) : operator, shape, places);
    return new Bound(ValueType.TRUTH, test::of, false, test.reach());
  }

  /** The geometry of the features, a fixed one, and how far apart they may be. */
  private Bound near(List<Expression> operands) {
    boolean second = isGeometry(operands.get(0));
    Expression other = operands.get(second ? 1 : 0);
    Bound shape = bind(other, ValueType.SHAPE);
    Bound distance = bind(operands.get(2), ValueType.NUMBER);
    Geometry fixed = shape.constant() ? (Geometry) shape.constantValue() : null;
    if (fixed == null || fixed.isEmpty() || !isGeometry(operands.get(second ? 0 : 1))) {
      throw mismatch(
          other,
          new LocalText(
              "la geometría de la capa y una fija",
              "a geometria da camada e uma fixa",
              "the layer's geometry and a fixed one"));
    }
    Object meters = distance.constant() ? distance.constantValue() : null;
    if (!(meters instanceof Number number) || number.doubleValue() < 0) {
      throw mismatch(
          operands.get(2),
          new LocalText(
              "una distancia fija en metros, desde 0",
              "uma distância fixa em metros, a partir de 0",
              "a fixed distance in metres, from 0"));
    }
    return places.near(fixed, number.doubleValue());
  }

  private Bound temporal(Operator operator, Expression a, Expression b) {
    return pair(
        span(operator, a),
        span(operator, b),
        ValueType.TRUTH,
        (one, other) -> Span.test(operator, (Span) one, (Span) other));
  }

  private Bound span(Operator operator, Expression expression) {
    Bound bound = bind(expression);
    if (bound.type() == ValueType.SPAN) {
      return bound;
    }
    boolean instants =
        switch (operator) {
          case T_AFTER, T_BEFORE, T_DISJOINT, T_EQUALS, T_INTERSECTS -> true;
          default -> false;
        };
    if (!instants || bound.type() != ValueType.MOMENT) {
      throw mismatch(expression, (instants ? ValueType.MOMENT : ValueType.SPAN).title());
    }
    return Bound.of(
        ValueType.SPAN,
        bound.constant(),
        row -> {
          Object moment = bound.value().of(row);
          return moment == null ? null : new Span(moment, moment);
        });
  }

  private static Bound sets(Operator operator, Bound left, Bound right) {
    return pair(
        left,
        right,
        ValueType.TRUTH,
        (one, other) -> {
          Set<?> a = (Set<?>) one;
          Set<?> b = (Set<?>) other;
          return switch (operator) {
            case A_EQUALS -> a.equals(b);
            case A_CONTAINS -> a.containsAll(b);
            case A_CONTAINED_BY -> b.containsAll(a);
            case A_OVERLAPS -> a.stream().anyMatch(b::contains);
            default -> throw new IllegalArgumentException(operator + " compares no sets");
          };
        });
  }

  /** What every row that passes has, of the conditions that must all hold. */
  List<RowFilter.Equal> equalities(Expression filter) {
    List<RowFilter.Equal> found = new ArrayList<>();
    if (filter instanceof Expression.Operation(Operator operator, List<Expression> operands)) {
      if (operator == Operator.AND) {
        operands.forEach(one -> found.addAll(equalities(one)));
      } else if (operator == Operator.EQUAL) {
        equality(operands.get(0), operands.get(1), found);
        equality(operands.get(1), operands.get(0), found);
      }
    }
    return found;
  }

  private void equality(Expression a, Expression b, List<RowFilter.Equal> found) {
    if (a instanceof Expression.Property(String name)
        && b instanceof Expression.Literal(Object value)
        && target.indexOf(name) >= 0) {
      Field field = target.fields().get(target.indexOf(name));
      boolean same =
          switch (field.type()) {
            // Other texts can be equal in other bytes.
            case TEXT -> value instanceof String text && text.chars().allMatch(c -> c < 0x80);
            case INTEGER -> value instanceof Long;
            case BOOLEAN -> value instanceof Boolean;
            case DATE -> value instanceof LocalDate;
            case DECIMAL, INSTANT -> false;
          };
      if (same) {
        found.add(new RowFilter.Equal(field.name(), value));
      }
    }
  }

  private static FilterRefused mismatch(Expression expression, LocalText wanted) {
    return FilterRefused.expected(
        "filter", wanted, FilterRefused.shortened(Cql2TextWriter.write(expression)));
  }
}
