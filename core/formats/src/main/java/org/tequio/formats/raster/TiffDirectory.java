package org.tequio.formats.raster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;

/**
 * The tags of the first image of a TIFF or BigTIFF. Only the first directory is read, so a loop of
 * directories leads nowhere; every offset is checked against the file before anything is allocated.
 */
final class TiffDirectory {
  private static final int MAX_ENTRIES = 4_096;
  private static final long MAX_VALUES = 32_000_000;

  private final FileChannel channel;
  private final long size;
  private final ByteOrder order;
  private final boolean big;
  private final Map<Integer, Entry> entries = new HashMap<>();

  private record Entry(int type, long count, long at) {}

  private TiffDirectory(FileChannel channel, ByteOrder order, boolean big) throws IOException {
    this.channel = channel;
    this.size = channel.size();
    this.order = order;
    this.big = big;
  }

  static TiffDirectory read(FileChannel channel) throws IOException, FormatException {
    if (channel.size() < 16) {
      throw new FormatException(FindingCode.FILE_TRUNCATED, "byte 0: too short for a TIFF");
    }
    ByteBuffer start = ByteBuffer.allocate(16);
    channel.read(start, 0);
    short mark = start.getShort(0);
    ByteOrder order = mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    start.order(order);
    int version = start.getShort(2);
    if ((mark != 0x4949 && mark != 0x4d4d) || (version != 42 && version != 43)) {
      throw new FormatException(FindingCode.FILE_UNREADABLE, "byte 0: this is no TIFF");
    }
    boolean big = version == 43;
    TiffDirectory directory = new TiffDirectory(channel, order, big);
    directory.entries(big ? start.getLong(8) : start.getInt(4) & 0xffffffffL);
    return directory;
  }

  ByteOrder order() {
    return order;
  }

  private void entries(long at) throws IOException, FormatException {
    int head = big ? 8 : 2;
    int length = big ? 20 : 12;
    long count = big ? bytes(at, 8).getLong(0) : bytes(at, 2).getShort(0) & 0xffff;
    if (count < 1 || count > MAX_ENTRIES) {
      throw new FormatException(
          FindingCode.FILE_REFUSED, "byte " + at + ": a directory of " + count + " tags");
    }
    ByteBuffer all = bytes(at + head, (int) count * length);
    for (int i = 0; i < count; i++) {
      int p = i * length;
      int tag = all.getShort(p) & 0xffff;
      int type = all.getShort(p + 2) & 0xffff;
      long values = big ? all.getLong(p + 4) : all.getInt(p + 4) & 0xffffffffL;
      long bytes = values * width(type);
      if (width(type) == 0 || values < 0 || values > size || bytes < 0) {
        continue; // TIFF 6.0, section 2: readers skip types that they do not know
      }
      int inline = big ? 8 : 4;
      int valueAt = p + (big ? 12 : 8);
      long offset =
          bytes <= inline
              ? at + head + valueAt
              : big ? all.getLong(valueAt) : all.getInt(valueAt) & 0xffffffffL;
      entries.putIfAbsent(tag, new Entry(type, values, offset));
    }
  }

  private static int width(int type) {
    return switch (type) {
      case 1, 2, 6, 7 -> 1;
      case 3, 8 -> 2;
      case 4, 9, 11, 13 -> 4;
      case 5, 10, 12, 16, 17, 18 -> 8;
      default -> 0;
    };
  }

  private ByteBuffer bytes(long at, int length) throws IOException, FormatException {
    if (at < 0 || length < 0 || at > size - length) {
      throw new FormatException(
          FindingCode.FILE_REFUSED, "byte " + at + ": a part of the image lies outside the file");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(order);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {}
    return bytes;
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** Whole numbers of a tag; empty where it is absent. */
  long[] numbers(int tag) throws IOException, FormatException {
    Entry entry = entries.get(tag);
    if (entry == null) {
      return new long[0];
    }
    int width = width(entry.type);
    ByteBuffer bytes = values(entry, tag);
    long[] numbers = new long[(int) entry.count];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (width) {
            case 1 -> bytes.get(i) & 0xff;
            case 2 -> bytes.getShort(2 * i) & 0xffff;
            case 4 -> bytes.getInt(4 * i) & 0xffffffffL;
            default -> bytes.getLong(8 * i);
          };
    }
    return numbers;
  }

  /** One whole number, or another where the tag is absent. */
  long number(int tag, long otherwise) throws IOException, FormatException {
    long[] numbers = numbers(tag);
    return numbers.length == 0 ? otherwise : numbers[0];
  }

  /** Floating-point numbers of a tag; empty where it is absent or of another type. */
  double[] doubles(int tag) throws IOException, FormatException {
    Entry entry = entries.get(tag);
    if (entry == null || entry.type != 12) {
      return new double[0];
    }
    ByteBuffer bytes = values(entry, tag);
    double[] numbers = new double[(int) entry.count];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = bytes.getDouble(8 * i);
    }
    return numbers;
  }

  /** The text of a tag; null where it is absent. */
  @Nullable String text(int tag) throws IOException, FormatException {
    Entry entry = entries.get(tag);
    if (entry == null) {
      return null;
    }
    String text = new String(values(entry, tag).array(), StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  private ByteBuffer values(Entry entry, int tag) throws IOException, FormatException {
    long bytes = entry.count * width(entry.type);
    if (entry.count > MAX_VALUES || bytes > Integer.MAX_VALUE) {
      throw new FormatException(
          FindingCode.FILE_REFUSED, "tag " + tag + ": " + entry.count + " values");
    }
    return bytes(entry.at, (int) bytes);
  }
}
