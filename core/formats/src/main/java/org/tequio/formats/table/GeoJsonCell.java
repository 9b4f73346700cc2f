package org.tequio.formats.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.GeometryType;
import org.tequio.feature.WkbBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A GeoJSON geometry (RFC 7946, section 3.1), or the geometry of a feature, that stands as text in
 * one cell of a table.
 */
final class GeoJsonCell {
  private static final int MAX_DEPTH = 24;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(64).maxNumberLength(400).build())
          .build();

  private GeoJsonCell() {}

  static byte[] wkb(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a GeoJSON geometry");
      }
      byte[] wkb = geometry(parser, 0);
      if (wkb == null) {
        throw new IllegalArgumentException("not a GeoJSON geometry");
      }
      return wkb;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not well-formed GeoJSON", e);
    }
  }

  private static byte @Nullable [] geometry(JsonParser parser, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("geometry nested too deep");
    }
    String type = "";
    Nested coordinates = null;
    List<byte[]> parts = null;
    byte[] inner = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "type" -> type = value == JsonToken.VALUE_STRING ? parser.getString() : "";
        case "coordinates" ->
            coordinates = value == JsonToken.START_ARRAY ? nested(parser, 0) : null;
        case "geometry" -> {
          if (value == JsonToken.START_OBJECT) {
            inner = geometry(parser, depth + 1);
          } else {
            parser.skipChildren();
          }
        }
        case "geometries" -> parts = parts(parser, value, depth);
        default -> parser.skipChildren();
      }
    }
    if (inner != null) {
      return inner;
    }
    if (parts != null && type.equals("GeometryCollection")) {
      WkbBuilder builder = new WkbBuilder().header(GeometryType.GEOMETRYCOLLECTION, false, false);
      builder.count(parts.size());
      parts.forEach(part -> builder.append(part, 0, part.length));
      return builder.toBytes();
    }
    return coordinates == null ? null : write(type, coordinates);
  }

  private static List<byte[]> parts(JsonParser parser, JsonToken value, int depth) {
    List<byte[]> parts = new ArrayList<>();
    if (value != JsonToken.START_ARRAY) {
      return parts;
    }
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      byte[] part = t == JsonToken.START_OBJECT ? geometry(parser, depth + 1) : null;
      if (part == null) {
        throw new IllegalArgumentException("a part of the collection is no geometry");
      }
      parts.add(part);
    }
    return parts;
  }

  /** Arrays in arrays: a position where {@code numbers} is set, a list of such otherwise. */
  private record Nested(double @Nullable [] numbers, List<Nested> children) {}

  private static Nested nested(JsonParser parser, int depth) {
    if (depth > 8) {
      throw new IllegalArgumentException("coordinates nested too deep");
    }
    List<Nested> children = new ArrayList<>();
    double[] numbers = new double[3];
    int count = 0;
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      if (t == JsonToken.START_ARRAY) {
        children.add(nested(parser, depth + 1));
      } else if (t == JsonToken.VALUE_NUMBER_INT || t == JsonToken.VALUE_NUMBER_FLOAT) {
        if (count < 3) {
          numbers[count] = parser.getDoubleValue();
        }
        count++;
      } else {
        throw new IllegalArgumentException("a coordinate is no number");
      }
    }
    if (count == 1 || (count > 0 && !children.isEmpty())) {
      throw new IllegalArgumentException("a position has one number");
    }
    if (count == 0) {
      return new Nested(null, children);
    }
    return new Nested(java.util.Arrays.copyOf(numbers, Math.min(count, 3)), List.of());
  }

  private static byte[] write(String type, Nested coordinates) {
    boolean z = hasZ(coordinates);
    WkbBuilder builder = new WkbBuilder();
    switch (type) {
      case "Point" -> point(builder, coordinates, z);
      case "LineString" -> line(builder, coordinates, z);
      case "Polygon" -> polygon(builder, coordinates, z);
      case "MultiPoint" -> {
        start(builder, GeometryType.MULTIPOINT, coordinates, z);
        coordinates.children.forEach(part -> point(builder, part, z));
      }
      case "MultiLineString" -> {
        start(builder, GeometryType.MULTILINESTRING, coordinates, z);
        coordinates.children.forEach(part -> line(builder, part, z));
      }
      case "MultiPolygon" -> {
        start(builder, GeometryType.MULTIPOLYGON, coordinates, z);
        coordinates.children.forEach(part -> polygon(builder, part, z));
      }
      default -> throw new IllegalArgumentException("not a GeoJSON geometry type");
    }
    return builder.toBytes();
  }

  private static boolean hasZ(Nested nested) {
    double[] numbers = nested.numbers;
    return numbers != null
        ? numbers.length > 2
        : nested.children.stream().anyMatch(GeoJsonCell::hasZ);
  }

  private static void start(WkbBuilder builder, GeometryType type, Nested parts, boolean z) {
    builder.header(type, z, false).count(parts.children.size());
  }

  private static void point(WkbBuilder builder, Nested position, boolean z) {
    builder.header(GeometryType.POINT, z, false);
    if (position.numbers == null && position.children.isEmpty()) {
      position = new Nested(new double[] {Double.NaN, Double.NaN, Double.NaN}, List.of());
    }
    position(builder, position, z);
  }

  private static void line(WkbBuilder builder, Nested line, boolean z) {
    start(builder, GeometryType.LINESTRING, line, z);
    line.children.forEach(position -> position(builder, position, z));
  }

  private static void polygon(WkbBuilder builder, Nested polygon, boolean z) {
    start(builder, GeometryType.POLYGON, polygon, z);
    for (Nested ring : polygon.children) {
      builder.count(ring.children.size());
      ring.children.forEach(position -> position(builder, position, z));
    }
  }

  private static void position(WkbBuilder builder, Nested position, boolean z) {
    double[] numbers = position.numbers;
    if (numbers == null) {
      throw new IllegalArgumentException("a list stands where a position should");
    }
    builder.xy(numbers[0], numbers[1]);
    if (z) {
      builder.ordinate(numbers.length > 2 ? numbers[2] : Double.NaN);
    }
  }
}
