package org.tequio.formats.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts delimited text into rows of cells, in bounded memory. RFC 4180 with what really occurs: line
 * ends of any kind, text after a closing quote, a quote in the middle of a cell. A quote that is
 * opened and not closed within the limit costs its own line, not the rest of the file. Not
 * thread-safe.
 */
public final class DelimitedLexer {
  private static final int BLOCK = 1 << 15;
  private static final int END = -1;
  private static final int FAULT = -2;

  private final Reader in;
  private final char delimiter;
  private final int maxCell;
  private final int maxCells;
  private final char[] block = new char[BLOCK];
  private int position;
  private int limit;
  // Text that is read once more, because the quote before it turned out not to be one.
  private String again = "";
  private int againAt;

  private StringBuilder cell = new StringBuilder();
  private List<@Nullable String> cells = new ArrayList<>();
  private int width;
  private long line = 1;
  private long rowLine = 1;
  private long rowChars;
  private long nuls;
  private String fault = "";

  /**
   * Begins.
   *
   * @param maxCell characters of one cell, and a quarter of what one row may have
   * @param maxCells cells of one row; what is beyond is counted and dropped
   */
  public DelimitedLexer(Reader in, char delimiter, int maxCell, int maxCells) {
    this.in = in;
    this.delimiter = delimiter;
    this.maxCell = maxCell;
    this.maxCells = maxCells;
  }

  /**
   * Goes to the next row.
   *
   * @return false at the end
   */
  public boolean next() throws IOException {
    cells = new ArrayList<>(Math.max(8, cells.size()));
    width = 0;
    rowChars = 0;
    fault = "";
    rowLine = line;
    if (peek() == END) {
      return false;
    }
    int end;
    do {
      end = readCell();
    } while (end == delimiter);
    return true;
  }

  /** The cells of the row; null is an empty cell without quotes. At most {@code maxCells}. */
  public @Nullable String[] cells() {
    return cells.toArray(String[]::new);
  }

  /** How many cells the row has, those dropped included. */
  public int width() {
    return width;
  }

  /** True for an empty line. */
  public boolean isBlank() {
    for (String text : cells) {
      if (text != null && !text.isBlank()) {
        return false;
      }
    }
    return fault.isEmpty();
  }

  /** The line of the text where the row begins, from 1. */
  public long line() {
    return rowLine;
  }

  /** What is wrong with the row; empty where nothing is. */
  public String fault() {
    return fault;
  }

  /** NUL characters dropped so far. */
  public long nuls() {
    return nuls;
  }

  private int readCell() throws IOException {
    cell.setLength(0);
    if (cell.capacity() > 1 << 16) {
      cell = new StringBuilder();
    }
    boolean quoted = false;
    int c = read();
    if (c == '"') {
      quoted = true;
      if (!readQuoted()) {
        return FAULT;
      }
      c = read();
    }
    while (c != delimiter && !isLineEnd(c)) {
      if (cell.length() >= maxCell || rowChars > 4L * maxCell) {
        fault = "a cell of more than " + maxCell + " characters";
        skipLine();
        return FAULT;
      }
      cell.append((char) c);
      c = read();
    }
    rowChars += cell.length();
    width++;
    if (cells.size() < maxCells) {
      cells.add(quoted || !isBlankCell() ? cell.toString() : null);
    }
    if (c == '\r' && peek() == '\n') {
      read();
    }
    return c == delimiter ? c : '\n';
  }

  private boolean isBlankCell() {
    for (int i = 0; i < cell.length(); i++) {
      if (!Character.isWhitespace(cell.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  // True where the quote was closed; the cell then holds what stood inside.
  private boolean readQuoted() throws IOException {
    long openedAt = line;
    while (true) {
      int c = read();
      if (c == END || cell.length() >= maxCell) {
        unclosed(openedAt, c);
        return false;
      }
      if (c == '"') {
        if (peek() != '"') {
          return true;
        }
        read();
      }
      cell.append((char) c);
    }
  }

  private void unclosed(long openedAt, int last) throws IOException {
    fault = "a quote is opened and not closed within " + cell.length() + " characters";
    int lineEnd = cell.indexOf("\n");
    if (cells.size() < maxCells) {
      cells.add(cell.substring(0, lineEnd < 0 ? Math.min(200, cell.length()) : lineEnd));
    }
    if (lineEnd < 0) {
      if (last != END) {
        skipLine();
      }
      return;
    }
    if (last != END) {
      cell.append((char) last);
    }
    again = cell.substring(lineEnd + 1) + again.substring(againAt);
    againAt = 0;
    line = openedAt + 1;
  }

  private void skipLine() throws IOException {
    int c = read();
    while (!isLineEnd(c)) {
      c = read();
    }
    if (c == '\r' && peek() == '\n') {
      read();
    }
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r' || c == END;
  }

  private int read() throws IOException {
    int c = take();
    while (c == 0) {
      nuls++;
      c = take();
    }
    if (c == '\n' || (c == '\r' && peek() != '\n')) {
      line++;
    }
    return c;
  }

  private int take() throws IOException {
    int c = peek();
    if (againAt < again.length()) {
      againAt++;
    } else if (c != END) {
      position++;
    }
    return c;
  }

  private int peek() throws IOException {
    if (againAt < again.length()) {
      return again.charAt(againAt);
    }
    if (!again.isEmpty()) {
      again = "";
      againAt = 0;
    }
    if (position == limit) {
      limit = in.read(block, 0, BLOCK);
      position = 0;
      if (limit <= 0) {
        limit = 0;
        return END;
      }
    }
    return block[position];
  }
}
