package org.tequio.demo.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One sheet of a workbook (ECMA-376), for tables of moderate size; places as LAT and LON columns.
 */
public final class XlsxTable implements Table {
  private static final String HEAD =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

  private final Path path;
  private final String sheet;
  private final boolean places;
  private final StringBuilder rows = new StringBuilder();
  private int row = 1;

  /** Begins a workbook. */
  public XlsxTable(Path path, String sheet, boolean places, List<Column> columns) {
    this.path = path;
    this.sheet = sheet;
    this.places = places;
    begin();
    int c = 0;
    for (Column column : columns) {
      text(c++, column.name());
    }
    if (places) {
      text(c++, "latitud");
      text(c, "longitud");
    }
    end();
  }

  @Override
  public void row(@Nullable Shape shape, @Nullable Object... values) {
    begin();
    int c = 0;
    for (Object value : values) {
      switch (value) {
        case null -> {}
        case Number n -> number(c, n.doubleValue(), 4, 0);
        case LocalDate date ->
            number(c, ChronoUnit.DAYS.between(LocalDate.of(1899, 12, 30), date), 0, 1);
        case Object o -> text(c, o.toString());
      }
      c++;
    }
    if (places && shape != null) {
      double[] xy = Projection.LONLAT.apply(shape.parts()[0][0]);
      number(c, xy[1], 7, 0);
      number(c + 1, xy[0], 7, 0);
    }
    end();
  }

  private void begin() {
    rows.append("<row r=\"").append(row).append("\">");
  }

  private void end() {
    rows.append("</row>");
    row++;
  }

  private void cell(int column) {
    rows.append("<c r=\"");
    if (column >= 26) {
      rows.append((char) ('A' + column / 26 - 1));
    }
    rows.append((char) ('A' + column % 26)).append(row).append('"');
  }

  private void text(int column, String value) {
    cell(column);
    rows.append(" t=\"inlineStr\"><is><t>")
        .append(value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        .append("</t></is></c>");
  }

  private void number(int column, double value, int decimals, int style) {
    cell(column);
    rows.append(style == 0 ? "><v>" : " s=\"1\"><v>");
    Digits.append(rows, value, decimals, '.');
    rows.append("</v></c>");
  }

  @Override
  public void close() throws IOException {
    try (ZipOutputStream out = Archive.open(path)) {
      part(
          out,
          "[Content_Types].xml",
          "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>");
      part(
          out,
          "_rels/.rels",
          "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
      part(
          out,
          "xl/workbook.xml",
          "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\""
              + sheet
              + "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
      part(
          out,
          "xl/_rels/workbook.xml.rels",
          "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>");
      part(
          out,
          "xl/styles.xml",
          "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
      part(
          out,
          "xl/worksheets/sheet1.xml",
          "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
              + rows
              + "</sheetData></worksheet>");
    }
  }

  private static void part(ZipOutputStream out, String name, String xml) throws IOException {
    Archive.entry(out, name);
    out.write((HEAD + xml).getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }
}
