package org.tequio.formats.geoparquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The compact protocol of Apache Thrift, in which Parquet writes what it says of its data. Members
 * come in the order of their numbers. Not thread-safe.
 */
final class ThriftBytes {
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int LONG_LIST = 15;

  private final ParquetBytes out = new ParquetBytes();
  private final Deque<Integer> outer = new ArrayDeque<>();
  private int last;

  /** What a struct with these members is. */
  static ParquetBytes of(Consumer<ThriftBytes> members) {
    ThriftBytes thrift = new ThriftBytes();
    members.accept(thrift);
    thrift.out.putByte(0);
    return thrift.out;
  }

  void bool(int member, boolean value) {
    begin(member, value ? TRUE : FALSE);
  }

  void i32(int member, int value) {
    begin(member, I32);
    zigzag(value);
  }

  void i64(int member, long value) {
    begin(member, I64);
    zigzag(value);
  }

  void text(int member, String value) {
    binary(member, value.getBytes(StandardCharsets.UTF_8));
  }

  void binary(int member, byte[] value) {
    begin(member, BINARY);
    bytes(value);
  }

  /** A struct among the members. */
  void struct(int member, Consumer<ThriftBytes> members) {
    begin(member, STRUCT);
    inside(members);
  }

  /** A struct that says nothing but that it is there. */
  void mark(int member) {
    struct(member, nothing -> {});
  }

  void numbers(int member, int... values) {
    list(member, I32, values.length);
    for (int value : values) {
      zigzag(value);
    }
  }

  void texts(int member, Collection<String> values) {
    list(member, BINARY, values.size());
    values.forEach(value -> bytes(value.getBytes(StandardCharsets.UTF_8)));
  }

  /** A list of structs. */
  <T> void structs(int member, Collection<T> values, BiConsumer<ThriftBytes, T> write) {
    list(member, STRUCT, values.size());
    values.forEach(value -> inside(in -> write.accept(in, value)));
  }

  private void inside(Consumer<ThriftBytes> members) {
    outer.push(last);
    last = 0;
    members.accept(this);
    out.putByte(0);
    last = outer.pop();
  }

  private void begin(int member, int type) {
    int step = member - last;
    if (step < 1 || step > 15) {
      throw new IllegalArgumentException("member " + member + " after " + last);
    }
    out.putByte(step << 4 | type);
    last = member;
  }

  private void list(int member, int type, int size) {
    begin(member, LIST);
    if (size < LONG_LIST) {
      out.putByte(size << 4 | type);
    } else {
      out.putByte(LONG_LIST << 4 | type);
      out.putVarint(size);
    }
  }

  private void bytes(byte[] value) {
    out.putVarint(value.length);
    out.put(value, 0, value.length);
  }

  private void zigzag(long value) {
    out.putVarint(value << 1 ^ value >> 63);
  }
}
