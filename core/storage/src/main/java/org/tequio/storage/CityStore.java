package org.tequio.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Progress;

/**
 * Everything that one city keeps. Opened once per process; thread-safe. Closing it leaves a folder
 * that can be copied.
 */
public interface CityStore extends Closeable {
  /** Reads layers and features. */
  FeatureStore features();

  /** The tables of modules. */
  Database database();

  /** Files as received. */
  BlobStore blobs();

  /** Who did what. */
  AuditLog audit();

  /**
   * Begins a new generation of a layer.
   *
   * @param crs in which its rows will come
   */
  StagedLayer stage(LayerId layer, LayerSchema schema, Crs crs);

  /**
   * Keeps a finished load on disk until it is published or dropped, also when the process ends.
   * Only who asks for it by {@link AsOf.Waiting} sees it.
   */
  AsOf.Waiting keep(StagedLayer staged);

  /**
   * Gives features of a waiting version other ids, all or none.
   *
   * @param ids the new id by the present one; no two features may end with one id
   * @throws IllegalArgumentException for a version that does not wait
   */
  void renumber(AsOf.Waiting version, Map<FeatureId, FeatureId> ids);

  /** All versions that wait. */
  List<AsOf.Waiting> listWaiting();

  /** Throws a waiting version away; one that does not wait any more is left alone. */
  void drop(AsOf.Waiting version);

  /**
   * Makes one revision: durable and visible whole when this returns, without a trace when {@code
   * work} throws.
   *
   * @throws EditConflict when an edit is based on what has changed since
   */
  Revision revise(Revision.Note note, Work work);

  /**
   * Brings what was erased or overwritten to the disk, so that nothing of it stays behind in a log
   * of the database. The last step of every erasure.
   */
  void scrub();

  /**
   * Takes back what one revision did, as a new revision.
   *
   * @throws EditConflict when later revisions changed the same features
   */
  Revision undo(long revision, Revision.Note note);

  /**
   * Goes through every byte that the store keeps.
   *
   * @return what is wrong, one sentence each, naming the file and place; empty where all is well
   */
  List<String> verify(Progress progress) throws IOException;

  /**
   * Writes everything into one file from one consistent state, while others go on reading and
   * writing.
   *
   * @return the content hash of what was written: 64 hexadecimal digits
   */
  String backup(Path file, Progress progress) throws IOException;

  /** The content hash of the newest state: equal for a city and its restored backup. */
  String contentHash();

  @Override
  void close();

  /** What happens inside one revision. */
  @FunctionalInterface
  interface Work {
    /** Does it; whatever it throws undoes everything. */
    void in(Transaction transaction) throws Exception;
  }
}
