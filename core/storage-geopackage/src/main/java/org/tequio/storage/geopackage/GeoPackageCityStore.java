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
import java.util.Optional;
import java.util.stream.Stream;
import org.tequio.feature.Progress;
import org.tequio.storage.CityLocked;
import org.tequio.storage.CitySettings;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;
import org.tequio.storage.sql.ChainedAuditLog;
import org.tequio.storage.sql.CityCopy;
import org.tequio.storage.sql.DurableFiles;
import org.tequio.storage.sql.FolderBlobs;
import org.tequio.storage.sql.Generation;
import org.tequio.storage.sql.Readers;
import org.tequio.storage.sql.RevisionTransaction;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.storage.sql.StagedGeneration;

/**
 * A city in one folder: {@code city.gpkg}, {@code blobs/} and {@code audit/}. GIS tools may read
 * and edit {@code city.gpkg} while it is open here; their edits become revisions by {@value
 * Revision#OUTSIDE} when the store next looks. A second Tequio process is kept out.
 */
public final class GeoPackageCityStore extends SqlCityStore {
  private static final long NANOS_BETWEEN_SEALS = 30_000_000_000L;

  private final CityFolder folder;
  private final ChainedAuditLog audit;
  private final FolderBlobs blobs;
  private final PageLedger pages;
  private volatile Optional<String> checkpointFault = Optional.empty();
  private volatile Optional<String> sealFault = Optional.empty();
  private long blobsSealed;
  private long sealedAt = System.nanoTime();

  private GeoPackageCityStore(
      CityFolder folder,
      Closeable lock,
      Readers readers,
      ChainedAuditLog audit,
      FolderBlobs blobs,
      Clock clock) {
    super(new SqliteDialect(folder), lock, readers, audit, blobs, clock);
    this.folder = folder;
    this.audit = audit;
    this.blobs = blobs;
    this.pages = new PageLedger(folder);
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
    city.files().create();
    try (Connection connection = city.openToWrite()) {
      Sqlite.begin(connection);
      CityTables.create(connection, settings.name(), settings.crs());
      Sqlite.commit(connection);
    } catch (SQLException e) {
      throw Sqlite.fault(e);
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
    city.files().create();
    Closeable lock = city.files().lockOut();
    try {
      GeoPackageCityStore store =
          new GeoPackageCityStore(
              city,
              lock,
              new FileReaders(city),
              ChainedAuditLog.open(city.files().auditLog(), clock),
              new FolderBlobs(city.files().blobs()),
              clock);
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
    writer()
        .alone(
            connection -> {
              checkIdentity(connection);
              return true;
            });
    writer().adopt();
    if (writtenByOthers || hasAdopted()) {
      pages.forget();
    }
    writer()
        .alone(
            connection -> {
              // Brings what a crash left in the log into the file, and knows every page from here
              // on.
              pages.checkpoint(connection, "TRUNCATE");
              return true;
            });
    dropUnfinishedLoads();
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

  @Override
  protected long beginAdoption(Connection connection) throws SQLException {
    // The triggers have begun the revision.
    return Sql.number(connection, "SELECT COALESCE(revision, 0) FROM tq_writer");
  }

  @Override
  protected void mend(Connection connection, RevisionTransaction adopted) throws SQLException {
    for (Generation generation : adopted.edited()) {
      if (generation.spatial()) {
        cleanIndex(connection, generation, adopted.tableOf(generation), adopted.revision());
      }
    }
  }

  // Takes out of the spatial index what the standard's triggers leave there when another program
  // replaces a feature by one without a place (INSERT OR REPLACE fires no delete trigger).
  private static void cleanIndex(
      Connection connection, Generation generation, String table, long revision)
      throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM "
            + Sql.quoted(LayerSql.rtree(table))
            + " WHERE id IN (SELECT l.fid FROM tq_log AS l WHERE l.revision = ?"
            + " AND l.generation = ? AND NOT EXISTS (SELECT 1 FROM "
            + Sql.quoted(table)
            + " AS t WHERE t.fid = l.fid AND NOT ST_IsEmpty(t.geom)))",
        revision,
        generation.id());
  }

  @Override
  protected void adoptOutsideEdits() {
    writer().adopt();
  }

  @Override
  protected StagedGeneration load(Generation generation) {
    return new FileLoad(writer(), new SqliteDialect(folder), generation);
  }

  @Override
  protected void published() {
    if (System.nanoTime() - sealedAt > NANOS_BETWEEN_SEALS) {
      seal("PASSIVE");
    }
  }

  @Override
  public void scrub() {
    // Pages keep scraps of rows that once stood in them, whatever is overwritten now: the file is
    // written anew.
    writer()
        .alone(
            connection -> {
              Sql.run(connection, "VACUUM");
              return true;
            });
    seal("TRUNCATE");
  }

  // What fails here is not the commit's fault, and is told by verify.
  @Override
  protected void committed(Connection connection) {
    try {
      tables().remember(connection);
      pages.checkpointIfLong(connection);
      checkpointFault = Optional.empty();
    } catch (SQLException | IOException e) {
      checkpointFault = Optional.of("city.gpkg: the last checkpoint failed: " + e.getMessage());
    }
  }

  private void seal(String mode) {
    writer()
        .alone(
            connection -> {
              pages.checkpoint(connection, mode);
              if (pages.isSealable()) {
                pages.seal(audit.end(), countBlobs());
              }
              return true;
            });
    sealedAt = System.nanoTime();
  }

  @Override
  public List<String> verify(Progress progress) throws IOException {
    FileVerification verification = new FileVerification(folder, progress);
    checkpointFault.ifPresent(verification::add);
    List<Integer> suspects = pages.findSuspects(progress);
    verification.pages(writer().alone(connection -> pages.confirm(connection, suspects)));
    tables()
        .read(
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
      FileVerification verification = new FileVerification(city, progress);
      verification.add(String.valueOf(fault.getMessage()));
      verification.pagesAgainstSeal();
      problems.addAll(verification.problems());
    }
    return problems;
  }

  @Override
  public String backup(Path file, Progress progress) throws IOException {
    features().headRevision();
    return Backup.write(folder, blobs, audit, file.toAbsolutePath(), progress);
  }

  /**
   * Writes a city of another store into a backup from which {@link #restore} makes a folder.
   *
   * @return the content hash of what was written: 64 hexadecimal digits
   */
  public static String backUp(SqlCityStore city, Path file, Progress progress) throws IOException {
    Path target = file.toAbsolutePath();
    Path scratch =
        Files.createTempDirectory(DurableFiles.folderOf(target), target.getFileName() + ".copy-");
    try {
      try (GeoPackageCityStore copy = create(scratch, city.settings());
          Stream<String> names = city.blobs().list()) {
        CityCopy.copy(city, copy, names.toList(), progress);
      }
      return Backup.write(new CityFolder(scratch), city.files(), city.auditLog(), target, progress);
    } finally {
      DurableFiles.deleteTree(scratch);
    }
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
  protected void comeToRest() {
    seal("TRUNCATE");
  }
}
