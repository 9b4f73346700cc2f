package org.tequio.catalogue.intake;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tequio.feature.Bbox;

/**
 * The box around many boxes, and one that forgives a few strays: the boxes of a fair sample without
 * the outermost half percent on each side. Not thread-safe.
 */
final class Extent {
  private static final int SAMPLE = 4000;
  private static final double STRAYS = 0.005;

  private final double[][] sample = new double[4][SAMPLE];
  // A fixed seed: the same file must always give the same answer.
  private final SplittableRandom random = new SplittableRandom(7);
  private double minX = Double.POSITIVE_INFINITY;
  private double minY = Double.POSITIVE_INFINITY;
  private double maxX = Double.NEGATIVE_INFINITY;
  private double maxY = Double.NEGATIVE_INFINITY;
  private long count;

  /** Adds minX, minY, maxX, maxY. */
  void add(double[] box) {
    minX = Math.min(minX, box[0]);
    minY = Math.min(minY, box[1]);
    maxX = Math.max(maxX, box[2]);
    maxY = Math.max(maxY, box[3]);
    int place = count < SAMPLE ? (int) count : (int) random.nextLong(count + 1);
    if (place < SAMPLE) {
      for (int i = 0; i < 4; i++) {
        sample[i][place] = box[i];
      }
    }
    count++;
  }

  long count() {
    return count;
  }

  /** Around everything. */
  Optional<Bbox> whole() {
    return count == 0 ? Optional.empty() : Optional.of(new Bbox(minX, minY, maxX, maxY));
  }

  /** Around all but a few strays. */
  Optional<Bbox> usual() {
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Bbox(quantile(0, false), quantile(1, false), quantile(2, true), quantile(3, true)));
  }

  private double quantile(int side, boolean fromTop) {
    int n = (int) Math.min(count, SAMPLE);
    double[] sorted = Arrays.copyOf(sample[side], n);
    Arrays.sort(sorted);
    int strays = n < 100 ? 0 : (int) Math.ceil(n * STRAYS);
    return fromTop ? sorted[n - 1 - strays] : sorted[strays];
  }

  /** Centres of the sampled boxes as pairs x, y. */
  double[] centers() {
    int n = (int) Math.min(count, SAMPLE);
    double[] xy = new double[2 * n];
    for (int i = 0; i < n; i++) {
      xy[2 * i] = (sample[0][i] + sample[2][i]) / 2;
      xy[2 * i + 1] = (sample[1][i] + sample[3][i]) / 2;
    }
    return xy;
  }

  /** True where nothing was added. */
  boolean isEmpty() {
    return count == 0;
  }
}
