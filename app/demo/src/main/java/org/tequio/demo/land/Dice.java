package org.tequio.demo.land;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Chance that can be repeated: the same seed and the same name give the same throws whatever else
 * was thrown before, so that nothing depends on the order of the work. Not thread-safe; make one
 * where it is needed.
 */
public final class Dice {
  private final SplittableRandom random;

  private Dice(long state) {
    this.random = new SplittableRandom(state);
  }

  /** Dice for one purpose. */
  public static Dice of(long seed, String purpose, long... parts) {
    long h = mix(seed ^ 0x9E3779B97F4A7C15L);
    for (int i = 0; i < purpose.length(); i++) {
      h = mix(h ^ purpose.charAt(i));
    }
    for (long part : parts) {
      h = mix(h ^ part);
    }
    return new Dice(h);
  }

  /** A good 64-bit hash of a number. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number from 0 to below 1. */
  public double unit() {
    return random.nextDouble();
  }

  /** A number in a range. */
  public double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** A whole number from low to high, both included. */
  public int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** True once in a while. */
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** One of a list. */
  public <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** One of some texts. */
  public String pick(String... list) {
    return list[random.nextInt(list.length)];
  }

  /** A number around zero with a standard deviation of one, never beyond three. */
  public double bell() {
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return Math.max(-3, Math.min(3, sum - 6));
  }
}
