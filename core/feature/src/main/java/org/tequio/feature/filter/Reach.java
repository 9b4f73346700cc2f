package org.tequio.feature.filter;

import org.tequio.feature.Bbox;

/** Where the features lie for which a condition can be true, in the CRS of their layer. */
public sealed interface Reach {
  /** Anywhere, or without a place. */
  record Everywhere() implements Reach {}

  /** There is none. */
  record Nowhere() implements Reach {}

  /** Their envelopes touch a box. */
  record Near(Bbox box) implements Reach {}

  /** Where both conditions can be true. */
  default Reach and(Reach other) {
    return switch (this) {
      case Everywhere all -> other;
      case Nowhere none -> this;
      case Near(Bbox box) ->
          switch (other) {
            case Everywhere all -> this;
            case Nowhere none -> other;
            case Near(Bbox too) -> isSmaller(box, too) ? this : other;
          };
    };
  }

  /** Where one of them can be true. */
  default Reach or(Reach other) {
    return switch (this) {
      case Everywhere all -> this;
      case Nowhere none -> other;
      case Near(Bbox box) ->
          switch (other) {
            case Everywhere all -> other;
            case Nowhere none -> this;
            case Near(Bbox too) -> new Near(box.union(too));
          };
    };
  }

  // What touches both boxes need not touch what they share; the smaller one is looked through.
  private static boolean isSmaller(Bbox one, Bbox other) {
    return one.width() * one.height() <= other.width() * other.height();
  }
}
