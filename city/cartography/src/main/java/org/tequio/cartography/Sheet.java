package org.tequio.cartography;

import java.awt.geom.Rectangle2D;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tequio.cartography.SheetBlock.Print;
import org.tequio.cartography.canvas.Canvas;
import org.tequio.cartography.canvas.Lettering;
import org.tequio.cartography.canvas.RasterCanvas;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;

/**
 * Where everything stands on a printed sheet, and on the pages after it that the legend may need.
 * Measures are CSS pixels, 96 to the inch.
 */
final class Sheet {
  private static final LocalText SOURCES = new LocalText("Fuentes", "Fontes", "Sources");
  private static final LocalText LEGEND = new LocalText("Leyenda", "Legenda", "Legend");
  private static final LocalText UNDATED = new LocalText("sin fecha", "sem data", "no date");
  private static final LocalText UNLICENSED =
      new LocalText("licencia no indicada", "licença não informada", "no licence stated");
  private static final LocalText SYSTEM =
      new LocalText("Sistema de coordenadas: ", "Sistema de coordenadas: ", "Coordinate system: ");
  private static final LocalText PRINTED =
      new LocalText("Impreso el ", "Impresso em ", "Printed on ");
  private static final LocalText GOES_ON =
      new LocalText(
          "La leyenda sigue en la página 2", "A legenda continua na página 2", "Legend: page 2");
  private static final LocalText CUT =
      new LocalText(
          "La leyenda no cabe entera: está en el PDF",
          "A legenda não cabe inteira: está no PDF",
          "The legend does not fit: the PDF has all of it");
  private static final double MARGIN = 38;
  private static final double TITLE = 27;
  private static final double TITLE_OF_TWO = 17;
  private static final double TITLE_HIGH = 38;
  private static final double TEXT = 12;
  private static final double SIDE = 230;
  private static final double STRIP = 250;
  private static final double GAP = 14;
  private static final double INCH = MapView.SCREEN_DPI;
  private static final double METERS_PER_INCH = 0.0254;
  private static final double METERS_PER_DEGREE = 111_320;
  private static final Rgb RULE = Rgb.of("#8a8085");

  private final PrintedMap map;
  private final Language language;
  private final Rectangle2D frame;
  private final Rectangle2D margin;
  private final MapView view;
  private final ScaleBar scale;
  private final List<String> system;
  private final SheetFlow flow;

  Sheet(PrintedMap map) {
    this.map = map;
    this.language = map.language();
    double width = map.paper().width(map.landscape()) * INCH;
    double height = map.paper().height(map.landscape()) * INCH;
    double top = MARGIN + TITLE_HIGH + TEXT * 1.25 + GAP;
    double right = width - MARGIN;
    double bottom = height - MARGIN - Print.LEADING;
    if (map.landscape()) {
      this.frame = new Rectangle2D.Double(MARGIN, top, right - SIDE - GAP - MARGIN, bottom - top);
      this.margin = new Rectangle2D.Double(right - SIDE, top, SIDE, bottom - top);
    } else {
      this.frame = new Rectangle2D.Double(MARGIN, top, right - MARGIN, bottom - top - STRIP - GAP);
      this.margin = new Rectangle2D.Double(MARGIN, bottom - STRIP, right - MARGIN, STRIP);
    }
    this.view = view();
    this.scale = new ScaleBar(view, language, locale());
    this.system =
        Paragraph.lines(
            Lettering.MEDIUM,
            SYSTEM.in(language) + CrsRegistry.standard().name(map.crs()) + " (" + map.crs() + ")",
            Print.SIZE,
            SIDE);
    this.flow = flow(new Rectangle2D.Double(MARGIN, top, right - MARGIN, bottom - top));
  }

  /** What the map shows. */
  MapView view() {
    int width = (int) Math.round(frame.getWidth() / INCH * map.dpi());
    int height = (int) Math.round(frame.getHeight() / INCH * map.dpi());
    Bbox place = CrsRegistry.standard().operation(Crs.CRS84, map.crs()).apply(map.place());
    Double denominator = map.scale();
    if (denominator == null) {
      double perPixel = Math.max(Math.max(place.width() / width, place.height() / height), 1e-9);
      return around(place, perPixel, width, height);
    }
    double wanted = denominator * METERS_PER_INCH / map.dpi();
    boolean degrees = CrsRegistry.standard().isGeographic(map.crs());
    double perPixel = degrees ? wanted / METERS_PER_DEGREE : wanted;
    // No projection is true everywhere: what counts is the scale at the middle.
    double drawn = around(place, perPixel, width, height).metersPerPixel();
    return around(place, perPixel * wanted / drawn, width, height);
  }

  private MapView around(Bbox place, double perPixel, int width, int height) {
    double x = (place.minX() + place.maxX()) / 2;
    double y = (place.minY() + place.maxY()) / 2;
    double halfX = perPixel * width / 2;
    double halfY = perPixel * height / 2;
    return new MapView(
        map.crs(), new Bbox(x - halfX, y - halfY, x + halfX, y + halfY), width, height, map.dpi());
  }

  /** The denominator of its scale, as it says on it. */
  long denominator() {
    return scale.denominator();
  }

  /** How many pages there are; the first has the map. */
  int pages() {
    return flow.pages();
  }

  // ---- what stands where

  private SheetFlow flow(Rectangle2D page) {
    List<SheetBlock> legends = new ArrayList<>();
    for (Picture.Drawn one : map.layers().reversed()) {
      legends.add(new SheetBlock.Signs(Legend.of(one.layer(), one.style(), language).within(SIDE)));
    }
    List<SheetBlock> sources = sources();
    List<Rectangle2D> further = columns(page, 0);
    List<Rectangle2D> own = columns(margin, ScaleBar.HEIGHT + system.size() * Print.LEADING + GAP);
    SheetFlow all = filled(own, further, legends, sources);
    if (all.pages() == 1) {
      return all;
    }
    // Whose data it is belongs on the sheet with the map, if need be before the last signs.
    double high = sources.stream().mapToDouble(SheetBlock::height).sum();
    Rectangle2D last = own.getLast();
    double most = map.landscape() ? last.getHeight() / 2 : last.getHeight();
    if (high > most) {
      return all;
    }
    Rectangle2D foot =
        new Rectangle2D.Double(last.getX(), last.getMaxY() - high, last.getWidth(), high);
    double left = last.getHeight() - high - GAP;
    List<Rectangle2D> above = new ArrayList<>(own.subList(0, own.size() - 1));
    if (left > 0) {
      above.add(new Rectangle2D.Double(last.getX(), last.getY(), last.getWidth(), left));
    }
    SheetFlow parted = filled(above, further, legends, List.of());
    parted.keep(foot, sources);
    return parted;
  }

  private static SheetFlow filled(
      List<Rectangle2D> own,
      List<Rectangle2D> further,
      List<SheetBlock> legends,
      List<SheetBlock> sources) {
    SheetFlow flow = new SheetFlow(own, further);
    legends.forEach(flow::add);
    sources.forEach(flow::add);
    return flow;
  }

  /** As many columns as stand side by side; the first begins lower. */
  private static List<Rectangle2D> columns(Rectangle2D area, double taken) {
    List<Rectangle2D> columns = new ArrayList<>();
    for (double x = area.getX(); x + SIDE <= area.getMaxX() + 1; x += SIDE + GAP) {
      double above = columns.isEmpty() ? taken : 0;
      columns.add(new Rectangle2D.Double(x, area.getY() + above, SIDE, area.getHeight() - above));
    }
    return columns;
  }

  private List<SheetBlock> sources() {
    List<SheetBlock> blocks = new ArrayList<>();
    for (Picture.Drawn one : map.layers().reversed()) {
      LayerRecord record = one.layer().record();
      List<String> parts = new ArrayList<>();
      parts.add(record.title().in(language));
      if (record.department() != null) {
        parts.add(record.department());
      }
      LocalDate date = record.date();
      parts.add(date == null ? UNDATED.in(language) : day(date, FormatStyle.MEDIUM));
      parts.add(record.licence() == null ? UNLICENSED.in(language) : record.licence());
      blocks.add(
          new Print(
              blocks.isEmpty() ? SOURCES.in(language) : null,
              Paragraph.lines(Lettering.MEDIUM, String.join("\u00a0· ", parts), Print.SIZE, SIDE)));
    }
    return blocks;
  }

  // ---- drawing

  /** Draws the page with the map. */
  void draw(Canvas canvas, double unit, MapPictures pictures, boolean alone) {
    Pen pen = new Pen(canvas, unit);
    title(pen);
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
    scale.draw(pen, margin.getX(), margin.getY(), SIDE);
    double base = margin.getY() + ScaleBar.HEIGHT;
    for (String line : system) {
      base += Print.LEADING;
      pen.text(Lettering.MEDIUM, line, Print.SIZE, margin.getX(), base, Pen.SOFT);
    }
    blocks(pen, 0);
    String note = pages() == 1 ? "" : (alone ? CUT : GOES_ON).in(language);
    foot(pen, alone ? note : note.isEmpty() ? "" : note + " · 1 / " + pages());
  }

  /** Draws a page after the first. */
  void drawFurther(Canvas canvas, double unit, int page) {
    Pen pen = new Pen(canvas, unit);
    title(pen);
    blocks(pen, page);
    foot(pen, LEGEND.in(language) + " · " + (page + 1) + " / " + pages());
  }

  private void blocks(Pen pen, int page) {
    for (SheetFlow.Placed one : flow.on(page)) {
      one.block().draw(pen, one.x(), one.y());
    }
  }

  private void title(Pen pen) {
    String title = map.title().strip();
    double most = margin.getMaxX() - MARGIN;
    if (Lettering.BOLD.width(title, TITLE) <= most) {
      pen.text(Lettering.BOLD, title, TITLE, MARGIN, MARGIN + TITLE, Pen.INK);
    } else {
      List<String> lines = Paragraph.lines(Lettering.BOLD, title, TITLE_OF_TWO, most, 2);
      for (int i = 0; i < lines.size(); i++) {
        double base = MARGIN + TITLE_OF_TWO * (0.85 + 1.1 * i);
        pen.text(Lettering.BOLD, lines.get(i), TITLE_OF_TWO, MARGIN, base, Pen.INK);
      }
    }
    String below = map.city() + " · " + PRINTED.in(language) + day(map.day(), FormatStyle.LONG);
    pen.text(Lettering.MEDIUM, below, TEXT, MARGIN, MARGIN + TITLE_HIGH + TEXT, Pen.SOFT);
  }

  private void foot(Pen pen, String note) {
    double base = margin.getMaxY() + Print.LEADING + 2;
    String site = map.site();
    if (site != null) {
      pen.text(Lettering.MEDIUM, site, Print.SIZE, MARGIN, base, Pen.SOFT);
    }
    double x = margin.getMaxX() - Lettering.BOLD.width(note, Print.SIZE);
    pen.text(Lettering.BOLD, note, Print.SIZE, x, base, Pen.INK);
  }

  private Locale locale() {
    return switch (language) {
      case ES -> Locale.forLanguageTag("es-MX");
      case PT -> Locale.forLanguageTag("pt-BR");
      case EN -> Locale.ENGLISH;
    };
  }

  private String day(LocalDate date, FormatStyle style) {
    return DateTimeFormatter.ofLocalizedDate(style).withLocale(locale()).format(date);
  }
}
