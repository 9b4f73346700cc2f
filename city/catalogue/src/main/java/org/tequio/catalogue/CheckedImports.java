package org.tequio.catalogue;

import java.io.IOException;
import java.util.Optional;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.storage.CityStore;
import org.tequio.storage.Revision;

/**
 * Imports in two steps: what files would become is checked, loaded and kept on disk; someone looks
 * at it; then it is published as one revision or dropped. Thread-safe.
 */
public interface CheckedImports {
  /**
   * Checks files as {@link Importer#run} would, and keeps what they would become. Nobody sees it.
   *
   * @throws IOException when the city's own disk fails, or a path does not exist
   * @throws UnsuitableFiles when a layer was named and the files do not say which of theirs it is
   * @throws java.util.concurrent.CancellationException when it was cancelled; nothing remains
   */
  CheckedImport check(ImportRequest request, Progress progress) throws IOException;

  /**
   * Loads what changes make of a layer as it is published, and keeps it as above.
   *
   * @throws UnsuitableFiles when the layer has become another where they touch it, or cannot hold
   *     what they say
   * @throws java.util.concurrent.CancellationException when it was cancelled; nothing remains
   */
  CheckedImport check(LayerChanges changes, String author, Progress progress);

  /** What waits under a number; empty where it was published or dropped. */
  Optional<CheckedImport> find(long number);

  /**
   * Publishes what waits as one revision.
   *
   * @param alongside done in the same transaction: it commits with the revision or not at all
   * @throws StaleVersion when a layer was changed after its version was checked; nothing was done
   * @throws IllegalArgumentException when nothing waits under this number
   */
  Revision publish(long number, Revision.Note note, CityStore.Work alongside);

  /** Throws away what waits; nothing happens where nothing does. */
  void drop(long number);

  /** A layer was changed after the version that should replace it was checked. */
  final class StaleVersion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient LayerId layer;
    private final long revision;

    /** Names the layer and the revision that changed it. */
    public StaleVersion(LayerId layer, long revision) {
      super("layer " + layer + " was changed by revision " + revision + " since it was checked");
      this.layer = layer;
      this.revision = revision;
    }

    /** The layer. */
    public LayerId layer() {
      return layer;
    }

    /** The revision that changed it; 0 where the layer is gone. */
    public long revision() {
      return revision;
    }
  }
}
