package org.tequio.feature;

/** The Hilbert curve: near in the plane, near on disk. */
public final class Hilbert {
  /** Cells along each side of the curve that features are put in order by: order 16. */
  public static final int SIDE = 1 << 16;

  private Hilbert() {}

  /**
   * How far along the curve of order 16 a cell lies, as an unsigned number of 32 bits.
   *
   * @param x column, 0 to {@link #SIDE} - 1
   * @param y row, 0 to {@link #SIDE} - 1
   */
  public static long index(int x, int y) {
    return index(16, x, y);
  }

  /**
   * How far along the curve a cell lies. The four cells into which the next order cuts it are its
   * index times four and the three after.
   *
   * @param order the side has two to its power cells, 0 to 30
   * @param x column
   * @param y row
   */
  public static long index(int order, int x, int y) {
    int last = (1 << order) - 1;
    long index = 0;
    for (int side = 1 << order >> 1; side > 0; side /= 2) {
      int right = (x & side) > 0 ? 1 : 0;
      int up = (y & side) > 0 ? 1 : 0;
      index += (long) side * side * ((3 * right) ^ up);
      if (up == 0) {
        if (right == 1) {
          x = last - x;
          y = last - y;
        }
        int swap = x;
        x = y;
        y = swap;
      }
    }
    return index;
  }

  /**
   * The cell at an index: its column in the upper 32 bits, its row in the lower ones.
   *
   * @param order as of {@link #index(int, int, int)}
   */
  public static long cell(int order, long index) {
    int x = 0;
    int y = 0;
    long rest = index;
    for (int side = 1; side < 1 << order; side *= 2) {
      int right = (int) (rest / 2 & 1);
      int up = (int) (rest ^ right) & 1;
      if (up == 0) {
        if (right == 1) {
          x = side - 1 - x;
          y = side - 1 - y;
        }
        int swap = x;
        x = y;
        y = swap;
      }
      x += side * right;
      y += side * up;
      rest /= 4;
    }
    return (long) x << 32 | y;
  }
}
