package org.tequio.formats.shapefile;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The long texts beside a dBase table: {@code .dbt} of dBase III and IV, {@code .fpt} of FoxPro.
 */
final class DbfMemo implements Closeable {
  private static final int BLOCK = 512;
  private static final int DBASE_4_MARK = 0x0008ffff;
  private static final byte END = 0x1a;

  private final FileWindow file;
  private final Charset charset;
  private final int maxBytes;
  private final boolean foxPro;
  private final int blockSize;

  private DbfMemo(FileWindow file, Charset charset, int maxBytes, boolean foxPro, int blockSize) {
    this.file = file;
    this.charset = charset;
    this.maxBytes = maxBytes;
    this.foxPro = foxPro;
    this.blockSize = blockSize;
  }

  static DbfMemo open(Path path, Charset charset, int maxBytes) throws IOException {
    FileWindow file = new FileWindow(path);
    boolean foxPro = path.toString().toLowerCase(java.util.Locale.ROOT).endsWith(".fpt");
    int size = BLOCK;
    if (file.size() >= 24) {
      int at = file.at(0, 24);
      byte[] bytes = file.bytes();
      size =
          foxPro
              ? (bytes[at + 6] & 0xff) << 8 | bytes[at + 7] & 0xff
              : DbfHeader.int16(bytes, at + 20);
    }
    return new DbfMemo(file, charset, maxBytes, foxPro, size == 0 ? BLOCK : size);
  }

  /** The text that a cell points at; null where the cell is empty or points nowhere. */
  @Nullable String text(byte[] cell, int cellAt, int width) throws IOException {
    long block = block(cell, cellAt, width);
    long position = block * blockSize;
    if (block <= 0 || position + 8 > file.size()) {
      return null;
    }
    int at = file.at(position, 8);
    byte[] bytes = file.bytes();
    long length;
    long start = position + 8;
    if (foxPro) {
      length = Integer.reverseBytes(DbfHeader.int32(bytes, at + 4)) & 0xffffffffL;
    } else if (DbfHeader.int32(bytes, at) == DBASE_4_MARK) {
      length = (DbfHeader.int32(bytes, at + 4) & 0xffffffffL) - 8;
    } else {
      start = position;
      length = untilEnd(position);
    }
    int take = (int) Math.min(Math.min(length, maxBytes), file.size() - start);
    if (take <= 0) {
      return null;
    }
    int textAt = file.at(start, take);
    return new String(file.bytes(), textAt, take, charset);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private long untilEnd(long position) throws IOException {
    int most = (int) Math.min(maxBytes, file.size() - position);
    for (int seen = 0; seen < most; seen += BLOCK) {
      int n = Math.min(BLOCK, most - seen);
      int at = file.at(position + seen, n);
      byte[] bytes = file.bytes();
      for (int i = 0; i < n; i++) {
        if (bytes[at + i] == END) {
          return seen + i;
        }
      }
    }
    return most;
  }

  private static long block(byte[] cell, int at, int width) {
    if (width == 4) {
      return DbfHeader.int32(cell, at) & 0xffffffffL;
    }
    String digits = new String(cell, at, width, StandardCharsets.ISO_8859_1).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
