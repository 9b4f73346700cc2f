package org.tequio.publish.ogc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.tequio.feature.LayerId;
import org.tequio.http.Call;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.storage.FeatureStore;

/**
 * How many features a query matches: counted for its first page, remembered for those that follow,
 * as long as the layer stays as it is. Thread-safe.
 */
final class MatchCounts {
  private static final int MOST = 1000;

  private final FeatureStore store;
  private final Map<Key, Long> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
          return size() > MOST;
        }
      };

  private record Key(LayerId layer, String version, Map<String, String> query) {}

  MatchCounts(FeatureStore store) {
    this.store = store;
  }

  /** The number; nothing where it must not be told of people. */
  OptionalLong of(Call call, ItemsQuery query) {
    PublicLayer layer = query.layer();
    if (query.isWhole()) {
      return OptionalLong.of(query.count(store));
    }
    if (!isTold(query)) {
      return OptionalLong.empty();
    }
    Key key = new Key(layer.id(), layer.version(), conditions(call));
    synchronized (known) {
      Long number = known.get(key);
      if (number != null) {
        return OptionalLong.of(number);
      }
    }
    long number = query.count(store);
    synchronized (known) {
      known.put(key, number);
    }
    return OptionalLong.of(number);
  }

  /** The number that somebody counted already; nothing where it must not be told of people. */
  static OptionalLong counted(ItemsQuery query, long number) {
    return isTold(query) ? OptionalLong.of(number) : OptionalLong.empty();
  }

  private static boolean isTold(ItemsQuery query) {
    return query.selection().mayBeCounted();
  }

  private static Map<String, String> conditions(Call call) {
    Map<String, String> conditions = call.queryTexts();
    ItemsQuery.PAGING.forEach(conditions::remove);
    return conditions;
  }
}
