package org.tequio.publish.search;

/**
 * Where two lines come nearest to each other, segment by segment; remembers the best so far. Not
 * thread-safe.
 */
final class SegmentMeeting {
  private final double metersPerX;
  private final double metersPerY;
  private double meters = Double.POSITIVE_INFINITY;
  private double x = Double.NaN;
  private double y = Double.NaN;

  /** Measures in metres by what one unit along each axis is worth. */
  SegmentMeeting(double metersPerX, double metersPerY) {
    this.metersPerX = metersPerX;
    this.metersPerY = metersPerY;
  }

  double meters() {
    return meters;
  }

  double x() {
    return x;
  }

  double y() {
    return y;
  }

  /** Takes two segments in: from a to b, and from c to d. */
  void see(double ax, double ay, double bx, double by, double cx, double cy, double dx, double dy) {
    double determinant = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
    if (determinant != 0) {
      double s = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / determinant;
      double t = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / determinant;
      if (s >= 0 && s <= 1 && t >= 0 && t <= 1) {
        keep(0, ax + s * (bx - ax), ay + s * (by - ay));
        return;
      }
    }
    end(ax, ay, cx, cy, dx, dy);
    end(bx, by, cx, cy, dx, dy);
    end(cx, cy, ax, ay, bx, by);
    end(dx, dy, ax, ay, bx, by);
  }

  private void end(double px, double py, double ax, double ay, double bx, double by) {
    double ux = (bx - ax) * metersPerX;
    double uy = (by - ay) * metersPerY;
    double vx = (px - ax) * metersPerX;
    double vy = (py - ay) * metersPerY;
    double length = ux * ux + uy * uy;
    double t = length == 0 ? 0 : Math.clamp((ux * vx + uy * vy) / length, 0, 1);
    double far = Math.hypot(vx - t * ux, vy - t * uy);
    keep(far, (px + ax + t * (bx - ax)) / 2, (py + ay + t * (by - ay)) / 2);
  }

  private void keep(double far, double atX, double atY) {
    if (far < meters) {
      meters = far;
      x = atX;
      y = atY;
    }
  }
}
