package org.tequio.storage.geopackage;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Progress;
import org.tequio.storage.AuditLog;
import org.tequio.storage.BlobStore;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.Revision;
import org.tequio.storage.StagedLayer;

/**
 * A city in one folder: {@code city.gpkg}, {@code blobs/} and {@code audit/}. GIS tools may read
 * and edit {@code city.gpkg} while it is open here; their edits become revisions by {@value
 * Revision#OUTSIDE} when the store next looks. A second Tequio process is kept out.
 */
public final class GeoPackageCityStore implements CityStore {
  private static final List<String> RESERVED = List.of("tq_", "gpkg_", "rtree_", "sqlite_");

  private final CityFolder folder;
  private final Clock clock;
  private final Closeable lock;
  private final ChainedAuditLog audit;
  private final FolderBlobs blobs;
  private final Catalog.Known known = new Catalog.Known();
  private final Writer writer;
  private final Readers readers;
  private final TableFeatures features;
  private final ModuleTables database;
  private final Queue<String> adopted = new ConcurrentLinkedQueue<>();
  private boolean closed;

  private GeoPackageCityStore(CityFolder folder, Clock clock, Closeable lock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    this.lock = lock;
    this.audit = ChainedAuditLog.open(folder.auditLog(), clock);
    this.blobs = new FolderBlobs(folder.blobs());
    this.writer = new Writer(folder::openToWrite, this::adopt, this::committed);
    this.readers = new Readers(folder::openToRead);
    this.features = new TableFeatures(readers, known, new Catalog(-1, Map.of()), writer::adopt);
    this.database = new ModuleTables(writer, features);
  }

  /**
   * Makes an empty city.
   *
   * @param folder must be empty or not exist
   * @throws StoreFault when there is something in it
   */
  public static GeoPackageCityStore create(Path folder, CitySettings settings) throws IOException {
    return create(folder, settings, Clock.systemUTC());
  }

  /** Makes an empty city whose revisions take their instants from a clock. */
  public static GeoPackageCityStore create(Path folder, CitySettings settings, Clock clock)
      throws IOException {
    CityFolder city = new CityFolder(folder);
    if (Files.exists(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        if (inside.findAny().isPresent()) {
          throw new StoreFault("the folder " + folder + " is not empty");
        }
      }
    }
    DurableFiles.createFolder(city.blobs());
    DurableFiles.createFolder(city.audit());
    try (Connection connection = city.openToWrite()) {
      Sql.run(connection, "BEGIN IMMEDIATE");
      CityTables.create(connection, settings.name(), settings.crs());
      Sql.run(connection, "COMMIT");
    } catch (SQLException e) {
      throw StoreFault.of(e);
    }
    DurableFiles.syncFolder(folder);
    return open(folder, clock);
  }

  /**
   * Opens a city.
   *
   * @throws StoreFault when the folder is no city, is damaged, or another Tequio process has it
   */
  public static GeoPackageCityStore open(Path folder) throws IOException {
    return open(folder, Clock.systemUTC());
  }

  /** Opens a city whose revisions take their instants from a clock. */
  public static GeoPackageCityStore open(Path folder, Clock clock) throws IOException {
    CityFolder city = new CityFolder(folder);
    city.check();
    DurableFiles.createFolder(city.blobs());
    DurableFiles.createFolder(city.audit());
    Closeable lock = city.lockOut();
    try {
      GeoPackageCityStore store = new GeoPackageCityStore(city, clock, lock);
      try {
        store.start();
        return store;
      } catch (IOException | RuntimeException | Error e) {
        store.release();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private void start() throws IOException {
    blobs.removeLeftovers();
    writer.alone(
        connection -> {
          checkIdentity(connection);
          return true;
        });
    writer.adopt();
    List<Long> staged = new ArrayList<>();
    writer.transaction(
        connection -> {
          Sql.each(
              connection,
              row -> staged.add(row.getLong(1)),
              "SELECT id FROM tq_generation WHERE published = 0");
          for (long id : staged) {
            LayerTables.drop(connection, id);
          }
          return true;
        });
    writeAdoptions();
  }

  private void checkIdentity(Connection connection) throws SQLException {
    if (Sql.number(connection, "PRAGMA application_id") != CityTables.APPLICATION_ID
        || !Sql.hasTable(connection, "tq_city")) {
      throw new StoreFault(
          folder.file() + " is not the file of a city: the tables of Tequio are missing");
    }
    long format = Sql.number(connection, "SELECT format FROM tq_city");
    if (format != CityTables.FORMAT) {
      throw new StoreFault(
          folder.file()
              + " has format "
              + format
              + ", but this Tequio reads format "
              + CityTables.FORMAT);
    }
  }

  /** The city's name and CRS. */
  public CitySettings settings() {
    return database.read(
        connection ->
            Sql.first(
                    connection,
                    row -> new CitySettings(row.getString(1), new Crs(row.getInt(2))),
                    "SELECT name, epsg FROM tq_city")
                .orElseThrow(() -> new StoreFault("city.gpkg: tq_city is empty")));
  }

  @Override
  public FeatureStore features() {
    return features;
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public BlobStore blobs() {
    return blobs;
  }

  @Override
  public AuditLog audit() {
    return audit;
  }

  @Override
  public StagedLayer stage(LayerId layer, LayerSchema schema, Crs crs) {
    if (RESERVED.stream().anyMatch(layer.value()::startsWith)) {
      throw new IllegalArgumentException("a layer's id must not begin as '" + layer + "' does");
    }
    Generation generation =
        writer.transaction(
            connection -> {
              Generation created = Catalog.writeGeneration(connection, layer, schema, crs);
              LayerTables.create(connection, created);
              return created;
            });
    return new StagedGeneration(writer, generation);
  }

  @Override
  public Revision revise(Revision.Note note, Work work) {
    return change(note, work::in);
  }

  /** What happens inside a revision, by those who know the transaction. */
  @FunctionalInterface
  private interface Inside {
    void in(RevisionTransaction transaction) throws Exception;
  }

  private Revision change(Revision.Note note, Inside work) {
    record Done(RevisionTransaction transaction, Revision revision) {}
    Done done =
        writer.write(
            connection -> {
              RevisionTransaction transaction =
                  RevisionTransaction.begin(
                      connection, known, features.catalogOf(connection), note, clock.millis());
              work.in(transaction);
              transaction.end();
              Revision revision =
                  Sql.first(
                          connection,
                          TableFeatures::revisionOf,
                          "SELECT number, instant, author, source, message FROM tq_revision"
                              + " WHERE number = ?",
                          transaction.revision())
                      .orElseThrow();
              return new Done(transaction, revision);
            });
    done.transaction.confirm();
    writeAdoptions();
    return done.revision;
  }

  @Override
  public Revision undo(long revision, Revision.Note note) {
    return change(note, transaction -> transaction.undo(revision));
  }

  // Inside a transaction on the writing connection, when triggers began a revision.
  private boolean adopt(Connection connection) throws SQLException {
    long number = Sql.number(connection, "SELECT COALESCE(revision, 0) FROM tq_writer");
    if (number == 0) {
      return false;
    }
    RevisionTransaction transaction =
        RevisionTransaction.adopt(connection, known, features.catalogOf(connection), number);
    transaction.end();
    StringBuilder message = new StringBuilder();
    for (LayerId layer : transaction.touched()) {
      message.append(message.isEmpty() ? "" : ", ").append(layer);
    }
    Sql.update(
        connection,
        "UPDATE tq_revision SET open = 0, message = ? WHERE number = ?",
        message.toString(),
        number);
    adopted.add("revision " + number + ", layers " + message);
    return true;
  }

  private void writeAdoptions() {
    for (String detail = adopted.poll(); detail != null; detail = adopted.poll()) {
      audit.append(Revision.OUTSIDE, "edit", detail);
    }
  }

  private void committed(Connection connection) {}

  @Override
  public List<String> verify(Progress progress) throws IOException {
    return List.of();
  }

  @Override
  public String backup(Path file, Progress progress) throws IOException {
    return "";
  }

  @Override
  public String contentHash() {
    return "";
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      writeAdoptions();
      release();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void release() throws IOException {
    readers.close();
    writer.close();
    audit.close();
    lock.close();
  }
}
