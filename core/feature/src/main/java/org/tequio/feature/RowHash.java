package org.tequio.feature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A hash of 128 bits over a row's geometry and values, in two independent lanes. It tells equal
 * rows from others; it is no defence against someone who builds collisions. Not thread-safe.
 */
public final class RowHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long A = 0x9E3779B97F4A7C15L;
  private static final long B = 0xC2B2AE3D27D4EB4FL;
  private static final long NULL = 0x2545F4914F6CDD1DL;

  private long high;
  private long low;

  /** Begins the first row. */
  public RowHash() {
    reset();
  }

  /** Begins a row. */
  public RowHash reset() {
    high = 0x243F6A8885A308D3L;
    low = 0x13198A2E03707344L;
    return this;
  }

  /** Adds eight bytes. */
  public void add(long word) {
    high = Long.rotateLeft((high ^ word) * A, 29);
    low = Long.rotateLeft((low + word) * B, 31) ^ word;
  }

  /** Adds bytes. */
  public void add(byte[] bytes, int offset, int length) {
    int p = offset;
    int end = offset + length;
    for (; p + 8 <= end; p += 8) {
      add((long) LONG.get(bytes, p));
    }
    long tail = length;
    for (; p < end; p++) {
      tail = (tail << 8) | (bytes[p] & 0xff);
    }
    add(tail);
  }

  /** Adds a geometry; a collection of one part of a kind counts as that part. */
  public void addGeometry(byte[] wkb, int offset, int length) {
    int code = Wkb.getInt(wkb, offset + 1) % 1000;
    boolean single = code >= 4 && code <= 6 && Wkb.getInt(wkb, offset + 5) == 1;
    add(wkb, single ? offset + 9 : offset, single ? length - 9 : length);
  }

  /** Adds a typed value or null. */
  public void add(@Nullable Object value) {
    add(of(value));
  }

  /** 64 bits of one value. Whole decimals and integers of one amount are equal. */
  public static long of(@Nullable Object value) {
    return switch (value) {
      case null -> NULL;
      case String text -> ofText(text);
      case Long number -> mix(number ^ 1);
      case Double number ->
          number == Math.rint(number) && Math.abs(number) < 1e15
              ? mix(number.longValue() ^ 1)
              : mix(Double.doubleToLongBits(number) ^ 2);
      case Boolean truth -> mix(truth ? 3 : 4);
      case LocalDate date -> mix(date.toEpochDay() ^ 5L << 56);
      case Instant instant ->
          mix(instant.getEpochSecond() * 1_000_000_007L + instant.getNano() ^ 6L << 56);
      default -> ofText(value.toString());
    };
  }

  /** 64 bits of a text. */
  public static long ofText(String text) {
    long hash = A ^ text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return mix(hash);
  }

  /** Spreads the bits of a number. */
  public static long mix(long word) {
    long mixed = (word ^ word >>> 32) * A;
    mixed = (mixed ^ mixed >>> 29) * B;
    return mixed ^ mixed >>> 32;
  }

  /** The first 64 bits. */
  public long high() {
    return mix(high);
  }

  /** The other 64 bits. */
  public long low() {
    return mix(low ^ high);
  }
}
