package org.tequio.demo.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** ZIP files whose entries all bear the same date. */
public final class Archive {
  private static final LocalDateTime PACKED = LocalDateTime.of(2025, 1, 15, 9, 0);

  private Archive() {}

  /** Packs a folder's files, in the order of their names, and removes the folder. */
  public static void pack(Path folder, Path zip) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    try (ZipOutputStream out = open(zip)) {
      for (Path file : files) {
        entry(out, folder.relativize(file).toString().replace('\\', '/'));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  static ZipOutputStream open(Path zip) throws IOException {
    Files.createDirectories(zip.toAbsolutePath().getParent());
    OutputStream file = Files.newOutputStream(zip);
    return new ZipOutputStream(file, StandardCharsets.UTF_8);
  }

  static void entry(ZipOutputStream out, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(PACKED);
    out.putNextEntry(entry);
  }
}
