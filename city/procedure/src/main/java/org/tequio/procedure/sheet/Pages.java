package org.tequio.procedure.sheet;

import java.awt.Color;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.tequio.feature.Language;
import org.tequio.procedure.sheet.Cell.Paragraph;

/**
 * The pages of a document, of A4, written from the top down: as many as it takes. What stands in a
 * row stays together where a page holds it; a longer row goes on over the next. Measures are
 * points. Belongs to one thread.
 */
public final class Pages implements Closeable {
  /** Room on all sides of what is written. */
  public static final float MARGIN = 48;

  /** From margin to margin. */
  public static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;

  private static final float TOP = 44;
  private static final float BOTTOM = 62;

  private final TaggedPdf pdf;
  private float y = TOP;

  /** Begins one. */
  public Pages() throws IOException {
    this.pdf = new TaggedPdf(PDRectangle.A4);
  }

  /** What is written inside an element of the structure. */
  @FunctionalInterface
  public interface Part {
    /** Writes it. */
    void write() throws IOException;
  }

  /** A line of a cell, as it will stand. */
  private record Line(Style style, String text, float above, boolean last, int paragraph) {
    float height() {
      return above + style.leading();
    }
  }

  private float bottom() {
    return pdf.height() - BOTTOM;
  }

  /** Leaves room. */
  public void skip(float points) {
    y += points;
  }

  /** Begins a new page where less than this is left. */
  public void need(float points) throws IOException {
    if (y + points > bottom()) {
      pdf.turnPage();
      y = TOP;
    }
  }

  /** Writes an element of the structure with parts of its own, such as {@code Table}. */
  public void within(String tag, Part part) throws IOException {
    pdf.in(tag, part::write);
  }

  /** A heading: {@code H1} or {@code H2}. */
  public void heading(String tag, Style style, String text) throws IOException {
    // A heading alone at the foot of a page belongs to the next.
    need(style.leading() * 2 + 40);
    row(Cell.of(tag, 0, WIDTH, new Paragraph(style, text)));
  }

  /** A paragraph over the whole width. */
  public void paragraph(Style style, String text) throws IOException {
    row(Cell.of("P", 0, WIDTH, new Paragraph(style, text)));
  }

  /** A line from margin to margin. */
  public void rule(Color color, float thick) throws IOException {
    pdf.decoration(() -> pdf.line(color, thick, MARGIN, y, MARGIN + WIDTH));
    y += thick;
  }

  /** How high a row will be. */
  public float height(Cell... cells) {
    return (float) Arrays.stream(cells).mapToDouble(cell -> high(lines(cell))).max().orElse(0);
  }

  private static float high(List<Line> lines) {
    return (float) lines.stream().mapToDouble(Line::height).sum();
  }

  private List<Line> lines(Cell cell) {
    List<Line> all = new ArrayList<>();
    for (int i = 0; i < cell.paragraphs().size(); i++) {
      Paragraph paragraph = cell.paragraphs().get(i);
      Style style = paragraph.style();
      List<String> texts = pdf.face(style).lines(paragraph.text(), style.size(), cell.width());
      for (int j = 0; j < texts.size(); j++) {
        all.add(
            new Line(
                style,
                texts.get(j),
                j == 0 && i > 0 ? style.before() : 0,
                j == texts.size() - 1,
                i));
      }
    }
    return all;
  }

  /** Cells side by side, from one height on. */
  public void row(Cell... cells) throws IOException {
    float high = height(cells);
    if (high <= bottom() - TOP) {
      need(high);
    }
    List<List<Line>> left = new ArrayList<>();
    for (Cell cell : cells) {
      left.add(new ArrayList<>(lines(cell)));
    }
    boolean begun = false;
    while (!begun || left.stream().anyMatch(lines -> !lines.isEmpty())) {
      if (begun) {
        pdf.turnPage();
        y = TOP;
      }
      begun = true;
      float lowest = y;
      for (int i = 0; i < cells.length; i++) {
        lowest = Math.max(lowest, piece(cells[i], left.get(i)));
      }
      y = lowest;
    }
  }

  /** Writes as much of a cell as the page holds, and takes it off; returns where it ends. */
  private float piece(Cell cell, List<Line> lines) throws IOException {
    List<Line> fits = new ArrayList<>();
    float end = y;
    while (!lines.isEmpty() && (fits.isEmpty() || end + lines.getFirst().height() <= bottom())) {
      Line line = lines.removeFirst();
      end += line.height();
      fits.add(line);
    }
    if (!fits.isEmpty()) {
      float from = y;
      // A paragraph holds no paragraphs.
      boolean holds = cell.tag().equals("P") && cell.paragraphs().size() > 1;
      pdf.in(holds ? "Div" : cell.tag(), () -> write(cell, fits, from));
    }
    return end;
  }

  private void write(Cell cell, List<Line> lines, float from) throws IOException {
    boolean several = cell.paragraphs().size() > 1;
    float[] top = {from};
    for (int i = 0; i < lines.size(); ) {
      int paragraph = lines.get(i).paragraph;
      List<Line> own = new ArrayList<>();
      while (i < lines.size() && lines.get(i).paragraph == paragraph) {
        own.add(lines.get(i++));
      }
      TaggedPdf.Drawing drawing =
          () ->
              pdf.marked(
                  several ? "P" : cell.tag(),
                  () -> {
                    for (Line line : own) {
                      float base = top[0] + line.above + line.style.size() * 1.07f;
                      // Readers join lines: words of two lines must not become one.
                      String text = line.last ? line.text : line.text + " ";
                      pdf.text(line.style, text, MARGIN + cell.left(), base);
                      top[0] += line.height();
                    }
                  });
      if (several) {
        pdf.in("P", drawing);
      } else {
        drawing.draw();
      }
    }
  }

  /** A ground under what is written next. */
  public void ground(Color color, float left, float width, float height) throws IOException {
    pdf.decoration(() -> pdf.fill(color, MARGIN + left, y, width, height));
  }

  /** A bar at the left of what is written next. */
  public void bar(Color color, float left, float height) throws IOException {
    pdf.decoration(() -> pdf.fill(color, MARGIN + left, y, 2.5f, height));
  }

  /**
   * A picture of pixels, at the height where writing is; writing goes on below it.
   *
   * @param said what it shows, in words
   * @param png its bytes
   * @param outline drawn over it: rings of x and y as shares of its width and height, from the
   *     upper left
   */
  public void picture(
      String said, byte[] png, float width, float height, List<float[]> outline, boolean closed)
      throws IOException {
    need(height);
    PDImageXObject image = PDImageXObject.createFromByteArray(pdf.document(), png, "map");
    float top = pdf.height() - y;
    pdf.figure(
        said,
        MARGIN,
        y,
        width,
        height,
        () -> {
          var out = pdf.raw();
          out.saveGraphicsState();
          out.addRect(MARGIN, top - height, width, height);
          out.clip();
          out.drawImage(image, MARGIN, top - height, width, height);
          stroke(outline, closed, Color.WHITE, 4.5f, width, height, top);
          stroke(outline, closed, Style.ACCENT, 2.2f, width, height, top);
          out.restoreGraphicsState();
          out.setStrokingColor(Style.LINE);
          out.setLineWidth(0.75f);
          out.addRect(MARGIN, top - height, width, height);
          out.stroke();
        });
    y += height;
  }

  private void stroke(
      List<float[]> outline,
      boolean closed,
      Color color,
      float thick,
      float width,
      float height,
      float top)
      throws IOException {
    var out = pdf.raw();
    out.setStrokingColor(color);
    out.setLineWidth(thick);
    out.setLineJoinStyle(1);
    out.setLineCapStyle(1);
    for (float[] ring : outline) {
      for (int i = 0; i < ring.length; i += 2) {
        float x = MARGIN + ring[i] * width;
        float at = top - ring[i + 1] * height;
        if (i == 0) {
          out.moveTo(x, at);
        } else {
          out.lineTo(x, at);
        }
      }
      if (closed) {
        out.closePath();
      }
    }
    if (!outline.isEmpty()) {
      out.stroke();
    }
  }

  /**
   * A QR code whose upper left corner is at this height, beside what is written next.
   *
   * @param said what it leads to, in words
   */
  public void code(String said, String content, float left, float side) throws IOException {
    boolean[][] modules = QrCode.of(content).modules();
    float one = side / modules.length;
    float top = pdf.height() - y;
    pdf.figure(
        said,
        MARGIN + left,
        y,
        side,
        side,
        () -> {
          var out = pdf.raw();
          out.setNonStrokingColor(Color.BLACK);
          for (int row = 0; row < modules.length; row++) {
            for (int column = 0; column < modules.length; column++) {
              if (modules[row][column]) {
                out.addRect(
                    MARGIN + left + column * one, top - (row + 1) * one, one + 0.05f, one + 0.05f);
              }
            }
          }
          out.fill();
        });
  }

  /** How far down the page writing is. */
  public float at() {
    return y;
  }

  /** Goes on from a height of this page. */
  public void goOn(float from) {
    y = from;
  }

  /**
   * Ends it.
   *
   * @param foot stands at the foot of each page, before its number
   * @param page the word before the number
   * @return its bytes
   */
  public byte[] end(
      String title,
      String author,
      String subject,
      Language language,
      Instant made,
      List<String> foot,
      String page)
      throws IOException {
    int pages = pdf.pages();
    pdf.onEachPage(
        number ->
            pdf.decoration(
                () -> {
                  float base = pdf.height() - BOTTOM + 20;
                  pdf.fill(Style.ACCENT, 0, 0, PDRectangle.A4.getWidth(), 7);
                  pdf.line(Style.LINE, 0.75f, MARGIN, base - 11, MARGIN + WIDTH);
                  for (String line : foot) {
                    pdf.text(Style.SMALL, pdf.face(Style.SMALL).writable(line), MARGIN, base);
                    base += Style.SMALL.leading();
                  }
                  String count = page + " " + (number + 1) + " / " + pages;
                  float wide = pdf.face(Style.SMALL).width(count, Style.SMALL.size());
                  pdf.text(Style.SMALL, count, MARGIN + WIDTH - wide, pdf.height() - BOTTOM + 20);
                }));
    return pdf.toBytes(new TaggedPdf.About(title, author, subject, language, made));
  }

  @Override
  public void close() throws IOException {
    pdf.close();
  }
}
