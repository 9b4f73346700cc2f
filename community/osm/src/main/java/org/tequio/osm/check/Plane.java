package org.tequio.osm.check;

/**
 * Geometry of places in 1e-7 degrees. Which side and whether lines cross is exact; distances are
 * metres on a plane that touches the ground there, good to a per mille within a few kilometres.
 */
final class Plane {
  /** Metres that 1e-7 degrees of latitude are. */
  static final double METERS = 6_371_008.8 * Math.PI / 180 / 1e7;

  private Plane() {}

  /** Metres that 1e-7 degrees of longitude are at a latitude. */
  static double metersOfLon(double lat) {
    return METERS * Math.cos(Math.toRadians(lat / 1e7));
  }

  /**
   * On which side of the line from a to b a place lies: 1 left, -1 right, 0 on it. Exact: the
   * products of differences of longitudes and latitudes fit into a long.
   */
  static int side(int ax, int ay, int bx, int by, int x, int y) {
    return Long.compare(((long) bx - ax) * ((long) y - ay), ((long) by - ay) * ((long) x - ax));
  }

  /** True where two lines cross in a place that is an end of neither. */
  static boolean cross(int ax, int ay, int bx, int by, int cx, int cy, int dx, int dy) {
    return side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0
        && side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0;
  }

  /** How far along the line from a to b, from 0 to 1, the line from c to d crosses it. */
  static double along(int ax, int ay, int bx, int by, int cx, int cy, int dx, int dy) {
    double fromC =
        ((double) dx - cx) * ((double) ay - cy) - ((double) dy - cy) * ((double) ax - cx);
    double fromD =
        ((double) dx - cx) * ((double) by - cy) - ((double) dy - cy) * ((double) bx - cx);
    return fromC / (fromC - fromD);
  }

  /** Metres from a place to the nearest place of the line from a to b. */
  static double distance(int ax, int ay, int bx, int by, int x, int y) {
    double scale = metersOfLon(y);
    double px = ((double) x - ax) * scale;
    double py = ((double) y - ay) * METERS;
    double lx = ((double) bx - ax) * scale;
    double ly = ((double) by - ay) * METERS;
    double square = lx * lx + ly * ly;
    double t = square == 0 ? 0 : Math.clamp((px * lx + py * ly) / square, 0, 1);
    return Math.hypot(px - t * lx, py - t * ly);
  }

  /** Metres between two places. */
  static double distance(int ax, int ay, int x, int y) {
    return Math.hypot(((double) x - ax) * metersOfLon(y), ((double) y - ay) * METERS);
  }
}
