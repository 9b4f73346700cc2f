package org.tequio.feature;

import java.util.Locale;

/** The geometry that a layer holds, with the codes of OGC Simple Features WKB (2-D). */
public enum GeometryType {
  /** A plain table: no geometry at all. */
  NONE(-1, -1),
  /** Any geometry. */
  GEOMETRY(0, -1),
  /** One position. */
  POINT(1, 0),
  /** One line. */
  LINESTRING(2, 1),
  /** One polygon. */
  POLYGON(3, 2),
  /** Many positions. */
  MULTIPOINT(4, 0),
  /** Many lines. */
  MULTILINESTRING(5, 1),
  /** Many polygons. */
  MULTIPOLYGON(6, 2),
  /** A mixture in one feature. */
  GEOMETRYCOLLECTION(7, -1);

  // Asked for every feature of a tile: values() would copy.
  private static final GeometryType[] ALL = values();

  private final int wkbCode;
  private final int dimension;

  GeometryType(int wkbCode, int dimension) {
    this.wkbCode = wkbCode;
    this.dimension = dimension;
  }

  /** The WKB type code without Z and M; -1 for {@link #NONE}. */
  public int wkbCode() {
    return wkbCode;
  }

  /** 0 for points, 1 for lines, 2 for polygons, -1 where it is not one of them. */
  public int dimension() {
    return dimension;
  }

  /** The name that GeoPackage's {@code gpkg_geometry_columns} uses. */
  public String geoPackageName() {
    return name().toUpperCase(Locale.ROOT);
  }

  /** The type of a WKB code without Z and M. */
  public static GeometryType ofWkbCode(int code) {
    for (GeometryType type : ALL) {
      if (type.wkbCode == code && type != NONE) {
        return type;
      }
    }
    throw new IllegalArgumentException("not a WKB geometry type: " + code);
  }

  /**
   * The narrowest type that holds both: a polygon and a multipolygon are a multipolygon, a point
   * and a line are any geometry.
   */
  public GeometryType union(GeometryType other) {
    if (this == other || other == NONE) {
      return this;
    }
    if (this == NONE) {
      return other;
    }
    if (dimension >= 0 && dimension == other.dimension) {
      return switch (dimension) {
        case 0 -> MULTIPOINT;
        case 1 -> MULTILINESTRING;
        default -> MULTIPOLYGON;
      };
    }
    return GEOMETRY;
  }
}
