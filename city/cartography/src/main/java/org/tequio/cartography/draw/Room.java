package org.tequio.cartography.draw;

import java.util.BitSet;

/** Which parts of a picture are written on already, in cells of a few pixels. Not thread-safe. */
final class Room {
  private final double cell;
  private final int columns;
  private final int rows;
  private final double width;
  private final double height;
  private final BitSet taken;

  Room(int width, int height, double cell) {
    this.cell = cell;
    this.width = width;
    this.height = height;
    this.columns = (int) Math.ceil(width / cell);
    this.rows = (int) Math.ceil(height / cell);
    this.taken = new BitSet(columns * rows);
  }

  /** Takes a box that is free and inside the picture; false where it is not. */
  boolean take(double minX, double minY, double maxX, double maxY) {
    return take(new double[] {minX, minY, maxX, maxY});
  }

  /** Takes all of several boxes, given by four numbers each, or none. */
  boolean take(double... boxes) {
    for (int i = 0; i < boxes.length; i += 4) {
      if (!(boxes[i] >= 0)
          || !(boxes[i + 1] >= 0)
          || !(boxes[i + 2] <= width)
          || !(boxes[i + 3] <= height)
          || !each(boxes, i, false)) {
        return false;
      }
    }
    for (int i = 0; i < boxes.length; i += 4) {
      each(boxes, i, true);
    }
    return true;
  }

  /** Looks whether every cell of a box is free, or takes them. */
  private boolean each(double[] boxes, int i, boolean take) {
    int right = Math.min(columns - 1, (int) (boxes[i + 2] / cell));
    int bottom = Math.min(rows - 1, (int) (boxes[i + 3] / cell));
    for (int row = (int) (boxes[i + 1] / cell); row <= bottom; row++) {
      int from = row * columns + (int) (boxes[i] / cell);
      int to = row * columns + right + 1;
      if (take) {
        taken.set(from, to);
      } else {
        int next = taken.nextSetBit(from);
        if (next >= 0 && next < to) {
          return false;
        }
      }
    }
    return true;
  }
}
