package org.tequio.mapping.area;

import org.locationtech.jts.geom.MultiPolygon;

/**
 * A tile of the web's grid as TMS numbers it: y grows to the north.
 *
 * @param x from the west
 * @param y from the south
 * @param zoom 0 for the one that is the whole world
 */
public record GridTile(int x, int y, int zoom) {
  /** The resolution of zoom 0, as the reference has it. */
  private static final double METERS_OF_A_PIXEL = 156543.0339;

  static final double HALF_METERS = METERS_OF_A_PIXEL * 256 / 2;

  /** The side of a tile. */
  static double sideMeters(int zoom) {
    return HALF_METERS * 2 / (1L << zoom);
  }

  /** Its ground. */
  public MultiPolygon square() {
    // Neighbours reckon the edge between them from the same number: neither gap nor overlap.
    return Polygons.box(
        longitude(x, zoom), latitude(y, zoom), longitude(x + 1, zoom), latitude(y + 1, zoom));
  }

  /** One of the four tiles of the next zoom on the same ground. */
  GridTile child(int east, int north) {
    return new GridTile(2 * x + east, 2 * y + north, zoom + 1);
  }

  private static double longitude(int x, int zoom) {
    return precise(x * 360.0 / (1L << zoom) - 180);
  }

  private static double latitude(int y, int zoom) {
    double meters = Math.PI * (2.0 * y / (1L << zoom) - 1);
    return precise(Math.toDegrees(Math.atan(Math.sinh(meters))));
  }

  private static double precise(double degrees) {
    return Polygons.FACTORY.getPrecisionModel().makePrecise(degrees);
  }

  static double metersEast(double longitude) {
    return longitude / 180 * HALF_METERS;
  }

  static double metersNorth(double latitude) {
    double angle = Math.toRadians(latitude);
    return Math.log(Math.tan(Math.PI / 4 + angle / 2)) / Math.PI * HALF_METERS;
  }
}
