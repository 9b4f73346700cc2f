package org.tequio.publish.search;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The few best of many, without making the others. Not thread-safe. */
final class Best {
  private static final Comparator<Found> ORDER =
      Comparator.comparingDouble(Found::score)
          .thenComparing(Found::title)
          .thenComparing(found -> String.valueOf(found.layer()))
          .thenComparingLong(Found::feature);

  /** So much farther than the nearest weighs as much as a mistyped word. */
  private static final double MOST_FOR_DISTANCE = 4;

  private final int most;
  private final double @Nullable [] near;
  private final PriorityQueue<Found> worstFirst = new PriorityQueue<>(ORDER.reversed());

  /**
   * Keeps so many.
   *
   * @param near longitude and latitude to which nearer is better; null where that is not asked
   */
  Best(int most, double @Nullable [] near) {
    this.most = most;
    this.near = near;
  }

  int size() {
    return worstFirst.size();
  }

  /** Takes one in where it is good enough; makes it only then. */
  void offer(double score, Supplier<Found> maker) {
    Found worst = worstFirst.size() < most ? null : worstFirst.peek();
    if (worst != null && score > worst.score()) {
      return;
    }
    Found made = maker.get();
    double whole = score + farness(made);
    if (worst == null || whole <= worst.score()) {
      worstFirst.add(made.withScore(whole));
      if (worstFirst.size() > most) {
        worstFirst.poll();
      }
    }
  }

  private double farness(Found found) {
    if (near == null) {
      return 0;
    }
    double[] box = found.box();
    double dx = near[0] - Math.clamp(near[0], box[0], box[2]);
    double dy = near[1] - Math.clamp(near[1], box[1], box[3]);
    double kilometers = 111 * Math.hypot(dx * Math.cos(Math.toRadians(near[1])), dy);
    return Math.min(MOST_FOR_DISTANCE, Math.log1p(kilometers));
  }

  List<Found> inOrder() {
    return worstFirst.stream().sorted(ORDER).toList();
  }
}
