package org.tequio.cartography;

/**
 * How names beside features are written.
 *
 * @param size height of the letters in CSS pixels
 * @param halo how far the light band around them reaches, in CSS pixels
 */
public record NameStyle(double size, double halo) {
  /** As they are written unless a steward chose otherwise. */
  public static final NameStyle STANDARD = new NameStyle(12.5, 1.6);

  /** Refuses what nobody could read. */
  public NameStyle {
    if (!(size >= 6 && size <= 40) || !(halo >= 0 && halo <= 10)) {
      throw new IllegalArgumentException("names of " + size + " with a halo of " + halo);
    }
  }
}
