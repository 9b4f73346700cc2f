package org.tequio.feature.filter;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Writes CQL2 text; every operation within another stands in parentheses. */
final class Cql2TextWriter {
  private Cql2TextWriter() {}

  static String write(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> literal(literal.value());
      case Expression.Shape shape -> tagged(shape.geometry());
      case Expression.Box box ->
          "BBOX" + list(box.bounds().stream().map(Object::toString).toList());
      case Expression.Unbounded none -> "'..'";
      case Expression.Interval interval ->
          "INTERVAL(" + end(interval.from()) + "," + end(interval.until()) + ")";
      case Expression.Items items ->
          list(items.items().stream().map(Cql2TextWriter::operand).toList());
      case Expression.Property property -> Lexer.quotedIfNeeded(property.name());
      case Expression.Call call ->
          call.function() + list(call.arguments().stream().map(Cql2TextWriter::write).toList());
      case Expression.Operation operation -> operation(operation);
    };
  }

  private static String list(List<String> items) {
    return items.stream().collect(Collectors.joining(",", "(", ")"));
  }

  private static String literal(Object value) {
    return switch (value) {
      case String text -> Lexer.quotedText(text);
      case Boolean truth -> truth.toString().toUpperCase(Locale.ROOT);
      case LocalDate day -> "DATE('" + day + "')";
      case Number number -> number.toString();
      default -> "TIMESTAMP('" + value + "')";
    };
  }

  private static String end(Expression end) {
    return end instanceof Expression.Literal literal ? "'" + literal.value() + "'" : write(end);
  }

  private static String operation(Expression.Operation operation) {
    Operator operator = operation.operator();
    if (operator.isWrittenAsFunction()) {
      return operator.symbol().toUpperCase(Locale.ROOT)
          + list(operation.operands().stream().map(Cql2TextWriter::write).toList());
    }
    List<String> parts = operation.operands().stream().map(Cql2TextWriter::operand).toList();
    return switch (operator) {
      case NOT -> "NOT " + parts.getFirst();
      case IS_NULL -> parts.getFirst() + " IS NULL";
      case BETWEEN -> parts.get(0) + " BETWEEN " + parts.get(1) + " AND " + parts.get(2);
      default -> String.join(" " + operator.symbol().toUpperCase(Locale.ROOT) + " ", parts);
    };
  }

  private static String operand(Expression expression) {
    String text = write(expression);
    boolean whole =
        !(expression instanceof Expression.Operation inner)
            || inner.operator().isWrittenAsFunction();
    return whole ? text : "(" + text + ")";
  }

  private static String tagged(Geometry geometry) {
    boolean z = geometry.getNumPoints() > 0 && hasZ(geometry.getCoordinate());
    return geometry.getGeometryType().toUpperCase(Locale.ROOT)
        + (z ? " Z " : "")
        + untagged(geometry);
  }

  private static String untagged(Geometry geometry) {
    return switch (geometry) {
      case Point point -> "(" + position(point.getCoordinate()) + ")";
      case LineString line ->
          list(
              java.util.Arrays.stream(line.getCoordinates())
                  .map(Cql2TextWriter::position)
                  .toList());
      case Polygon polygon -> {
        List<String> rings = new ArrayList<>(List.of(untagged(polygon.getExteriorRing())));
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
          rings.add(untagged(polygon.getInteriorRingN(i)));
        }
        yield list(rings);
      }
      case GeometryCollection parts -> {
        boolean mixed = parts.getGeometryType().equals("GeometryCollection");
        List<String> all = new ArrayList<>();
        for (int i = 0; i < parts.getNumGeometries(); i++) {
          Geometry part = parts.getGeometryN(i);
          all.add(mixed ? tagged(part) : untagged(part));
        }
        yield list(all);
      }
      default -> throw new IllegalArgumentException("no such geometry: " + geometry);
    };
  }

  private static String position(Coordinate position) {
    String xy = position.x + " " + position.y;
    return hasZ(position) ? xy + " " + position.getZ() : xy;
  }

  private static boolean hasZ(Coordinate position) {
    return !Double.isNaN(position.getZ());
  }
}
