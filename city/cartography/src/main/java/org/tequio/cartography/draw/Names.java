package org.tequio.cartography.draw;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.MapView;
import org.tequio.cartography.NameStyle;
import org.tequio.cartography.Rgb;
import org.tequio.cartography.Symbol;
import org.tequio.cartography.canvas.Canvas;
import org.tequio.cartography.canvas.Icons;
import org.tequio.cartography.canvas.Lettering;

/**
 * The names and signs of a picture. They are collected while layers are drawn, and written last:
 * the later a layer is drawn and the larger its feature, the earlier its name finds room. A name
 * that would touch another, or leave the picture, is left out; so is one that stands nearby
 * already. Not thread-safe.
 */
public final class Names {
  /** From this zoom on points carry their signs. */
  private static final double WIDEST = 110;

  private static final double LEADING = 1.1;
  private static final double APART = 180;
  private static final int MOST = 4_000;
  private static final int LONGEST = 80;

  private final MapView view;
  private final boolean tile;
  private final double ratio;
  private final List<NameStyle> styles = new ArrayList<>();
  private final Room room;
  private final List<Candidate> waiting = new ArrayList<>();
  private final Map<String, List<double[]>> written = new HashMap<>();
  private int layer = -1;
  private double size;
  private double halo;

  /** Something that may find room. */
  private sealed interface Candidate {
    int layer();

    double weight();
  }

  /** Lines of text one below the other, around x, from top y down. */
  private record Level(int layer, double weight, List<String> lines, double x, double top)
      implements Candidate {}

  /** A sign with a name below it. */
  private record Sign(
      int layer, double weight, double x, double y, String icon, Rgb color, @Nullable String name)
      implements Candidate {}

  /** A text along a line. */
  private record Along(int layer, double weight, String text, LinePlace place)
      implements Candidate {}

  /**
   * Begins.
   *
   * @param tile true where the picture is one of many that will lie side by side: then an area's
   *     name stands at one place of the area, not in the middle of what this picture shows of it
   */
  public Names(MapView view, boolean tile) {
    this.view = view;
    this.tile = tile;
    this.ratio = view.pixelRatio();
    this.room = new Room(view.width(), view.height(), 4 * ratio);
  }

  /** What is collected from now on belongs to another layer, above those before. */
  public void nextLayer(NameStyle style) {
    styles.add(style);
    layer++;
    writeLike(layer);
  }

  private void writeLike(int index) {
    NameStyle style = styles.get(index);
    size = style.size() * ratio;
    halo = style.halo() * ratio;
  }

  private boolean isFull() {
    return waiting.size() >= MOST * (layer + 1);
  }

  private static String shortened(String text) {
    String bare = text.strip().replaceAll("\\s+", " ");
    return bare.length() > LONGEST ? bare.substring(0, LONGEST - 1) + "…" : bare;
  }

  /** A name below a dot. */
  void below(double x, double y, double radius, String text) {
    if (!isFull()) {
      List<String> lines = wrapped(shortened(text));
      waiting.add(new Level(layer, 0, lines, x, y + radius + 2 * ratio));
    }
  }

  /** A sign in place of a dot. */
  void sign(double x, double y, String icon, Rgb color, @Nullable String text) {
    if (!isFull()) {
      waiting.add(new Sign(layer, 0, x, y, icon, color, text == null ? null : shortened(text)));
    }
  }

  /** The name of the area that was read last. */
  void inside(PixelPaths areas, String text) {
    List<String> lines = wrapped(shortened(text));
    double wide = lines.stream().mapToDouble(this::width).max().orElse(0);
    double high = lines.size() * size * LEADING;
    if (isFull() || areas.width() < wide * 0.7 || areas.height() < high) {
      return;
    }
    double[] chord = Chord.widest(areas, tile ? null : view);
    if (chord == null || chord[2] < wide * 0.75) {
      return;
    }
    waiting.add(
        new Level(layer, areas.width() * areas.height(), lines, chord[0], chord[1] - high / 2));
  }

  /** The name of the line that was read last. */
  void along(PixelPaths lines, String text) {
    String shown = shortened(text);
    if (isFull()) {
      return;
    }
    LinePlace place = LinePlace.find(lines, width(shown), view);
    if (place != null) {
      waiting.add(new Along(layer, lines.width() + lines.height(), shown, place));
    }
  }

  private double width(String text) {
    return Lettering.BOLD.width(text, size);
  }

  /** One line, or two of nearly equal width where it is long. */
  private List<String> wrapped(String text) {
    int best = -1;
    for (int i = text.indexOf(' '); i >= 0; i = text.indexOf(' ', i + 1)) {
      if (best < 0 || Math.abs(2 * i - text.length()) < Math.abs(2 * best - text.length())) {
        best = i;
      }
    }
    return best < 0 || width(text) <= WIDEST * ratio
        ? List.of(text)
        : List.of(text.substring(0, best), text.substring(best + 1));
  }

  /** Writes what finds room. */
  public void write(Canvas canvas) {
    waiting.sort(
        Comparator.comparingInt(Candidate::layer)
            .reversed()
            .thenComparing(Comparator.comparingDouble(Candidate::weight).reversed()));
    for (Candidate one : waiting) {
      writeLike(one.layer());
      switch (one) {
        case Level level -> write(canvas, level);
        case Sign sign -> write(canvas, sign);
        case Along along -> write(canvas, along);
      }
    }
  }

  private void write(Canvas canvas, Level level) {
    double wide = level.lines.stream().mapToDouble(this::width).max().orElse(0);
    double high = level.lines.size() * size * LEADING;
    String text = String.join(" ", level.lines);
    if (isNear(text, level.x, level.top)
        || !room.take(level.x - wide / 2, level.top, level.x + wide / 2, level.top + high)) {
      return;
    }
    remember(text, level.x, level.top);
    double base = level.top + size * (LEADING + Lettering.CAPITAL) / 2;
    for (String line : level.lines) {
      canvas.letters(
          Lettering.BOLD,
          line,
          size,
          AffineTransform.getTranslateInstance(level.x - width(line) / 2, base),
          Symbol.INK.argb(1),
          Symbol.LIGHT.argb(0.9),
          halo);
      base += size * LEADING;
    }
  }

  private void write(Canvas canvas, Sign sign) {
    double radius = Symbol.SIGN / 2 * ratio;
    if (!room.take(sign.x - radius, sign.y - radius, sign.x + radius, sign.y + radius)) {
      return;
    }
    double ring = Symbol.SIGN_RING * ratio;
    canvas.dot(sign.x, sign.y, radius - ring, sign.color.argb(1), ring, Rgb.WHITE.argb(1));
    Path2D outline = Icons.outline(sign.icon, Symbol.SIGN_DRAWING * ratio);
    outline.transform(AffineTransform.getTranslateInstance(sign.x, sign.y));
    canvas.fill(outline, Rgb.WHITE.argb(1));
    if (sign.name != null) {
      write(canvas, new Level(sign.layer, 0, wrapped(sign.name), sign.x, sign.y + radius + ratio));
    }
  }

  private void write(Canvas canvas, Along along) {
    double[] middle = along.place.at(along.place.length() / 2);
    if (isNear(along.text, middle[0], middle[1]) || !room.take(along.place.boxes(size * 0.6))) {
      return;
    }
    remember(along.text, middle[0], middle[1]);
    Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
    double gone = 0;
    for (int c : along.text.codePoints().toArray()) {
      String letter = Character.toString(c);
      double wide = width(letter);
      double[] at = along.place.at(gone + wide / 2);
      AffineTransform turned = AffineTransform.getTranslateInstance(at[0], at[1]);
      turned.rotate(at[2]);
      turned.translate(-wide / 2, size * Lettering.CAPITAL / 2);
      Lettering.BOLD.outline(letter, size, turned, outline);
      gone += wide;
    }
    canvas.stroke(outline, Symbol.LIGHT.argb(0.9), 2 * halo);
    canvas.fill(outline, Symbol.INK.argb(1));
  }

  private boolean isNear(String text, double x, double y) {
    for (double[] other : written.getOrDefault(text, List.of())) {
      if (Math.hypot(other[0] - x, other[1] - y) < APART * ratio) {
        return true;
      }
    }
    return false;
  }

  private void remember(String text, double x, double y) {
    written.computeIfAbsent(text, name -> new ArrayList<>()).add(new double[] {x, y});
  }
}
