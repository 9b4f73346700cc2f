package org.tequio.cartography;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sizes and opacities of a layer's signs, in CSS pixels; colours are the classes' matter.
 *
 * @param fill opacity of areas
 * @param edge width of their outlines
 * @param line width of lines
 * @param halo width of the light band under lines
 * @param radius of dots
 * @param ring width of the light ring around dots
 * @param dot opacity of dots
 */
public record Symbol(
    double fill, Stops edge, Stops line, Stops halo, Stops radius, Stops ring, double dot) {
  /** The light band around lines, dots and letters. */
  public static final Rgb LIGHT = Rgb.of("#fbf8f3");

  /** Of a glow, from few to many, for any colour vision (magma). */
  public static final List<Rgb> HEAT =
      List.of(Rgb.of("#51127c"), Rgb.of("#b63679"), Rgb.of("#fb8861"), Rgb.of("#fcfdbf"));

  /** Letters on maps. */
  public static final Rgb INK = Rgb.of("#35302f");

  /** Opacity of outlines. */
  public static final double EDGE_OPACITY = 0.9;

  /** Opacity of the band under lines. */
  public static final double HALO_OPACITY = 0.7;

  /** From which zoom on points that have a sign carry it. */
  public static final double SIGNS_FROM = 12;

  /** How wide the disc of a sign is, its ring among it, in CSS pixels. */
  public static final double SIGN = 24;

  /** How wide the ring around that disc is. */
  public static final double SIGN_RING = 1.5;

  /** How wide the drawing on that disc is. */
  public static final double SIGN_DRAWING = 13;

  /** How far a point of a glow reaches, in CSS pixels. */
  public static final double HEAT_REACH = 18;

  /** Past so many features dots are small, and signs and names wait until the map is near. */
  public static final int MANY = 400;

  private static final int VERY_MANY = 20_000;

  /**
   * The signs of a layer.
   *
   * @param classified true where colours tell classes apart
   * @param ordered true where the classes have an order
   */
  public static Symbol of(MapLayer layer, boolean classified, boolean ordered) {
    long count = layer.stored().count();
    boolean many = count > MANY;
    boolean thin = !classified && isOutlined(layer.record().standard());
    return new Symbol(
        thin ? 0.12 : ordered ? 0.72 : classified ? 0.55 : 0.3,
        Stops.of(1.3, 10, 0.3, 15, thin ? 1.2 : 1, 18, 2),
        Stops.of(1.4, 9, 0.9, 14, 3.2, 18, 7),
        Stops.of(1.4, 9, 1.6, 14, 5.5, 18, 12),
        count > VERY_MANY
            ? Stops.of(1.4, 10, 0.5, 13, 0.9, 15, 2, 18, 5.5)
            : many
                ? Stops.of(1.4, 9, 0.9, 12, 1.5, 15, 2.8, 18, 6)
                : Stops.of(1.4, 9, 2.2, 13, 4, 16, 6, 18, 8),
        many ? Stops.of(1, 13, 0, 15, 0.8) : Stops.constant(1.2),
        many ? 0.8 : 0.95);
  }

  /** Areas whose limits matter more than their ground. */
  private static boolean isOutlined(@Nullable String standard) {
    return standard != null
        && (standard.equals("cat.predio")
            || standard.equals("ref.manzana")
            || standard.startsWith("adm."));
  }
}
