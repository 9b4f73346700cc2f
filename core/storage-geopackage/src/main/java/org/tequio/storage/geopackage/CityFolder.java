package org.tequio.storage.geopackage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** Where the parts of a city lie in its folder, and how its file is opened. */
record CityFolder(Path root) {
  private static final int MILLIS_TO_WAIT_FOR_OTHER_PROGRAMS = 10_000;

  Path file() {
    return root.resolve("city.gpkg");
  }

  Path wal() {
    return root.resolve("city.gpkg-wal");
  }

  Path walIndex() {
    return root.resolve("city.gpkg-shm");
  }

  Path blobs() {
    return root.resolve("blobs");
  }

  Path audit() {
    return root.resolve("audit");
  }

  Path auditLog() {
    return audit().resolve("log.jsonl");
  }

  Path seal() {
    return audit().resolve("seal");
  }

  private Path lock() {
    return root.resolve("city.lock");
  }

  /**
   * Refuses a folder that is no city.
   *
   * @throws StoreFault saying what was found instead
   */
  void check() {
    if (!Files.isDirectory(root)) {
      throw new StoreFault("there is no city in " + root + ": no such folder");
    }
    if (!Files.isRegularFile(file())) {
      throw new StoreFault("there is no city in " + root + ": it has no city.gpkg");
    }
  }

  /** Keeps other processes from opening the city; released by closing it. */
  Closeable lockOut() throws IOException {
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

  /** A connection that may write. */
  Connection openToWrite() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setGetGeneratedKeys(false);
    config.setBusyTimeout(MILLIS_TO_WAIT_FOR_OTHER_PROGRAMS);
    Connection connection = config.createConnection("jdbc:sqlite:" + file().toAbsolutePath());
    try (Statement pragma = connection.createStatement()) {
      pragma.execute("PRAGMA wal_autocheckpoint = 0");
      pragma.execute("PRAGMA cache_size = -65536");
      GeometryFunctions.register(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /** A connection that only reads the city's file. */
  Connection openToRead() throws SQLException {
    return openToRead(file());
  }

  /** A connection that reads, and may write a copy elsewhere. */
  Connection openToCopy() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(MILLIS_TO_WAIT_FOR_OTHER_PROGRAMS);
    return config.createConnection("jdbc:sqlite:" + file().toAbsolutePath());
  }

  /** A connection that only reads a file of this kind. */
  static Connection openToRead(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(MILLIS_TO_WAIT_FOR_OTHER_PROGRAMS);
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    try (Statement pragma = connection.createStatement()) {
      pragma.execute("PRAGMA query_only = 1");
      pragma.execute("PRAGMA cache_size = -8192");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }
}
