package org.tequio.procedure.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.LayerDictionary;

/**
 * A pack as its files were on a day, with those below it, so that what was answered by it can be
 * answered again: a ZIP with one numbered folder a pack, the lowest first. The same files make the
 * same bytes.
 */
final class PackCopy {
  private static final LocalDateTime ONE_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private PackCopy() {}

  /** Copies the files of packs, of which each is laid over the one before. */
  static byte[] of(List<Path> chain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 17);
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < chain.size(); i++) {
        Path folder = chain.get(i);
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
          files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
          ZipEntry entry =
              new ZipEntry(i + "/" + folder.relativize(file).toString().replace('\\', '/'));
          entry.setTimeLocal(ONE_TIME);
          zip.putNextEntry(entry);
          Files.copy(file, zip);
        }
      }
    }
    return bytes.toByteArray();
  }

  /** Reads it again. */
  static ReadPack read(byte[] copy, LayerDictionary dictionary) throws IOException {
    Path file = Files.createTempFile("pack", ".zip");
    try {
      Files.write(file, copy);
      try (FileSystem zip = FileSystems.newFileSystem(file)) {
        @Nullable ReadPack below = null;
        for (int i = 0; Files.isDirectory(zip.getPath("/" + i)); i++) {
          below = PackReader.read(zip.getPath("/" + i), dictionary, below);
        }
        if (below == null) {
          throw new IOException("no pack in the copy");
        }
        return below;
      }
    } finally {
      Files.delete(file);
    }
  }
}
