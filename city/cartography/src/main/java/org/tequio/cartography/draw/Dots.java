package org.tequio.cartography.draw;

import java.util.Arrays;

/** Places in pixels with the class that each belongs to. Not thread-safe. */
final class Dots {
  private float[] xy = new float[512];
  private int[] groups = new int[256];
  private int size;

  void add(double x, double y, int group) {
    if (size == groups.length) {
      groups = Arrays.copyOf(groups, 2 * size);
      xy = Arrays.copyOf(xy, 4 * size);
    }
    xy[2 * size] = (float) x;
    xy[2 * size + 1] = (float) y;
    groups[size++] = group;
  }

  boolean isFull() {
    return size >= PixelPaths.FULL;
  }

  int size() {
    return size;
  }

  float x(int i) {
    return xy[2 * i];
  }

  float y(int i) {
    return xy[2 * i + 1];
  }

  int group(int i) {
    return groups[i];
  }

  void clear() {
    size = 0;
  }
}
