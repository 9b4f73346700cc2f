package org.tequio.publish.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.PackedRows;
import org.tequio.feature.RowPacker;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.Revision;
import org.tequio.storage.StoredLayer;

/**
 * A store whose newest layers are read from memory, as far as they fit: tiles, boxes and questions
 * about a place then cost no reading at all. A layer is packed in the background when it is first
 * asked for; until then, and for what does not fit, the store answers. After an edit only the rows
 * that it changed are read again. Answers are those of the store, always of exactly the state that
 * was asked for. Thread-safe.
 */
public final class LayersInMemory implements FeatureStore {
  /** So many changed rows are read while somebody waits; past that the layer is packed again. */
  private static final int MOST_NEW_CHANGES = 500;

  private static final int MOST_CHANGES = 20_000;

  private final FeatureStore store;
  private final long maxBytes;
  private final Map<LayerId, Held> held = new ConcurrentHashMap<>();
  private final Map<LayerId, Long> tooLarge = new ConcurrentHashMap<>();
  private final Queue<LayerId> waiting = new ArrayDeque<>();
  private final Set<LayerId> underway = new HashSet<>();
  private boolean working;

  /** One state of one layer. */
  private record Held(long revision, PackedRows rows) {}

  /**
   * Reads from a store.
   *
   * @param maxBytes how much memory the layers may take
   */
  public LayersInMemory(FeatureStore store, long maxBytes) {
    this.store = store;
    this.maxBytes = maxBytes;
  }

  /** The rows of a layer as a revision left it, where they are in memory. */
  public Optional<PackedRows> find(LayerId layer, long revision) {
    Held known = held.get(layer);
    if (known != null && known.revision < revision) {
      known = patched(layer, known, revision);
    }
    if (known == null || known.revision < revision) {
      ask(layer, revision);
      return Optional.empty();
    }
    return known.revision == revision ? Optional.of(known.rows) : Optional.empty();
  }

  /** The same; waits a while where they are being packed. */
  public Optional<PackedRows> await(LayerId layer, long revision, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    Optional<PackedRows> found = find(layer, revision);
    while (found.isEmpty() && isPacked(layer, end)) {
      found = find(layer, revision);
    }
    return found;
  }

  /** Waits until a layer is not being packed any more; false where it was not, or for too long. */
  private boolean isPacked(LayerId layer, long end) {
    synchronized (underway) {
      boolean waited = false;
      while (underway.contains(layer)) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        try {
          underway.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
        waited = true;
      }
      return waited;
    }
  }

  /**
   * Packs all layers, small ones first, and returns when those that fit are in memory. What was
   * replaced or erased since a layer was packed leaves memory with it.
   */
  public void warmUp() {
    store.listLayers().stream()
        .sorted(Comparator.comparingLong(StoredLayer::count))
        .forEach(this::renew);
  }

  private void renew(StoredLayer layer) {
    if (find(layer.id(), layer.revision()).filter(rows -> rows.changes() > 0).isPresent()) {
      held.remove(layer.id());
    }
    await(layer.id(), layer.revision(), Duration.ofMinutes(10));
  }

  /** Bytes of memory that the layers take. */
  public long bytes() {
    return held.values().stream().mapToLong(one -> one.rows.bytes()).sum();
  }

  private synchronized Held patched(LayerId layer, Held before, long revision) {
    Held known = held.getOrDefault(layer, before);
    if (known.revision >= revision || known.rows.changes() > MOST_CHANGES) {
      return known;
    }
    Optional<List<Change>> changes =
        store.findChanges(layer, known.revision, revision, MOST_NEW_CHANGES);
    if (changes.isEmpty()) {
      return known;
    }
    RowPacker packer = known.rows.packer();
    for (Change change : changes.get()) {
      long id = change.feature().value();
      store.scan(
          layer,
          FeatureQuery.ALL.at(new AsOf.AtRevision(revision)).page(id - 1, 1),
          row -> {
            if (row.id() == id) {
              packer.add(row);
            }
            return false;
          });
    }
    long[] ids = changes.get().stream().mapToLong(one -> one.feature().value()).toArray();
    Held next = new Held(revision, known.rows.with(packer.build(), ids));
    held.put(layer, next);
    return next;
  }

  private void ask(LayerId layer, long revision) {
    if (tooLarge.getOrDefault(layer, -1L) >= revision) {
      return;
    }
    synchronized (underway) {
      if (underway.add(layer)) {
        waiting.add(layer);
      }
      if (!working) {
        working = true;
        Thread.ofPlatform().daemon().name("layers-in-memory").start(this::work);
      }
    }
  }

  private void work() {
    LayerId last = null;
    while (true) {
      LayerId next;
      synchronized (underway) {
        if (last != null) {
          underway.remove(last);
          underway.notifyAll();
        }
        next = waiting.poll();
        if (next == null) {
          working = false;
          return;
        }
      }
      last = next;
      try {
        pack(next);
      } catch (RuntimeException | OutOfMemoryError e) {
        // The store answers, and says what is wrong with it to whoever asks.
        tooLarge.put(next, Long.MAX_VALUE);
      }
    }
  }

  private void pack(LayerId id) {
    // Two states of one layer must not need room at once.
    held.remove(id);
    Optional<StoredLayer> found = store.findLayer(id);
    if (found.isEmpty()) {
      return;
    }
    StoredLayer layer = found.get();
    long free = maxBytes - bytes();
    RowPacker packer = new RowPacker(layer.schema().fields());
    boolean[] fits = {free > 0};
    store.scan(
        id,
        FeatureQuery.ALL.at(new AsOf.AtRevision(layer.revision())),
        row -> {
          packer.add(row);
          fits[0] &= packer.bytes() < free;
          return fits[0];
        });
    if (fits[0]) {
      held.put(id, new Held(layer.revision(), packer.build()));
    } else {
      tooLarge.put(id, layer.revision());
    }
  }

  @Override
  public long scan(LayerId layer, FeatureQuery query, RowVisitor visitor) {
    if (query.equal().isEmpty()
        && query.limit() > 0
        && query.asOf() instanceof AsOf.AtRevision state) {
      Optional<PackedRows> rows = find(layer, state.number());
      if (rows.isPresent()) {
        long[] left = {query.limit()};
        return rows.get()
            .scan(query.bbox(), query.after(), row -> visitor.visit(row) && --left[0] > 0);
      }
    }
    return store.scan(layer, query, visitor);
  }

  @Override
  public List<StoredLayer> listLayers() {
    return store.listLayers();
  }

  @Override
  public Optional<StoredLayer> findLayer(LayerId layer) {
    return store.findLayer(layer);
  }

  @Override
  public Optional<StoredLayer> findLayer(LayerId layer, AsOf asOf) {
    return store.findLayer(layer, asOf);
  }

  @Override
  public Optional<Feature> findFeature(LayerId layer, FeatureId feature, AsOf asOf) {
    return store.findFeature(layer, feature, asOf);
  }

  @Override
  public long count(LayerId layer, FeatureQuery query) {
    if (query.bbox() != null
        && query.after() <= 0
        && query.equal().isEmpty()
        && query.asOf() instanceof AsOf.AtRevision state) {
      Optional<PackedRows> rows = find(layer, state.number());
      if (rows.isPresent()) {
        return rows.get().count(query.bbox());
      }
    }
    return store.count(layer, query);
  }

  @Override
  public Optional<List<Change>> findChanges(LayerId layer, long after, long upTo, int most) {
    return store.findChanges(layer, after, upTo, most);
  }

  @Override
  public long headRevision() {
    return store.headRevision();
  }

  @Override
  public List<Revision> listRevisions(Optional<LayerId> layer, int limit) {
    return store.listRevisions(layer, limit);
  }

  @Override
  public List<FeatureVersion> listVersions(LayerId layer, FeatureId feature) {
    return store.listVersions(layer, feature);
  }
}
