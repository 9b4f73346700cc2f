package org.tequio.cartography;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.canvas.Canvas;
import org.tequio.cartography.canvas.Icons;
import org.tequio.cartography.canvas.Lettering;
import org.tequio.cartography.canvas.RasterCanvas;
import org.tequio.cartography.canvas.SvgCanvas;
import org.tequio.feature.Language;

/**
 * What a style's signs mean: a title and one row a class. A value; drawing it twice gives the same
 * picture.
 */
public final class Legend {
  private static final Rgb INK = Rgb.of("#1f1b1d");
  private static final double SIZE = 13;
  private static final double TITLE = 14;
  private static final double ROW = 20;
  private static final double SWATCH = 22;
  private static final double GAP = 7;
  private static final double PAD = 5;
  private static final int WIDEST = 44;

  private final @Nullable String title;
  private final LayerStyle style;
  private final List<Row> rows;

  /** One sign and its meaning. */
  private record Row(String label, Rgb color) {}

  private Legend(@Nullable String title, LayerStyle style, List<Row> rows) {
    this.title = title;
    this.style = style;
    this.rows = rows;
  }

  /** The legend of a layer. */
  public static Legend of(MapLayer layer, LayerStyle style, Language language) {
    String title = shortened(layer.record().title().in(language));
    List<Row> rows = new ArrayList<>();
    for (StyleClass one : style.classes()) {
      rows.add(new Row(shortened(one.label()), one.color()));
    }
    if (rows.isEmpty()) {
      return new Legend(null, style, List.of(new Row(title, style.color())));
    }
    if (style.others()) {
      rows.add(new Row(LayerStyle.OTHERS.in(language), style.color()));
    }
    return new Legend(title, style, List.copyOf(rows));
  }

  private static String shortened(String text) {
    String bare = text.strip().replaceAll("\\s+", " ");
    return bare.length() > WIDEST ? bare.substring(0, WIDEST - 1) + "…" : bare;
  }

  /** The same in no more than a width of CSS pixels: longer words are cut. */
  Legend within(double most) {
    double room = most - 2 * PAD;
    List<Row> cut = new ArrayList<>();
    for (Row row : rows) {
      cut.add(new Row(cut(Lettering.MEDIUM, row.label, SIZE, room - SWATCH - GAP), row.color));
    }
    return new Legend(
        title == null ? null : cut(Lettering.BOLD, title, TITLE, room), style, List.copyOf(cut));
  }

  private static String cut(Lettering face, String text, double size, double most) {
    String shown = text;
    while (shown.length() > 1 && face.width(shown, size) > most) {
      shown = shown.substring(0, shown.length() - 2).strip() + "…";
    }
    return shown;
  }

  /** How wide it is, in CSS pixels. */
  public double width() {
    double widest = title == null ? 0 : Lettering.BOLD.width(title, TITLE);
    for (Row row : rows) {
      widest = Math.max(widest, SWATCH + GAP + Lettering.MEDIUM.width(row.label, SIZE));
    }
    return widest + 2 * PAD;
  }

  /** How high it is, in CSS pixels. */
  public double height() {
    return (rows.size() + (title == null ? 0 : 1)) * ROW + 2 * PAD;
  }

  /** The legend as a picture of its own. */
  public byte[] draw(PictureFormat format, double dpi, int background) {
    double scale = dpi / MapView.SCREEN_DPI;
    int width = (int) Math.ceil(width() * scale);
    int height = (int) Math.ceil(height() * scale);
    if (format == PictureFormat.SVG) {
      SvgCanvas svg = new SvgCanvas(width, height, background, Long.MAX_VALUE);
      draw(svg, 0, 0, scale);
      return svg.toBytes();
    }
    boolean opaque = format == PictureFormat.JPEG && background >>> 24 != 255;
    RasterCanvas raster = new RasterCanvas(width, height, opaque ? Rgb.WHITE.argb(1) : background);
    draw(raster, 0, 0, scale);
    return MapPictures.encode(raster, format, dpi);
  }

  /** Draws it onto something larger, from a corner on, in pixels of so many to a CSS pixel. */
  void draw(Canvas canvas, double left, double top, double scale) {
    double y = top + PAD * scale;
    if (title != null) {
      letters(canvas, Lettering.BOLD, title, TITLE * scale, left + PAD * scale, y, scale);
      y += ROW * scale;
    }
    for (Row row : rows) {
      swatch(canvas, row.color, left + PAD * scale, y + ROW * scale / 2, scale);
      double x = left + (PAD + SWATCH + GAP) * scale;
      letters(canvas, Lettering.MEDIUM, row.label, SIZE * scale, x, y, scale);
      y += ROW * scale;
    }
  }

  private static void letters(
      Canvas canvas, Lettering face, String text, double size, double x, double top, double scale) {
    double base = top + (ROW * scale + size * Lettering.CAPITAL) / 2;
    canvas.letters(
        face, text, size, AffineTransform.getTranslateInstance(x, base), INK.argb(1), 0, 0);
  }

  private void swatch(Canvas canvas, Rgb color, double x, double middle, double scale) {
    double width = SWATCH * scale;
    switch (style.shape()) {
      case AREA, MIXED -> {
        double half = 7 * scale;
        Path2D box = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        box.append(new Rectangle2D.Double(x, middle - half, width, 2 * half), false);
        canvas.fill(box, color.argb(style.symbol().fill()));
        canvas.stroke(box, color.argb(Symbol.EDGE_OPACITY), scale);
      }
      case LINE -> {
        Path2D line = new Path2D.Double();
        line.moveTo(x + 2 * scale, middle);
        line.lineTo(x + width - 2 * scale, middle);
        canvas.stroke(line, Symbol.LIGHT.argb(Symbol.HALO_OPACITY), 5.5 * scale);
        canvas.stroke(line, color.argb(1), 3.2 * scale);
      }
      case POINT -> {
        double center = x + width / 2;
        if (style.icon() != null) {
          canvas.dot(center, middle, 8 * scale, color.argb(1), scale, Rgb.WHITE.argb(1));
          Path2D sign = Icons.outline(style.icon(), 11 * scale);
          sign.transform(AffineTransform.getTranslateInstance(center, middle));
          canvas.fill(sign, Rgb.WHITE.argb(1));
        } else {
          canvas.dot(
              center,
              middle,
              5 * scale,
              color.argb(style.symbol().dot()),
              scale,
              Symbol.LIGHT.argb(1));
        }
      }
      case NONE -> {
        // A plain table has a name and no sign.
      }
    }
  }
}
