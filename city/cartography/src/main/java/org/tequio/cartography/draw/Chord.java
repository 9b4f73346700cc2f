package org.tequio.cartography.draw;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.MapView;

/** Finds where a name fits into an area: the widest stretch of a few level lines across it. */
final class Chord {
  private static final double[] HEIGHTS = {0.5, 0.38, 0.62, 0.25, 0.75};

  /** A line that is not the middle one must be this much wider to be taken. */
  private static final double BETTER = 1.25;

  private Chord() {}

  /**
   * The middle x and y of the widest stretch inside the area that was read last, and its width;
   * null where there is none.
   *
   * @param view cuts off what it does not show; null for the whole area
   */
  static double @Nullable [] widest(PixelPaths areas, @Nullable MapView view) {
    double top = areas.middleY() - areas.height() / 2;
    double bottom = areas.middleY() + areas.height() / 2;
    double left = Double.NEGATIVE_INFINITY;
    double right = Double.POSITIVE_INFINITY;
    if (view != null) {
      top = Math.max(top, 0);
      bottom = Math.min(bottom, view.height());
      left = 0;
      right = view.width();
    }
    double[] best = null;
    for (double height : HEIGHTS) {
      double[] found = widestAt(areas, top + height * (bottom - top), left, right);
      if (found != null && (best == null || found[2] > best[2] * BETTER)) {
        best = found;
      }
    }
    return best;
  }

  private static double @Nullable [] widestAt(
      PixelPaths areas, double y, double left, double right) {
    double[] crossings = new double[16];
    int n = 0;
    for (int run = areas.firstRun(); run < areas.runs(); run++) {
      int from = areas.from(run);
      int to = areas.to(run);
      float px = areas.at(to - 2);
      float py = areas.at(to - 1);
      for (int i = from; i < to; i += 2) {
        float x = areas.at(i);
        float qy = areas.at(i + 1);
        if (py <= y != qy <= y) {
          if (n == crossings.length) {
            crossings = Arrays.copyOf(crossings, 2 * n);
          }
          crossings[n++] = px + (y - py) / (qy - py) * (x - px);
        }
        px = x;
        py = qy;
      }
    }
    Arrays.sort(crossings, 0, n);
    double[] best = null;
    for (int i = 0; i + 1 < n; i += 2) {
      double from = Math.max(crossings[i], left);
      double to = Math.min(crossings[i + 1], right);
      if (to > from && (best == null || to - from > best[2])) {
        best = new double[] {(from + to) / 2, y, to - from};
      }
    }
    return best;
  }
}
