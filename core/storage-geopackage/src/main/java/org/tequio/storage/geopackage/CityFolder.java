package org.tequio.storage.geopackage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.tequio.storage.StoreFault;
import org.tequio.storage.sql.CityFiles;

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

  Path seal() {
    return files().audit().resolve("seal");
  }

  /** What is beside the database. */
  CityFiles files() {
    return new CityFiles(root);
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
