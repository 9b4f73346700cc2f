package org.tequio.formats.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/** Unpacks one archive into the scratch folder. */
public final class Unpacker {
  private Unpacker() {}

  /**
   * A file out of an archive.
   *
   * @param name its path inside, with forward slashes and without characters that no screen shows
   */
  public record Unpacked(String name, Path path) {}

  /**
   * Unpacks a ZIP, or refuses all of it.
   *
   * @throws ArchiveException when it is broken, breaks a limit or tries to do harm
   */
  public static List<Unpacked> zip(Path archive, UnpackBudget budget)
      throws IOException, ArchiveException {
    try (FileChannel file = FileChannel.open(archive, StandardOpenOption.READ)) {
      List<ZipEntryRecord> entries = ZipDirectory.read(file, budget);
      List<Located> located = check(file, entries, budget);
      List<Unpacked> unpacked = new ArrayList<>();
      for (Located entry : located) {
        unpacked.add(unpack(file, entry, budget));
      }
      return unpacked;
    }
  }

  /** Unpacks a single compressed file; its name is the archive's without {@code .gz}. */
  public static Unpacked gzip(Path archive, String fileName, UnpackBudget budget)
      throws IOException, ArchiveException {
    budget.takeEntries(1);
    String name = fileName.replaceFirst("(?i)\\.gz$", "");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
      return new Unpacked(name, budget.copy(name, in, Files.size(archive)));
    } catch (ZipException | java.io.EOFException e) {
      throw ArchiveException.damaged("the compressed data is broken: " + e.getMessage());
    }
  }

  private static List<Located> check(
      FileChannel file, List<ZipEntryRecord> entries, UnpackBudget budget)
      throws IOException, ArchiveException {
    List<Located> located = new ArrayList<>();
    for (ZipEntryRecord entry : entries) {
      String danger = entry.danger();
      if (!danger.isEmpty()) {
        throw ArchiveException.refused("the entry '" + shown(entry.name()) + "' has " + danger);
      }
      if (entry.isFolder()) {
        continue;
      }
      if (entry.isEncrypted()) {
        throw ArchiveException.refused("the entry '" + shown(entry.name()) + "' is encrypted");
      }
      if (!entry.isReadable()) {
        throw ArchiveException.refused(
            "the entry '"
                + shown(entry.name())
                + "' is packed by method "
                + entry.method()
                + "; pack it again as an ordinary ZIP");
      }
      budget.announce(shown(entry.name()), entry.packed(), entry.unpacked());
      located.add(new Located(entry, ZipDirectory.dataOffset(file, entry)));
    }
    List<Located> byPlace = new ArrayList<>(located);
    byPlace.sort(Comparator.comparingLong(one -> one.entry.offset()));
    for (int i = 1; i < byPlace.size(); i++) {
      Located before = byPlace.get(i - 1);
      if (before.data + before.entry.packed() > byPlace.get(i).entry.offset()) {
        throw ArchiveException.refused(
            "the entries '"
                + shown(before.entry.name())
                + "' and '"
                + shown(byPlace.get(i).entry.name())
                + "' overlap");
      }
    }
    return located;
  }

  private static Unpacked unpack(FileChannel file, Located entry, UnpackBudget budget)
      throws IOException, ArchiveException {
    String name = shown(entry.entry.name());
    InputStream raw = new Stretch(file, entry.data, entry.entry.packed());
    Inflater inflater = new Inflater(true);
    try {
      InputStream in =
          entry.entry.method() == ZipEntry.DEFLATED
              ? new InflaterInputStream(raw, inflater, 1 << 16)
              : raw;
      return new Unpacked(name, budget.copy(name, in, entry.entry.packed()));
    } catch (ZipException | java.io.EOFException e) {
      throw ArchiveException.damaged("'" + name + "' is broken: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  // Control characters and marks that turn the direction of writing would only deceive a reader.
  private static String shown(String name) {
    return name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "\ufffd");
  }

  private record Located(ZipEntryRecord entry, long data) {}

  /** Some bytes of a file. */
  private static final class Stretch extends FilterInputStream {
    private long left;

    Stretch(FileChannel file, long at, long length) throws IOException {
      super(Channels.newInputStream(file.position(at)));
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int at, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int n = in.read(bytes, at, (int) Math.min(length, left));
      left -= Math.max(0, n);
      return n;
    }
  }
}
