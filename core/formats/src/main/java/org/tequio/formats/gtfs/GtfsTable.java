package org.tequio.formats.gtfs;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceFile;
import org.tequio.formats.csv.DelimitedLexer;
import org.tequio.formats.table.TableHeader;
import org.tequio.formats.text.TextEncoding;

/**
 * One table of a feed: comma-separated text with a header (GTFS, "Dataset files").
 *
 * @param names of its columns
 */
record GtfsTable(SourceFile file, TextEncoding encoding, List<String> names) {

  /** Sees each row. */
  @FunctionalInterface
  interface RowVisitor {
    /**
     * One row.
     *
     * @param fault what is wrong with it; empty where nothing is
     */
    void row(long line, @Nullable String[] cells, String fault) throws FormatException;
  }

  static GtfsTable of(SourceFile file, ReadContext context) throws IOException {
    TextEncoding encoding = TextEncoding.ofFile(file.path(), 16L << 20);
    try (Reader in = reader(file, encoding)) {
      DelimitedLexer lexer = lexer(in, context);
      while (lexer.next()) {
        if (!lexer.isBlank()) {
          @Nullable Object[] header = lexer.cells();
          return new GtfsTable(
              file, encoding, TableHeader.find(List.<@Nullable Object[]>of(header)).names());
        }
      }
    }
    return new GtfsTable(file, encoding, List.of());
  }

  /** The position of a column; -1 where the table has none of this name. */
  int column(String name) {
    return names.indexOf(name);
  }

  /** Passes on all rows after the header. */
  void forEach(ReadContext context, RowVisitor visitor) throws IOException, FormatException {
    try (Reader in = reader(file, encoding)) {
      DelimitedLexer lexer = lexer(in, context);
      boolean header = true;
      for (long row = 0; lexer.next(); ) {
        if (lexer.isBlank()) {
          continue;
        }
        if (header) {
          header = false;
          continue;
        }
        if ((++row & 0xfff) == 0) {
          context.progress().check();
        }
        visitor.row(lexer.line(), lexer.cells(), lexer.fault());
      }
    }
  }

  /** The text of a cell; empty where there is none. */
  static String text(@Nullable String[] cells, int column) {
    String text = column >= 0 && column < cells.length ? cells[column] : null;
    return text == null ? "" : text.strip();
  }

  private static DelimitedLexer lexer(Reader in, ReadContext context) {
    return new DelimitedLexer(in, ',', context.limits().textBytes(), context.limits().columns());
  }

  private static Reader reader(SourceFile file, TextEncoding encoding) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file.path()), 1 << 16);
    in.skipNBytes(encoding.markBytes());
    return new BufferedReader(new InputStreamReader(in, encoding.charset()), 1 << 16);
  }
}
