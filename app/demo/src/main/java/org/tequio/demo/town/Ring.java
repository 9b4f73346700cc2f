package org.tequio.demo.town;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A simple polygon on the plan, counter-clockwise, whose every side knows the street that it lies
 * on. The arrays are never changed after construction.
 */
public final class Ring {
  /** A side that lies on no street. */
  public static final int NO_LINK = -1;

  private final double[] x;
  private final double[] y;
  private final int[] link;

  /** A ring of corners and, for each side from one corner to the next, its link. */
  public Ring(double[] x, double[] y, int[] link) {
    this.x = x;
    this.y = y;
    this.link = link;
  }

  /** How many corners. */
  public int size() {
    return x.length;
  }

  /** A corner's x. */
  public double x(int i) {
    return x[i % x.length];
  }

  /** A corner's y. */
  public double y(int i) {
    return y[i % y.length];
  }

  /** The link of the side that begins at a corner, or {@link #NO_LINK}. */
  public int link(int i) {
    return link[i % link.length];
  }

  /** The length of the side that begins at a corner. */
  public double length(int i) {
    return Math.hypot(x(i + 1) - x(i), y(i + 1) - y(i));
  }

  /** The area in square metres; negative for a clockwise ring. */
  public double area() {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - x[0]) * (y(i + 1) - y[0]) - (x(i + 1) - x[0]) * (y[i] - y[0]);
    }
    return sum / 2;
  }

  /** The centre of gravity. */
  public double[] centroid() {
    double cx = 0;
    double cy = 0;
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double ax = x[i] - x[0];
      double ay = y[i] - y[0];
      double bx = x(i + 1) - x[0];
      double by = y(i + 1) - y[0];
      double c = ax * by - bx * ay;
      sum += c;
      cx += c * (ax + bx);
      cy += c * (ay + by);
    }
    return Math.abs(sum) < 1e-9
        ? new double[] {x[0], y[0]}
        : new double[] {x[0] + cx / (3 * sum), y[0] + cy / (3 * sum)};
  }

  /** True where the point lies inside. */
  public boolean contains(double px, double py) {
    boolean inside = false;
    for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
      if ((y[i] > py) != (y[j] > py) && px < (x[j] - x[i]) * (py - y[i]) / (y[j] - y[i]) + x[i]) {
        inside = !inside;
      }
    }
    return inside;
  }

  /** A point that is surely inside: the centroid, or the middle of a chord through it. */
  public double[] inside() {
    double[] c = centroid();
    if (contains(c[0], c[1])) {
      return c;
    }
    for (int k = 0; k < 4; k++) {
      Chord chord =
          longestChord(c[0], c[1], StrictMath.cos(0.3 + k * 0.8), StrictMath.sin(0.3 + k * 0.8));
      if (chord != null) {
        return new double[] {
          (chord.startX() + chord.endX()) / 2, (chord.startY() + chord.endY()) / 2
        };
      }
    }
    return c;
  }

  /** The smallest and largest position along a direction. */
  public double[] extent(double dx, double dy) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < x.length; i++) {
      double p = x[i] * dx + y[i] * dy;
      min = Math.min(min, p);
      max = Math.max(max, p);
    }
    return new double[] {min, max};
  }

  /** The direction (radians) to which most of the outline is parallel or at right angles. */
  public double grain() {
    double c = 0;
    double s = 0;
    for (int i = 0; i < x.length; i++) {
      double a = 4 * StrictMath.atan2(y(i + 1) - y[i], x(i + 1) - x[i]);
      double w = length(i);
      w *= w;
      c += w * StrictMath.cos(a);
      s += w * StrictMath.sin(a);
    }
    return StrictMath.atan2(s, c) / 4;
  }

  /**
   * A cut through a ring.
   *
   * @param from the side where it begins
   * @param to the side where it ends
   * @param path x and y in turn, with both ends
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Chord(int from, int to, double[] path) {
    double startX() {
      return path[0];
    }

    double startY() {
      return path[1];
    }

    double endX() {
      return path[path.length - 2];
    }

    double endY() {
      return path[path.length - 1];
    }

    double length() {
      double sum = 0;
      for (int i = 2; i < path.length; i += 2) {
        sum += Math.hypot(path[i] - path[i - 2], path[i + 1] - path[i - 1]);
      }
      return sum;
    }
  }

  /** The longest part inside the ring of the line through a point, or null where it misses. */
  public @Nullable Chord longestChord(double px, double py, double dx, double dy) {
    double[] t = new double[8];
    int[] at = new int[8];
    int n = 0;
    double before = (x[0] - px) * dy - (y[0] - py) * dx;
    for (int i = 0; i < x.length; i++) {
      double after = (x(i + 1) - px) * dy - (y(i + 1) - py) * dx;
      if ((before > 0) != (after > 0)) {
        if (n == t.length) {
          t = Arrays.copyOf(t, 2 * n);
          at = Arrays.copyOf(at, 2 * n);
        }
        double f = before / (before - after);
        double hx = x[i] + f * (x(i + 1) - x[i]);
        double hy = y[i] + f * (y(i + 1) - y[i]);
        double p = (hx - px) * dx + (hy - py) * dy;
        int k = n++;
        while (k > 0 && t[k - 1] > p) {
          t[k] = t[k - 1];
          at[k] = at[k - 1];
          k--;
        }
        t[k] = p;
        at[k] = i;
      }
      before = after;
    }
    int best = -1;
    for (int k = 0; k + 1 < n; k += 2) {
      if (best < 0 || t[k + 1] - t[k] > t[best + 1] - t[best]) {
        best = k;
      }
    }
    if (best < 0 || at[best] == at[best + 1] || t[best + 1] - t[best] < 1) {
      return null;
    }
    return new Chord(
        at[best],
        at[best + 1],
        new double[] {
          px + t[best] * dx, py + t[best] * dy, px + t[best + 1] * dx, py + t[best + 1] * dy
        });
  }

  /** A direction at each place, for bent cuts. */
  @FunctionalInterface
  public interface Heading {
    /** Writes a unit direction. */
    void at(double x, double y, double[] direction);
  }

  /** A bent cut from a point inside to the outline both ways, or null where it finds no end. */
  public @Nullable Chord bentChord(double px, double py, Heading heading, double step, int most) {
    double[] forward = new double[2 * most + 4];
    double[] backward = new double[2 * most + 4];
    int[] ends = new int[2];
    int[] counts = new int[2];
    double[] first = new double[2];
    heading.at(px, py, first);
    for (int way = 0; way < 2; way++) {
      double[] path = way == 0 ? backward : forward;
      double dx = way == 0 ? -first[0] : first[0];
      double dy = way == 0 ? -first[1] : first[1];
      double turned = 0;
      double cx = px;
      double cy = py;
      int n = 0;
      ends[way] = -1;
      double[] d = new double[2];
      while (n < most && ends[way] < 0) {
        heading.at(cx + dx * step / 2, cy + dy * step / 2, d);
        double dot = d[0] * dx + d[1] * dy;
        double ex = dot < 0 ? -d[0] : d[0];
        double ey = dot < 0 ? -d[1] : d[1];
        // A street does not turn at once: the old direction keeps some weight.
        double mx = 0.45 * dx + 0.55 * ex;
        double my = 0.45 * dy + 0.55 * ey;
        double length = Math.hypot(mx, my);
        mx /= length;
        my /= length;
        turned += StrictMath.asin(Math.max(-1, Math.min(1, dx * my - dy * mx)));
        if (Math.abs(turned) > 1.6) {
          return null;
        }
        dx = mx;
        dy = my;
        double nx = cx + dx * step;
        double ny = cy + dy * step;
        double nearest = 2;
        int hit = -1;
        for (int i = 0; i < x.length; i++) {
          double sx = x(i + 1) - x[i];
          double sy = y(i + 1) - y[i];
          double det = (nx - cx) * sy - (ny - cy) * sx;
          if (Math.abs(det) > 1e-12) {
            double a = ((x[i] - cx) * sy - (y[i] - cy) * sx) / det;
            double b = ((x[i] - cx) * (ny - cy) - (y[i] - cy) * (nx - cx)) / det;
            if (a > 0 && a <= 1 && b >= 0 && b < 1 && a < nearest) {
              nearest = a;
              hit = i;
            }
          }
        }
        if (hit >= 0) {
          nx = cx + (nx - cx) * nearest;
          ny = cy + (ny - cy) * nearest;
          ends[way] = hit;
          // The last joint stands too near the outline to be one.
          if (nearest < 0.35 && n > 0) {
            n--;
          }
        }
        path[2 * n] = nx;
        path[2 * n + 1] = ny;
        n++;
        cx = nx;
        cy = ny;
      }
      if (ends[way] < 0) {
        return null;
      }
      counts[way] = n;
    }
    if (ends[0] == ends[1]) {
      return null;
    }
    int n = counts[0] + counts[1] + 1;
    double[] path = new double[2 * n];
    int k = 0;
    for (int i = counts[0] - 1; i >= 0; i--) {
      path[k++] = backward[2 * i];
      path[k++] = backward[2 * i + 1];
    }
    path[k++] = px;
    path[k++] = py;
    System.arraycopy(forward, 0, path, k, 2 * counts[1]);
    return new Chord(ends[0], ends[1], path);
  }

  /** Both parts of a cut ring; the new sides lie on {@code newLink}. */
  public Ring[] split(Chord chord, int newLink) {
    return new Ring[] {
      part(chord.from(), chord.to(), chord.path(), true, newLink),
      part(chord.to(), chord.from(), chord.path(), false, newLink)
    };
  }

  private Ring part(int from, int to, double[] path, boolean reversed, int newLink) {
    int corners = Math.floorMod(to - from, x.length);
    int joints = path.length / 2;
    double[] nx = new double[corners + joints];
    double[] ny = new double[corners + joints];
    int[] nl = new int[corners + joints];
    int n = 0;
    // begins at the chord's end that lies on side "from"
    int head = reversed ? 0 : joints - 1;
    nx[n] = path[2 * head];
    ny[n] = path[2 * head + 1];
    nl[n++] = link(from);
    for (int i = 1; i <= corners; i++) {
      nx[n] = x(from + i);
      ny[n] = y(from + i);
      nl[n++] = link(from + i);
    }
    for (int i = 0; i < joints - 1; i++) {
      int j = reversed ? joints - 1 - i : i;
      nx[n] = path[2 * j];
      ny[n] = path[2 * j + 1];
      nl[n++] = newLink;
    }
    return clean(nx, ny, nl, n);
  }

  /** Drops corners that stand on the next one. */
  private static Ring clean(double[] x, double[] y, int[] link, int size) {
    double[] nx = new double[size];
    double[] ny = new double[size];
    int[] nl = new int[size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      int next = (i + 1) % size;
      if (Math.hypot(x[next] - x[i], y[next] - y[i]) > 0.02) {
        nx[n] = x[i];
        ny[n] = y[i];
        nl[n++] = link[i];
      }
    }
    return new Ring(Arrays.copyOf(nx, n), Arrays.copyOf(ny, n), Arrays.copyOf(nl, n));
  }

  /** How far each side moves inwards. */
  @FunctionalInterface
  public interface Setback {
    /** Metres for a side. */
    double of(int side);
  }

  /** The ring with every side moved inwards, or null where nothing sound is left. */
  public @Nullable Ring inset(Setback setback) {
    int n = x.length;
    int[] side = new int[n];
    for (int i = 0; i < n; i++) {
      side[i] = i;
    }
    double[] shift = new double[n];
    for (int i = 0; i < n; i++) {
      shift[i] = setback.of(i);
    }
    while (n >= 3) {
      double[] nx = new double[n];
      double[] ny = new double[n];
      int[] nl = new int[n];
      for (int k = 0; k < n; k++) {
        int a = side[(k + n - 1) % n];
        int b = side[k];
        double[] corner = corner(a, shift[a], b, shift[b]);
        nx[k] = corner[0];
        ny[k] = corner[1];
        nl[k] = link[b];
      }
      int worst = -1;
      double least = 0.05;
      for (int k = 0; k < n; k++) {
        int b = side[k];
        double ox = x(b + 1) - x[b];
        double oy = y(b + 1) - y[b];
        double length = Math.hypot(ox, oy);
        int next = (k + 1) % n;
        double along = ((nx[next] - nx[k]) * ox + (ny[next] - ny[k]) * oy) / length;
        if (along < least) {
          least = along;
          worst = k;
        }
      }
      if (worst < 0) {
        Ring ring = clean(nx, ny, nl, n);
        return ring.size() >= 3 && ring.area() > 1 && ring.isSimple() ? ring : null;
      }
      System.arraycopy(side, worst + 1, side, worst, n - worst - 1);
      n--;
    }
    return null;
  }

  private double[] corner(int a, double sa, int b, double sb) {
    double ax = x(a + 1) - x[a];
    double ay = y(a + 1) - y[a];
    double bx = x(b + 1) - x[b];
    double by = y(b + 1) - y[b];
    double al = Math.hypot(ax, ay);
    double bl = Math.hypot(bx, by);
    ax /= al;
    ay /= al;
    bx /= bl;
    by /= bl;
    double px = x[a] - ay * sa;
    double py = y[a] + ax * sa;
    double qx = x[b] - by * sb;
    double qy = y[b] + bx * sb;
    double det = ax * by - ay * bx;
    if (Math.abs(det) < 0.06) {
      // nearly straight on: half way between both moved sides
      double s = (sa + sb) / 2;
      double mx = ax + bx;
      double my = ay + by;
      double ml = Math.hypot(mx, my);
      return ml < 1e-6
          ? new double[] {qx, qy}
          : new double[] {x[b] - my / ml * s, y[b] + mx / ml * s};
    }
    double t = ((qx - px) * by - (qy - py) * bx) / det;
    return new double[] {px + t * ax, py + t * ay};
  }

  /** True where no two sides cross or touch but neighbours at their corner. */
  public boolean isSimple() {
    int n = x.length;
    for (int i = 0; i < n; i++) {
      for (int j = i + 2; j < n; j++) {
        if (i == 0 && j == n - 1) {
          continue;
        }
        if (crosses(i, j)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean crosses(int i, int j) {
    double d1 = turn(x[i], y[i], x(i + 1), y(i + 1), x[j], y[j]);
    double d2 = turn(x[i], y[i], x(i + 1), y(i + 1), x(j + 1), y(j + 1));
    double d3 = turn(x[j], y[j], x(j + 1), y(j + 1), x[i], y[i]);
    double d4 = turn(x[j], y[j], x(j + 1), y(j + 1), x(i + 1), y(i + 1));
    return d1 * d2 <= 0 && d3 * d4 <= 0;
  }

  private static double turn(double ax, double ay, double bx, double by, double cx, double cy) {
    return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  }

  /** The ring without corners that hardly bend, so that a lot of four sides has four corners. */
  public Ring straightened(double tolerance) {
    int n = x.length;
    double[] nx = new double[n];
    double[] ny = new double[n];
    int[] nl = new int[n];
    int k = 0;
    for (int i = 0; i < n; i++) {
      int before = (i + n - 1) % n;
      double bx = x(i + 1) - x[before];
      double by = y(i + 1) - y[before];
      double off =
          Math.abs((x[i] - x[before]) * by - (y[i] - y[before]) * bx)
              / Math.max(1e-9, Math.hypot(bx, by));
      if (off > tolerance || link[i] != link[before]) {
        nx[k] = x[i];
        ny[k] = y[i];
        nl[k++] = link[i];
      }
    }
    return k < 3
        ? this
        : new Ring(Arrays.copyOf(nx, k), Arrays.copyOf(ny, k), Arrays.copyOf(nl, k));
  }
}
