package org.tequio.catalogue.intake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FeatureRow;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/**
 * The identifiers that the features of a layer have had, so that the same thing keeps its own:
 * found by the department's key, else by equal content. Each is given once. Not thread-safe.
 */
final class PreviousIds {
  private final Map<Object, Long> byKey = new HashMap<>();
  private final Map<Long, Deque<Long>> byContent = new HashMap<>();

  /**
   * Reads them.
   *
   * @param key the key's name in both generations; null to compare contents only
   */
  static PreviousIds of(FeatureStore store, StoredLayer previous, @Nullable String key) {
    PreviousIds ids = new PreviousIds();
    int keyField = key == null ? -1 : previous.schema().indexOf(key);
    int fields = previous.schema().fields().size();
    RowHash hash = new RowHash();
    store.scan(
        previous.id(),
        FeatureQuery.ALL,
        row -> {
          ids.add(row, keyField, fields, hash);
          return true;
        });
    return ids;
  }

  private void add(FeatureRow row, int keyField, int fields, RowHash hash) {
    if (keyField >= 0) {
      Object value = row.value(keyField);
      if (value != null) {
        byKey.putIfAbsent(value, row.id());
      }
      return;
    }
    hash.reset();
    byte[] wkb = row.wkb();
    if (wkb != null) {
      hash.add(wkb, row.wkbOffset(), row.wkbLength());
    }
    for (int i = 0; i < fields; i++) {
      hash.add(row.value(i));
    }
    byContent.computeIfAbsent(hash.high(), content -> new ArrayDeque<>(1)).add(row.id());
  }

  /** The identifier that this feature had; 0 where it is new. */
  long take(@Nullable Object key, long content) {
    if (key != null) {
      Long id = byKey.remove(key);
      return id == null ? 0 : id;
    }
    Deque<Long> ids = byContent.get(content);
    Long id = ids == null ? null : ids.poll();
    return id == null ? 0 : id;
  }
}
