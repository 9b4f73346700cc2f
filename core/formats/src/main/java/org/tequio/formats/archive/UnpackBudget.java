package org.tequio.formats.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.tequio.formats.Limits;

/**
 * What is left of an import's allowance for archives, and the scratch folder where entries go under
 * numbers of ours. Not thread-safe.
 */
public final class UnpackBudget {
  private final Path scratch;
  private final Limits limits;
  private long bytes;
  private int entries;
  private int files;

  /** A full allowance. */
  public UnpackBudget(Path scratch, Limits limits) {
    this.scratch = scratch;
    this.limits = limits;
  }

  /** Counts entries before they are unpacked. */
  void takeEntries(long more) throws ArchiveException {
    if (more > limits.archiveEntries() - entries) {
      throw ArchiveException.refused("more than " + limits.archiveEntries() + " entries");
    }
    entries += (int) more;
  }

  /** Refuses sizes that an archive itself announces. */
  void announce(String name, long packed, long unpacked) throws ArchiveException {
    if (unpacked > limits.archiveBytes() - bytes) {
      throw tooMuch();
    }
    checkRatio(name, packed, unpacked);
  }

  /**
   * Copies one entry to a new file.
   *
   * @param packed bytes that it has in the archive
   */
  Path copy(String name, InputStream in, long packed) throws IOException, ArchiveException {
    Path file = scratch.resolve("%07d%s".formatted(++files, extension(name)));
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[1 << 16];
      long size = 0;
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        size += n;
        bytes += n;
        if (bytes > limits.archiveBytes()) {
          throw tooMuch();
        }
        checkRatio(name, packed, size);
        out.write(block, 0, n);
      }
    }
    return file;
  }

  private void checkRatio(String name, long packed, long unpacked) throws ArchiveException {
    if (unpacked > limits.archiveRatioFrom()
        && unpacked / Math.max(1, packed) > limits.archiveRatio()) {
      throw ArchiveException.refused(
          "'"
              + name
              + "' grows to more than "
              + limits.archiveRatio()
              + " times its packed size of "
              + packed
              + " bytes");
    }
  }

  private ArchiveException tooMuch() {
    return ArchiveException.refused("unpacks to more than " + limits.archiveBytes() + " bytes");
  }

  // Some libraries look at the extension; everything else of a name stays out of the file system.
  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return extension.matches("[a-z0-9]{1,10}") ? "." + extension : "";
  }
}
