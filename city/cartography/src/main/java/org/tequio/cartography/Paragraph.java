package org.tequio.cartography;

import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import org.tequio.cartography.canvas.Canvas;
import org.tequio.cartography.canvas.Lettering;

/** Texts of more than one line. */
final class Paragraph {
  private static final double SIZE = 13;
  private static final double LEADING = 1.3;
  private static final double PAD = 8;

  private Paragraph() {}

  /** Writes a text from the upper left corner on. */
  static void write(Canvas canvas, String text, double width) {
    double y = PAD + SIZE;
    for (String line : lines(Lettering.MEDIUM, text, SIZE, width - 2 * PAD)) {
      canvas.letters(
          Lettering.MEDIUM,
          line,
          SIZE,
          AffineTransform.getTranslateInstance(PAD, y),
          Symbol.INK.argb(1),
          0,
          0);
      y += SIZE * LEADING;
    }
  }

  /** A text in lines no wider than this, cut at spaces; a word that is wider is cut anywhere. */
  static List<String> lines(Lettering face, String text, double size, double width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.strip().split("\\s+")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && face.width(longer, size) > width) {
        lines.add(line);
        longer = word;
      }
      while (face.width(longer, size) > width) {
        int fits = fitting(face, longer, size, width);
        if (fits == longer.length()) {
          break;
        }
        lines.add(longer.substring(0, fits));
        longer = longer.substring(fits);
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }

  /** The same in no more than so many lines; what is left out is told by an ellipsis. */
  static List<String> lines(Lettering face, String text, double size, double width, int most) {
    List<String> lines = lines(face, text, size, width);
    if (lines.size() <= most) {
      return lines;
    }
    List<String> kept = new ArrayList<>(lines.subList(0, most));
    String last = kept.getLast();
    int fits = fitting(face, last, size, width - face.width("…", size));
    kept.set(most - 1, last.substring(0, fits).strip() + "…");
    return kept;
  }

  /** How much of a text stands in a width: at least one character, and whole ones. */
  private static int fitting(Lettering face, String text, double size, double width) {
    int end = text.offsetByCodePoints(0, 1);
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      if (face.width(text.substring(0, next), size) > width) {
        break;
      }
      end = next;
    }
    return end;
  }
}
