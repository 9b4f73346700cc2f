package org.tequio.formats.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tequio.formats.text.EncodingDetector;
import org.tequio.formats.text.TextEncoding;

/**
 * Reads a ZIP's central directory. Our own, because the JDK's does not tell file types, encrypted
 * entries apart, nor names in DOS code pages.
 */
final class ZipDirectory {
  private static final int END_SIZE = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_LOCATOR = 0x07064b50;
  private static final int ENTRY = 0x02014b50;
  private static final int LOCAL = 0x04034b50;
  private static final int UTF8_FLAG = 0x800;
  private static final int UNIX = 3;
  private static final int MAC = 19;
  private static final long MAX_DIRECTORY = 256L << 20;

  private ZipDirectory() {}

  /** All entries, after the count was taken from the allowance. */
  static List<ZipEntryRecord> read(FileChannel file, UnpackBudget budget)
      throws IOException, ArchiveException {
    End end = end(file);
    if (end.size > MAX_DIRECTORY) {
      throw ArchiveException.refused("a directory of " + end.size + " bytes");
    }
    if (end.count < 0) {
      throw ArchiveException.damaged("the directory says " + end.count + " entries");
    }
    budget.takeEntries(end.count);
    if (end.offset < 0 || end.size < 0 || end.offset > file.size() - end.size) {
      throw ArchiveException.damaged("the directory lies outside the file");
    }
    ByteBuffer bytes = read(file, end.offset, (int) end.size);
    List<Raw> raws = new ArrayList<>();
    EncodingDetector detector = new EncodingDetector();
    while (bytes.remaining() >= 46 && bytes.getInt(bytes.position()) == ENTRY) {
      Raw raw = Raw.read(bytes);
      if (raws.size() == end.count) {
        throw ArchiveException.damaged("the directory has more entries than it says");
      }
      raws.add(raw);
      if ((raw.flags & UTF8_FLAG) == 0) {
        detector.feed(raw.name, 0, raw.name.length).endOfText();
      }
    }
    if (raws.size() < end.count) {
      throw ArchiveException.damaged(
          "the directory says " + end.count + " entries and has " + raws.size());
    }
    Charset charset = charset(detector);
    return raws.stream().map(raw -> raw.entry(charset)).toList();
  }

  /** Where the bytes of an entry begin. */
  static long dataOffset(FileChannel file, ZipEntryRecord entry)
      throws IOException, ArchiveException {
    if (entry.offset() < 0 || entry.offset() > file.size() - 30) {
      throw ArchiveException.damaged("'" + entry.name() + "' lies outside the file");
    }
    ByteBuffer header = read(file, entry.offset(), 30);
    if (header.getInt(0) != LOCAL) {
      throw ArchiveException.damaged("'" + entry.name() + "' does not begin as an entry does");
    }
    long data =
        entry.offset() + 30 + (header.getShort(26) & 0xffff) + (header.getShort(28) & 0xffff);
    if (entry.packed() < 0 || entry.packed() > file.size() - data) {
      throw ArchiveException.damaged("'" + entry.name() + "' is cut off");
    }
    return data;
  }

  // PKWARE's rule is CP437; in practice it is whatever the writer's desktop used.
  private static Charset charset(EncodingDetector detector) {
    return detector.highBytes() == 0 ? TextEncoding.CP437 : detector.detect().charset();
  }

  private static End end(FileChannel file) throws IOException, ArchiveException {
    int tail = (int) Math.min(file.size(), END_SIZE + MAX_COMMENT);
    ByteBuffer bytes = read(file, file.size() - tail, tail);
    for (int i = tail - END_SIZE; i >= 0; i--) {
      if (bytes.getInt(i) == END) {
        long at = file.size() - tail + i;
        long count = bytes.getShort(i + 10) & 0xffff;
        long size = bytes.getInt(i + 12) & 0xffffffffL;
        long offset = bytes.getInt(i + 16) & 0xffffffffL;
        boolean big = count == 0xffff || size == 0xffffffffL || offset == 0xffffffffL;
        return big ? end64(file, at, new End(count, size, offset)) : new End(count, size, offset);
      }
    }
    throw ArchiveException.damaged("no directory at the end: not a ZIP, or cut off");
  }

  private static End end64(FileChannel file, long endAt, End small) throws IOException {
    if (endAt < 20) {
      return small;
    }
    ByteBuffer locator = read(file, endAt - 20, 20);
    long at = locator.getLong(8);
    if (locator.getInt(0) != END_64_LOCATOR || at < 0 || at > file.size() - 56) {
      return small;
    }
    ByteBuffer end = read(file, at, 56);
    return end.getInt(0) == END_64
        ? new End(end.getLong(32), end.getLong(40), end.getLong(48))
        : small;
  }

  private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        break;
      }
    }
    return bytes.flip();
  }

  private record End(long count, long size, long offset) {}

  /** An entry before its name is decoded. */
  private record Raw(
      byte[] name, int method, int flags, long packed, long unpacked, long offset, int mode) {

    static Raw read(ByteBuffer bytes) throws ArchiveException {
      int at = bytes.position();
      int nameLength = bytes.getShort(at + 28) & 0xffff;
      int extraLength = bytes.getShort(at + 30) & 0xffff;
      int commentLength = bytes.getShort(at + 32) & 0xffff;
      int length = 46 + nameLength + extraLength + commentLength;
      if (bytes.remaining() < length) {
        throw ArchiveException.damaged("the directory is cut off");
      }
      byte[] name = new byte[nameLength];
      bytes.get(at + 46, name);
      long[] sizes = {
        bytes.getInt(at + 24) & 0xffffffffL,
        bytes.getInt(at + 20) & 0xffffffffL,
        bytes.getInt(at + 42) & 0xffffffffL
      };
      ByteBuffer extra =
          bytes.slice(at + 46 + nameLength, extraLength).order(ByteOrder.LITTLE_ENDIAN);
      boolean unicodeName = false;
      while (extra.remaining() >= 4) {
        int id = extra.getShort() & 0xffff;
        int size = Math.min(extra.getShort() & 0xffff, extra.remaining());
        ByteBuffer field = extra.slice(extra.position(), size).order(ByteOrder.LITTLE_ENDIAN);
        extra.position(extra.position() + size);
        if (id == 1) {
          for (int i = 0; i < 3; i++) {
            if (sizes[i] == 0xffffffffL && field.remaining() >= 8) {
              sizes[i] = field.getLong();
            }
          }
        } else if (id == 0x7075 && size > 5) {
          name = new byte[size - 5];
          field.get(5, name);
          unicodeName = true;
        }
      }
      int system = bytes.get(at + 5) & 0xff;
      int mode = system == UNIX || system == MAC ? bytes.getShort(at + 40) & 0xffff : 0;
      int flags = (bytes.getShort(at + 8) & 0xffff) | (unicodeName ? UTF8_FLAG : 0);
      int method = bytes.getShort(at + 10) & 0xffff;
      bytes.position(at + length);
      return new Raw(name, method, flags, sizes[1], sizes[0], sizes[2], mode);
    }

    ZipEntryRecord entry(Charset charset) {
      Charset of = (flags & UTF8_FLAG) != 0 ? StandardCharsets.UTF_8 : charset;
      return new ZipEntryRecord(
          new String(name, of), method, flags, packed, unpacked, offset, mode);
    }
  }
}
