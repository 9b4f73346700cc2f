package org.tequio.cartography.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.MapView;

/**
 * A stretch of a line along which a name can be read: from left to right, without sharp turns.
 * Immutable.
 */
final class LinePlace {
  /** Between two vertices the direction may turn this much. */
  private static final double SHARPEST = Math.toRadians(28);

  private static final double MOST_TURN = Math.toRadians(70);
  private static final double SLACK = 1.1;

  private final double[] xy;
  private final double[] gone;

  private LinePlace(double[] xy) {
    this.xy = xy;
    this.gone = new double[xy.length / 2];
    for (int i = 1; i < gone.length; i++) {
      gone[i] = gone[i - 1] + Math.hypot(xy[2 * i] - xy[2 * i - 2], xy[2 * i + 1] - xy[2 * i - 1]);
    }
  }

  /** The place on the line that was read last that turns least; null where there is none. */
  static @Nullable LinePlace find(PixelPaths lines, double length, MapView view) {
    double wanted = length * SLACK;
    LinePlace best = null;
    double least = MOST_TURN;
    for (int run = lines.firstRun(); run < lines.runs(); run++) {
      for (LinePlace piece : pieces(lines, run, view)) {
        double all = piece.length();
        int steps = all < wanted ? 0 : Math.min(8, 1 + (int) ((all - wanted) / (length / 2)));
        for (int i = 0; i < steps; i++) {
          // The middle first: of equal places it is the best.
          int from = steps == 1 ? 0 : (steps / 2 + (i % 2 == 0 ? i / 2 : -(i + 1) / 2)) % steps;
          double begin = steps == 1 ? (all - wanted) / 2 : (all - wanted) * from / (steps - 1);
          LinePlace cut = piece.cut(begin, begin + wanted);
          double turn = cut.turn();
          if (turn < least) {
            least = turn;
            best = cut;
          }
        }
      }
    }
    return best == null
        ? null
        : best.readable().cut((best.length() - length) / 2, (best.length() + length) / 2);
  }

  /** The parts of a run that the picture shows. */
  private static List<LinePlace> pieces(PixelPaths lines, int run, MapView view) {
    List<LinePlace> pieces = new ArrayList<>();
    double[] kept = new double[2 * (lines.to(run) - lines.from(run))];
    double[] ends = new double[4];
    int n = 0;
    for (int i = lines.from(run); i + 3 < lines.to(run); i += 2) {
      for (int k = 0; k < 4; k++) {
        ends[k] = lines.at(i + k);
      }
      boolean goesOn = isInside(ends[0], ends[1], view);
      if (!clip(ends, view)) {
        continue;
      }
      if (!goesOn || n == 0) {
        add(pieces, kept, n);
        n = 0;
        kept[n++] = ends[0];
        kept[n++] = ends[1];
      }
      kept[n++] = ends[2];
      kept[n++] = ends[3];
    }
    add(pieces, kept, n);
    return pieces;
  }

  private static boolean isInside(double x, double y, MapView view) {
    return x >= 0 && y >= 0 && x <= view.width() && y <= view.height();
  }

  /** Cuts a segment to the picture (Liang and Barsky); false where nothing of it is inside. */
  private static boolean clip(double[] ends, MapView view) {
    double dx = ends[2] - ends[0];
    double dy = ends[3] - ends[1];
    double[] p = {-dx, dx, -dy, dy};
    double[] q = {ends[0], view.width() - ends[0], ends[1], view.height() - ends[1]};
    double from = 0;
    double to = 1;
    for (int i = 0; i < 4; i++) {
      if (p[i] == 0) {
        if (q[i] < 0) {
          return false;
        }
      } else if (p[i] < 0) {
        from = Math.max(from, q[i] / p[i]);
      } else {
        to = Math.min(to, q[i] / p[i]);
      }
    }
    if (from > to) {
      return false;
    }
    double x = ends[0];
    double y = ends[1];
    ends[0] = x + from * dx;
    ends[1] = y + from * dy;
    ends[2] = x + to * dx;
    ends[3] = y + to * dy;
    return true;
  }

  private static void add(List<LinePlace> pieces, double[] xy, int n) {
    if (n >= 4) {
      pieces.add(new LinePlace(Arrays.copyOf(xy, n)));
    }
  }

  double length() {
    return gone[gone.length - 1];
  }

  /** The place after some way along it: x, y and the direction in radians. */
  double[] at(double way) {
    int i = 1;
    while (i < gone.length - 1 && gone[i] < way) {
      i++;
    }
    double step = gone[i] - gone[i - 1];
    double share = step == 0 ? 0 : (way - gone[i - 1]) / step;
    double dx = xy[2 * i] - xy[2 * i - 2];
    double dy = xy[2 * i + 1] - xy[2 * i - 1];
    return new double[] {
      xy[2 * i - 2] + share * dx, xy[2 * i - 1] + share * dy, Math.atan2(dy, dx)
    };
  }

  private LinePlace cut(double from, double to) {
    double[] cut = new double[xy.length + 4];
    int n = 0;
    double[] begin = at(from);
    cut[n++] = begin[0];
    cut[n++] = begin[1];
    for (int i = 0; i < gone.length; i++) {
      if (gone[i] > from && gone[i] < to) {
        cut[n++] = xy[2 * i];
        cut[n++] = xy[2 * i + 1];
      }
    }
    double[] end = at(to);
    cut[n++] = end[0];
    cut[n++] = end[1];
    return new LinePlace(Arrays.copyOf(cut, n));
  }

  /** How much it turns in all; infinite where one turn is sharp. */
  private double turn() {
    double sum = 0;
    for (int i = 1; i + 1 < gone.length; i++) {
      double before = Math.atan2(xy[2 * i + 1] - xy[2 * i - 1], xy[2 * i] - xy[2 * i - 2]);
      double after = Math.atan2(xy[2 * i + 3] - xy[2 * i + 1], xy[2 * i + 2] - xy[2 * i]);
      double turn = Math.abs(Math.IEEEremainder(after - before, 2 * Math.PI));
      if (turn > SHARPEST) {
        return Double.POSITIVE_INFINITY;
      }
      sum += turn;
    }
    return sum;
  }

  /** The same from left to right. */
  private LinePlace readable() {
    if (xy[xy.length - 2] >= xy[0]) {
      return this;
    }
    double[] turned = new double[xy.length];
    for (int i = 0; i < xy.length; i += 2) {
      turned[i] = xy[xy.length - 2 - i];
      turned[i + 1] = xy[xy.length - 1 - i];
    }
    return new LinePlace(turned);
  }

  /** Boxes that together cover a band of this half width along it. */
  double[] boxes(double half) {
    int n = Math.max(1, (int) Math.ceil(length() / half));
    double[] boxes = new double[4 * (n + 1)];
    for (int i = 0; i <= n; i++) {
      double[] at = at(length() * i / n);
      boxes[4 * i] = at[0] - half;
      boxes[4 * i + 1] = at[1] - half;
      boxes[4 * i + 2] = at[0] + half;
      boxes[4 * i + 3] = at[1] + half;
    }
    return boxes;
  }
}
