package org.tequio.publish.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Finds features by the key that their department gave them, however it is separated: 012-345-06,
 * 012 345 06, 01234506; and 12-345-6 where zeros were dropped. Immutable.
 */
final class KeyIndex {
  /** Shorter beginnings of keys fit too much. */
  private static final int SHORTEST_BEGINNING = 4;

  private final WordList keys;
  private final int[] features;
  // Hashes of the keys without the zeros that fill up their groups, sorted; with their key.
  private final long[] loose;
  private final int[] looseKeys;

  private KeyIndex(WordList keys, int[] features, long[] loose, int[] looseKeys) {
    this.keys = keys;
    this.features = features;
    this.loose = loose;
    this.looseKeys = looseKeys;
  }

  /** Sees what fits. */
  @FunctionalInterface
  interface Hits {
    /** A feature by its place in the layer's list, and whether its whole key was typed. */
    void hit(int feature, boolean whole);
  }

  long bytes() {
    return keys.bytes() + 4L * (features.length + looseKeys.length) + 8L * loose.length;
  }

  /** Only letters and digits, upper case. */
  static String compact(String key) {
    return SearchWords.fold(key).replaceAll("[^a-z0-9]+", "").toUpperCase(Locale.ROOT);
  }

  /** The hash of the groups between separators, each without leading zeros; 0 for one group. */
  private static long loose(String key) {
    long hash = 0;
    int groups = 0;
    for (String group : SearchWords.fold(key).split("[^a-z0-9]+")) {
      if (!group.isEmpty()) {
        String bare = group.replaceFirst("^0+(?=.)", "");
        for (int i = 0; i < bare.length(); i++) {
          hash = hash * 1_000_003 + bare.charAt(i);
        }
        hash = hash * 1_000_003 + ' ';
        groups++;
      }
    }
    return groups < 2 ? 0 : hash;
  }

  /** What fits, at most so many. */
  void find(String typed, int most, Hits hits) {
    byte[] key = compact(typed).getBytes(StandardCharsets.US_ASCII);
    if (key.length == 0) {
      return;
    }
    int left = most;
    int at = keys.firstWith(key);
    int to = keys.afterWith(key, at);
    int whole = keys.find(key);
    if (whole >= 0) {
      hits.hit(features[whole], true);
      left--;
    } else {
      left -= findLoose(typed, hits);
    }
    if (key.length >= SHORTEST_BEGINNING) {
      for (int i = at; i < to && left > 0; i++) {
        if (i != whole) {
          hits.hit(features[i], false);
          left--;
        }
      }
    }
  }

  private int findLoose(String typed, Hits hits) {
    long hash = loose(typed);
    int at = hash == 0 ? -1 : Arrays.binarySearch(loose, hash);
    if (at < 0) {
      return 0;
    }
    hits.hit(features[looseKeys[at]], true);
    return 1;
  }

  /** Takes keys in. Not thread-safe. */
  static final class Builder {
    private final List<String> texts = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    void add(String key, int feature) {
      texts.add(key);
      places.add(feature);
    }

    KeyIndex build() {
      record Key(byte[] compact, long loose, int feature) {}
      List<Key> all = new ArrayList<>(texts.size());
      for (int i = 0; i < texts.size(); i++) {
        byte[] compact = compact(texts.get(i)).getBytes(StandardCharsets.US_ASCII);
        if (compact.length > 0) {
          all.add(new Key(compact, loose(texts.get(i)), places.get(i)));
        }
      }
      all.sort((a, b) -> Arrays.compareUnsigned(a.compact, b.compact));
      int[] features = all.stream().mapToInt(Key::feature).toArray();
      long[] order = all.stream().mapToLong(Key::loose).toArray();
      Integer[] byHash = new Integer[order.length];
      Arrays.setAll(byHash, i -> i);
      Arrays.sort(byHash, (a, b) -> Long.compare(order[a], order[b]));
      long[] loose = new long[order.length];
      int[] looseKeys = new int[order.length];
      for (int i = 0; i < byHash.length; i++) {
        loose[i] = order[byHash[i]];
        looseKeys[i] = byHash[i];
      }
      return new KeyIndex(
          new WordList(all.stream().map(Key::compact).toArray(byte[][]::new)),
          features,
          loose,
          looseKeys);
    }
  }
}
