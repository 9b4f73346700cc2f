package org.tequio.feature.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LocalText;

/** Reads CQL2 JSON (OGC 21-065r2, annex C), naming what is wrong by its JSON pointer. */
final class Cql2JsonParser {
  private static final LocalText EXPRESSION =
      new LocalText(
          "una expresión: op y args, property, date, timestamp, interval, bbox o una geometría",
          "uma expressão: op e args, property, date, timestamp, interval, bbox ou uma geometria",
          "an expression: op and args, property, date, timestamp, interval, bbox or a geometry");

  private Cql2JsonParser() {}

  static Expression parse(String text) {
    return of(JsonTree.parse(text));
  }

  /** The expression that a tree of JSON is. */
  static Expression of(@Nullable Object tree) {
    return expression("", tree);
  }

  private static Expression expression(String place, @Nullable Object value) {
    return switch (value) {
      case List<?> list -> new Expression.Items(expressions(place, list));
      case Map<?, ?> object -> object(place, object);
      case null -> throw expected(place, EXPRESSION, "null");
      default -> new Expression.Literal(value);
    };
  }

  private static List<Expression> expressions(String place, List<?> values) {
    List<Expression> all = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      all.add(expression(place + "/" + i, values.get(i)));
    }
    return all;
  }

  private static Expression object(String place, Map<?, ?> object) {
    if (object.get("op") instanceof String op) {
      return operation(place, op, list(place + "/args", object.get("args")));
    }
    if (object.get("property") instanceof String name) {
      return new Expression.Property(name);
    }
    if (object.get("type") instanceof String type) {
      return shape(place, type, object);
    }
    if (object.containsKey("bbox")) {
      return box(place + "/bbox", object.get("bbox"));
    }
    if (object.containsKey("interval")) {
      return interval(place + "/interval", object.get("interval"));
    }
    for (String kind : List.of("date", "timestamp")) {
      if (object.get(kind) instanceof String text) {
        Object moment = Moments.of(text, kind.equals("date"));
        if (moment == null) {
          throw expected(
              place + "/" + kind, LocalText.same("2024-02-29, 2024-02-29T12:00:00Z"), text);
        }
        return new Expression.Literal(moment);
      }
    }
    throw expected(place, EXPRESSION, String.valueOf(object.keySet()));
  }

  private static Expression operation(String place, String op, List<?> values) {
    String args = place + "/args";
    List<Expression> operands = expressions(args, values);
    Optional<Operator> known = Operator.find(op);
    if (known.isEmpty()) {
      return new Expression.Call(op, operands);
    }
    Operator operator = known.get();
    boolean listed = operator != Operator.IN || operands.getLast() instanceof Expression.Items;
    if (!operator.takes(operands.size()) || !listed) {
      throw expected(
          args,
          new LocalText(
              "los operandos de '" + operator.symbol() + "'",
              "os operandos de '" + operator.symbol() + "'",
              "the operands of '" + operator.symbol() + "'"),
          "[" + operands.size() + "]");
    }
    return new Expression.Operation(operator, operands);
  }

  private static List<?> list(String place, @Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw expected(place, new LocalText("una lista", "uma lista", "a list"), shown(value));
  }

  private static Expression box(String place, @Nullable Object value) {
    List<Double> bounds = new ArrayList<>();
    for (Object bound : list(place, value)) {
      bounds.add(number(place, bound));
    }
    return Shapes.box(bounds);
  }

  private static Expression interval(String place, @Nullable Object value) {
    List<?> ends = list(place, value);
    if (ends.size() != 2) {
      throw expected(
          place,
          new LocalText("dos extremos", "dois extremos", "two ends"),
          "[" + ends.size() + "]");
    }
    return new Expression.Interval(end(place + "/0", ends.get(0)), end(place + "/1", ends.get(1)));
  }

  private static Expression end(String place, @Nullable Object value) {
    if (!(value instanceof String text)) {
      return expression(place, value);
    }
    Expression end = Moments.end(text);
    if (end == null) {
      throw expected(place, LocalText.same("2024-02-29, 2024-02-29T12:00:00Z, .."), text);
    }
    return end;
  }

  private static Expression.Shape shape(String place, String name, Map<?, ?> object) {
    if (name.equals("GeometryCollection")) {
      List<Expression.Shape> members = new ArrayList<>();
      for (Object member : list(place + "/geometries", object.get("geometries"))) {
        boolean plain =
            member instanceof Map<?, ?> one && !"GeometryCollection".equals(one.get("type"));
        if (!plain || !(expression(place, member) instanceof Expression.Shape shape)) {
          throw expected(
              place + "/geometries",
              new LocalText("geometrías", "geometrias", "geometries"),
              shown(member));
        }
        members.add(shape);
      }
      return Shapes.collection(members);
    }
    GeometryType type =
        switch (name) {
          case "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon" ->
              GeometryType.valueOf(name.toUpperCase(Locale.ROOT));
          default ->
              throw expected(place + "/type", LocalText.same("Point, …, GeometryCollection"), name);
        };
    return Shapes.of(type, positions(place + "/coordinates", object.get("coordinates")));
  }

  private static Object positions(String place, @Nullable Object value) {
    List<?> list = list(place, value);
    if (list.isEmpty() || list.getFirst() instanceof List<?>) {
      List<Object> all = new ArrayList<>(list.size());
      list.forEach(item -> all.add(positions(place, item)));
      return all;
    }
    double[] position = new double[list.size()];
    for (int i = 0; i < position.length; i++) {
      position[i] = number(place, list.get(i));
    }
    return position;
  }

  private static double number(String place, @Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw expected(place, new LocalText("un número", "um número", "a number"), shown(value));
  }

  private static String shown(@Nullable Object value) {
    return value instanceof Map<?, ?> object ? "{…}" + object.keySet() : String.valueOf(value);
  }

  private static FilterRefused expected(String place, LocalText wanted, String got) {
    return FilterRefused.expected("filter#" + (place.isEmpty() ? "/" : place), wanted, got);
  }
}
