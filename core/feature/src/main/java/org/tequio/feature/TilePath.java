package org.tequio.feature;

import java.util.Arrays;

/**
 * One run of positions on its way into a tile: read, cut, thinned, rounded. Its arrays are used
 * again for the next run. Not thread-safe.
 */
final class TilePath {
  static final double MIN = -TileTransform.BUFFER;
  static final double MAX = TileTransform.EXTENT + TileTransform.BUFFER;

  /**
   * Past this many vertices only near neighbours are dropped: the other way is quadratic at worst.
   */
  private static final int MAX_PEUCKER = 20_000;

  double[] xy = new double[1024];
  int n;
  private double[] other = new double[1024];
  private boolean[] keep = new boolean[512];
  private int[] stack = new int[64];

  // Envelope of what was read last.
  double minX;
  double minY;
  double maxX;
  double maxY;

  /** Reads a run of WKB, in the layer's CRS; its envelope is not known before {@link #measure}. */
  void read(byte[] wkb, int at, int stride, int vertices) {
    reserve(vertices);
    n = 0;
    for (int i = 0, p = at; i < vertices; i++, p += stride) {
      double x = Wkb.getDouble(wkb, p);
      double y = Wkb.getDouble(wkb, p + 8);
      xy[n++] = x;
      xy[n++] = y;
    }
    n = vertices;
  }

  /** To tile units; positions that have none are left out. */
  void transform(TileTransform transform) {
    transform.apply(xy, n);
    if (!measure()) {
      dropPlaceless();
      measure();
    }
  }

  private void dropPlaceless() {
    int kept = 0;
    for (int i = 0; i < n; i++) {
      double x = xy[2 * i];
      double y = xy[2 * i + 1];
      if (Double.isFinite(x) && Double.isFinite(y)) {
        xy[2 * kept] = x;
        xy[2 * kept + 1] = y;
        kept++;
      }
    }
    n = kept;
  }

  /** Takes the envelope; false where a position is none, which the envelope passes over. */
  boolean measure() {
    boolean finite = true;
    minX = Double.POSITIVE_INFINITY;
    minY = Double.POSITIVE_INFINITY;
    maxX = Double.NEGATIVE_INFINITY;
    maxY = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 2 * n; i += 2) {
      double x = xy[i];
      double y = xy[i + 1];
      minX = x < minX ? x : minX;
      maxX = x > maxX ? x : maxX;
      minY = y < minY ? y : minY;
      maxY = y > maxY ? y : maxY;
      finite &= Math.abs(x) + Math.abs(y) < Double.POSITIVE_INFINITY;
    }
    return finite;
  }

  boolean isInside(double west, double south, double east, double north) {
    return minX >= west && maxX <= east && minY >= south && maxY <= north;
  }

  boolean isOutside(double west, double south, double east, double north) {
    return !(minX <= east && maxX >= west && minY <= north && maxY >= south);
  }

  /** Sutherland and Hodgman: the ring cut to a box; left empty where nothing of it is inside. */
  void clipRing(double west, double south, double east, double north) {
    if (isOutside(west, south, east, north)) {
      n = 0;
      return;
    }
    if (n > 1 && xy[0] == xy[2 * n - 2] && xy[1] == xy[2 * n - 1]) {
      n--;
    }
    for (int side = 0; side < 4 && n > 0; side++) {
      double bound =
          switch (side) {
            case 0 -> west;
            case 1 -> east;
            case 2 -> south;
            default -> north;
          };
      clipSide(side >> 1, bound, (side & 1) == 0);
    }
    if (n > 0) {
      reserve(n + 1);
      xy[2 * n] = xy[0];
      xy[2 * n + 1] = xy[1];
      n++;
    }
    measure();
  }

  private void clipSide(int axis, double bound, boolean keepGreater) {
    if (other.length < 4 * n + 8) {
      other = new double[Math.max(4 * n + 8, other.length * 2)];
    }
    int m = 0;
    double ax = xy[2 * n - 2];
    double ay = xy[2 * n - 1];
    double da = (axis == 0 ? ax : ay) - bound;
    boolean insideA = keepGreater ? da >= 0 : da <= 0;
    for (int i = 0; i < n; i++) {
      double bx = xy[2 * i];
      double by = xy[2 * i + 1];
      double db = (axis == 0 ? bx : by) - bound;
      boolean insideB = keepGreater ? db >= 0 : db <= 0;
      if (insideA != insideB) {
        double t = da / (da - db);
        other[m++] = axis == 0 ? bound : ax + t * (bx - ax);
        other[m++] = axis == 1 ? bound : ay + t * (by - ay);
      }
      if (insideB) {
        other[m++] = bx;
        other[m++] = by;
      }
      ax = bx;
      ay = by;
      da = db;
      insideA = insideB;
    }
    double[] swap = xy;
    xy = other;
    other = swap;
    n = m / 2;
  }

  /** Twice the area of the ring; positive where x turns towards y. */
  double doubleArea() {
    double sum = 0;
    if (n == 0) {
      return 0;
    }
    double ox = xy[0];
    double oy = xy[1];
    for (int i = 0; i + 1 < n; i++) {
      sum += (xy[2 * i] - ox) * (xy[2 * i + 3] - oy) - (xy[2 * i + 2] - ox) * (xy[2 * i + 1] - oy);
    }
    return sum;
  }

  /** Becomes a square of this area around the middle of its envelope. */
  void squareOf(double area) {
    double half = Math.sqrt(area) / 2;
    double cx = (minX + maxX) / 2;
    double cy = (minY + maxY) / 2;
    double[] corners = {
      cx - half, cy - half, cx + half, cy - half, cx + half, cy + half, cx - half, cy + half,
      cx - half, cy - half
    };
    reserve(5);
    System.arraycopy(corners, 0, xy, 0, corners.length);
    n = 5;
    measure();
  }

  /** Copies a part of another path. */
  void copy(TilePath from, int first, int count) {
    reserve(count);
    System.arraycopy(from.xy, 2 * first, xy, 0, 2 * count);
    n = count;
  }

  void add(double x, double y) {
    reserve(n + 1);
    xy[2 * n] = x;
    xy[2 * n + 1] = y;
    n++;
  }

  /** Drops vertices nearer than the tolerance to the one before, then those near the line. */
  void simplify(double tolerance) {
    if (tolerance <= 0 || n < 3) {
      return;
    }
    double near = tolerance * tolerance;
    int m = 1;
    for (int i = 1; i < n; i++) {
      double dx = xy[2 * i] - xy[2 * m - 2];
      double dy = xy[2 * i + 1] - xy[2 * m - 1];
      if (i == n - 1 || dx * dx + dy * dy >= near) {
        xy[2 * m] = xy[2 * i];
        xy[2 * m + 1] = xy[2 * i + 1];
        m++;
      }
    }
    n = m;
    if (n > 3 && n <= MAX_PEUCKER) {
      peucker(near);
    }
  }

  private void peucker(double near) {
    if (keep.length < n) {
      keep = new boolean[n * 2];
    }
    Arrays.fill(keep, 0, n, false);
    keep[0] = true;
    keep[n - 1] = true;
    int top = 0;
    stack[top++] = 0;
    stack[top++] = n - 1;
    while (top > 0) {
      int last = stack[--top];
      int first = stack[--top];
      int far = farthest(first, last, near);
      if (far > 0) {
        keep[far] = true;
        if (top + 4 > stack.length) {
          stack = Arrays.copyOf(stack, stack.length * 2);
        }
        stack[top++] = first;
        stack[top++] = far;
        stack[top++] = far;
        stack[top++] = last;
      }
    }
    int m = 0;
    for (int i = 0; i < n; i++) {
      if (keep[i]) {
        xy[2 * m] = xy[2 * i];
        xy[2 * m + 1] = xy[2 * i + 1];
        m++;
      }
    }
    n = m;
  }

  private int farthest(int first, int last, double near) {
    double ax = xy[2 * first];
    double ay = xy[2 * first + 1];
    double dx = xy[2 * last] - ax;
    double dy = xy[2 * last + 1] - ay;
    double length = dx * dx + dy * dy;
    double inverse = length == 0 ? 0 : 1 / length;
    double most = near;
    int far = -1;
    for (int i = first + 1; i < last; i++) {
      double px = xy[2 * i] - ax;
      double py = xy[2 * i + 1] - ay;
      double along = px * dx + py * dy;
      double across = px * dy - py * dx;
      double distance;
      if (along <= 0) {
        distance = px * px + py * py;
      } else if (along >= length) {
        distance = (px - dx) * (px - dx) + (py - dy) * (py - dy);
      } else {
        distance = across * across * inverse;
      }
      if (distance > most) {
        most = distance;
        far = i;
      }
    }
    return far;
  }

  private void reserve(int vertices) {
    if (xy.length < 2 * vertices) {
      xy = Arrays.copyOf(xy, Math.max(2 * vertices, xy.length * 2));
    }
  }
}
