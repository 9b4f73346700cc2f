package org.tequio.storage.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files and folders that survive a power cut once they are there. */
public final class DurableFiles {
  private DurableFiles() {}

  /** Puts a finished file in its place at one stroke, replacing what was there. */
  public static void moveInto(Path finished, Path place) throws IOException {
    sync(finished);
    Files.move(
        finished, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(folderOf(place));
  }

  /** Writes a small file at one stroke. */
  public static void write(Path place, byte[] bytes) throws IOException {
    Path temporary = place.resolveSibling(place.getFileName() + ".new");
    Files.write(temporary, bytes);
    moveInto(temporary, place);
  }

  /** Makes a folder and those above it, durably. */
  public static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folderOf(folder);
      createFolder(parent);
      Files.createDirectories(folder);
      syncFolder(parent);
    }
  }

  /** The bytes of a file are on disk when this returns. */
  public static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** The names in a folder are on disk when this returns. */
  public static void syncFolder(Path folder) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return; // Windows keeps names in its journal and cannot open folders.
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The folder that a file or folder is in. */
  public static Path folderOf(Path place) {
    Path parent = place.toAbsolutePath().getParent();
    return parent == null ? place : parent;
  }

  /** Removes a folder with all that is in it, where it is there. */
  public static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.sorted(Comparator.reverseOrder()).forEach(paths::add);
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  /** A digest of SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
