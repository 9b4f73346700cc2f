package org.tequio.formats.xml;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.tequio.formats.Limits;

/**
 * Counts what comes out of a compressed entry and stops at the limits of size and ratio, whatever
 * the archive's own tables say. Not thread-safe.
 */
public final class InflationGuard extends FilterInputStream {
  private static final long FREE = 1 << 20;

  private final long packed;
  private final Limits limits;
  private long count;

  private final Closeable owner;

  /**
   * Guards one stream.
   *
   * @param packed bytes that it has in the archive
   * @param owner closed with the stream
   */
  public InflationGuard(InputStream in, long packed, Limits limits, Closeable owner) {
    super(in);
    this.packed = Math.max(1, packed);
    this.limits = limits;
    this.owner = owner;
  }

  /** Opens one entry of an archive; closing the stream closes the archive. */
  public static InflationGuard open(Path archive, String entry, Limits limits) throws IOException {
    ZipFile zip = new ZipFile(archive.toFile());
    try {
      ZipEntry found = zip.getEntry(entry);
      if (found == null) {
        throw new IOException("no entry " + entry + " in the archive");
      }
      return new InflationGuard(zip.getInputStream(found), found.getCompressedSize(), limits, zip);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (owner) {
      super.close();
    }
  }

  /** Bytes that came out so far. */
  public long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      counted(1);
    }
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = super.read(bytes, offset, length);
    if (n > 0) {
      counted(n);
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    byte[] block = new byte[(int) Math.min(8192, Math.max(1, n))];
    int read = read(block, 0, block.length);
    return Math.max(0, read);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void counted(int n) throws IOException {
    count += n;
    if (count > limits.archiveBytes()) {
      throw new LimitExceededException("unpacks to more than " + limits.archiveBytes() + " bytes");
    }
    if (count > FREE && count / packed > limits.archiveRatio()) {
      throw new LimitExceededException(
          "unpacks to more than " + limits.archiveRatio() + " times its size");
    }
  }
}
