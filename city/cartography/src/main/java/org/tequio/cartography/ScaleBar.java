package org.tequio.cartography;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.util.Locale;
import org.tequio.cartography.canvas.Lettering;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;

/**
 * The scale of a printed map and where north lies.
 *
 * @param view the map
 * @param language of its words
 * @param locale of its numbers
 */
record ScaleBar(MapView view, Language language, Locale locale) {
  static final double HEIGHT = 40;

  private static final LocalText SCALE = new LocalText("Escala", "Escala", "Scale");
  private static final double METERS_PER_INCH = 0.0254;
  private static final double TEXT = 12;
  private static final double SMALL = 10;
  private static final double LONGEST = 150;
  private static final String NORTH = "N";

  /** The denominator in three digits: no print is truer than that. */
  long denominator() {
    double exact = metersPerCssPixel() * MapView.SCREEN_DPI / METERS_PER_INCH;
    double step = Math.pow(10, Math.max(0, Math.floor(Math.log10(exact)) - 2));
    return Math.round(Math.round(exact / step) * step);
  }

  private double metersPerCssPixel() {
    return view.metersPerPixel() * view.pixelRatio();
  }

  /** Draws both from a corner on, in no more than a width. */
  void draw(Pen pen, double x, double y, double width) {
    String scale = NumberFormat.getIntegerInstance(locale).format(denominator());
    pen.text(Lettering.BOLD, SCALE.in(language) + " 1 : " + scale, TEXT, x, y + TEXT, Pen.INK);
    double length = nice(metersPerCssPixel() * LONGEST);
    double bar = length / metersPerCssPixel();
    double top = y + TEXT + 8;
    for (int i = 0; i < 4; i++) {
      Rectangle2D part = new Rectangle2D.Double(x + bar * i / 4, top, bar / 4, 5);
      pen.fill(part, i % 2 == 0 ? Pen.INK : Rgb.WHITE);
      pen.box(part, Pen.INK, 0.5);
    }
    double base = top + 6 + SMALL;
    pen.text(Lettering.MEDIUM, "0", SMALL, x, base, Pen.INK);
    boolean far = length >= 1000;
    String half = number(far ? length / 2000 : length / 2);
    centered(pen, half, x + bar / 2, base);
    String end = number(far ? length / 1000 : length);
    pen.text(
        Lettering.MEDIUM,
        end + (far ? " km" : " m"),
        SMALL,
        x + bar - Lettering.MEDIUM.width(end, SMALL) / 2,
        base,
        Pen.INK);
    north(pen, x + width - 18, y + 16);
  }

  private static void centered(Pen pen, String text, double x, double base) {
    double half = Lettering.MEDIUM.width(text, SMALL) / 2;
    pen.text(Lettering.MEDIUM, text, SMALL, x - half, base, Pen.INK);
  }

  private String number(double value) {
    return NumberFormat.getInstance(locale).format(value);
  }

  /** The greatest of 1, 2 and 5 times a power of ten that is not greater. */
  private static double nice(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    double share = most / power;
    return (share >= 5 ? 5 : share >= 2 ? 2 : 1) * power;
  }

  private void north(Pen pen, double x, double y) {
    Path2D arrow = new Path2D.Double(Path2D.WIND_NON_ZERO);
    arrow.moveTo(0, -16);
    arrow.lineTo(7, 8);
    arrow.lineTo(0, 3);
    arrow.lineTo(-7, 8);
    arrow.closePath();
    arrow.transform(AffineTransform.getRotateInstance(northAngle()));
    arrow.transform(AffineTransform.getTranslateInstance(x, y));
    pen.fill(arrow, Pen.INK);
    double half = Lettering.BOLD.width(NORTH, SMALL) / 2;
    pen.text(Lettering.BOLD, NORTH, SMALL, x - half, y + 9 + SMALL, Pen.INK);
  }

  /** Where true north lies in the middle of the map, clockwise from up. */
  private double northAngle() {
    double[] middle = {
      (view.box().minX() + view.box().maxX()) / 2, (view.box().minY() + view.box().maxY()) / 2
    };
    double[] ends = middle.clone();
    CrsRegistry registry = CrsRegistry.standard();
    registry.operation(view.crs(), Crs.CRS84).apply(ends, 1);
    double[] up = {ends[0], ends[1] + 0.001};
    registry.operation(Crs.CRS84, view.crs()).apply(up, 1);
    double angle = Math.atan2(up[0] - middle[0], up[1] - middle[1]);
    return Double.isFinite(angle) ? angle : 0;
  }
}
