package org.tequio.procedure.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.feature.LayerId;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * The indexes of the attributes by which rules look rows up, each made when it is first needed and
 * kept for the newest state. A few edits are looked through beside it; after more it is made anew.
 * Thread-safe: whoever asks while one is made waits for it.
 */
final class ValueIndexes {
  /** So many changed rows are looked through with each question. */
  private static final int MOST_CHANGES = 500;

  private final FeatureStore store;
  private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

  private record Key(LayerId layer, Attribute attribute, int position) {}

  /** An index of one state, and what changed from there to a later one. */
  @SuppressWarnings("ArrayRecordComponent") // never changed, never handed out
  private record Kept(ValueIndex index, long made, long revision, long[] changed) {}

  ValueIndexes(FeatureStore store) {
    this.store = store;
  }

  /**
   * The rows that may have a value in the state that a revision left, in the order of their ids.
   *
   * @return null for a state that is older than the index
   */
  long @Nullable [] find(
      LayerId layer, long revision, int position, Attribute attribute, String value) {
    Key key = new Key(layer, attribute, position);
    Kept known = kept.get(key);
    if (known == null || known.revision < revision) {
      known = kept.compute(key, (any, before) -> asOf(key, revision, before));
    }
    if (known.revision != revision) {
      return null;
    }
    long[] found = known.index.find(value);
    return known.changed.length == 0
        ? found
        : LongStream.concat(LongStream.of(found), LongStream.of(known.changed))
            .sorted()
            .distinct()
            .toArray();
  }

  private Kept asOf(Key key, long revision, @Nullable Kept before) {
    if (before != null && before.revision >= revision) {
      return before;
    }
    Optional<List<FeatureStore.Change>> changes =
        before == null
            ? Optional.empty()
            : store.findChanges(key.layer, before.made, revision, MOST_CHANGES);
    if (before != null && changes.isPresent()) {
      long[] changed = changes.get().stream().mapToLong(one -> one.feature().value()).toArray();
      return new Kept(before.index, before.made, revision, changed);
    }
    ValueIndex.Builder builder = new ValueIndex.Builder(key.position, key.attribute);
    store.scan(
        key.layer,
        FeatureQuery.ALL.at(new AsOf.AtRevision(revision)),
        row -> {
          builder.add(row);
          return true;
        });
    return new Kept(builder.build(), revision, revision, new long[0]);
  }
}
