package org.tequio.cartography;

import java.util.Optional;

/**
 * An opaque colour in sRGB.
 *
 * @param value 0xRRGGBB
 */
public record Rgb(int value) {
  /** White. */
  public static final Rgb WHITE = new Rgb(0xFFFFFF);

  /** Black. */
  public static final Rgb BLACK = new Rgb(0x000000);

  /** Refuses what is no colour. */
  public Rgb {
    if (value < 0 || value > 0xFFFFFF) {
      throw new IllegalArgumentException("not a colour: " + value);
    }
  }

  /**
   * Reads {@code #rrggbb}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Rgb of(String text) {
    return find(text)
        .orElseThrow(() -> new IllegalArgumentException("wanted #rrggbb but got '" + text + "'"));
  }

  /** Reads {@code #rrggbb}; nothing for anything else. */
  public static Optional<Rgb> find(String text) {
    return text.matches("#[0-9a-fA-F]{6}")
        ? Optional.of(new Rgb(Integer.parseInt(text.substring(1), 16)))
        : Optional.empty();
  }

  /** The colour as {@code #rrggbb}. */
  public String hex() {
    return String.format("#%06x", value);
  }

  /** Red, 0 to 255. */
  public int red() {
    return value >> 16;
  }

  /** Green, 0 to 255. */
  public int green() {
    return value >> 8 & 0xFF;
  }

  /** Blue, 0 to 255. */
  public int blue() {
    return value & 0xFF;
  }

  /** The colour with an opacity from 0 to 1, as 0xAARRGGBB. */
  public int argb(double opacity) {
    return (int) Math.round(Math.clamp(opacity, 0, 1) * 255) << 24 | value;
  }

  /** This colour laid over another with an opacity from 0 to 1. */
  public Rgb over(Rgb ground, double opacity) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double channel =
          (value >> shift & 0xFF) * opacity + (ground.value >> shift & 0xFF) * (1 - opacity);
      mixed |= (int) Math.round(channel) << shift;
    }
    return new Rgb(mixed);
  }

  /** How well one is seen on the other, 1 to 21 (WCAG 2.2, contrast ratio). */
  public double contrast(Rgb other) {
    double a = luminance() + 0.05;
    double b = other.luminance() + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private double luminance() {
    return 0.2126 * linear(red()) + 0.7152 * linear(green()) + 0.0722 * linear(blue());
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
