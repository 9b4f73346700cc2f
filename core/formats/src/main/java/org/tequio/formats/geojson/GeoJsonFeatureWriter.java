package org.tequio.formats.geojson;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.ring.Rings;

/** Goes from WKB bytes to JSON bytes without a geometry object between. */
final class GeoJsonFeatureWriter implements FeatureWriter {
  private static final int DEGREE_DECIMALS = 7;
  private static final int METER_DECIMALS = 3;

  private final OutputStream out;
  private final JsonBytes json;
  private final LayerSchema schema;
  private boolean first = true;
  private boolean closed;

  GeoJsonFeatureWriter(OutputStream out, String layerName, LayerSchema schema, Imprint imprint) {
    this.out = out;
    this.json = new JsonBytes(out);
    this.schema = schema;
    json.raw("{\"type\":\"FeatureCollection\",\"name\":").text(layerName);
    if (!imprint.isEmpty()) {
      json.raw(",\"metadata\":{");
      String separator = "";
      for (Imprint.Fact fact : imprint.facts()) {
        json.raw(separator).text(fact.name()).raw(':').text(fact.value());
        separator = ",";
      }
      json.raw('}');
    }
    json.raw(",\"features\":[\n");
  }

  @Override
  public void write(FeatureRow row) throws IOException {
    if (!first) {
      json.raw(",\n");
    }
    first = false;
    json.raw("{\"type\":\"Feature\",\"id\":").number(row.id()).raw(",\"properties\":{");
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      if (i > 0) {
        json.raw(',');
      }
      json.text(field.name()).raw(':');
      value(row.value(i));
    }
    json.raw("},\"geometry\":");
    byte[] wkb = row.wkb();
    if (wkb == null || !isFinite(wkb, row.wkbOffset())) {
      json.raw("null");
    } else {
      geometry(wkb, row.wkbOffset());
    }
    json.raw('}');
    json.flushIfLarge();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      json.raw("\n]}\n").flush();
    }
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> json.raw("null");
      case Long number -> json.number(number);
      case Double number -> json.number(number);
      case Boolean truth -> json.raw(truth ? "true" : "false");
      case LocalDate date -> json.text(date.toString());
      default -> json.text(value.toString());
    }
  }

  private int geometry(byte[] wkb, int at) {
    GeometryType type = Wkb.type(wkb, at);
    boolean z = Wkb.hasZ(wkb, at);
    int stride = 16 + (z ? 8 : 0) + (Wkb.hasM(wkb, at) ? 8 : 0);
    json.raw("{\"type\":\"").raw(name(type)).raw('"');
    json.raw(type == GeometryType.GEOMETRYCOLLECTION ? ",\"geometries\":" : ",\"coordinates\":");
    int end = coordinates(wkb, at + 5, type, z, stride);
    json.raw('}');
    return end;
  }

  private int coordinates(byte[] wkb, int at, GeometryType type, boolean z, int stride) {
    return switch (type) {
      case POINT -> {
        position(wkb, at, z);
        yield at + stride;
      }
      case LINESTRING -> run(wkb, at, z, stride, false);
      case POLYGON -> {
        int rings = Wkb.getInt(wkb, at);
        int p = at + 4;
        json.raw('[');
        for (int i = 0; i < rings; i++) {
          if (i > 0) {
            json.raw(',');
          }
          int n = Wkb.getInt(wkb, p);
          double area = Rings.doubleArea(wkb, p + 4, stride, n);
          p = run(wkb, p, z, stride, i == 0 ? area < 0 : area > 0);
        }
        json.raw(']');
        yield p;
      }
      case MULTIPOINT, MULTILINESTRING, MULTIPOLYGON, GEOMETRYCOLLECTION -> {
        int parts = Wkb.getInt(wkb, at);
        int p = at + 4;
        json.raw('[');
        for (int i = 0; i < parts; i++) {
          if (i > 0) {
            json.raw(',');
          }
          p =
              type == GeometryType.GEOMETRYCOLLECTION
                  ? geometry(wkb, p)
                  : coordinates(wkb, p + 5, Wkb.type(wkb, p), z, stride);
        }
        json.raw(']');
        yield p;
      }
      case NONE, GEOMETRY -> throw new IllegalArgumentException("not a geometry: " + type);
    };
  }

  private int run(byte[] wkb, int at, boolean z, int stride, boolean reversed) {
    int n = Wkb.getInt(wkb, at);
    int start = at + 4;
    json.raw('[');
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        json.raw(',');
      }
      position(wkb, start + stride * (reversed ? n - 1 - i : i), z);
    }
    json.raw(']');
    return start + n * stride;
  }

  private void position(byte[] wkb, int at, boolean z) {
    double x = Wkb.getDouble(wkb, at);
    if (Double.isNaN(x)) {
      json.raw("[]");
      return;
    }
    json.raw('[').rounded(x, DEGREE_DECIMALS);
    json.raw(',').rounded(Wkb.getDouble(wkb, at + 8), DEGREE_DECIMALS);
    if (z) {
      double height = Wkb.getDouble(wkb, at + 16);
      json.raw(',').rounded(Double.isFinite(height) ? height : 0, METER_DECIMALS);
    }
    json.raw(']');
  }

  // JSON has no word for NaN or infinity; only an empty point may have them.
  private static boolean isFinite(byte[] wkb, int offset) {
    if (Wkb.type(wkb, offset) == GeometryType.POINT && Wkb.isEmpty(wkb, offset)) {
      return true;
    }
    boolean[] finite = {true};
    Wkb.forEachVertex(wkb, offset, (x, y) -> finite[0] &= Double.isFinite(x) && Double.isFinite(y));
    return finite[0];
  }

  private static String name(GeometryType type) {
    return switch (type) {
      case POINT -> "Point";
      case LINESTRING -> "LineString";
      case POLYGON -> "Polygon";
      case MULTIPOINT -> "MultiPoint";
      case MULTILINESTRING -> "MultiLineString";
      case MULTIPOLYGON -> "MultiPolygon";
      case GEOMETRYCOLLECTION -> "GeometryCollection";
      case NONE, GEOMETRY -> throw new IllegalArgumentException("not a geometry: " + type);
    };
  }
}
