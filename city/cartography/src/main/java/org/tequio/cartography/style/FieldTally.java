package org.tequio.cartography.style;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tequio.cartography.MapLayer;
import org.tequio.feature.Field;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * The different values of a field.
 *
 * @param values the most frequent first
 * @param missing true where some features have none
 * @param truncated true where there are more values than a legend could hold
 */
record FieldTally(List<Counted> values, boolean missing, boolean truncated) {
  /** As many as the web map asks of a field. */
  static final int MOST = 50;

  private static final int MOST_DISTINCT = 20_000;

  /** A value, and how many features have it. */
  record Counted(Object value, long count) {}

  /** Reads a layer once for several of its fields. */
  static List<FieldTally> of(FeatureStore store, MapLayer layer, List<Field> fields) {
    int[] positions = fields.stream().mapToInt(field -> layer.positionOf(field.name())).toArray();
    List<Map<Object, long[]>> counts = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      counts.add(new HashMap<>());
    }
    boolean[] missing = new boolean[positions.length];
    boolean[] truncated = new boolean[positions.length];
    store.scan(
        layer.id(),
        FeatureQuery.ALL.at(layer.asOf()),
        row -> {
          for (int i = 0; i < positions.length; i++) {
            Object value = row.value(positions[i]);
            if (value == null || value.equals("")) {
              missing[i] = true;
              continue;
            }
            long[] count = counts.get(i).get(value);
            if (count != null) {
              count[0]++;
            } else if (counts.get(i).size() < MOST_DISTINCT) {
              counts.get(i).put(value, new long[] {1});
            } else {
              truncated[i] = true;
            }
          }
          return true;
        });
    List<FieldTally> tallies = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      tallies.add(of(counts.get(i), missing[i], truncated[i]));
    }
    return tallies;
  }

  private static FieldTally of(Map<Object, long[]> counts, boolean missing, boolean truncated) {
    List<Counted> all = new ArrayList<>();
    counts.forEach((value, count) -> all.add(new Counted(value, count[0])));
    all.sort(
        Comparator.comparingLong((Counted one) -> -one.count)
            .thenComparing(one -> one.value.toString()));
    return new FieldTally(
        List.copyOf(all.subList(0, Math.min(MOST, all.size()))),
        missing,
        truncated || all.size() > MOST);
  }
}
