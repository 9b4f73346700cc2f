package org.tequio.formats.archive;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.Imprint;

/**
 * Writes a ZIP whose bytes follow from what is put in: its entries bear the time of the content,
 * not that of the packing. Not thread-safe.
 */
public final class Packer implements Closeable {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final LocalDateTime time;

  /**
   * Begins.
   *
   * @param out is closed with the packer
   * @param time of the content; null where it is not known
   */
  public Packer(OutputStream out, @Nullable Instant time) {
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    this.time = time == null ? NO_TIME : LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  /** An entry of the bytes of a file. */
  public void add(String entry, Path from) throws IOException {
    begin(entry);
    Files.copy(from, zip);
    zip.closeEntry();
  }

  /** An entry of a text. */
  public void add(String entry, String text) throws IOException {
    begin(entry);
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  /**
   * The entries that say what the others are: a text for people and the record in ISO 19139.
   *
   * @param name what they are named after
   * @param remarks what else should be said of this file
   */
  public void describe(String name, Imprint imprint, List<String> remarks) throws IOException {
    StringBuilder text = new StringBuilder(imprint.text());
    remarks.forEach(remark -> text.append(remark).append('\n'));
    if (!text.isEmpty()) {
      add(name + "_LEEME_README.txt", text.toString());
    }
    if (!imprint.metadata().isEmpty()) {
      add(name + "_metadata.xml", imprint.metadata());
    }
  }

  /** A stream into the last entry; closing it ends the ZIP. */
  public OutputStream last(String entry) throws IOException {
    begin(entry);
    return new FilterOutputStream(zip) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }
    };
  }

  private void begin(String entry) throws IOException {
    ZipEntry next = new ZipEntry(entry);
    next.setTimeLocal(time);
    zip.putNextEntry(next);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
