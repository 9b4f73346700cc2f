package org.tequio.demo.land;

/** Smooth gradient noise on the plane, the same on every machine. Pure functions. */
public final class Noise {
  private static final double[] GX = new double[16];
  private static final double[] GY = new double[16];

  static {
    for (int i = 0; i < 16; i++) {
      GX[i] = StrictMath.cos(Math.PI * i / 8);
      GY[i] = StrictMath.sin(Math.PI * i / 8);
    }
  }

  private Noise() {}

  /** Noise with features of size one, roughly from -1 to 1. */
  public static double at(long seed, double x, double y) {
    long ix = (long) Math.floor(x);
    long iy = (long) Math.floor(y);
    double fx = x - ix;
    double fy = y - iy;
    double u = fade(fx);
    double v = fade(fy);
    double a = corner(seed, ix, iy, fx, fy);
    double b = corner(seed, ix + 1, iy, fx - 1, fy);
    double c = corner(seed, ix, iy + 1, fx, fy - 1);
    double d = corner(seed, ix + 1, iy + 1, fx - 1, fy - 1);
    return 1.5 * (a + u * (b - a) + v * (c - a + u * (a - b - c + d)));
  }

  /** Several octaves of noise, each half as large and half as strong; roughly from -1 to 1. */
  public static double fractal(long seed, double x, double y, int octaves) {
    double sum = 0;
    double weight = 1;
    double total = 0;
    for (int i = 0; i < octaves; i++) {
      sum += weight * at(seed + 31L * i, x, y);
      total += weight;
      weight *= 0.5;
      x *= 2.03;
      y *= 2.03;
    }
    return sum / total;
  }

  /** From 0 at {@code low} to 1 at {@code high}, without corners. */
  public static double step(double low, double high, double value) {
    double t = Math.max(0, Math.min(1, (value - low) / (high - low)));
    return t * t * (3 - 2 * t);
  }

  private static double corner(long seed, long ix, long iy, double dx, double dy) {
    int g = (int) (Dice.mix(Dice.mix(seed ^ ix * 0x632BE59BD9B4E019L) ^ iy) >>> 60);
    return GX[g] * dx + GY[g] * dy;
  }

  private static double fade(double t) {
    return t * t * t * (t * (t * 6 - 15) + 10);
  }
}
