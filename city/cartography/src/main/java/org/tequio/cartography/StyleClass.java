package org.tequio.cartography;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One colour of a legend and the features that have it.
 *
 * @param label what the legend says
 * @param color its colour
 * @param test which values of the style's field belong to it
 */
public record StyleClass(String label, Rgb color, Test test) {

  /** Which values belong to a class. */
  public sealed interface Test {
    /** True for a value that belongs to the class; nothing known belongs to none. */
    boolean holds(@Nullable Object value);
  }

  /**
   * These values, compared as texts.
   *
   * @param values at least one
   */
  public record OneOf(List<String> values) implements Test {
    /** Copies the values; refuses none. */
    public OneOf {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("a class needs a value");
      }
    }

    @Override
    public boolean holds(@Nullable Object value) {
      return value != null && values.contains(textOf(value));
    }
  }

  /**
   * Numbers from one on, below another.
   *
   * @param from the least number of the class
   * @param below the first above it; infinite for the last class
   */
  public record Range(double from, double below) implements Test {
    /** Refuses an empty range. */
    public Range {
      if (!(from <= below)) {
        throw new IllegalArgumentException("not a range: " + from + " to " + below);
      }
    }

    @Override
    public boolean holds(@Nullable Object value) {
      return value instanceof Number number
          && number.doubleValue() >= from
          && number.doubleValue() < below;
    }
  }

  /** A value as the text by which classes know it: 2.0 and 2 are one. */
  public static String textOf(Object value) {
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString(number.longValue());
    }
    return Objects.toString(value);
  }
}
