package org.tequio.cartography;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
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
  /** Empty on all sides. */
  static final double PAD = 5;

  private static final Rgb INK = Rgb.of("#1f1b1d");
  private static final double SIZE = 13;
  private static final double TITLE = 14;
  private static final double ROW = 20;
  private static final double LINE = 15;
  private static final double SWATCH = 22;
  private static final double GAP = 7;
  private static final int WIDEST = 44;
  private static final int MOST_LINES = 3;

  private final List<String> title;
  private final LayerStyle style;
  private final List<Row> rows;

  /** One sign and its meaning, in lines. */
  private record Row(List<String> label, Rgb color) {
    double height() {
      return ROW + (label.size() - 1) * LINE;
    }
  }

  private Legend(List<String> title, LayerStyle style, List<Row> rows) {
    this.title = List.copyOf(title);
    this.style = style;
    this.rows = List.copyOf(rows);
  }

  /** The legend of a layer. */
  public static Legend of(MapLayer layer, LayerStyle style, Language language) {
    String title = bare(layer.record().title().in(language));
    List<Row> rows = new ArrayList<>();
    for (StyleClass one : style.classes()) {
      rows.add(new Row(List.of(bare(one.label())), one.color()));
    }
    if (rows.isEmpty()) {
      return new Legend(List.of(), style, List.of(new Row(List.of(title), style.color())));
    }
    if (style.others()) {
      rows.add(new Row(List.of(LayerStyle.OTHERS.in(language)), style.color()));
    }
    return new Legend(List.of(title), style, rows);
  }

  private static String bare(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** The same with every text cut to what stands in one line, as {@link #draw} shows it. */
  public Legend shortened() {
    return new Legend(
        title.stream().map(Legend::shortened).toList(),
        style,
        rows.stream()
            .map(row -> new Row(row.label.stream().map(Legend::shortened).toList(), row.color))
            .toList());
  }

  private static String shortened(String text) {
    return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
  }

  /** The same in no more than a width of CSS pixels: longer texts take several lines. */
  Legend within(double most) {
    double room = most - 2 * PAD;
    return new Legend(
        title.isEmpty()
            ? title
            : Paragraph.lines(Lettering.BOLD, String.join(" ", title), TITLE, room, MOST_LINES),
        style,
        rows.stream()
            .map(
                row ->
                    new Row(
                        Paragraph.lines(
                            Lettering.MEDIUM,
                            String.join(" ", row.label),
                            SIZE,
                            room - SWATCH - GAP,
                            MOST_LINES),
                        row.color))
            .toList());
  }

  /** How many signs it has. */
  int rows() {
    return rows.size();
  }

  /** How many of its signs, from the first on, are no higher than this together. */
  int rowsWithin(double most) {
    double high = titleHeight() + 2 * PAD;
    int count = 0;
    while (count < rows.size() && high + rows.get(count).height() <= most) {
      high += rows.get(count).height();
      count++;
    }
    return count;
  }

  /** Its first signs. */
  Legend first(int count) {
    return new Legend(title, style, rows.subList(0, count));
  }

  /** Its signs after those, under the same title. */
  Legend after(int count) {
    return new Legend(title, style, rows.subList(count, rows.size()));
  }

  private double titleHeight() {
    return title.isEmpty() ? 0 : ROW + (title.size() - 1) * LINE;
  }

  /** How wide it is, in CSS pixels. */
  public double width() {
    double widest = 0;
    for (String line : title) {
      widest = Math.max(widest, Lettering.BOLD.width(line, TITLE));
    }
    for (Row row : rows) {
      for (String line : row.label) {
        widest = Math.max(widest, SWATCH + GAP + Lettering.MEDIUM.width(line, SIZE));
      }
    }
    return widest + 2 * PAD;
  }

  /** How high it is, in CSS pixels. */
  public double height() {
    return titleHeight() + rows.stream().mapToDouble(Row::height).sum() + 2 * PAD;
  }

  /** The legend as a picture of its own. */
  public byte[] draw(PictureFormat format, double dpi, int background) {
    return shortened().drawn(format, dpi, background);
  }

  private byte[] drawn(PictureFormat format, double dpi, int background) {
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
    for (String line : title) {
      letters(canvas, Lettering.BOLD, line, TITLE * scale, left + PAD * scale, y, scale);
      y += LINE * scale;
    }
    y = top + (PAD + titleHeight()) * scale;
    for (Row row : rows) {
      swatch(canvas, row.color, left + PAD * scale, y + ROW * scale / 2, scale);
      double x = left + (PAD + SWATCH + GAP) * scale;
      double line = y;
      for (String text : row.label) {
        letters(canvas, Lettering.MEDIUM, text, SIZE * scale, x, line, scale);
        line += LINE * scale;
      }
      y += row.height() * scale;
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
    if (style.heat()) {
      double part = width / Symbol.HEAT.size();
      for (int i = 0; i < Symbol.HEAT.size(); i++) {
        Rectangle2D band =
            new Rectangle2D.Double(x + i * part, middle - 7 * scale, part, 14 * scale);
        canvas.fill(new Path2D.Double(band), Symbol.HEAT.get(i).argb(1));
      }
      return;
    }
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
