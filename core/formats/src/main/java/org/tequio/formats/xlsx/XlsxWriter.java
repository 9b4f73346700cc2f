package org.tequio.formats.xlsx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;
import org.tequio.formats.table.FormulaGuard;
import org.tequio.formats.table.GeometryColumns;
import org.tequio.formats.xml.XmlText;

/**
 * Writes a workbook with the layer as its first sheet and what it is as its second. Numbers, truth
 * values, dates and instants (in UTC) are typed cells; whole numbers of more than 15 digits, which
 * a spreadsheet would round, are text, and so are dates before March 1900. Text that begins like a
 * formula gets an apostrophe before it. A text longer than a cell may be (32,767 characters) ends
 * with "…", and a geometry that long is left out; the second sheet says how many.
 */
public final class XlsxWriter implements WriterFormat {
  /** Rows of a sheet, the header among them (ECMA-376 part 1, 18.3.1.73). */
  static final int MAX_ROWS = 1_048_576;

  private static final int MAX_COLUMNS = 16_384;
  private static final int MAX_CELL = 32_767;
  private static final long MAX_EXACT = 999_999_999_999_999L;
  private static final LocalDate FIRST_DATE = LocalDate.of(1900, 3, 1);
  private static final int FLUSH_ROWS = 512;
  private static final LocalText TOO_LARGE =
      new LocalText(
          "Geometrías que no caben en una celda y faltan",
          "Geometrias que não cabem em uma célula e faltam",
          "Geometries that do not fit a cell and are missing");
  private static final LocalText TOO_LONG =
      new LocalText(
          "Textos cortados a lo que cabe en una celda",
          "Textos cortados ao que cabe em uma célula",
          "Texts cut to what fits a cell");

  @Override
  public String name() {
    return "XLSX";
  }

  @Override
  public String extension() {
    return "xlsx";
  }

  @Override
  public String mediaType() {
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }

  @Override
  public Crs crsFor(Crs asked) {
    return asked;
  }

  @Override
  public FeatureWriter open(
      Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    GeometryColumns geometry = GeometryColumns.of(schema, crs);
    int columns = schema.fields().size() + geometry.names().size();
    if (columns > MAX_COLUMNS) {
      throw new IOException(
          "a sheet holds at most " + MAX_COLUMNS + " columns, the layer has " + columns);
    }
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    return new XlsxFeatureWriter(out, sheetName(layerName), schema, geometry, imprint);
  }

  /** A name that a sheet may have: at most 31 characters, none of {@code []:*?/\}. */
  static String sheetName(String layerName) {
    StringBuilder name = new StringBuilder(31);
    layerName
        .codePoints()
        .map(c -> "[]:*?/\\'".indexOf(c) >= 0 || Character.isISOControl(c) ? ' ' : c)
        .takeWhile(c -> name.length() + Character.charCount(c) <= 31)
        .forEach(name::appendCodePoint);
    String stripped = XmlText.clean(name.toString()).strip();
    return stripped.isEmpty() ? "1" : stripped;
  }

  /** The rows. */
  private static final class XlsxFeatureWriter implements FeatureWriter {
    private final OutputStream out;
    private final Workbook workbook;
    private final Worksheet sheet;
    private final LayerSchema schema;
    private final GeometryColumns geometry;
    private final Imprint imprint;
    private int rows;
    private long leftOut;
    private long shortened;

    XlsxFeatureWriter(
        OutputStream out,
        String sheetName,
        LayerSchema schema,
        GeometryColumns geometry,
        Imprint imprint) {
      this.imprint = imprint;
      this.out = out;
      this.schema = schema;
      this.geometry = geometry;
      workbook = new Workbook(out, "Tequio", "1.0");
      sheet = workbook.newWorksheet(sheetName);
      sheet.freezePane(0, 1);
      int column = 0;
      for (var field : schema.fields()) {
        cell(column++, field.name());
      }
      for (String name : geometry.names()) {
        cell(column++, name);
      }
      for (int i = 0; i < column; i++) {
        sheet.style(0, i).bold().set();
      }
      rows = 1;
    }

    @Override
    public void write(FeatureRow row) throws IOException {
      if (rows >= MAX_ROWS) {
        throw new IOException(
            "a sheet holds at most " + MAX_ROWS + " rows; write the layer as CSV or GeoPackage");
      }
      int column = 0;
      for (int i = 0; i < schema.fields().size(); i++) {
        cell(column++, row.value(i));
      }
      for (Object value : geometry.values(row)) {
        boolean tooLong = value instanceof String wkt && wkt.length() > MAX_CELL;
        leftOut += tooLong ? 1 : 0;
        cell(column++, tooLong ? null : value);
      }
      rows++;
      if (rows % FLUSH_ROWS == 0) {
        sheet.flush();
      }
    }

    private void cell(int column, @Nullable Object value) {
      switch (value) {
        case null -> {}
        case Long number when Math.abs(number) > MAX_EXACT -> text(column, number.toString());
        case Number number -> sheet.value(rows, column, number);
        case Boolean truth -> sheet.value(rows, column, truth);
        case LocalDate date when !date.isBefore(FIRST_DATE) && date.getYear() < 10_000 -> {
          sheet.value(rows, column, date);
          sheet.style(rows, column).format("yyyy-mm-dd").set();
        }
        case Instant instant when isSheetTime(instant) -> {
          sheet.value(rows, column, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
          sheet.style(rows, column).format("yyyy-mm-dd hh:mm:ss").set();
        }
        default -> text(column, value.toString());
      }
    }

    private static boolean isSheetTime(Instant instant) {
      LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
      return !day.isBefore(FIRST_DATE) && day.getYear() < 10_000;
    }

    private void text(int column, String text) {
      String safe = XmlText.clean(FormulaGuard.safe(text));
      if (safe.length() > MAX_CELL) {
        int end =
            Character.isHighSurrogate(safe.charAt(MAX_CELL - 2)) ? MAX_CELL - 2 : MAX_CELL - 1;
        safe = safe.substring(0, end) + "…";
        shortened++;
      }
      sheet.value(rows, column, safe);
    }

    @Override
    public void close() throws IOException {
      try (out) {
        describe();
        workbook.finish();
      }
    }

    private void describe() {
      if (imprint.isEmpty() && leftOut == 0 && shortened == 0) {
        return;
      }
      Worksheet about = workbook.newWorksheet(sheet.getName().equals("Info") ? "Info 2" : "Info");
      int row = 0;
      for (Imprint.Fact fact : imprint.facts()) {
        fact(about, row++, fact.label(), fact.value());
      }
      if (leftOut > 0) {
        fact(about, row++, TOO_LARGE.in(imprint.language()), Long.toString(leftOut));
      }
      if (shortened > 0) {
        fact(about, row++, TOO_LONG.in(imprint.language()), Long.toString(shortened));
      }
    }

    private static void fact(Worksheet about, int row, String label, String value) {
      about.value(row, 0, XmlText.clean(FormulaGuard.safe(label)));
      about.style(row, 0).bold().set();
      String safe = XmlText.clean(FormulaGuard.safe(value));
      about.value(row, 1, safe.length() > MAX_CELL ? safe.substring(0, MAX_CELL - 1) + "…" : safe);
    }
  }
}
