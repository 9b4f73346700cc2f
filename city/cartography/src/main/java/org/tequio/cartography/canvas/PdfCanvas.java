package org.tequio.cartography.canvas;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;

/** Draws on pages of PDF, in points; texts stay texts, which can be searched and copied. */
public final class PdfCanvas implements Canvas, Closeable {
  private final PDDocument document;
  private final PDRectangle size;
  private final float height;
  private PDPageContentStream page;
  private final Map<Lettering, PDFont> fonts = new HashMap<>();
  private final Map<Integer, PDExtendedGraphicsState> opacities = new HashMap<>();

  /** Begins to draw on a page of this size. */
  public PdfCanvas(PDDocument document, PDRectangle size) throws IOException {
    this.document = document;
    this.size = size;
    this.height = size.getHeight();
    this.page = begin(document, size);
  }

  private static PDPageContentStream begin(PDDocument document, PDRectangle size)
      throws IOException {
    PDPage page = new PDPage(size);
    document.addPage(page);
    return new PDPageContentStream(document, page);
  }

  /** Goes on with another page. */
  public void turnPage() throws IOException {
    page.close();
    page = begin(document, size);
  }

  /** Something that writes to the page. */
  private interface Drawing {
    void draw() throws IOException;
  }

  private static void to(Drawing drawing) {
    try {
      drawing.draw();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void color(int argb, boolean stroke) throws IOException {
    Color color = new Color(argb & 0xFFFFFF);
    page.setGraphicsStateParameters(
        opacities.computeIfAbsent(
            argb >>> 24,
            alpha -> {
              PDExtendedGraphicsState state = new PDExtendedGraphicsState();
              state.setNonStrokingAlphaConstant(alpha / 255f);
              state.setStrokingAlphaConstant(alpha / 255f);
              return state;
            }));
    if (stroke) {
      page.setStrokingColor(color);
    } else {
      page.setNonStrokingColor(color);
    }
  }

  private void trace(Path2D path) throws IOException {
    float[] c = new float[6];
    float fromX = 0;
    float fromY = 0;
    AffineTransform turned = new AffineTransform(1, 0, 0, -1, 0, height);
    for (PathIterator at = path.getPathIterator(turned); !at.isDone(); at.next()) {
      int step = at.currentSegment(c);
      switch (step) {
        case PathIterator.SEG_MOVETO -> page.moveTo(c[0], c[1]);
        case PathIterator.SEG_LINETO -> page.lineTo(c[0], c[1]);
        case PathIterator.SEG_QUADTO ->
            // PDF knows cubic curves only.
            page.curveTo(
                fromX + 2 * (c[0] - fromX) / 3,
                fromY + 2 * (c[1] - fromY) / 3,
                c[2] + 2 * (c[0] - c[2]) / 3,
                c[3] + 2 * (c[1] - c[3]) / 3,
                c[2],
                c[3]);
        case PathIterator.SEG_CUBICTO -> page.curveTo(c[0], c[1], c[2], c[3], c[4], c[5]);
        default -> page.closePath();
      }
      int last = step == PathIterator.SEG_CUBICTO ? 4 : step == PathIterator.SEG_QUADTO ? 2 : 0;
      fromX = c[last];
      fromY = c[last + 1];
    }
  }

  @Override
  public void fill(Path2D path, int argb) {
    to(
        () -> {
          color(argb, false);
          trace(path);
          if (path.getWindingRule() == Path2D.WIND_EVEN_ODD) {
            page.fillEvenOdd();
          } else {
            page.fill();
          }
        });
  }

  @Override
  public void stroke(Path2D path, int argb, double width) {
    to(
        () -> {
          color(argb, true);
          page.setLineWidth((float) width);
          page.setLineCapStyle(1);
          page.setLineJoinStyle(1);
          trace(path);
          page.stroke();
        });
  }

  @Override
  public void dot(double x, double y, double radius, int argb, double ring, int ringArgb) {
    if (ring > 0) {
      fill(disc(x, y, radius + ring), ringArgb);
    }
    fill(disc(x, y, radius), argb);
  }

  private static Path2D disc(double x, double y, double radius) {
    return new Path2D.Double(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  @Override
  public void speck(double x, double y, int argb) {
    fill(disc(x, y, 0.5), argb);
  }

  @Override
  public void letters(
      Lettering face,
      String text,
      double size,
      AffineTransform at,
      int ink,
      int halo,
      double haloWidth) {
    if (halo != 0) {
      Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
      face.outline(text, size, at, outline);
      stroke(outline, halo, 2 * haloWidth);
    }
    to(
        () -> {
          color(ink, false);
          page.beginText();
          page.setFont(font(face), (float) size);
          // Letters stand upright in PDF, whose y goes up.
          AffineTransform place = new AffineTransform(1, 0, 0, -1, 0, height);
          place.concatenate(at);
          place.scale(1, -1);
          page.setTextMatrix(new Matrix(place));
          page.showText(face.known(text));
          page.endText();
        });
  }

  private PDFont font(Lettering face) throws IOException {
    PDFont known = fonts.get(face);
    if (known == null) {
      try (InputStream in = face.open()) {
        known = PDType0Font.load(document, in, true);
      }
      fonts.put(face, known);
    }
    return known;
  }

  @Override
  public void image(
      int[] argb, int columns, int rows, double x, double y, double width, double high) {
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, columns, rows, argb, 0, columns);
    to(
        () ->
            page.drawImage(
                LosslessFactory.createFromImage(document, image),
                (float) x,
                (float) (height - y - high),
                (float) width,
                (float) high));
  }

  @Override
  public void close() throws IOException {
    page.close();
  }
}
