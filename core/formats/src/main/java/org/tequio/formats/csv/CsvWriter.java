package org.tequio.formats.csv;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;
import org.tequio.formats.table.FormulaGuard;
import org.tequio.formats.table.GeometryColumns;

/**
 * Writes CSV as RFC 4180 says, in UTF-8 with a byte order mark so that spreadsheets read the
 * accents. Points are two columns, other geometry is WKT; see {@link GeometryColumns}. An empty
 * text is written {@code ""}, an unknown value as nothing at all. Text that begins like a formula
 * gets an apostrophe before it; numbers stay numbers. The table has no place for what the file says
 * of itself; {@link CsvZipWriter} puts it beside.
 */
public final class CsvWriter implements WriterFormat {

  @Override
  public String name() {
    return "CSV";
  }

  @Override
  public String extension() {
    return "csv";
  }

  @Override
  public String mediaType() {
    return "text/csv; charset=utf-8";
  }

  @Override
  public Crs crsFor(Crs asked) {
    return asked;
  }

  @Override
  public FeatureWriter open(
      Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    return write(Files.newOutputStream(file), schema, crs);
  }

  /** Writes the table to any stream, which is closed with the writer. */
  static FeatureWriter write(OutputStream file, LayerSchema schema, Crs crs) throws IOException {
    Writer out = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8), 1 << 16);
    CsvFeatureWriter writer = new CsvFeatureWriter(out, schema, GeometryColumns.of(schema, crs));
    writer.header();
    return writer;
  }

  /** The rows. */
  private static final class CsvFeatureWriter implements FeatureWriter {
    private final Writer out;
    private final LayerSchema schema;
    private final GeometryColumns geometry;
    private boolean first = true;

    CsvFeatureWriter(Writer out, LayerSchema schema, GeometryColumns geometry) {
      this.out = out;
      this.schema = schema;
      this.geometry = geometry;
    }

    void header() throws IOException {
      out.write('\ufeff');
      for (var field : schema.fields()) {
        cell(field.name());
      }
      for (String name : geometry.names()) {
        cell(name);
      }
      endRow();
    }

    @Override
    public void write(FeatureRow row) throws IOException {
      for (int i = 0; i < schema.fields().size(); i++) {
        cell(row.value(i));
      }
      for (Object value : geometry.values(row)) {
        cell(value);
      }
      endRow();
    }

    private void cell(@Nullable Object value) throws IOException {
      if (!first) {
        out.write(',');
      }
      first = false;
      switch (value) {
        case null -> {}
        case String text -> text(FormulaGuard.safe(text));
        case Double number -> out.write(GeometryColumns.plain(number));
        default -> out.write(value.toString());
      }
    }

    private void text(String text) throws IOException {
      if (!needsQuotes(text)) {
        out.write(text);
        return;
      }
      out.write('"');
      out.write(text.replace("\"", "\"\""));
      out.write('"');
    }

    // Semicolons and tabs too, so that no program that guesses the delimiter guesses wrong.
    private static boolean needsQuotes(String text) {
      if (text.isEmpty() || text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
        return true;
      }
      for (int i = 0; i < text.length(); i++) {
        switch (text.charAt(i)) {
          case ',', ';', '\t', '"', '\n', '\r' -> {
            return true;
          }
          default -> {}
        }
      }
      return false;
    }

    private void endRow() throws IOException {
      out.write("\r\n");
      first = true;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
