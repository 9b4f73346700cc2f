package org.tequio.storage.postgis;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tequio.feature.Progress;
import org.tequio.storage.CitySettings;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreBusy;
import org.tequio.storage.StoreFault;
import org.tequio.storage.sql.ChainedAuditLog;
import org.tequio.storage.sql.CityFiles;
import org.tequio.storage.sql.FolderBlobs;
import org.tequio.storage.sql.Generation;
import org.tequio.storage.sql.RevisionTransaction;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.storage.sql.StagedGeneration;
import org.tequio.storage.sql.Verification;

/**
 * A city in a schema of PostgreSQL with PostGIS, its blobs and audit log in a folder. GIS tools may
 * read and edit the views of its layers while it is open here; their edits become revisions by
 * "outside" when the store next looks. A second Tequio process is kept out.
 */
public final class PostgisCityStore extends SqlCityStore {
  private final PostgresServer server;
  private final Portable portable;
  private final ChainedAuditLog audit;
  private final FolderBlobs blobs;
  private long blobsSealed;
  private boolean abandoned;

  private PostgisCityStore(
      PostgresServer server,
      Portable portable,
      Closeable lock,
      PooledReaders readers,
      ChainedAuditLog audit,
      FolderBlobs blobs,
      Clock clock) {
    super(new PostgisDialect(server), lock, readers, audit, blobs, clock);
    this.server = server;
    this.portable = portable;
    this.audit = audit;
    this.blobs = blobs;
  }

  /** Writes a city into the one file that every store can be restored from. */
  @FunctionalInterface
  public interface Portable {
    /**
     * Writes the file.
     *
     * @return the content hash of what was written
     */
    String write(PostgisCityStore city, Path file, Progress progress) throws IOException;
  }

  /**
   * Makes an empty city.
   *
   * @param folder for blobs and the audit log; what else is in it stays
   * @throws StoreFault when the schema has something in it
   */
  public static PostgisCityStore create(
      PostgisLocation location, Path folder, CitySettings settings, Portable portable, Clock clock)
      throws IOException {
    makeSchema(location, settings, CitySchema.FORMAT);
    return open(location, folder, portable, clock);
  }

  /**
   * Makes a city that cannot be opened before it is finished, to copy another one into it.
   *
   * @param folder an empty one that nobody needs afterwards
   */
  public static PostgisCityStore createUnfinished(
      PostgisLocation location, Path folder, CitySettings settings) throws IOException {
    makeSchema(location, settings, CitySchema.UNFINISHED);
    Portable none =
        (city, file, progress) -> {
          throw new IOException("a city that is not finished has no backups");
        };
    return open(location, folder, none, Clock.systemUTC(), CitySchema.UNFINISHED);
  }

  /** Makes an unfinished city one that can be opened. */
  public void finish() {
    writer()
        .transaction(
            connection ->
                Sql.update(connection, "UPDATE tq_city SET format = ?", CitySchema.FORMAT));
  }

  /** Removes all of an unfinished city. */
  public void abandon() {
    writer()
        .transaction(
            connection -> {
              CitySchema.clear(connection);
              return true;
            });
    abandoned = true;
  }

  private static void makeSchema(PostgisLocation location, CitySettings settings, int format) {
    PostgresServer server = PostgresServer.reach(location);
    try (Connection connection = server.openToWrite()) {
      connection.setAutoCommit(false);
      if (CitySchema.isUnfinished(connection, location.schema())) {
        CitySchema.clear(connection);
      }
      if (!CitySchema.isEmpty(connection, location.schema())) {
        throw new StoreFault("the schema " + location.schema() + " is not empty");
      }
      CitySchema.create(connection, location, settings, format);
      connection.commit();
    } catch (SQLException e) {
      throw Faults.of(e);
    }
  }

  /**
   * Opens a city.
   *
   * @throws StoreFault when there is none, it is damaged, or another Tequio process has it
   */
  public static PostgisCityStore open(
      PostgisLocation location, Path folder, Portable portable, Clock clock) throws IOException {
    return open(location, folder, portable, clock, CitySchema.FORMAT);
  }

  private static PostgisCityStore open(
      PostgisLocation location, Path folder, Portable portable, Clock clock, int format)
      throws IOException {
    PostgresServer server = PostgresServer.reach(location);
    CityFiles files = new CityFiles(folder);
    files.create();
    Closeable lock = files.lockOut();
    PooledReaders readers = new PooledReaders(server);
    try {
      PostgisCityStore store =
          new PostgisCityStore(
              server,
              portable,
              lock,
              readers,
              ChainedAuditLog.open(files.auditLog(), clock),
              new FolderBlobs(files.blobs()),
              clock);
      try {
        store.start(format);
        return store;
      } catch (IOException | RuntimeException | Error e) {
        store.release();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      readers.close();
      lock.close();
      throw e;
    }
  }

  private void start(int format) throws IOException {
    blobs.removeLeftovers();
    writer()
        .alone(
            connection -> {
              checkIdentity(connection, format);
              readSeal(connection);
              return true;
            });
    writer().adopt();
    dropUnfinishedLoads();
    writeAdoptions();
  }

  private void checkIdentity(Connection connection, int wanted) throws SQLException {
    String where = server.location().toString();
    String owner =
        Sql.first(
                connection,
                row -> row.getString(1),
                "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'tq_city'"
                    + " AND relnamespace = current_schema()::regnamespace")
            .orElseThrow(() -> new StoreFault("there is no city at " + where));
    if (!owner.equals(server.location().user())) {
      throw new StoreFault("the city at " + where + " belongs to the role " + owner);
    }
    long format = Sql.number(connection, "SELECT format FROM tq_city");
    if (format != wanted) {
      throw new StoreFault(
          format == CitySchema.UNFINISHED
              ? "the city at " + where + " was never finished: the migration into it was broken off"
              : "the city at "
                  + where
                  + " has format "
                  + format
                  + ", but this Tequio reads format "
                  + CitySchema.FORMAT);
    }
  }

  // The database remembers how far the folder went, so that neither can lose its end unseen.
  private void readSeal(Connection connection) throws SQLException, IOException {
    Optional<ChainedAuditLog.End> sealed =
        Sql.first(
            connection,
            row -> {
              blobsSealed = row.getLong(4);
              return new ChainedAuditLog.End(row.getLong(1), row.getString(2), row.getLong(3));
            },
            "SELECT audit_lines, audit_hash, audit_bytes, blobs FROM tq_seal");
    if (sealed.isPresent()) {
      audit.compare(sealed.get());
    }
  }

  private void seal() {
    writer()
        .transaction(
            connection -> {
              ChainedAuditLog.End end = audit.end();
              Sql.run(connection, "DELETE FROM tq_seal");
              return Sql.update(
                  connection,
                  "INSERT INTO tq_seal VALUES (?, ?, ?, ?)",
                  end.lines(),
                  end.hash(),
                  end.bytes(),
                  countBlobs());
            });
  }

  @Override
  protected long beginAdoption(Connection connection) throws SQLException {
    return Adoption.begin(connection);
  }

  @Override
  protected void mend(Connection connection, RevisionTransaction adopted) {
    // The indexes are PostgreSQL's own, and always whole.
  }

  // Who reads does not wait for who writes.
  @Override
  protected void adoptOutsideEdits() {
    writer().tryAdopt();
  }

  @Override
  protected StagedGeneration load(Generation generation) {
    PostgisDialect dialect = new PostgisDialect(server);
    try {
      return new CopyLoad(server, writer(), dialect, generation);
    } catch (SQLException e) {
      dialect.dropStaged(writer(), generation);
      throw Faults.of(e);
    }
  }

  @Override
  protected void committed(Connection connection) {
    try {
      tables().remember(connection);
    } catch (SQLException lost) {
      // Whoever reads next looks for themselves.
      return;
    }
  }

  @Override
  protected void published() {
    seal();
  }

  // The log of the server, its archives and its replicas keep what was for as long as its
  // administrator lets them.
  @Override
  public void scrub() {
    writer()
        .alone(
            connection -> {
              for (String table : new PostgisDialect(server).tables(connection)) {
                Sql.run(connection, "VACUUM (FULL, ANALYZE) " + Sql.quoted(table));
              }
              return true;
            });
    seal();
  }

  @Override
  public List<String> verify(Progress progress) throws IOException {
    writer().adopt();
    Verification verification =
        new Verification(server.location().schema(), new PostgisDialect(server), progress);
    tables()
        .read(
            view -> {
              if (view.outside()) {
                verification.add(
                    "layers are being edited by another program just now, and were not compared;"
                        + " verify again when it has saved");
              } else {
                verification.layers(view);
              }
              return true;
            });
    verification.blobs(blobs, blobsSealed);
    List<String> problems = new ArrayList<>(verification.problems());
    audit.findBreak().ifPresent(problems::add);
    return problems;
  }

  @Override
  public String backup(Path file, Progress progress) throws IOException {
    return portable.write(this, file, progress);
  }

  @Override
  protected void comeToRest() {
    if (!abandoned) {
      try {
        seal();
      } catch (StoreBusy outOfReach) {
        // Nothing is lost: what was sealed last still holds.
        abandoned = true;
      }
    }
  }
}
