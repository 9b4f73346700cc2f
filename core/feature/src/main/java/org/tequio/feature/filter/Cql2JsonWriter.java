package org.tequio.feature.filter;

import java.io.StringWriter;
import java.time.LocalDate;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes CQL2 JSON. Not thread-safe. */
final class Cql2JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  private Cql2JsonWriter(JsonGenerator json) {
    this.json = json;
  }

  static String write(Expression expression) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      new Cql2JsonWriter(json).expression(expression);
    }
    return text.toString();
  }

  private void expression(Expression expression) {
    switch (expression) {
      case Expression.Literal literal -> literal(literal.value());
      case Expression.Shape shape -> geometry(shape.geometry());
      case Expression.Items items -> list(items.items());
      case Expression.Unbounded none -> json.writeString("..");
      case Expression.Property property ->
          object("property", () -> json.writeString(property.name()));
      case Expression.Box box ->
          object("bbox", () -> array(() -> box.bounds().forEach(json::writeNumber)));
      case Expression.Interval interval ->
          object(
              "interval",
              () ->
                  array(
                      () -> {
                        end(interval.from());
                        end(interval.until());
                      }));
      case Expression.Operation operation ->
          operation(operation.operator().symbol(), operation.operands());
      case Expression.Call call -> operation(call.function(), call.arguments());
    }
  }

  private void operation(String op, List<Expression> args) {
    json.writeStartObject();
    json.writeName("op");
    json.writeString(op);
    json.writeName("args");
    list(args);
    json.writeEndObject();
  }

  private void literal(Object value) {
    switch (value) {
      case String text -> json.writeString(text);
      case Boolean truth -> json.writeBoolean(truth);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      default ->
          object(
              value instanceof LocalDate ? "date" : "timestamp",
              () -> json.writeString(value.toString()));
    }
  }

  private void end(Expression end) {
    if (end instanceof Expression.Literal literal) {
      json.writeString(literal.value().toString());
    } else {
      expression(end);
    }
  }

  private void list(List<Expression> items) {
    array(() -> items.forEach(this::expression));
  }

  private void array(Runnable content) {
    json.writeStartArray();
    content.run();
    json.writeEndArray();
  }

  private void object(String name, Runnable value) {
    json.writeStartObject();
    json.writeName(name);
    value.run();
    json.writeEndObject();
  }

  private void geometry(Geometry geometry) {
    String type = geometry.getGeometryType();
    json.writeStartObject();
    json.writeName("type");
    json.writeString(type);
    if (type.equals("GeometryCollection")) {
      json.writeName("geometries");
      array(() -> eachPart(geometry, true));
    } else {
      json.writeName("coordinates");
      coordinates(geometry);
    }
    json.writeEndObject();
  }

  private void eachPart(Geometry parts, boolean mixed) {
    for (int i = 0; i < parts.getNumGeometries(); i++) {
      if (mixed) {
        geometry(parts.getGeometryN(i));
      } else {
        coordinates(parts.getGeometryN(i));
      }
    }
  }

  private void coordinates(Geometry geometry) {
    switch (geometry) {
      case Point point -> position(point.getCoordinate());
      case LineString line ->
          array(
              () -> {
                for (Coordinate position : line.getCoordinates()) {
                  position(position);
                }
              });
      case Polygon polygon ->
          array(
              () -> {
                coordinates(polygon.getExteriorRing());
                for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
                  coordinates(polygon.getInteriorRingN(i));
                }
              });
      case GeometryCollection parts -> array(() -> eachPart(parts, false));
      default -> throw new IllegalArgumentException("no such geometry: " + geometry);
    }
  }

  private void position(Coordinate position) {
    array(
        () -> {
          json.writeNumber(position.x);
          json.writeNumber(position.y);
          if (!Double.isNaN(position.getZ())) {
            json.writeNumber(position.getZ());
          }
        });
  }
}
