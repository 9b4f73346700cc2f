package org.tequio.catalogue.intake;

import java.util.Arrays;

/** A growing list of small numbers without boxes. Not thread-safe. */
final class FloatList {
  private float[] values = new float[64];
  private int size;

  void add(float value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  float get(int index) {
    return values[index];
  }
}
