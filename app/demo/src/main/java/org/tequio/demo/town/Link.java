package org.tequio.demo.town;

import java.util.ArrayList;
import java.util.List;

/** One unbroken piece of a way between the lines that it was drawn between. */
public final class Link {
  private final int id;
  private final Way way;
  private final double[] path;
  private final double start;
  private final List<double[]> junctions = new ArrayList<>();
  private boolean built;

  /**
   * A piece.
   *
   * @param path x and y in turn, in the direction of the way
   * @param start metres from the way's beginning to the piece's
   */
  Link(int id, Way way, double[] path, double start) {
    this.id = id;
    this.way = way;
    this.path = path;
    this.start = start;
  }

  /** Its number in the town. */
  public int id() {
    return id;
  }

  /** The way that it is a piece of. */
  public Way way() {
    return way;
  }

  /** x and y in turn. */
  public double[] path() {
    return path;
  }

  /** True where something was built on it, or it is a road that leaves the town. */
  public boolean isBuilt() {
    return built;
  }

  void build() {
    built = true;
  }

  void join(double x, double y, int other) {
    junctions.add(new double[] {x, y, other});
  }

  List<double[]> junctions() {
    return junctions;
  }

  /** Metres along the way to the point of it that is nearest to a place. */
  public double position(double x, double y) {
    return start + nearest(x, y)[0];
  }

  /** Metres along this piece to the nearest point, its distance, and 1 to the left or -1. */
  double[] nearest(double x, double y) {
    double best = Double.POSITIVE_INFINITY;
    double position = 0;
    double side = 1;
    double walked = 0;
    for (int i = 0; i + 3 < path.length; i += 2) {
      double dx = path[i + 2] - path[i];
      double dy = path[i + 3] - path[i + 1];
      double length = Math.hypot(dx, dy);
      if (length < 1e-9) {
        continue;
      }
      double t = ((x - path[i]) * dx + (y - path[i + 1]) * dy) / (length * length);
      t = Math.max(0, Math.min(1, t));
      double d = Math.hypot(path[i] + t * dx - x, path[i + 1] + t * dy - y);
      if (d < best) {
        best = d;
        position = walked + t * length;
        side = dx * (y - path[i + 1]) - dy * (x - path[i]) >= 0 ? 1 : -1;
      }
      walked += length;
    }
    return new double[] {position, best, side};
  }
}
