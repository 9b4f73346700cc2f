package org.tequio.storage.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tequio.storage.BlobStore;

/** Blobs as files {@code ab/cdef…} named after the hash of their content. */
public final class FolderBlobs implements BlobStore {
  private static final String REMOVED = "removed.txt";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Path folder;

  /** The blobs in a folder that is there. */
  public FolderBlobs(Path folder) {
    this.folder = folder;
  }

  @Override
  public String put(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return put(bytes);
    }
  }

  @Override
  public String put(InputStream bytes) throws IOException {
    Path temporary = Files.createTempFile(folder, "incoming-", ".part");
    try {
      MessageDigest digest = DurableFiles.sha256();
      try (OutputStream out = new DigestOutputStream(Files.newOutputStream(temporary), digest)) {
        bytes.transferTo(out);
      }
      String hash = HexFormat.of().formatHex(digest.digest());
      Path place = path(hash);
      if (!Files.exists(place)) {
        DurableFiles.createFolder(DurableFiles.folderOf(place));
        DurableFiles.moveInto(temporary, place);
      }
      return hash;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public InputStream open(String sha256) throws IOException {
    if (!HASH.matcher(sha256).matches()) {
      throw new NoSuchFileException(sha256, null, "not a SHA-256 in 64 hexadecimal digits");
    }
    return Files.newInputStream(path(sha256));
  }

  @Override
  public synchronized void remove(String sha256) throws IOException {
    if (!HASH.matcher(sha256).matches() || !Files.exists(path(sha256))) {
      return;
    }
    // Told first: a file that is missing and not told of is damage.
    Files.writeString(
        folder.resolve(REMOVED),
        sha256 + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
    DurableFiles.syncFolder(folder);
    Files.deleteIfExists(path(sha256));
    DurableFiles.syncFolder(DurableFiles.folderOf(path(sha256)));
  }

  /** How many blobs were removed on purpose and have not been received again. */
  public synchronized long removed() throws IOException {
    Path told = folder.resolve(REMOVED);
    if (!Files.exists(told)) {
      return 0;
    }
    try (Stream<String> hashes = Files.lines(told)) {
      return hashes
          .distinct()
          .filter(hash -> HASH.matcher(hash).matches() && !Files.exists(path(hash)))
          .count();
    }
  }

  // Folder by folder: what is being received meanwhile comes and goes in the folder above.
  @Override
  public Stream<String> list() throws IOException {
    List<String> hashes = new ArrayList<>();
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "[0-9a-f][0-9a-f]")) {
      for (Path part : parts) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(part)) {
          files.forEach(file -> hashes.add(part.getFileName() + "" + file.getFileName()));
        }
      }
    }
    return hashes.stream().filter(hash -> HASH.matcher(hash).matches()).sorted();
  }

  /** Where a blob lies. */
  public Path path(String sha256) {
    return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
  }

  /** Removes what a crash left half written. */
  public void removeLeftovers() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".part")).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
