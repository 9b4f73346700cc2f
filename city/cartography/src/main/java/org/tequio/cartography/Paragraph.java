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

  /** A text in lines no wider than this, cut at spaces; a word that is wider stands alone. */
  static List<String> lines(Lettering face, String text, double size, double width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.strip().split("\\s+")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && face.width(longer, size) > width) {
        lines.add(line);
        longer = word;
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }
}
