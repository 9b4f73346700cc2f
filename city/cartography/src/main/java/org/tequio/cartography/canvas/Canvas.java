package org.tequio.cartography.canvas;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/**
 * What a map can be drawn on. Positions are pixels from the upper left corner, y downwards; colours
 * are 0xAARRGGBB. Not thread-safe.
 */
public interface Canvas {
  /** Fills what lies inside a path by the rule of even and odd. */
  void fill(Path2D path, int argb);

  /** Draws along a path with round ends and joins. */
  void stroke(Path2D path, int argb, double width);

  /** A disc, with a ring around it where that has a width. */
  void dot(double x, double y, double radius, int argb, double ring, int ringArgb);

  /** Something smaller than a pixel. */
  void speck(double x, double y, int argb);

  /**
   * Writes a line of text: its outlines, where the canvas has no letters of its own.
   *
   * @param at takes the text's own place, which begins at 0, 0 on its base line, to the canvas
   * @param halo colour of the band around the letters; 0 for none
   * @param haloWidth how far the band reaches beyond the letters
   */
  default void letters(
      Lettering face,
      String text,
      double size,
      AffineTransform at,
      int ink,
      int halo,
      double haloWidth) {
    Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
    face.outline(text, size, at, outline);
    if (halo != 0) {
      stroke(outline, halo, 2 * haloWidth);
    }
    fill(outline, ink);
  }

  /** Covers a rectangle with pixels, row by row from the top. */
  void image(int[] argb, int columns, int rows, double x, double y, double width, double height);
}
