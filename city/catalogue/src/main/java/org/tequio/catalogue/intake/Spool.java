package org.tequio.catalogue.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one layer between the pass that looks at all of them and the pass that stores them:
 * written one after the other to a scratch file, read back in any order through a mapping. One
 * thread at a time.
 */
final class Spool implements Closeable {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt SIZE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final byte NULL = 0;
  private static final byte INTEGER = 1;
  private static final byte DECIMAL = 2;
  private static final byte LATIN = 3;
  private static final byte UTF8 = 4;
  private static final byte TRUE = 5;
  private static final byte FALSE = 6;
  private static final byte DATE = 7;
  private static final byte INSTANT = 8;
  private static final byte KNOWN_TEXT = 9;

  private static final int FLUSH_AT = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private byte[] buffer = new byte[FLUSH_AT + (1 << 16)];
  private int size;
  private int rowAt;
  private long flushed;
  private @Nullable Arena arena;
  private @Nullable MemorySegment mapped;

  /** An empty spool in a scratch folder. */
  Spool(Path scratch) throws IOException {
    file = Files.createTempFile(scratch, "rows", ".spool");
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
  }

  /**
   * Begins a row.
   *
   * @return where it stands, for {@link #read}
   */
  long begin(long row, byte @Nullable [] wkb, double[] envelope) {
    rowAt = size;
    reserve(4 + 8 + 32 + 4 + (wkb == null ? 0 : wkb.length));
    size += 4;
    putLong(row);
    for (int i = 0; i < 4; i++) {
      DOUBLE.set(buffer, size, envelope[i]);
      size += 8;
    }
    INT.set(buffer, size, wkb == null ? -1 : wkb.length);
    size += 4;
    if (wkb != null) {
      System.arraycopy(wkb, 0, buffer, size, wkb.length);
      size += wkb.length;
    }
    return flushed + rowAt;
  }

  /** Adds a text that the column's dictionary holds. */
  void knownText(int number) {
    reserve(5);
    buffer[size] = KNOWN_TEXT;
    INT.set(buffer, size + 1, number);
    size += 5;
  }

  /** Adds a text. */
  void text(String text, boolean latin) {
    byte[] bytes = text.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    reserve(5 + bytes.length);
    buffer[size] = latin ? LATIN : UTF8;
    INT.set(buffer, size + 1, bytes.length);
    System.arraycopy(bytes, 0, buffer, size + 5, bytes.length);
    size += 5 + bytes.length;
  }

  /** Adds a value that is no text. */
  void value(@Nullable Object value) {
    reserve(17);
    switch (value) {
      case null -> buffer[size++] = NULL;
      case Long number -> {
        buffer[size++] = INTEGER;
        putLong(number);
      }
      case Double number -> {
        buffer[size++] = DECIMAL;
        putLong(Double.doubleToRawLongBits(number));
      }
      case Boolean truth -> buffer[size++] = truth ? TRUE : FALSE;
      case LocalDate date -> {
        buffer[size++] = DATE;
        putLong(date.toEpochDay());
      }
      case Instant instant -> {
        buffer[size++] = INSTANT;
        putLong(instant.getEpochSecond());
        putLong(instant.getNano());
      }
      default -> text(value.toString(), false);
    }
  }

  /** Ends a row. */
  void end() {
    INT.set(buffer, rowAt, size - rowAt - 4);
    if (size >= FLUSH_AT) {
      flush();
    }
  }

  private void putLong(long value) {
    LONG.set(buffer, size, value);
    size += 8;
  }

  private void reserve(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, buffer.length + (buffer.length >> 1)));
    }
  }

  private void flush() {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, size);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    flushed += size;
    size = 0;
    rowAt = 0;
  }

  /** Ends the writing; from now on rows can be read. */
  void finish() throws IOException {
    flush();
    buffer = new byte[0];
    if (flushed > 0) {
      arena = Arena.ofShared();
      mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, flushed, arena);
    }
  }

  /** A reader of its own position; several may read at once. */
  Cursor cursor(StringDictionary[] dictionaries) {
    return new Cursor(dictionaries);
  }

  @Override
  public void close() throws IOException {
    if (arena != null) {
      arena.close();
      arena = null;
    }
    channel.close();
    Files.deleteIfExists(file);
  }

  /** One row at a time, out of the mapping. Not thread-safe. */
  final class Cursor {
    private final StringDictionary[] dictionaries;
    private byte[] row = new byte[4096];
    private int wkbAt;
    private int wkbLength;

    private Cursor(StringDictionary[] dictionaries) {
      this.dictionaries = dictionaries;
    }

    /** Goes to a row. */
    void read(long offset) {
      MemorySegment rows = mapped;
      if (rows == null) {
        throw new IllegalStateException("no rows were spooled");
      }
      int length = rows.get(SIZE, offset);
      if (row.length < length) {
        row = new byte[Math.max(length, 2 * row.length)];
      }
      MemorySegment.copy(rows, ValueLayout.JAVA_BYTE, offset + 4, row, 0, length);
      wkbLength = (int) INT.get(row, 40);
      wkbAt = 44;
    }

    /** The row's number in its source. */
    long number() {
      return (long) LONG.get(row, 0);
    }

    /** Fills in minX, minY, maxX, maxY. */
    void envelope(double[] into) {
      for (int i = 0; i < 4; i++) {
        into[i] = (double) DOUBLE.get(row, 8 + 8 * i);
      }
    }

    /** A copy of the geometry. */
    byte @Nullable [] wkb() {
      return wkbLength < 0 ? null : Arrays.copyOfRange(row, wkbAt, wkbAt + wkbLength);
    }

    /** Fills in the values as they were spooled. */
    void values(@Nullable Object[] into) {
      int p = wkbAt + Math.max(0, wkbLength);
      for (int i = 0; i < dictionaries.length; i++) {
        byte tag = row[p++];
        switch (tag) {
          case NULL -> into[i] = null;
          case INTEGER -> {
            into[i] = (long) LONG.get(row, p);
            p += 8;
          }
          case DECIMAL -> {
            into[i] = (double) DOUBLE.get(row, p);
            p += 8;
          }
          case LATIN, UTF8 -> {
            int length = (int) INT.get(row, p);
            into[i] =
                new String(
                    row,
                    p + 4,
                    length,
                    tag == LATIN ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            p += 4 + length;
          }
          case TRUE -> into[i] = Boolean.TRUE;
          case FALSE -> into[i] = Boolean.FALSE;
          case DATE -> {
            into[i] = LocalDate.ofEpochDay((long) LONG.get(row, p));
            p += 8;
          }
          case INSTANT -> {
            into[i] = Instant.ofEpochSecond((long) LONG.get(row, p), (long) LONG.get(row, p + 8));
            p += 16;
          }
          case KNOWN_TEXT -> {
            into[i] = dictionaries[i].text((int) INT.get(row, p));
            p += 4;
          }
          default -> throw new IllegalStateException("unknown tag " + tag + " in a spooled row");
        }
      }
    }
  }
}
