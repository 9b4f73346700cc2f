package org.tequio.formats.tiles;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is made beside its place under another name, so that nobody takes half of one for a
 * whole.
 *
 * @param place where it belongs
 * @param draft where it is made
 */
record UnfinishedFile(Path place, Path draft) {
  /** Begins one; what an earlier attempt left is removed. */
  static UnfinishedFile at(Path place) throws IOException {
    Path whole = place.toAbsolutePath();
    UnfinishedFile file =
        new UnfinishedFile(whole, whole.resolveSibling(whole.getFileName() + ".part"));
    file.remove();
    return file;
  }

  /** Brings it to the disk and to its place; returns its size. */
  long finish() throws IOException {
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(draft, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return Files.size(place);
  }

  /** Removes it, if it was not finished. */
  void remove() throws IOException {
    Files.deleteIfExists(draft);
  }
}
