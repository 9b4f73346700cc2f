package org.tequio.formats.xml;

import java.util.Arrays;

/** A growing list of positions with x, y and, where there is one, a height. Not thread-safe. */
public final class Positions {
  private double[] ordinates = new double[30];
  private int size;
  private boolean heights;

  /** Adds a position; the height is NaN where there is none. */
  public Positions add(double x, double y, double z) {
    if (3 * size + 3 > ordinates.length) {
      ordinates = Arrays.copyOf(ordinates, ordinates.length * 2);
    }
    ordinates[3 * size] = x;
    ordinates[3 * size + 1] = y;
    ordinates[3 * size + 2] = z;
    size++;
    heights |= !Double.isNaN(z);
    return this;
  }

  /** Adds all positions of another list; the first is left out where it repeats the last here. */
  public Positions join(Positions other) {
    for (int i = 0; i < other.size; i++) {
      boolean same = i == 0 && size > 0 && x(size - 1) == other.x(0) && y(size - 1) == other.y(0);
      if (!same) {
        add(other.x(i), other.y(i), other.z(i));
      }
    }
    return this;
  }

  /** Forgets all heights. */
  public Positions flatten() {
    for (int i = 0; i < size; i++) {
      ordinates[3 * i + 2] = Double.NaN;
    }
    heights = false;
    return this;
  }

  /** The same with the first and the second number of each in the other order. */
  public Positions swapped() {
    Positions swapped = new Positions();
    for (int i = 0; i < size; i++) {
      swapped.add(y(i), x(i), z(i));
    }
    return swapped;
  }

  /** True where one position has a height other than zero. */
  public boolean hasNonZeroHeight() {
    for (int i = 0; i < size; i++) {
      double z = z(i);
      if (!Double.isNaN(z) && z != 0) {
        return true;
      }
    }
    return false;
  }

  /** How many positions. */
  public int size() {
    return size;
  }

  /** True where one position has a height. */
  public boolean hasHeights() {
    return heights;
  }

  /** Easting or longitude. */
  public double x(int i) {
    return ordinates[3 * i];
  }

  /** Northing or latitude. */
  public double y(int i) {
    return ordinates[3 * i + 1];
  }

  /** Height; NaN where there is none. */
  public double z(int i) {
    return ordinates[3 * i + 2];
  }
}
