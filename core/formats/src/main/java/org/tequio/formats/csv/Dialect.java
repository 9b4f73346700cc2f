package org.tequio.formats.csv;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a text is delimited, as its beginning shows.
 *
 * @param delimiter between two cells
 * @param columns how many cells most rows have
 * @param agreement the part of the rows that have so many, 0 to 1
 * @param rows how many rows were looked at
 */
record Dialect(char delimiter, int columns, double agreement, int rows) {
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int MAX_ROWS = 300;
  private static final int MAX_COLUMNS = 20_000;

  /** The likeliest dialect of a text's beginning. */
  static Dialect of(String head, boolean whole) throws IOException {
    Dialect best = new Dialect(',', 1, 1, 0);
    double bestScore = Double.NEGATIVE_INFINITY;
    for (char delimiter : DELIMITERS) {
      List<@Nullable String[]> rows = rows(head, delimiter, whole, MAX_ROWS);
      Dialect dialect = measure(delimiter, rows);
      double score = score(dialect, rows);
      if (score > bestScore) {
        best = dialect;
        bestScore = score;
      }
    }
    return best;
  }

  /**
   * The rows of a text's beginning without blank ones; the last is left out where it may be cut.
   */
  static List<@Nullable String[]> rows(String head, char delimiter, boolean whole, int most)
      throws IOException {
    DelimitedLexer lexer =
        new DelimitedLexer(new StringReader(head), delimiter, head.length() + 1, MAX_COLUMNS);
    List<@Nullable String[]> rows = new ArrayList<>();
    boolean last = false;
    while (rows.size() < most + 1 && lexer.next()) {
      last = true;
      if (lexer.fault().isEmpty() && !lexer.isBlank()) {
        rows.add(lexer.cells());
      } else {
        last = false;
      }
    }
    if (rows.size() > most || (!whole && last && rows.size() > 1)) {
      rows.removeLast();
    }
    return rows;
  }

  private static Dialect measure(char delimiter, List<@Nullable String[]> rows) {
    Map<Integer, Integer> widths = new HashMap<>();
    int columns = 1;
    for (@Nullable String[] row : rows) {
      int times = widths.merge(row.length, 1, Integer::sum);
      int most = widths.getOrDefault(columns, 0);
      if (times > most || (times == most && row.length > columns)) {
        columns = row.length;
      }
    }
    double same = rows.isEmpty() ? 1 : widths.getOrDefault(columns, 0) / (double) rows.size();
    return new Dialect(delimiter, columns, same, rows.size());
  }

  // One column is no evidence. A first row that disagrees speaks against a delimiter that also
  // stands inside numbers; more columns break a tie.
  private static double score(Dialect dialect, List<@Nullable String[]> rows) {
    if (dialect.columns < 2) {
      return -1;
    }
    double first = rows.getFirst().length == dialect.columns ? 0 : 0.3;
    return dialect.agreement - first + Math.min(dialect.columns, 100) / 10_000.0;
  }
}
