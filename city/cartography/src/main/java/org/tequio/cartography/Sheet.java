package org.tequio.cartography;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tequio.cartography.canvas.Canvas;
import org.tequio.cartography.canvas.Lettering;
import org.tequio.cartography.canvas.RasterCanvas;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;

/** Where everything stands on a printed sheet. Measures are CSS pixels, 96 to the inch. */
final class Sheet {
  private static final LocalText SOURCES = new LocalText("Fuentes", "Fontes", "Sources");
  private static final LocalText SCALE = new LocalText("Escala", "Escala", "Scale");
  private static final LocalText PRINTED =
      new LocalText("Impreso el ", "Impresso em ", "Printed on ");
  private static final LocalText NORTH = new LocalText("N", "N", "N");
  private static final double MARGIN = 38;
  private static final double TITLE = 27;
  private static final double TEXT = 12;
  private static final double SMALL = 10;
  private static final double LEADING = 1.25;
  private static final double SIDE = 230;
  private static final double STRIP = 250;
  private static final double GAP = 14;
  private static final double INCH = MapView.SCREEN_DPI;
  private static final double METERS_PER_INCH = 0.0254;
  private static final Rgb INK = Rgb.of("#1f1b1d");
  private static final Rgb SOFT = Rgb.of("#5d5558");
  private static final Rgb RULE = Rgb.of("#8a8085");

  private final PrintedMap map;
  private final MapPictures pictures;
  private final Language language;
  private final Rectangle2D frame;
  private final Rectangle2D margin;
  private final MapView view;

  Sheet(PrintedMap map, MapPictures pictures) {
    this.map = map;
    this.pictures = pictures;
    this.language = map.language();
    double width = map.paper().width(map.landscape()) * INCH;
    double height = map.paper().height(map.landscape()) * INCH;
    double top = MARGIN + TITLE * LEADING + TEXT * LEADING + GAP;
    double right = width - MARGIN;
    double bottom = height - MARGIN - SMALL * LEADING;
    if (map.landscape()) {
      this.frame = new Rectangle2D.Double(MARGIN, top, right - SIDE - GAP - MARGIN, bottom - top);
      this.margin = new Rectangle2D.Double(right - SIDE, top, SIDE, bottom - top);
    } else {
      this.frame = new Rectangle2D.Double(MARGIN, top, right - MARGIN, bottom - top - STRIP - GAP);
      this.margin = new Rectangle2D.Double(MARGIN, bottom - STRIP, right - MARGIN, STRIP);
    }
    this.view = view();
  }

  /** What the frame shows: the place, with more on one axis so that it fits. */
  private MapView view() {
    int width = (int) Math.round(frame.getWidth() / INCH * map.dpi());
    int height = (int) Math.round(frame.getHeight() / INCH * map.dpi());
    Bbox place = CrsRegistry.standard().operation(Crs.CRS84, map.crs()).apply(map.place());
    double perPixel = Math.max(Math.max(place.width() / width, place.height() / height), 1e-9);
    MapView whole = around(place, perPixel, width, height);
    Double scale = map.scale();
    if (scale == null) {
      return whole;
    }
    double wanted = scale * METERS_PER_INCH / map.dpi();
    return around(place, perPixel * wanted / whole.metersPerPixel(), width, height);
  }

  private MapView around(Bbox place, double perPixel, int width, int height) {
    double x = (place.minX() + place.maxX()) / 2;
    double y = (place.minY() + place.maxY()) / 2;
    double halfX = perPixel * width / 2;
    double halfY = perPixel * height / 2;
    return new MapView(
        map.crs(), new Bbox(x - halfX, y - halfY, x + halfX, y + halfY), width, height, map.dpi());
  }

  /** Draws all of it, so many units of the canvas to a CSS pixel. */
  void draw(Canvas canvas, double unit) {
    Pen pen = new Pen(canvas, unit);
    pen.text(Lettering.BOLD, fitting(map.title(), TITLE), TITLE, MARGIN, MARGIN + TITLE, INK);
    pen.text(
        Lettering.MEDIUM,
        map.city() + " · " + day(),
        TEXT,
        MARGIN,
        MARGIN + TITLE * LEADING + TEXT,
        SOFT);
    RasterCanvas drawn =
        pictures.raster(
            new Picture(
                map.layers(), view, PictureFormat.PNG, Rgb.WHITE.argb(1), false, map.patience()));
    canvas.image(
        drawn.toPixels(),
        view.width(),
        view.height(),
        frame.getX() * unit,
        frame.getY() * unit,
        frame.getWidth() * unit,
        frame.getHeight() * unit);
    pen.box(frame, RULE, 0.75);
    double below = scaleAndNorth(pen);
    sources(pen, legends(canvas, unit, below));
    pen.text(Lettering.MEDIUM, map.site(), SMALL, MARGIN, margin.getMaxY() + SMALL * LEADING, SOFT);
  }

  private String fitting(String text, double size) {
    double most = margin.getMaxX() - MARGIN;
    String shown = text.strip();
    while (shown.length() > 1 && Lettering.BOLD.width(shown, size) > most) {
      shown = shown.substring(0, shown.length() - 2).strip() + "…";
    }
    return shown;
  }

  private Locale locale() {
    return switch (language) {
      case ES -> Locale.forLanguageTag("es-MX");
      case PT -> Locale.forLanguageTag("pt-BR");
      case EN -> Locale.ENGLISH;
    };
  }

  private String day() {
    return PRINTED.in(language)
        + DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
            .withLocale(locale())
            .format(map.day());
  }

  /** Draws the scale and the north arrow into the margin; returns where what follows begins. */
  private double scaleAndNorth(Pen pen) {
    double meters = view.metersPerPixel() * map.dpi() / INCH;
    double x = margin.getX();
    double y = margin.getY();
    long denominator = Math.round(meters * INCH / METERS_PER_INCH);
    pen.text(
        Lettering.BOLD,
        SCALE.in(language)
            + " 1 : "
            + NumberFormat.getIntegerInstance(locale()).format(rounded(denominator)),
        TEXT,
        x,
        y + TEXT,
        INK);
    double length = nice(meters * Math.min(150, SIDE - 60));
    double bar = length / meters;
    double top = y + TEXT * LEADING + 6;
    for (int i = 0; i < 4; i++) {
      Rectangle2D part = new Rectangle2D.Double(x + bar * i / 4, top, bar / 4, 5);
      pen.fill(part, i % 2 == 0 ? INK : Rgb.WHITE);
      pen.box(part, INK, 0.5);
    }
    pen.text(Lettering.MEDIUM, "0", SMALL, x, top + 5 + SMALL, INK);
    String end =
        length >= 1000
            ? NumberFormat.getInstance(locale()).format(length / 1000) + " km"
            : NumberFormat.getInstance(locale()).format(length) + " m";
    pen.text(Lettering.MEDIUM, end, SMALL, x + bar - 4, top + 5 + SMALL, INK);
    north(pen, x + SIDE - 30, y + 20);
    return top + 5 + SMALL * LEADING + GAP;
  }

  /** Three digits of a denominator: no print is truer than that. */
  private static long rounded(long denominator) {
    double step = Math.pow(10, Math.max(0, Math.floor(Math.log10(denominator)) - 2));
    return Math.round(Math.round(denominator / step) * step);
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
    pen.fill(arrow, INK);
    String letter = NORTH.in(language);
    pen.text(
        Lettering.BOLD,
        letter,
        SMALL,
        x - Lettering.BOLD.width(letter, SMALL) / 2,
        y + 8 + SMALL,
        INK);
  }

  /** Where true north lies in the middle of the map, clockwise from up. */
  private double northAngle() {
    double[] middle = {
      (view.box().minX() + view.box().maxX()) / 2, (view.box().minY() + view.box().maxY()) / 2
    };
    double[] ends = middle.clone();
    CrsRegistry registry = CrsRegistry.standard();
    registry.operation(map.crs(), Crs.CRS84).apply(ends, 1);
    double[] up = {ends[0], ends[1] + 0.001};
    registry.operation(Crs.CRS84, map.crs()).apply(up, 1);
    double angle = Math.atan2(up[0] - middle[0], up[1] - middle[1]);
    return Double.isFinite(angle) ? angle : 0;
  }

  /** Draws legends column by column; returns what is left of the margin. */
  private Rectangle2D legends(Canvas canvas, double unit, double from) {
    double x = margin.getX();
    double y = from;
    // Under an upright map the sources stand in the last column.
    double last = map.landscape() ? margin.getMaxX() : margin.getMaxX() - SIDE;
    double bottom = margin.getMaxY() - (map.landscape() ? sourcesHeight() : 0);
    for (Picture.Drawn one : map.layers().reversed()) {
      Legend legend = Legend.of(one.layer(), one.style(), language).within(SIDE);
      if (y + legend.height() > bottom && y > margin.getY() && x + 2 * SIDE <= last + 1) {
        x += SIDE;
        y = margin.getY();
      }
      if (y + legend.height() > bottom) {
        continue;
      }
      legend.draw(canvas, (x - 4) * unit, y * unit, unit);
      y += legend.height();
    }
    return map.landscape()
        ? new Rectangle2D.Double(
            margin.getX(), Math.max(y, bottom), SIDE, margin.getMaxY() - Math.max(y, bottom))
        : new Rectangle2D.Double(margin.getMaxX() - SIDE, margin.getY(), SIDE, margin.getHeight());
  }

  private double sourcesHeight() {
    return Math.min(margin.getHeight() / 2, (sourceLines().size() + 1) * SMALL * LEADING + GAP);
  }

  private List<String> sourceLines() {
    List<String> lines = new ArrayList<>();
    for (Picture.Drawn one : map.layers()) {
      LayerRecord record = one.layer().record();
      StringBuilder text = new StringBuilder(record.title().in(language));
      for (Object part : new Object[] {record.department(), record.date(), record.licence()}) {
        if (part != null) {
          text.append(" · ").append(part);
        }
      }
      lines.addAll(Paragraph.lines(Lettering.MEDIUM, text.toString(), SMALL, SIDE));
    }
    return lines;
  }

  private void sources(Pen pen, Rectangle2D where) {
    double y = where.getY() + SMALL * LEADING;
    pen.text(Lettering.BOLD, SOURCES.in(language), SMALL, where.getX(), y, INK);
    for (String line : sourceLines()) {
      y += SMALL * LEADING;
      if (y > where.getMaxY()) {
        return;
      }
      pen.text(Lettering.MEDIUM, line, SMALL, where.getX(), y, SOFT);
    }
  }

  /** Draws in CSS pixels. */
  private record Pen(Canvas canvas, double unit) {
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
}
