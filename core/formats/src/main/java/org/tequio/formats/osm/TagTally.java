package org.tequio.formats.osm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How often each key occurs in a layer, so that the most frequent become fields. */
final class TagTally {
  private static final int MAX_KEYS = 50_000;
  private static final int FIELDS = 30;
  private static final List<String> TAKEN =
      List.of("osm_id", "osm_type", "version", "timestamp", "other_tags", "members", "fid", "geom");

  private final Map<String, Integer> keys = new HashMap<>();
  private long count;

  void add(String[] tags) {
    count++;
    for (int i = 0; i + 1 < tags.length; i += 2) {
      if (keys.size() < MAX_KEYS || keys.containsKey(tags[i])) {
        keys.merge(tags[i], 1, Integer::sum);
      }
    }
  }

  long count() {
    return count;
  }

  /** The keys that become fields, the most frequent first; unique ignoring case. */
  List<String> fields() {
    List<Map.Entry<String, Integer>> all = new ArrayList<>(keys.entrySet());
    all.sort(
        (a, b) ->
            a.getValue().equals(b.getValue())
                ? a.getKey().compareTo(b.getKey())
                : b.getValue() - a.getValue());
    Set<String> taken = new HashSet<>(TAKEN);
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, Integer> entry : all) {
      String key = entry.getKey();
      boolean fits = !key.isBlank() && key.length() <= 60;
      if (fields.size() < FIELDS && fits && taken.add(key.toLowerCase(Locale.ROOT))) {
        fields.add(key);
      }
    }
    return fields;
  }
}
