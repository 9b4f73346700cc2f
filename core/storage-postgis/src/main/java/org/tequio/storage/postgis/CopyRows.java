package org.tequio.storage.postgis;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Wkb;

/**
 * Rows in the binary format of COPY (PostgreSQL, "COPY", Binary Format), in one buffer that is
 * filled, sent and filled again. Not thread-safe.
 */
final class CopyRows {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] SIGNATURE =
      "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HAS_SRID = 0x20000000;
  private static final long DAYS_TO_2000 = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long MILLIS_TO_2000 = DAYS_TO_2000 * 86_400_000;

  private byte[] buffer = new byte[1 << 17];
  private int size;

  byte[] bytes() {
    return buffer;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void header() {
    reserve(SIGNATURE.length + 8);
    System.arraycopy(SIGNATURE, 0, buffer, size, SIGNATURE.length);
    size += SIGNATURE.length;
    putInt(0);
    putInt(0);
  }

  void trailer() {
    row(-1);
  }

  /** Begins a row of so many columns. */
  void row(int columns) {
    reserve(2);
    SHORT.set(buffer, size, (short) columns);
    size += 2;
  }

  void number(long value) {
    reserve(12);
    putInt(8);
    LONG.set(buffer, size, value);
    size += 8;
  }

  /** ISO WKB as the extended WKB that PostGIS takes: the same with the SRID after its type. */
  void geometry(byte @Nullable [] wkb, int offset, int length, int srid) {
    if (wkb == null) {
      nothing();
      return;
    }
    reserve(8 + length);
    putInt(length + 4);
    buffer[size] = 1;
    LITTLE_INT.set(buffer, size + 1, Wkb.getInt(wkb, offset + 1) | HAS_SRID);
    LITTLE_INT.set(buffer, size + 5, srid);
    System.arraycopy(wkb, offset + 5, buffer, size + 9, length - 5);
    size += length + 4;
  }

  /** Bytes as they are. */
  void bytes(byte @Nullable [] bytes) {
    if (bytes == null) {
      nothing();
      return;
    }
    reserve(4 + bytes.length);
    putInt(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  /**
   * A typed value.
   *
   * @throws IllegalArgumentException for a text that PostgreSQL cannot hold
   */
  void value(@Nullable Object value) {
    switch (value) {
      case null -> nothing();
      case String text -> text(text);
      case Long number -> number(number);
      case Double number -> number(Double.doubleToRawLongBits(number));
      case Boolean bool -> {
        reserve(5);
        putInt(1);
        buffer[size++] = (byte) (bool ? 1 : 0);
      }
      case LocalDate date -> {
        reserve(8);
        putInt(4);
        putInt(Math.toIntExact(date.toEpochDay() - DAYS_TO_2000));
      }
      case Instant instant ->
          number(Math.multiplyExact(instant.toEpochMilli() - MILLIS_TO_2000, 1000L));
      default ->
          throw new IllegalArgumentException("no field type has values of " + value.getClass());
    }
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    for (byte one : utf8) {
      if (one == 0) {
        throw new IllegalArgumentException("a text holds the character U+0000");
      }
    }
    reserve(4 + utf8.length);
    putInt(utf8.length);
    System.arraycopy(utf8, 0, buffer, size, utf8.length);
    size += utf8.length;
  }

  private void nothing() {
    reserve(4);
    putInt(-1);
  }

  private void putInt(int value) {
    INT.set(buffer, size, value);
    size += 4;
  }

  private void reserve(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, 2 * buffer.length));
    }
  }
}
