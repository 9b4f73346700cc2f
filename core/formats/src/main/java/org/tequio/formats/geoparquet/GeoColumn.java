package org.tequio.formats.geoparquet;

import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * The geometries, the boxes beside them, and what the file says of both under {@code geo}
 * (GeoParquet 1.1). A geometry without a vertex has a box of NaN, which touches nothing.
 */
final class GeoColumn {
  private static final String VERSION = "1.1.0";
  private static final List<String> SIDES = List.of("xmin", "ymin", "xmax", "ymax");
  private static final JsonFactory JSON = new JsonFactory();

  private final Crs crs;
  private final ParquetColumn geometry;
  private final String boxName;
  private final List<ParquetColumn> box;
  private final Set<String> types = new TreeSet<>();
  private final double[] envelope = new double[4];
  private final double[] extent = {
    Double.POSITIVE_INFINITY,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private boolean isTall;

  /**
   * Begins them.
   *
   * @param name of the column of geometries
   * @param boxName of the group of boxes
   */
  GeoColumn(String name, String boxName, Crs crs) {
    this.crs = crs;
    this.geometry = new ParquetColumn(List.of(name), ParquetType.WKB, true);
    this.boxName = boxName;
    this.box =
        SIDES.stream()
            .map(side -> new ParquetColumn(List.of(boxName, side), ParquetType.DECIMAL, true))
            .toList();
  }

  ParquetColumn geometry() {
    return geometry;
  }

  String boxName() {
    return boxName;
  }

  List<ParquetColumn> box() {
    return box;
  }

  void add(FeatureRow row) {
    byte[] wkb = row.wkb();
    if (wkb == null) {
      geometry.addNothing();
      box.forEach(ParquetColumn::addNothing);
      return;
    }
    int at = row.wkbOffset();
    if (Wkb.hasM(wkb, at)) {
      byte[] plain = Wkb.of(Wkb.toGeometry(wkb, at, row.wkbLength()));
      add(plain, 0, plain.length);
    } else {
      add(wkb, at, row.wkbLength());
    }
  }

  private void add(byte[] wkb, int at, int length) {
    geometry.addBytes(wkb, at, length);
    boolean tall = Wkb.hasZ(wkb, at);
    isTall |= tall;
    types.add(name(Wkb.type(wkb, at)) + (tall ? " Z" : ""));
    if (Wkb.envelope(wkb, at, envelope)) {
      extent[0] = Math.min(extent[0], envelope[0]);
      extent[1] = Math.min(extent[1], envelope[1]);
      extent[2] = Math.max(extent[2], envelope[2]);
      extent[3] = Math.max(extent[3], envelope[3]);
    } else {
      Arrays.fill(envelope, Double.NaN);
    }
    for (int i = 0; i < 4; i++) {
      box.get(i).addDecimal(envelope[i]);
    }
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

  /** What the file says of them, in JSON. */
  String describe() {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringProperty("version", VERSION);
      out.writeStringProperty("primary_column", geometry.name());
      out.writeObjectPropertyStart("columns");
      out.writeObjectPropertyStart(geometry.name());
      out.writeStringProperty("encoding", "WKB");
      out.writeArrayPropertyStart("geometry_types");
      types.forEach(out::writeString);
      out.writeEndArray();
      // Without a system it is longitude and latitude on WGS 84: what readers expect most.
      if (!crs.equals(Crs.CRS84)) {
        out.writeName("crs");
        out.writeRawValue(CrsRegistry.standard().projJson(crs));
      }
      // With heights it would need six numbers.
      if (extent[0] <= extent[2] && !isTall) {
        out.writeArrayPropertyStart("bbox");
        for (double side : extent) {
          out.writeNumber(side);
        }
        out.writeEndArray();
      }
      covering(out);
      out.writeEndObject();
      out.writeEndObject();
      out.writeEndObject();
    }
    return text.toString();
  }

  private void covering(JsonGenerator out) {
    out.writeObjectPropertyStart("covering");
    out.writeObjectPropertyStart("bbox");
    for (String side : SIDES) {
      out.writeArrayPropertyStart(side);
      out.writeString(boxName);
      out.writeString(side);
      out.writeEndArray();
    }
    out.writeEndObject();
    out.writeEndObject();
  }
}
