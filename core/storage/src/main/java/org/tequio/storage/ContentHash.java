package org.tequio.storage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The sum of the hashes of rows: the same whatever order they come in, and kept up to date by
 * adding and subtracting single rows. It finds damage and tells states apart; it does not resist
 * someone who looks for two contents of one hash.
 *
 * <p>A row is written as: its id (8 bytes); its geometry as little-endian ISO WKB, before it its
 * length in 4 bytes, or -1 where there is none; then each value in schema order as one tag and its
 * bytes: 0 null; 1 text, length in 4 bytes and UTF-8; 2 integer, 8 bytes; 3 decimal, the 8 bytes of
 * IEEE 754 with -0 as 0; 4 boolean, 1 byte; 5 date, days since 1970-01-01 in 8 bytes; 6 instant,
 * milliseconds since 1970-01-01T00:00Z in 8 bytes; 7 bytes, length in 4 bytes and content. All
 * numbers are little-endian. The hash of a row is MurmurHash3 x64-128 of that with seed 0, read as
 * a number of 128 bits; the sum is taken modulo 2^128. Not thread-safe.
 */
public final class ContentHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private byte[] buffer = new byte[1024];
  private int size;
  private long high;
  private long low;
  private long rowHigh;
  private long rowLow;

  /** The hash of no rows. */
  public ContentHash() {}

  /** Goes on from a sum that {@link #toString()} wrote. */
  public static ContentHash parse(String hex) {
    if (hex.length() != 32) {
      throw new IllegalArgumentException("not a content hash: '" + hex + "'");
    }
    ContentHash hash = new ContentHash();
    hash.high = HexFormat.fromHexDigitsToLong(hex, 0, 16);
    hash.low = HexFormat.fromHexDigitsToLong(hex, 16, 32);
    return hash;
  }

  /** Adds one row. */
  public void add(
      long id, byte @Nullable [] wkb, int offset, int length, @Nullable Object[] values) {
    hash(id, wkb, offset, length, values);
    long sum = low + rowLow;
    high += rowHigh + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
  }

  /** Takes one row away. */
  public void subtract(
      long id, byte @Nullable [] wkb, int offset, int length, @Nullable Object[] values) {
    hash(id, wkb, offset, length, values);
    high -= rowHigh + (Long.compareUnsigned(low, rowLow) < 0 ? 1 : 0);
    low -= rowLow;
  }

  /** The sum in 32 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }

  private void hash(
      long id, byte @Nullable [] wkb, int offset, int length, @Nullable Object[] values) {
    size = 0;
    reserve(12);
    putLong(id);
    if (wkb == null) {
      putInt(-1);
    } else {
      putBytes(wkb, offset, length);
    }
    for (Object value : values) {
      put(value);
    }
    murmur();
  }

  private void put(@Nullable Object value) {
    reserve(9);
    switch (value) {
      case null -> buffer[size++] = 0;
      case String text -> {
        buffer[size++] = 1;
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putBytes(utf8, 0, utf8.length);
      }
      case Long number -> putTagged(2, number);
      case Double number -> putTagged(3, Double.doubleToLongBits(number == 0 ? 0.0 : number));
      case Boolean bool -> {
        buffer[size++] = 4;
        buffer[size++] = (byte) (bool ? 1 : 0);
      }
      case LocalDate date -> putTagged(5, date.toEpochDay());
      case Instant instant -> putTagged(6, instant.toEpochMilli());
      case byte[] bytes -> {
        buffer[size++] = 7;
        putBytes(bytes, 0, bytes.length);
      }
      default ->
          throw new IllegalArgumentException("no field type has values of " + value.getClass());
    }
  }

  private void putTagged(int tag, long value) {
    buffer[size++] = (byte) tag;
    putLong(value);
  }

  private void putLong(long value) {
    LONG.set(buffer, size, value);
    size += 8;
  }

  private void putInt(int value) {
    INT.set(buffer, size, value);
    size += 4;
  }

  private void putBytes(byte[] bytes, int offset, int length) {
    reserve(4 + length);
    putInt(length);
    System.arraycopy(bytes, offset, buffer, size, length);
    size += length;
  }

  private void reserve(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, 2 * buffer.length));
    }
  }

  private void murmur() {
    long h1 = 0;
    long h2 = 0;
    int blocks = size >> 4;
    for (int i = 0; i < blocks; i++) {
      h1 ^= mix1((long) LONG.get(buffer, i << 4));
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= mix2((long) LONG.get(buffer, (i << 4) + 8));
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    long k1 = 0;
    long k2 = 0;
    int tail = blocks << 4;
    for (int i = size - 1; i >= tail; i--) {
      if (i - tail >= 8) {
        k2 = k2 << 8 | (buffer[i] & 0xff);
      } else {
        k1 = k1 << 8 | (buffer[i] & 0xff);
      }
    }
    h1 ^= mix1(k1) ^ size;
    h2 ^= mix2(k2) ^ size;
    h1 += h2;
    h2 += h1;
    h1 = finish(h1);
    h2 = finish(h2);
    rowHigh = h1 + h2;
    rowLow = h2 + rowHigh;
  }

  private static long mix1(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mix2(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  private static long finish(long k) {
    long x = (k ^ k >>> 33) * 0xff51afd7ed558ccdL;
    x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
    return x ^ x >>> 33;
  }
}
