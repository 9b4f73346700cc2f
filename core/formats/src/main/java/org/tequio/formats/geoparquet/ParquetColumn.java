package org.tequio.formats.geoparquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One column, of which it holds a group of rows: plain values, packed by gzip, in one page. Not
 * thread-safe.
 */
final class ParquetColumn {
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int GZIP = 2;
  private static final long MICROS = 1_000_000;

  private final List<String> path;
  private final ParquetType type;
  private final boolean optional;
  private final ParquetBytes values = new ParquetBytes();
  private final ParquetBytes levels = new ParquetBytes();
  private int rows;
  private int nulls;
  private int run;
  private boolean runIsThere;
  private int bits;
  private int bitCount;
  private long least;
  private long most;
  private double leastDecimal;
  private double mostDecimal;

  /**
   * What the footer says of a group of rows of a column.
   *
   * @param describe says it, as the members of a ColumnChunk
   * @param packed bytes in the file, the page's header among them
   * @param unpacked the same before they were packed
   */
  record Chunk(Consumer<ThriftBytes> describe, long packed, long unpacked) {}

  ParquetColumn(List<String> path, ParquetType type, boolean optional) {
    this.path = path;
    this.type = type;
    this.optional = optional;
    clear();
  }

  ParquetType type() {
    return type;
  }

  String name() {
    return path.getLast();
  }

  /** About how many bytes wait to be written. */
  long waiting() {
    return values.size();
  }

  /** A value of a field, or that there is none. */
  void add(@Nullable Object value) throws IOException {
    if (value == null) {
      level(false);
      return;
    }
    level(true);
    switch (type) {
      case TEXT -> text((String) value);
      case INTEGER -> putLong((Long) value);
      case DECIMAL -> putDouble((Double) value);
      case BOOLEAN -> bit((Boolean) value);
      case DATE -> putDay((LocalDate) value);
      case INSTANT -> putLong(micros((Instant) value));
      case WKB -> throw new IllegalArgumentException("a geometry is no value");
    }
  }

  void addNumber(long value) {
    level(true);
    putLong(value);
  }

  void addDecimal(double value) {
    level(true);
    putDouble(value);
  }

  void addBytes(byte[] from, int at, int length) {
    level(true);
    values.putInt(length);
    values.put(from, at, length);
  }

  void addNothing() {
    level(false);
  }

  private void level(boolean isThere) {
    if (!isThere && !optional) {
      throw new IllegalArgumentException("the column " + path + " needs a value");
    }
    if (run > 0 && runIsThere != isThere) {
      endRun();
    }
    runIsThere = isThere;
    run++;
    rows++;
    if (!isThere) {
      nulls++;
    }
  }

  private void endRun() {
    levels.putVarint((long) run << 1);
    levels.putByte(runIsThere ? 1 : 0);
    run = 0;
  }

  private void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    values.putInt(utf8.length);
    values.put(utf8, 0, utf8.length);
  }

  private void putLong(long value) {
    values.putLong(value);
    least = Math.min(least, value);
    most = Math.max(most, value);
  }

  private void putDay(LocalDate day) throws IOException {
    long value = day.toEpochDay();
    if (value != (int) value) {
      throw new IOException(path + ": Parquet has no room for the day " + day);
    }
    values.putInt((int) value);
    least = Math.min(least, value);
    most = Math.max(most, value);
  }

  private long micros(Instant instant) throws IOException {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1_000);
    } catch (ArithmeticException e) {
      throw new IOException(path + ": Parquet has no room for the instant " + instant, e);
    }
  }

  private void putDouble(double value) {
    values.putLong(Double.doubleToRawLongBits(value));
    if (!Double.isNaN(value)) {
      leastDecimal = Math.min(leastDecimal, value);
      mostDecimal = Math.max(mostDecimal, value);
    }
  }

  private void bit(boolean value) {
    bits |= (value ? 1 : 0) << bitCount++;
    if (bitCount == 8) {
      endBits();
    }
  }

  private void endBits() {
    values.putByte(bits);
    bits = 0;
    bitCount = 0;
  }

  /** Writes the rows that wait; none wait then. */
  Chunk write(OutputStream out, long at) throws IOException {
    if (run > 0) {
      endRun();
    }
    if (bitCount > 0) {
      endBits();
    }
    byte[] page = packed();
    int unpackedSize = values.size() + (optional ? 4 + levels.size() : 0);
    ParquetBytes header =
        ThriftBytes.of(
            told -> {
              told.i32(1, 0);
              told.i32(2, unpackedSize);
              told.i32(3, page.length);
              told.struct(
                  5,
                  data -> {
                    data.i32(1, rows);
                    data.i32(2, PLAIN);
                    data.i32(3, RLE);
                    data.i32(4, RLE);
                  });
            });
    out.write(header.array(), 0, header.size());
    out.write(page);
    long packed = (long) header.size() + page.length;
    long unpacked = (long) header.size() + unpackedSize;
    Chunk chunk = new Chunk(described(at, packed, unpacked), packed, unpacked);
    clear();
    return chunk;
  }

  private byte[] packed() {
    ByteArrayOutputStream page = new ByteArrayOutputStream(values.size() / 3 + 64);
    try (GZIPOutputStream zip = new QuickGzip(page)) {
      if (optional) {
        ParquetBytes length = new ParquetBytes();
        length.putInt(levels.size());
        zip.write(length.array(), 0, length.size());
        zip.write(levels.array(), 0, levels.size());
      }
      zip.write(values.array(), 0, values.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.toByteArray();
  }

  private Consumer<ThriftBytes> described(long at, long packed, long unpacked) {
    int told = rows;
    int missing = nulls;
    Optional<Limits> limits = limits();
    return chunk -> {
      chunk.i64(2, at);
      chunk.struct(
          3,
          data -> {
            data.i32(1, type.physical());
            data.numbers(2, PLAIN, RLE);
            data.texts(3, path);
            data.i32(4, GZIP);
            data.i64(5, told);
            data.i64(6, unpacked);
            data.i64(7, packed);
            data.i64(9, at);
            data.struct(
                12,
                statistics -> {
                  statistics.i64(3, missing);
                  limits.ifPresent(
                      known -> {
                        statistics.binary(5, known.most);
                        statistics.binary(6, known.least);
                      });
                });
          });
    };
  }

  private record Limits(byte[] least, byte[] most) {}

  private Optional<Limits> limits() {
    boolean known =
        type == ParquetType.DECIMAL
            ? leastDecimal <= mostDecimal
            : type.hasOrder() && least <= most;
    // The two zeros are one number: the limits take in both (parquet-format, ColumnOrder).
    return known
        ? Optional.of(
            new Limits(
                plain(least, leastDecimal == 0 ? -0.0 : leastDecimal),
                plain(most, mostDecimal == 0 ? 0.0 : mostDecimal)))
        : Optional.empty();
  }

  private byte[] plain(long number, double decimal) {
    ByteBuffer buffer =
        ByteBuffer.allocate(type == ParquetType.DATE ? 4 : 8).order(ByteOrder.LITTLE_ENDIAN);
    switch (type) {
      case DATE -> buffer.putInt((int) number);
      case DECIMAL -> buffer.putDouble(decimal);
      case INTEGER, INSTANT -> buffer.putLong(number);
      case BOOLEAN, WKB, TEXT -> throw new IllegalArgumentException("has no order: " + type);
    }
    return buffer.array();
  }

  private void clear() {
    values.clear();
    levels.clear();
    rows = 0;
    nulls = 0;
    least = Long.MAX_VALUE;
    most = Long.MIN_VALUE;
    leastDecimal = Double.POSITIVE_INFINITY;
    mostDecimal = Double.NEGATIVE_INFINITY;
  }

  /** Gzip that would rather be quick than small. */
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED + 2);
    }
  }
}
