package org.tequio.cartography.canvas;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Writes an SVG document of shapes alone: no script, no style sheet, no address, no text of the
 * data, so that there is nothing in it that a browser could run. Letters are outlines.
 */
public final class SvgCanvas implements Canvas {
  private final StringBuilder svg = new StringBuilder(64 * 1024);
  private final long mostCharacters;

  /**
   * Begins a document.
   *
   * @param background 0 for none
   * @param mostBytes past this size drawing ends with {@link TooLarge}
   */
  public SvgCanvas(int width, int height, int background, long mostBytes) {
    this.mostCharacters = mostBytes;
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d"
                + " %d\">",
            width,
            height,
            width,
            height));
    if (background != 0) {
      svg.append(
          String.format(
              "<rect width=\"%d\" height=\"%d\"%s/>", width, height, paint("fill", background)));
    }
  }

  /** The map has more in it than a document should. */
  public static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("the drawing has too many shapes for an SVG document");
    }
  }

  /** The whole document. */
  public byte[] toBytes() {
    return (svg + "</svg>").getBytes(StandardCharsets.UTF_8);
  }

  private static String paint(String what, int argb) {
    int alpha = argb >>> 24;
    String color = String.format(" %s=\"#%06x\"", what, argb & 0xFFFFFF);
    return alpha == 255
        ? color
        : color + String.format(Locale.ROOT, " %s-opacity=\"%.3f\"", what, alpha / 255.0);
  }

  @Override
  public void fill(Path2D path, int argb) {
    svg.append("<path").append(paint("fill", argb));
    if (path.getWindingRule() == Path2D.WIND_EVEN_ODD) {
      svg.append(" fill-rule=\"evenodd\"");
    }
    data(path);
    svg.append("/>");
  }

  @Override
  public void stroke(Path2D path, int argb, double width) {
    svg.append("<path fill=\"none\"").append(paint("stroke", argb)).append(" stroke-width=\"");
    number(width);
    svg.append("\" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
    data(path);
    svg.append("/>");
  }

  private void data(Path2D path) {
    if (svg.length() > mostCharacters) {
      throw new TooLarge();
    }
    svg.append(" d=\"");
    double[] c = new double[6];
    for (PathIterator at = path.getPathIterator(null); !at.isDone(); at.next()) {
      switch (at.currentSegment(c)) {
        case PathIterator.SEG_MOVETO -> step('M', c, 2);
        case PathIterator.SEG_LINETO -> step('L', c, 2);
        case PathIterator.SEG_QUADTO -> step('Q', c, 4);
        case PathIterator.SEG_CUBICTO -> step('C', c, 6);
        default -> svg.append('Z');
      }
    }
    svg.append('"');
  }

  private void step(char command, double[] coordinates, int n) {
    svg.append(command);
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        svg.append(' ');
      }
      number(coordinates[i]);
    }
  }

  /** A number with two decimals at most. */
  private void number(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths < 0) {
      svg.append('-');
      hundredths = -hundredths;
    }
    svg.append(hundredths / 100);
    long rest = hundredths % 100;
    if (rest != 0) {
      svg.append('.').append(rest / 10);
      if (rest % 10 != 0) {
        svg.append(rest % 10);
      }
    }
  }

  @Override
  public void dot(double x, double y, double radius, int argb, double ring, int ringArgb) {
    if (svg.length() > mostCharacters) {
      throw new TooLarge();
    }
    svg.append("<circle cx=\"");
    number(x);
    svg.append("\" cy=\"");
    number(y);
    svg.append("\" r=\"");
    number(ring > 0 ? radius + ring / 2 : radius);
    svg.append('"').append(paint("fill", argb));
    if (ring > 0) {
      svg.append(paint("stroke", ringArgb)).append(" stroke-width=\"");
      number(ring);
      svg.append('"');
    }
    svg.append("/>");
  }

  @Override
  public void speck(double x, double y, int argb) {
    dot(x, y, 0.5, argb, 0, 0);
  }

  @Override
  public void image(
      int[] argb, int columns, int rows, double x, double y, double width, double height) {
    byte[] png = Png.encode(argb, columns, rows, 0);
    svg.append(
        String.format(
            Locale.ROOT,
            "<image x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\""
                + " href=\"data:image/png;base64,",
            x,
            y,
            width,
            height));
    svg.append(Base64.getEncoder().encodeToString(png)).append("\"/>");
  }
}
