package org.tequio.cartography;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import org.tequio.cartography.canvas.Canvas;
import org.tequio.cartography.canvas.Lettering;

/**
 * Draws on a sheet in CSS pixels, 96 to the inch.
 *
 * @param canvas what is drawn on
 * @param unit units of the canvas in a CSS pixel
 */
record Pen(Canvas canvas, double unit) {
  /** What is read first. */
  static final Rgb INK = Rgb.of("#1f1b1d");

  /** What stands beside it. */
  static final Rgb SOFT = Rgb.of("#5d5558");

  void text(Lettering face, String text, double size, double x, double base, Rgb color) {
    canvas.letters(
        face,
        text,
        size * unit,
        AffineTransform.getTranslateInstance(x * unit, base * unit),
        color.argb(1),
        0,
        0);
  }

  void fill(java.awt.Shape shape, Rgb color) {
    canvas.fill(path(shape), color.argb(1));
  }

  void box(java.awt.Shape shape, Rgb color, double width) {
    canvas.stroke(path(shape), color.argb(1), width * unit);
  }

  private Path2D path(java.awt.Shape shape) {
    return new Path2D.Double(shape, AffineTransform.getScaleInstance(unit, unit));
  }
}
