package org.tequio.cartography;

import org.tequio.feature.LayerSchema;

/** What the features of a layer are on paper. */
public enum Shape {
  /** Places. */
  POINT,
  /** Lines. */
  LINE,
  /** Areas. */
  AREA,
  /** Some of each. */
  MIXED,
  /** A plain table, which no map can show. */
  NONE;

  /** The shape of a layer's features. */
  public static Shape of(LayerSchema schema) {
    return switch (schema.geometry()) {
      case NONE -> NONE;
      case POINT, MULTIPOINT -> POINT;
      case LINESTRING, MULTILINESTRING -> LINE;
      case POLYGON, MULTIPOLYGON -> AREA;
      case GEOMETRY, GEOMETRYCOLLECTION -> MIXED;
    };
  }
}
