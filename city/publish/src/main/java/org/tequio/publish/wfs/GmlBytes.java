package org.tequio.publish.wfs;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.GeometryType;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.Wkb;
import org.tequio.publish.ows.XmlBytes;

/**
 * Writes features of one type as GML straight from WKB, no object made on the way. Coordinates that
 * stay in the layer's own system are written so that reading them gives the same numbers again;
 * transformed ones to a tenth of a millimetre. A value that is not known has no element. Not
 * thread-safe.
 */
final class GmlBytes {
  private static final long DEGREE_UNIT = 1_000_000_000L;
  private static final long LENGTH_UNIT = 10_000L;

  private final FeatureType type;
  private final boolean gml32;
  private final ServiceCrs crs;
  private final boolean[] wanted;
  private final boolean withGeometry;
  private final CrsOperation operation;
  private final long unit;
  private final XmlBytes out;
  private final byte[][] opening;
  private final byte[][] closing;
  private String declared = "";
  private String geometryId = "";
  private int parts;

  /**
   * Writes features.
   *
   * @param crs in which, and in which order of axes
   * @param wanted which of the public fields
   * @param withGeometry false to leave the geometry out
   */
  GmlBytes(
      FeatureType type,
      WfsVersion version,
      ServiceCrs crs,
      boolean[] wanted,
      boolean withGeometry,
      XmlBytes out) {
    this.type = type;
    this.gml32 = version.isGml32();
    this.crs = crs;
    this.wanted = wanted;
    this.withGeometry = withGeometry && type.layer().hasGeometry();
    this.operation = CrsRegistry.standard().operation(type.layer().stored().crs(), crs.crs());
    this.unit = CrsRegistry.standard().isGeographic(crs.crs()) ? DEGREE_UNIT : LENGTH_UNIT;
    this.out = out;
    this.opening = new byte[type.elements().size()][];
    this.closing = new byte[type.elements().size()][];
    for (int i = 0; i < opening.length; i++) {
      String element = FeatureType.PREFIX + ":" + type.elements().get(i) + ">";
      opening[i] = FeatureType.tag("<" + element);
      closing[i] = FeatureType.tag("</" + element);
    }
  }

  /** Says what stands in each feature's tag besides its identifier: declarations of prefixes. */
  void declare(String attributes) {
    declared = attributes;
  }

  /** Writes one feature. */
  void feature(FeatureRow row) {
    String id = type.featureId(row.id());
    out.raw("<").raw(type.name()).raw(declared).raw(" gml:id=\"").raw(id).raw("\">");
    geometry(row, id);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        field(i, row.value(type.layer().positions()[i]));
      }
    }
    out.raw("</").raw(type.name()).raw(">");
  }

  /** Writes one field's element; nothing for a value that is not known. */
  void field(int index, @Nullable Object value) {
    if (value == null || value instanceof Double number && !Double.isFinite(number)) {
      return;
    }
    out.raw(opening[index]);
    value(value);
    out.raw(closing[index]);
  }

  private void value(Object value) {
    switch (value) {
      case Long number -> out.number(number);
      case Double number -> out.number(number);
      default -> out.text(value.toString());
    }
  }

  /** Writes the element of the geometry; nothing where there is none that this system can hold. */
  void geometry(FeatureRow row, String featureId) {
    byte[] wkb = withGeometry ? row.wkb() : null;
    if (wkb == null) {
      return;
    }
    int at = row.wkbOffset();
    if (!operation.isIdentity()) {
      wkb = Arrays.copyOfRange(wkb, at, at + row.wkbLength());
      at = 0;
      operation.apply(wkb, 0);
    }
    if (!isWhole(wkb, at)) {
      return;
    }
    geometryId = featureId + "." + type.geometry();
    parts = 0;
    out.raw("<").raw(FeatureType.PREFIX).raw(":").raw(type.geometry()).raw(">");
    GeometryType wanted = type.layer().stored().schema().geometry();
    GeometryType is = Wkb.type(wkb, at);
    if (isCollectionOf(wanted, is)) {
      open(collection(wanted), true, Wkb.hasZ(wkb, at));
      member(wanted, wkb, at);
      close(collection(wanted));
    } else {
      write(wkb, at, true);
    }
    out.raw("</").raw(FeatureType.PREFIX).raw(":").raw(type.geometry()).raw(">");
  }

  /** True where a layer of collections holds a single part. */
  private static boolean isCollectionOf(GeometryType wanted, GeometryType is) {
    return switch (wanted) {
      case MULTIPOINT -> is == GeometryType.POINT;
      case MULTILINESTRING -> is == GeometryType.LINESTRING;
      case MULTIPOLYGON -> is == GeometryType.POLYGON;
      case NONE, GEOMETRY, POINT, LINESTRING, POLYGON, GEOMETRYCOLLECTION -> false;
    };
  }

  /** What is empty, or has a place that the system does not reach, is not written at all. */
  private static boolean isWhole(byte[] wkb, int at) {
    boolean[] whole = {true};
    int vertices =
        Wkb.forEachVertex(wkb, at, (x, y) -> whole[0] &= Double.isFinite(x) && Double.isFinite(y));
    return vertices > 0 && whole[0];
  }

  private static String collection(GeometryType type) {
    return switch (type) {
      case MULTIPOINT -> "gml:MultiPoint";
      case MULTILINESTRING -> "gml:MultiCurve";
      case MULTIPOLYGON -> "gml:MultiSurface";
      case NONE, GEOMETRY, POINT, LINESTRING, POLYGON, GEOMETRYCOLLECTION -> "gml:MultiGeometry";
    };
  }

  private static String memberOf(GeometryType type) {
    return switch (type) {
      case MULTIPOINT -> "gml:pointMember>";
      case MULTILINESTRING -> "gml:curveMember>";
      case MULTIPOLYGON -> "gml:surfaceMember>";
      case NONE, GEOMETRY, POINT, LINESTRING, POLYGON, GEOMETRYCOLLECTION -> "gml:geometryMember>";
    };
  }

  private void open(String element, boolean outermost, boolean z) {
    out.raw("<").raw(element);
    if (gml32) {
      out.raw(" gml:id=\"").raw(geometryId);
      if (parts > 0) {
        out.raw(".").number(parts);
      }
      out.raw("\"");
      parts++;
    }
    if (outermost) {
      out.raw(" srsName=\"").text(crs.uri()).raw(z ? "\" srsDimension=\"3\"" : "\"");
    }
    out.raw(">");
  }

  private void close(String element) {
    out.raw("</").raw(element).raw(">");
  }

  private int member(GeometryType of, byte[] wkb, int at) {
    out.raw("<").raw(memberOf(of));
    int end = write(wkb, at, false);
    out.raw("</").raw(memberOf(of));
    return end;
  }

  /** Writes a geometry; returns the position after it. */
  private int write(byte[] wkb, int at, boolean outermost) {
    int code = Wkb.getInt(wkb, at + 1);
    boolean z = Wkb.hasZ(wkb, at);
    int stride = 16 + (code / 1000 == 0 ? 0 : code / 1000 == 3 ? 16 : 8);
    int p = at + 5;
    GeometryType is = GeometryType.ofWkbCode(code % 1000);
    switch (is) {
      case POINT -> {
        open("gml:Point", outermost, z);
        out.raw("<gml:pos>");
        position(wkb, p, z);
        out.raw("</gml:pos>");
        close("gml:Point");
        return p + stride;
      }
      case LINESTRING -> {
        open("gml:LineString", outermost, z);
        p = positions(wkb, p, stride, z);
        close("gml:LineString");
        return p;
      }
      case POLYGON -> {
        open("gml:Polygon", outermost, z);
        int rings = Wkb.getInt(wkb, p);
        p += 4;
        for (int i = 0; i < rings; i++) {
          String side = i == 0 ? "gml:exterior>" : "gml:interior>";
          out.raw("<").raw(side).raw("<gml:LinearRing>");
          p = positions(wkb, p, stride, z);
          out.raw("</gml:LinearRing></").raw(side);
        }
        close("gml:Polygon");
        return p;
      }
      case MULTIPOINT, MULTILINESTRING, MULTIPOLYGON, GEOMETRYCOLLECTION -> {
        open(collection(is), outermost, z);
        int members = Wkb.getInt(wkb, p);
        p += 4;
        for (int i = 0; i < members; i++) {
          p = member(is, wkb, p);
        }
        close(collection(is));
        return p;
      }
      case NONE, GEOMETRY -> throw new IllegalArgumentException("no geometry: " + is);
    }
    throw new IllegalArgumentException("no geometry: " + is);
  }

  private int positions(byte[] wkb, int at, int stride, boolean z) {
    int n = Wkb.getInt(wkb, at);
    int p = at + 4;
    out.raw("<gml:posList>");
    for (int i = 0; i < n; i++, p += stride) {
      if (i > 0) {
        out.raw(" ");
      }
      position(wkb, p, z);
    }
    out.raw("</gml:posList>");
    return p;
  }

  private void position(byte[] wkb, int at, boolean z) {
    int second = crs.northingFirst() ? 0 : 8;
    ordinate(Wkb.getDouble(wkb, at + 8 - second));
    out.raw(" ");
    ordinate(Wkb.getDouble(wkb, at + second));
    if (z) {
      double height = Wkb.getDouble(wkb, at + 16);
      out.raw(" ").number(Double.isFinite(height) ? height : 0);
    }
  }

  private void ordinate(double value) {
    if (operation.isIdentity()) {
      out.number(value);
    } else {
      out.rounded(value, unit);
    }
  }
}
