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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Progress;
import org.tequio.storage.AsOf;
import org.tequio.storage.AuditLog;
import org.tequio.storage.BlobStore;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.Revision;
import org.tequio.storage.Sql;
import org.tequio.storage.StagedLayer;

/**
 * A city in one folder: {@code city.gpkg}, {@code blobs/} and {@code audit/}. GIS tools may read
 * and edit {@code city.gpkg} while it is open here; their edits become revisions by {@value
 * Revision#OUTSIDE} when the store next looks. A second Tequio process is kept out.
 */
public final class GeoPackageCityStore implements CityStore {
  private static final List<String> RESERVED = List.of("tq_", "gpkg_", "rtree_", "sqlite_");

  private static final long NANOS_BETWEEN_SEALS = 30_000_000_000L;

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
  private final WaitingVersions waiting;
  private final Queue<String> adopted = new ConcurrentLinkedQueue<>();
  private final PageLedger pages;
  private volatile Optional<String> checkpointFault = Optional.empty();
  private volatile Optional<String> sealFault = Optional.empty();
  private long blobsSealed;
  private long sealedAt = System.nanoTime();
  private boolean closed;

  private GeoPackageCityStore(CityFolder folder, Clock clock, Closeable lock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    this.lock = lock;
    this.audit = ChainedAuditLog.open(folder.auditLog(), clock);
    this.pages = new PageLedger(folder);
    this.blobs = new FolderBlobs(folder.blobs());
    this.writer = new Writer(folder::openToWrite, this::adopt, this::committed);
    this.readers = new Readers(folder::openToRead);
    this.features = new TableFeatures(readers, known, new Catalog(-1, Map.of()), writer::adopt);
    this.database = new ModuleTables(writer, features);
    this.waiting = new WaitingVersions(writer, known);
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
      Sqlite.begin(connection);
      CityTables.create(connection, settings.name(), settings.crs());
      Sqlite.commit(connection);
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
    boolean writtenByOthers = readSeal();
    writer.alone(
        connection -> {
          checkIdentity(connection);
          return true;
        });
    writer.adopt();
    if (writtenByOthers || !adopted.isEmpty()) {
      pages.forget();
    }
    writer.alone(
        connection -> {
          // Brings what a crash left in the log into the file, and knows every page from here on.
          pages.checkpoint(connection, "TRUNCATE");
          return true;
        });
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

  // True where another program wrote the file since it was sealed.
  private boolean readSeal() throws IOException {
    if (!Files.exists(folder.seal())) {
      return false;
    }
    Seal seal;
    try {
      seal = Seal.read(folder.seal());
    } catch (StoreFault changed) {
      sealFault = Optional.ofNullable(changed.getMessage());
      return false;
    }
    pages.trust(seal);
    blobsSealed = seal.blobs();
    audit.compare(seal.audit());
    return PageLedger.wasWrittenSince(folder, seal);
  }

  private void checkIdentity(Connection connection) throws SQLException {
    if (Sql.number(connection, "PRAGMA application_id") != CityTables.APPLICATION_ID
        || !Sqlite.hasTable(connection, "tq_city")) {
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
  public AsOf.Waiting keep(StagedLayer staged) {
    if (!(staged instanceof StagedGeneration load) || !load.isPublishable()) {
      throw new IllegalStateException(
          "layer " + staged.layer() + " is not ready: finish it, and keep it once");
    }
    AsOf.Waiting version = waiting.keep(load);
    load.markTaken();
    return version;
  }

  @Override
  public void renumber(AsOf.Waiting version, Map<FeatureId, FeatureId> ids) {
    waiting.renumber(version, ids);
  }

  @Override
  public List<AsOf.Waiting> listWaiting() {
    return database.read(WaitingVersions::list);
  }

  @Override
  public void drop(AsOf.Waiting version) {
    waiting.drop(version);
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
    if (done.transaction.hasPublished() && System.nanoTime() - sealedAt > NANOS_BETWEEN_SEALS) {
      seal("PASSIVE");
    }
    return done.revision;
  }

  @Override
  public void scrub() {
    // Pages keep scraps of rows that once stood in them, whatever is overwritten now: the file is
    // written anew.
    writer.alone(
        connection -> {
          Sql.run(connection, "VACUUM");
          return true;
        });
    seal("TRUNCATE");
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
    transaction.cleanIndexes();
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

  // With the lock held, after a durable commit: what fails here is not the commit's fault, and is
  // told by verify.
  private void committed(Connection connection) {
    try {
      features.remember(connection);
      pages.checkpointIfLong(connection);
      checkpointFault = Optional.empty();
    } catch (SQLException | IOException e) {
      checkpointFault = Optional.of("city.gpkg: the last checkpoint failed: " + e.getMessage());
    }
  }

  private void seal(String mode) {
    writer.alone(
        connection -> {
          pages.checkpoint(connection, mode);
          if (pages.isSealable()) {
            pages.seal(audit.end(), countBlobs());
          }
          return true;
        });
    sealedAt = System.nanoTime();
  }

  private long countBlobs() throws IOException {
    try (Stream<String> list = blobs.list()) {
      return list.count() + blobs.removed();
    }
  }

  @Override
  public List<String> verify(Progress progress) throws IOException {
    Verification verification = new Verification(folder, progress);
    checkpointFault.ifPresent(verification::add);
    List<Integer> suspects = pages.findSuspects(progress);
    verification.pages(writer.alone(connection -> pages.confirm(connection, suspects)));
    features.read(
        view -> {
          verification.structure(view);
          verification.layers(view);
          return true;
        });
    verification.blobs(blobs, blobsSealed);
    audit.findBreak().ifPresent(verification::add);
    if (sealFault.isPresent()) {
      verification.add(sealFault.get());
    }
    return verification.problems();
  }

  /**
   * Goes through every byte of a city that is not open, even one so damaged that it cannot be
   * opened.
   *
   * @return what is wrong, as {@link #verify(Progress)} says it
   */
  public static List<String> verify(Path folder, Progress progress) throws IOException {
    CityFolder city = new CityFolder(folder);
    city.check();
    List<String> problems = new ArrayList<>();
    try (GeoPackageCityStore store = open(folder)) {
      problems.addAll(store.verify(progress));
    } catch (CityLocked inUse) {
      throw inUse; // not damage: the process that has it open can be asked
    } catch (StoreFault
        | IllegalArgumentException
        | IllegalStateException
        | UncheckedIOException fault) {
      // So damaged that it does not even open: the seal says where.
      Verification verification = new Verification(city, progress);
      verification.add(String.valueOf(fault.getMessage()));
      verification.pagesAgainstSeal();
      problems.addAll(verification.problems());
    }
    return problems;
  }

  @Override
  public String backup(Path file, Progress progress) throws IOException {
    features.headRevision();
    return Backup.write(folder, blobs, audit.end(), file.toAbsolutePath(), progress);
  }

  /**
   * Makes a city folder of a backup. It appears whole or not at all.
   *
   * @param folder must be empty or not exist
   * @return the content hash, the same that {@link #backup} gave
   * @throws StoreFault when the backup is cut short, was changed, or is not one
   */
  public static String restore(Path backupFile, Path folder, Progress progress) throws IOException {
    return Backup.restore(backupFile, folder, progress);
  }

  @Override
  public String contentHash() {
    return features.read(
        view -> {
          try (Stream<String> list = blobs.list()) {
            return CityHash.of(view.connection(), view.catalog(), list.toList());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      readers.close();
      writeAdoptions();
      seal("TRUNCATE");
    } finally {
      try {
        release();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void release() throws IOException {
    try {
      readers.close();
      writer.close();
    } finally {
      audit.close();
      lock.close();
    }
  }
}
