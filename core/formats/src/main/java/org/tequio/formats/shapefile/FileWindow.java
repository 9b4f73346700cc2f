package org.tequio.formats.shapefile;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A window of bytes that moves over a file, mostly forward. Not a memory map: a file that shrinks
 * under us is then an exception and not the end of the process.
 */
final class FileWindow implements Closeable {
  private static final int WINDOW = 1 << 20;

  private final FileChannel channel;
  private final long size;
  private byte[] bytes = new byte[WINDOW];
  private long start;
  private int filled;

  FileWindow(Path file) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.size = channel.size();
  }

  /** Bytes of the file. */
  long size() {
    return size;
  }

  /** The array that {@link #at} points into; another one after each call. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Brings a stretch of the file into the window and says where in {@link #bytes()} it begins.
   *
   * @throws EOFException where the file does not reach so far
   */
  int at(long position, int length) throws IOException {
    if (position >= start && position + length <= start + filled) {
      return (int) (position - start);
    }
    if (position < 0 || position + length > size) {
      throw new EOFException("byte " + position + ": wanted " + length + " bytes of " + size);
    }
    if (length > bytes.length) {
      bytes = new byte[Math.max(length, (int) Math.min(2L * length, size))];
    }
    start = position;
    filled = 0;
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (filled < length) {
      int n = channel.read(buffer, start + filled);
      if (n < 0) {
        throw new EOFException("byte " + (start + filled) + ": the file became shorter");
      }
      filled += n;
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
