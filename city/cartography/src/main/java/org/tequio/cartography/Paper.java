package org.tequio.cartography;

/** A size of paper (ISO 216). */
public enum Paper {
  /** 210 by 297 millimetres. */
  A4(210, 297),
  /** 297 by 420 millimetres. */
  A3(297, 420);

  private static final double MILLIMETERS_PER_INCH = 25.4;

  private final double narrow;
  private final double wide;

  Paper(double narrow, double wide) {
    this.narrow = narrow;
    this.wide = wide;
  }

  /** How wide a sheet is, in inches. */
  double width(boolean landscape) {
    return (landscape ? wide : narrow) / MILLIMETERS_PER_INCH;
  }

  /** How high a sheet is, in inches. */
  double height(boolean landscape) {
    return (landscape ? narrow : wide) / MILLIMETERS_PER_INCH;
  }
}
