package org.tequio.osm.element;

import java.util.Arrays;
import org.tequio.feature.Hilbert;
import org.tequio.osm.Box;

/**
 * The cells by which elements are found: 65,536 columns of longitude and as many rows of latitude,
 * numbered along the Hilbert curve, so that what lies near has near numbers. A cell is about 600 by
 * 300 metres at the equator.
 */
public final class Cells {
  private static final long WEST = -1_800_000_000L;
  private static final long SOUTH = -900_000_000L;
  private static final long WIDTH = 3_600_000_000L;
  private static final long HEIGHT = 1_800_000_000L;

  private Cells() {}

  /** The cell of a place in 1e-7 degrees. */
  public static long of(int lon, int lat) {
    return Hilbert.index(column(lon), row(lat));
  }

  private static int column(int lon) {
    return (int) Math.min(Hilbert.SIDE - 1, (lon - WEST) * Hilbert.SIDE / WIDTH);
  }

  private static int row(int lat) {
    return (int) Math.min(Hilbert.SIDE - 1, (lat - SOUTH) * Hilbert.SIDE / HEIGHT);
  }

  /**
   * The cells that a box touches, as ranges: first, last, first, last …, ascending. Some more may
   * be in them, so that they are not too many.
   */
  public static long[] ranges(Box box, int most) {
    long[] cells = cells(box);
    long gap = 0;
    long[] ranges = joined(cells, gap);
    while (ranges.length > 2 * most) {
      gap = Math.max(4, gap * 4);
      ranges = joined(cells, gap);
    }
    return ranges;
  }

  /** The cells that a box touches, ascending. */
  public static long[] cells(Box box) {
    int left = column(box.west());
    int right = column(box.east());
    int bottom = row(box.south());
    int top = row(box.north());
    long[] cells = new long[(right - left + 1) * (top - bottom + 1)];
    int count = 0;
    for (int y = bottom; y <= top; y++) {
      for (int x = left; x <= right; x++) {
        cells[count++] = Hilbert.index(x, y);
      }
    }
    Arrays.sort(cells);
    return cells;
  }

  private static long[] joined(long[] cells, long gap) {
    long[] ranges = new long[2 * cells.length];
    int count = 0;
    for (long cell : cells) {
      if (count > 0 && cell - ranges[count - 1] <= 1 + gap) {
        ranges[count - 1] = cell;
      } else {
        ranges[count++] = cell;
        ranges[count++] = cell;
      }
    }
    return Arrays.copyOf(ranges, count);
  }
}
