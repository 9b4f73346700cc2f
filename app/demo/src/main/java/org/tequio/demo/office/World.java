package org.tequio.demo.office;

import org.tequio.demo.file.Shape;
import org.tequio.demo.land.Land;
import org.tequio.demo.town.Ring;

/** Takes what is drawn on the plan to its bent place in EPSG:6369. Thread-safe. */
final class World {
  private static final double LONGEST = 40;

  private final Land land;

  World(Land land) {
    this.land = land;
  }

  Shape point(double x, double y) {
    double[] xy = new double[2];
    land.toWorld(x, y, xy, 0);
    return Shape.point(xy[0], xy[1]);
  }

  Shape polygon(Ring ring) {
    return Shape.polygon(ring(ring));
  }

  /** A closed, counter-clockwise ring. */
  double[] ring(Ring ring) {
    double[] plan = new double[2 * ring.size() + 2];
    for (int i = 0; i <= ring.size(); i++) {
      plan[2 * i] = ring.x(i);
      plan[2 * i + 1] = ring.y(i);
    }
    return path(plan);
  }

  Shape line(double[] plan) {
    return Shape.line(path(plan));
  }

  /** A path with enough corners to follow the bend. */
  double[] path(double[] plan) {
    int n = 1;
    for (int i = 2; i < plan.length; i += 2) {
      n += pieces(plan, i);
    }
    double[] out = new double[2 * n];
    land.toWorld(plan[0], plan[1], out, 0);
    int at = 2;
    for (int i = 2; i < plan.length; i += 2) {
      int pieces = pieces(plan, i);
      for (int k = 1; k <= pieces; k++) {
        // The far end is taken as it is, so that a closed ring closes to the last bit.
        double t = (double) k / pieces;
        double x = k == pieces ? plan[i] : plan[i - 2] + t * (plan[i] - plan[i - 2]);
        double y = k == pieces ? plan[i + 1] : plan[i - 1] + t * (plan[i + 1] - plan[i - 1]);
        land.toWorld(x, y, out, at);
        at += 2;
      }
    }
    return out;
  }

  private static int pieces(double[] plan, int i) {
    double length = Math.hypot(plan[i] - plan[i - 2], plan[i + 1] - plan[i - 1]);
    return (int) (length / LONGEST) + 1;
  }
}
