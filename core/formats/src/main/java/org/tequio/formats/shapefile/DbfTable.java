package org.tequio.formats.shapefile;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceField;

/** The rows of a dBase table, by number. Not thread-safe. */
final class DbfTable implements Closeable {
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final int SEVERAL = 2;
  private static final int SHOWN_NAMES = 8;

  private final FileWindow file;
  private final DbfHeader header;
  private final DbfColumn[] columns;
  private final List<SourceField> fields;
  private final TextCache[] texts;
  private final long[] nulled;
  private final @Nullable String[] nulledExample;
  private final @Nullable DbfMemo memo;
  private final String source;

  private DbfTable(
      FileWindow file, DbfHeader header, Charset charset, @Nullable DbfMemo memo, String source) {
    this.file = file;
    this.header = header;
    this.memo = memo;
    this.source = source;
    this.columns =
        header.columns().stream().filter(column -> column.kind() != '0').toArray(DbfColumn[]::new);
    this.texts = new TextCache[columns.length];
    this.nulled = new long[columns.length];
    this.nulledExample = new @Nullable String[columns.length];
    List<SourceField> named = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      texts[i] = new TextCache(charset);
      String name = new String(columns[i].nameBytes(), charset).strip();
      named.add(SourceField.typed(name.isEmpty() ? "field_" + (i + 1) : name, columns[i].type()));
    }
    this.fields = List.copyOf(named);
  }

  /**
   * Opens a table and reports what its header and its bytes show.
   *
   * @param codePage the text of the {@code .cpg}; null where there is none
   * @param memoFile the {@code .dbt} or {@code .fpt}; null where there is none
   */
  static DbfTable open(
      Path path,
      @Nullable String codePage,
      @Nullable Path memoFile,
      String source,
      ReadContext context)
      throws IOException, FormatException {
    FileWindow file = new FileWindow(path);
    try {
      DbfHeader header = DbfHeader.read(file, context.limits().columns());
      Findings findings = context.findings();
      Charset charset = DbfEncoding.decide(file, header, codePage, findings, source);
      boolean hasMemo = header.columns().stream().anyMatch(DbfColumn::isMemo);
      DbfMemo memo =
          hasMemo && memoFile != null
              ? DbfMemo.open(memoFile, charset, context.limits().textBytes())
              : null;
      DbfTable table = new DbfTable(file, header, charset, memo, source);
      table.reportHeader(findings, hasMemo && memoFile == null);
      return table;
    } catch (IOException | FormatException e) {
      file.close();
      throw e;
    }
  }

  List<SourceField> fields() {
    return fields;
  }

  /** The day of the last change, where the header says so. */
  Optional<LocalDate> changed() {
    return header.changed();
  }

  /** Rows that can be read, the deleted ones included. */
  long rows() {
    return header.rows();
  }

  /** The values of a row from 0, or null where it is marked as deleted. */
  @Nullable Object @Nullable [] read(long row) throws IOException {
    int at = file.at(header.start() + row * header.rowLength(), header.rowLength());
    byte[] bytes = file.bytes();
    if (bytes[at] == '*') {
      return null;
    }
    @Nullable Object[] values = new @Nullable Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] = value(i, bytes, at + columns[i].offset());
    }
    return values;
  }

  /** Reports the cells that were counted while reading, and forgets them. */
  void reportCells(Findings findings) {
    for (int i = 0; i < columns.length; i++) {
      String example = nulledExample[i];
      if (nulled[i] > 0 && example != null) {
        findings.add(
            new Finding(
                FindingCode.VALUE_SUPPRESSED,
                FindingCode.VALUE_SUPPRESSED.severity(),
                source,
                fields.get(i).name(),
                nulled[i],
                nulled[i]
                    + " cells hold '"
                    + example
                    + "': the number did not fit its "
                    + columns[i].width()
                    + " characters, or there was none",
                Finding.Action.NULLED,
                List.of(Finding.Example.of(0, example))));
        nulled[i] = 0;
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      if (memo != null) {
        memo.close();
      }
    }
  }

  private void reportHeader(Findings findings, boolean memoMissing) {
    if (header.presentRows() < header.declaredRows()) {
      findings.add(
          Finding.of(
              FindingCode.FILE_TRUNCATED,
              source,
              ".dbf",
              "the table's header says "
                  + header.declaredRows()
                  + " rows and the file has room for "
                  + header.presentRows(),
              Finding.Action.KEPT));
    } else if (header.declaredRows() == 0 && header.presentRows() > 0) {
      findings.add(
          Finding.of(
              FindingCode.COUNT_MISMATCH,
              source,
              ".dbf",
              "the table's header says no rows and the file holds " + header.presentRows(),
              Finding.Action.ASSUMED));
    }
    if (memoMissing) {
      findings.add(
          Finding.of(
              FindingCode.FILE_MISSING_PART,
              source,
              ".dbt",
              "the table has memo columns and their texts stand in another file",
              Finding.Action.NULLED));
    }
    List<String> full = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].nameBytes().length == 10 && !header.isDbase7()) {
        full.add(fields.get(i).name());
      }
    }
    if (full.size() >= SEVERAL) {
      findings.add(
          new Finding(
              FindingCode.FIELD_NAME_TRUNCATED,
              FindingCode.FIELD_NAME_TRUNCATED.severity(),
              source,
              String.join(", ", full.subList(0, Math.min(full.size(), SHOWN_NAMES)))
                  + (full.size() > SHOWN_NAMES ? ", …" : ""),
              full.size(),
              full.size() + " of " + columns.length + " names fill all 10 characters",
              Finding.Action.KEPT,
              full.stream().map(name -> Finding.Example.of(0, name)).toList()));
    }
  }

  private @Nullable Object value(int column, byte[] bytes, int at) throws IOException {
    DbfColumn c = columns[column];
    if (c.isMemo()) {
      return memo == null ? null : memo.text(bytes, at, c.width());
    }
    switch (c.kind()) {
      case 'I', '+':
        if (c.width() == 4) {
          int little = DbfHeader.int32(bytes, at);
          return header.isDbase7()
              ? (long) (Integer.reverseBytes(little) ^ Integer.MIN_VALUE)
              : little;
        }
        break;
      case 'O', 'B', 'Y', '@', 'T':
        if (c.width() == 8) {
          return binary(c, bytes, at);
        }
        break;
      default:
        break;
    }
    int from = at;
    int to = at + c.width();
    while (to > from && (bytes[to - 1] == ' ' || bytes[to - 1] == 0)) {
      to--;
    }
    if (from == to) {
      return null;
    }
    return switch (c.type()) {
      case TEXT, INSTANT -> texts[column].text(bytes, from, to);
      case INTEGER, DECIMAL -> number(column, bytes, from, to);
      case BOOLEAN -> truth(column, bytes, from, to);
      case DATE -> date(column, bytes, from, to);
    };
  }

  private @Nullable Object number(int column, byte[] bytes, int start, int to) {
    int from = start;
    while (from < to && (bytes[from] == ' ' || bytes[from] == 0)) {
      from++;
    }
    if (from == to) {
      return null;
    }
    boolean integer = fields.get(column).type() == FieldType.INTEGER;
    @Nullable Number value;
    if (integer) {
      value = Numbers.integer(bytes, from, to);
    } else {
      value = Numbers.decimal(bytes, from, to);
    }
    if (value != null) {
      return value;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    if (isNoNumber(text)) {
      nulled[column]++;
      nulledExample[column] = text;
      return null;
    }
    return text;
  }

  // Asterisks fill a cell whose number was too wide; the others are how C libraries print NaN.
  private static boolean isNoNumber(String text) {
    return text.chars().allMatch(c -> c == '*')
        || text.equalsIgnoreCase("nan")
        || text.equalsIgnoreCase("-nan")
        || text.equalsIgnoreCase("null")
        || text.contains("#");
  }

  private @Nullable Object truth(int column, byte[] bytes, int from, int to) {
    return switch (bytes[from]) {
      case 'T', 't', 'Y', 'y', '1' -> Boolean.TRUE;
      case 'F', 'f', 'N', 'n', '0' -> Boolean.FALSE;
      case '?', ' ' -> null;
      default -> texts[column].text(bytes, from, to);
    };
  }

  private @Nullable Object date(int column, byte[] bytes, int from, int to) {
    if (to - from == 8) {
      int value = 0;
      for (int i = from; i < to; i++) {
        int digit = bytes[i] - '0';
        if (digit < 0 || digit > 9) {
          return texts[column].text(bytes, from, to);
        }
        value = value * 10 + digit;
      }
      if (value == 0) {
        return null;
      }
      try {
        return LocalDate.of(value / 10_000, value / 100 % 100, value % 100);
      } catch (DateTimeException e) {
        return texts[column].text(bytes, from, to);
      }
    }
    return texts[column].text(bytes, from, to).isBlank()
        ? null
        : texts[column].text(bytes, from, to);
  }

  // Moments have no zone in dBase; they are read as UTC.
  private @Nullable Object binary(DbfColumn column, byte[] bytes, int at) {
    long low = DbfHeader.int32(bytes, at) & 0xffffffffL;
    long bits = low | (long) DbfHeader.int32(bytes, at + 4) << 32;
    switch (column.kind()) {
      case 'Y':
        return bits / 10_000.0;
      case 'T':
        return moment((int) low, DbfHeader.int32(bytes, at + 4));
      case '@':
        return moment(Integer.reverseBytes((int) low), Integer.reverseBytes((int) (bits >>> 32)));
      default:
        long ordered = bits;
        if (header.isDbase7() && column.kind() == 'O') {
          long big = Long.reverseBytes(bits);
          ordered = big < 0 ? big ^ Long.MIN_VALUE : ~big;
        }
        double value = Double.longBitsToDouble(ordered);
        return Double.isFinite(value) ? value : null;
    }
  }

  private static @Nullable Instant moment(int julianDay, int milliseconds) {
    if (julianDay <= 0) {
      return null;
    }
    return Instant.ofEpochMilli((julianDay - JULIAN_DAY_OF_EPOCH) * 86_400_000L + milliseconds);
  }
}
