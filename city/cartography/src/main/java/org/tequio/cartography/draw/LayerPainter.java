package org.tequio.cartography.draw;

import java.awt.geom.Path2D;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.LayerStyle;
import org.tequio.cartography.MapLayer;
import org.tequio.cartography.MapView;
import org.tequio.cartography.Symbol;
import org.tequio.cartography.TooLong;
import org.tequio.cartography.canvas.Canvas;
import org.tequio.feature.Bbox;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Wkb;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * Draws one layer into one picture, from WKB bytes to pixels without a geometry object. Names are
 * only collected: they are written when all layers are drawn. One for each layer in a picture.
 */
public final class LayerPainter {
  private static final double MARGIN = 24;
  private static final double TINY = 1.4;
  private static final int ROWS_BETWEEN_LOOKS = 512;
  private static final int BYTES_BETWEEN_LOOKS = 1 << 20;

  /**
   * Pixels of outline in one shape past which the rasterizer, which nobody can stop, takes longer
   * than anybody waits: about half a million a second.
   */
  private static final double MOST_OUTLINE = 5e6;

  private final MapLayer layer;
  private final LayerStyle style;
  private final MapView view;
  private final Canvas canvas;
  private final Names names;
  private final long deadline;
  private final double zoom;
  private final double ratio;
  private final int field;
  private final int label;
  private final Map<Object, Integer> classes = new HashMap<>();
  private final BitSet taken = new BitSet();
  private final double[] point = new double[2];
  private final @Nullable Heat heat;
  private long rows;
  private int bytes;

  /** What lies between the store and the canvas. */
  private record Work(PixelGrid grid, PixelPaths areas, PixelPaths lines, Dots dots) {}

  /**
   * Prepares.
   *
   * @param deadline by {@link System#nanoTime}: drawing past it ends with {@link TooLong}
   */
  public LayerPainter(
      MapLayer layer, LayerStyle style, MapView view, Canvas canvas, Names names, long deadline) {
    this.layer = layer;
    this.style = style;
    this.view = view;
    this.canvas = canvas;
    this.names = names;
    this.deadline = deadline;
    this.zoom = view.zoom();
    this.ratio = view.pixelRatio();
    this.field = style.field() == null ? -1 : layer.positionOf(style.field());
    boolean named = style.label() != null && zoom >= style.labelZoom();
    this.label = named ? layer.positionOf(String.valueOf(style.label())) : -1;
    this.heat = style.heat() ? new Heat(view) : null;
  }

  /** Draws what the picture shows of the layer. */
  public void paint(FeatureStore store) {
    Bbox extent = layer.stored().extent();
    if (extent == null || !style.isDrawnAt(zoom)) {
      return;
    }
    PixelGrid grid = PixelGrid.of(view, layer.stored().crs(), extent, MARGIN * ratio);
    if (grid == null) {
      return;
    }
    Work begun = new Work(grid, new PixelPaths(grid), new PixelPaths(grid), new Dots());
    store.scan(
        layer.id(),
        FeatureQuery.touching(grid.domain()).at(layer.asOf()),
        row -> {
          bytes += row.wkbLength();
          if (rows++ % ROWS_BETWEEN_LOOKS == 0 || bytes > BYTES_BETWEEN_LOOKS) {
            bytes = 0;
            look();
          }
          byte[] wkb = row.wkb();
          if (wkb != null) {
            geometry(begun, wkb, row.wkbOffset(), classOf(row), nameOf(row));
            if (begun.areas.isFull() || begun.lines.isFull() || begun.dots.isFull()) {
              flush(begun);
            }
          }
          return true;
        });
    flush(begun);
    if (heat != null) {
      heat.paint(canvas, style.opacity());
    }
  }

  private void look() {
    if (System.nanoTime() - deadline > 0) {
      throw new TooLong();
    }
  }

  private int classOf(FeatureRow row) {
    if (field < 0) {
      return -1;
    }
    Object value = row.value(field);
    if (value == null || value instanceof Double) {
      return style.classOf(value);
    }
    Integer known = classes.get(value);
    if (known == null) {
      known = style.classOf(value);
      if (classes.size() < 10_000) {
        classes.put(value, known);
      }
    }
    return known;
  }

  private @Nullable String nameOf(FeatureRow row) {
    Object value = label < 0 ? null : row.value(label);
    String text = value == null ? "" : value.toString().strip();
    return text.isEmpty() ? null : text;
  }

  /** Takes a geometry in; returns the position after it. */
  private int geometry(Work to, byte[] wkb, int at, int group, @Nullable String name) {
    int parts = Wkb.getInt(wkb, at + 5);
    switch (Wkb.type(wkb, at)) {
      case POINT, MULTIPOINT -> {
        return Wkb.forEachRun(wkb, at, (p, stride, n) -> dot(to, wkb, p, group, name));
      }
      case LINESTRING, MULTILINESTRING -> {
        to.lines.begin();
        int end = Wkb.forEachRun(wkb, at, (p, stride, n) -> to.lines.run(wkb, p, stride, n));
        line(to, group, name);
        return end;
      }
      case POLYGON, MULTIPOLYGON -> {
        to.areas.begin();
        int end = Wkb.forEachRun(wkb, at, (p, stride, n) -> to.areas.run(wkb, p, stride, n));
        area(to, group, name);
        return end;
      }
      case GEOMETRYCOLLECTION -> {
        int p = at + 9;
        for (int i = 0; i < parts; i++) {
          p = geometry(to, wkb, p, group, name);
        }
        return p;
      }
      case NONE, GEOMETRY -> throw new IllegalArgumentException("not the type of a geometry");
    }
    throw new IllegalStateException();
  }

  private void dot(Work to, byte[] wkb, int at, int group, @Nullable String name) {
    point[0] = Wkb.getDouble(wkb, at);
    point[1] = Wkb.getDouble(wkb, at + 8);
    to.grid.apply(point, 1);
    double x = point[0];
    double y = point[1];
    double margin = MARGIN * ratio;
    boolean visible =
        x >= -margin && y >= -margin && x <= view.width() + margin && y <= view.height() + margin;
    if (!visible) {
      return;
    }
    if (heat != null) {
      heat.add(x, y);
      return;
    }
    if (isTaken(x, y)) {
      return;
    }
    to.dots.add(x, y, group);
    if (style.icon() != null && zoom >= Symbol.SIGNS_FROM) {
      names.sign(x, y, style.icon(), style.colorOf(group), name);
    } else if (name != null) {
      names.below(x, y, style.symbol().radius().at(zoom) * ratio, name);
    }
  }

  /** True where the layer has something in this pixel already; from now on it has. */
  private boolean isTaken(double x, double y) {
    int side = (int) MARGIN * 8;
    int column = (int) Math.floor(x) + side;
    int row = (int) Math.floor(y) + side;
    int at = row * (view.width() + 2 * side) + column;
    if (column < 0 || row < 0 || column >= view.width() + 2 * side) {
      return false;
    }
    boolean before = taken.get(at);
    taken.set(at);
    return before;
  }

  private void line(Work to, int group, @Nullable String name) {
    if (!to.lines.touches(view.width(), view.height(), MARGIN * ratio)) {
      to.lines.drop();
      return;
    }
    if (to.lines.isSmallerThan(TINY) && isTaken(to.lines.middleX(), to.lines.middleY())) {
      to.lines.drop();
      return;
    }
    if (name != null) {
      names.along(to.lines, name);
    }
    refuseIfTooMuch(to.lines);
    to.lines.end(group);
  }

  private void area(Work to, int group, @Nullable String name) {
    if (!to.areas.touches(view.width(), view.height(), 2 * ratio)) {
      to.areas.drop();
      return;
    }
    if (to.areas.isSmallerThan(TINY)) {
      if (!isTaken(to.areas.middleX(), to.areas.middleY())) {
        double opacity = Math.min(1, style.symbol().fill() + 0.25);
        canvas.speck(
            to.areas.middleX(), to.areas.middleY(), style.colorOf(group).argb(faded(opacity)));
      }
      to.areas.drop();
      return;
    }
    if (name != null) {
      names.inside(to.areas, name);
    }
    refuseIfTooMuch(to.areas);
    to.areas.end(group);
  }

  private void refuseIfTooMuch(PixelPaths of) {
    if (of.outlineWithin(view.width(), view.height()) > MOST_OUTLINE) {
      throw new TooLong();
    }
  }

  private double faded(double opacity) {
    return opacity * style.opacity();
  }

  private void flush(Work from) {
    Symbol symbol = style.symbol();
    Path2D.Float path = new Path2D.Float(Path2D.WIND_EVEN_ODD);
    for (int i = 0; i < from.areas.shapes(); i++) {
      look();
      from.areas.write(i, true, path);
      canvas.fill(path, style.colorOf(from.areas.color(i)).argb(faded(symbol.fill())));
    }
    double edge = symbol.edge().at(zoom) * ratio;
    for (int i = 0; i < from.areas.shapes(); i++) {
      int color = style.colorOf(from.areas.color(i)).argb(faded(Symbol.EDGE_OPACITY));
      stroke(from.areas, i, true, path, color, edge);
    }
    double halo = symbol.halo().at(zoom) * ratio;
    double line = symbol.line().at(zoom) * ratio;
    for (int i = 0; i < from.lines.shapes(); i++) {
      stroke(from.lines, i, false, path, Symbol.LIGHT.argb(faded(Symbol.HALO_OPACITY)), halo);
    }
    for (int i = 0; i < from.lines.shapes(); i++) {
      int color = style.colorOf(from.lines.color(i)).argb(faded(1));
      stroke(from.lines, i, false, path, color, line);
    }
    double radius = symbol.radius().at(zoom) * ratio;
    double ring = symbol.ring().at(zoom) * ratio;
    for (int i = 0; i < from.dots.size(); i++) {
      canvas.dot(
          from.dots.x(i),
          from.dots.y(i),
          radius,
          style.colorOf(from.dots.group(i)).argb(faded(symbol.dot())),
          ring,
          Symbol.LIGHT.argb(faded(Symbol.EDGE_OPACITY)));
    }
    from.areas.clear();
    from.lines.clear();
    from.dots.clear();
  }

  private void stroke(
      PixelPaths of, int shape, boolean rings, Path2D path, int argb, double width) {
    of.eachPiece(
        shape,
        rings,
        path,
        () -> {
          look();
          canvas.stroke(path, argb, width);
        });
  }
}
