package org.tequio.storage.sql;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.CityLocked;

/** Where what is kept beside a database lies in a city's folder. */
public record CityFiles(Path root) {
  /** Blobs, each under its hash. */
  public Path blobs() {
    return root.resolve("blobs");
  }

  /** The audit log and what seals it. */
  public Path audit() {
    return root.resolve("audit");
  }

  /** The audit log. */
  public Path auditLog() {
    return audit().resolve("log.jsonl");
  }

  private Path lock() {
    return root.resolve("city.lock");
  }

  /** Makes the folders that are not there. */
  public void create() throws IOException {
    DurableFiles.createFolder(blobs());
    DurableFiles.createFolder(audit());
  }

  /** Keeps other processes from opening the city; released by closing it. */
  public Closeable lockOut() throws IOException {
    FileChannel channel =
        FileChannel.open(lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      throw new CityLocked(
          "the city in "
              + root
              + " is open in another Tequio process; stop that one, or ask it instead");
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException thisSameProcess) {
      return null;
    }
  }
}
