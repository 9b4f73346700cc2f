package org.tequio.formats.shapefile;

import org.tequio.feature.GeometryType;

/** The four kinds of shape that one shapefile may hold, each with and without heights. */
enum ShapeKind {
  POINT(1, "point"),
  MULTIPOINT(8, "multipoint"),
  POLYLINE(3, "line"),
  POLYGON(5, "polygon");

  private final int code;
  private final String suffix;

  ShapeKind(int code, String suffix) {
    this.code = code;
    this.suffix = suffix;
  }

  /** The shape type without Z and M; Z adds 10, M adds 20. */
  int code() {
    return code;
  }

  /** What is put after a file's name where one layer becomes several shapefiles. */
  String suffix() {
    return suffix;
  }

  /** The kind for a geometry type. */
  static ShapeKind of(GeometryType type) {
    return switch (type) {
      case POINT, NONE, GEOMETRY, GEOMETRYCOLLECTION -> POINT;
      case MULTIPOINT -> MULTIPOINT;
      case LINESTRING, MULTILINESTRING -> POLYLINE;
      case POLYGON, MULTIPOLYGON -> POLYGON;
    };
  }
}
