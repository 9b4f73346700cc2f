package org.tequio.feature;

/** The Hilbert curve of order 16: near in the plane, near on disk. */
public final class Hilbert {
  /** Cells along each side. */
  public static final int SIDE = 1 << 16;

  private Hilbert() {}

  /**
   * How far along the curve a cell lies, as an unsigned number of 32 bits.
   *
   * @param x column, 0 to {@link #SIDE} - 1
   * @param y row, 0 to {@link #SIDE} - 1
   */
  public static long index(int x, int y) {
    long index = 0;
    for (int side = SIDE / 2; side > 0; side /= 2) {
      int right = (x & side) > 0 ? 1 : 0;
      int up = (y & side) > 0 ? 1 : 0;
      index += (long) side * side * ((3 * right) ^ up);
      if (up == 0) {
        if (right == 1) {
          x = SIDE - 1 - x;
          y = SIDE - 1 - y;
        }
        int swap = x;
        x = y;
        y = swap;
      }
    }
    return index;
  }
}
