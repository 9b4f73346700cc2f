package org.tequio.storage.sql;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.storage.AsOf;
import org.tequio.storage.AuditLog;
import org.tequio.storage.BlobStore;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.Revision;
import org.tequio.storage.Sql;
import org.tequio.storage.StagedLayer;
import org.tequio.storage.StoreFault;

/**
 * A city whose layers, revisions and module tables are in a SQL database, with blobs and audit log
 * in files beside it. What its database does in its own way comes from its {@link Dialect}.
 */
public abstract class SqlCityStore implements CityStore {
  private static final List<String> RESERVED = List.of("tq_", "gpkg_", "rtree_", "sqlite_", "pg_");

  private final Dialect dialect;
  private final Closeable lock;
  private final Readers readers;
  private final Clock clock;
  private final ChainedAuditLog audit;
  private final FolderBlobs blobs;
  private final Catalog.Known known;
  private final Writer writer;
  private final TableFeatures features;
  private final ModuleTables database;
  private final WaitingVersions waiting;
  private final Queue<String> adopted = new ConcurrentLinkedQueue<>();
  private boolean closed;

  /**
   * Connects the parts; {@link #adoptOutsideEdits} is called from reading threads.
   *
   * @param lock keeps other processes out until it is closed, as the last thing
   */
  protected SqlCityStore(
      Dialect dialect,
      Closeable lock,
      Readers readers,
      ChainedAuditLog audit,
      FolderBlobs blobs,
      Clock clock) {
    this.dialect = dialect;
    this.lock = lock;
    this.readers = readers;
    this.clock = clock;
    this.audit = audit;
    this.blobs = blobs;
    this.known = new Catalog.Known(dialect);
    this.writer = new Writer(dialect, this::adopt, this::committed);
    this.features =
        new TableFeatures(readers, known, new Catalog(-1, Map.of()), this::adoptOutsideEdits);
    this.database = new ModuleTables(writer, dialect, features);
    this.waiting = new WaitingVersions(writer, known);
  }

  // ---- what each kind of database adds

  /**
   * Gives a revision to what other programs wrote, inside a transaction on the writing connection.
   *
   * @return the revision's number; 0 where there was nothing
   */
  protected abstract long beginAdoption(Connection connection) throws SQLException;

  /** Finishes what other programs left unfinished in a revision. */
  protected abstract void mend(Connection connection, RevisionTransaction adopted)
      throws SQLException;

  /** Takes up what other programs wrote, from a thread that wants to read. */
  protected abstract void adoptOutsideEdits();

  /** Loads rows into a generation whose tables are there. */
  protected abstract StagedGeneration load(Generation generation);

  /** After each durable commit, with the writer's lock held; must not fail. */
  protected abstract void committed(Connection connection);

  /** Before the city is closed, when nobody reads any more. */
  protected abstract void comeToRest();

  /** After a revision that made loaded generations current. */
  protected abstract void published();

  // ---- what they have in common

  /** The one connection that writes. */
  protected final Writer writer() {
    return writer;
  }

  /** Reads layers from their tables. */
  protected final TableFeatures tables() {
    return features;
  }

  /** The audit log with its end. */
  public final ChainedAuditLog auditLog() {
    return audit;
  }

  /** The blobs with what was removed of them. */
  public final FolderBlobs files() {
    return blobs;
  }

  /** How its database does things. */
  final Dialect dialect() {
    return dialect;
  }

  /** Its generations. */
  final Catalog.Known known() {
    return known;
  }

  /** The city's name and CRS. */
  public final CitySettings settings() {
    return database.read(
        connection ->
            Sql.first(
                    connection,
                    row -> new CitySettings(row.getString(1), new Crs(row.getInt(2))),
                    "SELECT name, epsg FROM tq_city")
                .orElseThrow(() -> new StoreFault("tq_city is empty")));
  }

  @Override
  public final FeatureStore features() {
    return features;
  }

  @Override
  public final Database database() {
    return database;
  }

  @Override
  public final BlobStore blobs() {
    return blobs;
  }

  @Override
  public final AuditLog audit() {
    return audit;
  }

  @Override
  public final StagedLayer stage(LayerId layer, LayerSchema schema, Crs crs) {
    if (RESERVED.stream().anyMatch(layer.value()::startsWith)) {
      throw new IllegalArgumentException("a layer's id must not begin as '" + layer + "' does");
    }
    return load(
        writer.transaction(
            connection -> {
              Generation created = Catalog.writeGeneration(connection, dialect, layer, schema, crs);
              dialect.create(connection, created);
              return created;
            }));
  }

  @Override
  public final AsOf.Waiting keep(StagedLayer staged) {
    if (!(staged instanceof StagedGeneration load) || !load.isPublishable()) {
      throw new IllegalStateException(
          "layer " + staged.layer() + " is not ready: finish it, and keep it once");
    }
    AsOf.Waiting version = waiting.keep(load);
    load.markTaken();
    return version;
  }

  @Override
  public final void renumber(AsOf.Waiting version, Map<FeatureId, FeatureId> ids) {
    waiting.renumber(version, ids);
  }

  @Override
  public final List<AsOf.Waiting> listWaiting() {
    return database.read(WaitingVersions::list);
  }

  @Override
  public final void drop(AsOf.Waiting version) {
    waiting.drop(version);
  }

  @Override
  public final Revision revise(Revision.Note note, Work work) {
    return change(note, work::in);
  }

  @Override
  public final Revision undo(long revision, Revision.Note note) {
    return change(note, transaction -> transaction.undo(revision));
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
    if (done.transaction.hasPublished()) {
      published();
    }
    return done.revision;
  }

  // Inside a transaction on the writing connection, when another program has written.
  private boolean adopt(Connection connection) throws SQLException {
    long number = beginAdoption(connection);
    if (number == 0) {
      return false;
    }
    RevisionTransaction transaction =
        RevisionTransaction.adopt(connection, known, features.catalogOf(connection), number);
    mend(connection, transaction);
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

  /** True where outside edits were taken up that the audit log does not have yet. */
  protected final boolean hasAdopted() {
    return !adopted.isEmpty();
  }

  /** Tells the audit log of the outside edits that were taken up. */
  protected final void writeAdoptions() {
    for (String detail = adopted.poll(); detail != null; detail = adopted.poll()) {
      audit.append(Revision.OUTSIDE, "edit", detail);
    }
  }

  /** Removes loads that a process left unfinished when it ended. */
  protected final void dropUnfinishedLoads() {
    writer.transaction(
        connection -> {
          for (long id :
              Sql.list(
                  connection,
                  row -> row.getLong(1),
                  "SELECT id FROM tq_generation WHERE published = 0")) {
            dialect.drop(connection, id);
            Catalog.forget(connection, id);
          }
          return true;
        });
  }

  /** How many blobs there are and were. */
  protected final long countBlobs() throws IOException {
    try (Stream<String> list = blobs.list()) {
      return list.count() + blobs.removed();
    }
  }

  @Override
  public final String contentHash() {
    try (Stream<String> list = blobs.list()) {
      return contentHash(list.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The content hash with these blobs. */
  final String contentHash(List<String> hashes) {
    return features.read(view -> CityHash.of(view.connection(), dialect, view.catalog(), hashes));
  }

  @Override
  public final void close() {
    synchronized (adopted) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      readers.close();
      writeAdoptions();
      comeToRest();
    } finally {
      try {
        release();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Lets go of everything, also of what did not become an open city. */
  protected final void release() throws IOException {
    try {
      readers.close();
      writer.close();
    } finally {
      audit.close();
      lock.close();
    }
  }
}
