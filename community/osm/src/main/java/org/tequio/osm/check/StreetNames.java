package org.tequio.osm.check;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.MapRule;

/**
 * One street under several spellings: with and without accents, abbreviated and in full, in other
 * letters; or, of two streets that meet, with one letter more, less or another.
 */
final class StreetNames implements Check {
  private static final double NEAR_METERS = 1_000;
  private static final int MOST_TRIED = 200;
  private static final int SHORTEST = 6;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern GAPS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Abbreviations of Spanish and Portuguese street signs. */
  private static final Map<String, String> FULL =
      Map.ofEntries(
          Map.entry("av", "avenida"),
          Map.entry("avda", "avenida"),
          Map.entry("ave", "avenida"),
          Map.entry("blvd", "boulevard"),
          Map.entry("bulevar", "boulevard"),
          Map.entry("c", "calle"),
          Map.entry("cl", "calle"),
          Map.entry("cda", "cerrada"),
          Map.entry("cra", "carrera"),
          Map.entry("priv", "privada"),
          Map.entry("prol", "prolongacion"),
          Map.entry("calz", "calzada"),
          Map.entry("carr", "carretera"),
          Map.entry("jr", "jiron"),
          Map.entry("psje", "pasaje"),
          Map.entry("r", "rua"),
          Map.entry("trav", "travessa"),
          Map.entry("estr", "estrada"),
          Map.entry("rod", "rodovia"),
          Map.entry("al", "alameda"),
          Map.entry("pca", "praca"),
          Map.entry("dr", "doctor"),
          Map.entry("doutor", "doctor"),
          Map.entry("gral", "general"),
          Map.entry("ing", "ingeniero"),
          Map.entry("lic", "licenciado"),
          Map.entry("prof", "profesor"),
          Map.entry("sta", "santa"),
          Map.entry("sto", "santo"));

  @Override
  public void run(CheckedMap map, Found found) {
    Map<String, Map<String, List<Integer>>> spellings = new LinkedHashMap<>();
    Map<String, String> plain = new HashMap<>();
    for (int way = 0; way < map.ways.length; way++) {
      String name = name(map, way);
      if (name != null && map.anyNode(way) != CheckedMap.MISSING) {
        spellings
            .computeIfAbsent(
                plain.computeIfAbsent(name, StreetNames::plain), any -> new LinkedHashMap<>())
            .computeIfAbsent(name, any -> new ArrayList<>())
            .add(way);
      }
    }
    for (Map<String, List<Integer>> one : spellings.values()) {
      if (one.size() > 1) {
        variants(map, one, found);
      }
    }
    typos(map, plain, found);
  }

  private static @Nullable String name(CheckedMap map, int way) {
    return map.kinds[way] == WayKind.ROAD ? map.ways[way].tag("name") : null;
  }

  /** A name without what spellings differ in. */
  static String plain(String name) {
    String letters = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
    List<String> words = new ArrayList<>();
    for (String word : GAPS.split(letters.toLowerCase(Locale.ROOT), -1)) {
      words.add(words.isEmpty() || word.length() > 1 ? FULL.getOrDefault(word, word) : word);
    }
    return String.join(" ", words).strip();
  }

  private static void variants(CheckedMap map, Map<String, List<Integer>> names, Found found) {
    String most =
        names.entrySet().stream()
            .max(
                Map.Entry.<String, List<Integer>>comparingByValue(
                        (one, other) -> Integer.compare(one.size(), other.size()))
                    .thenComparing(one -> one.getKey().length())
                    .thenComparing(Map.Entry::getKey))
            .orElseThrow()
            .getKey();
    List<Integer> usual = names.getOrDefault(most, List.of());
    names.forEach(
        (name, ways) -> {
          if (!name.equals(most)) {
            nearest(map, ways, usual, name + " / " + most, found);
          }
        });
  }

  /** Tells of the first two that are near each other: elsewhere it is another street. */
  private static void nearest(
      CheckedMap map, List<Integer> ways, List<Integer> usual, String detail, Found found) {
    for (int way : ways.subList(0, Math.min(MOST_TRIED, ways.size()))) {
      for (int other : usual.subList(0, Math.min(MOST_TRIED, usual.size()))) {
        int a = map.anyNode(way);
        int b = map.anyNode(other);
        if (Plane.distance(map.x[a], map.y[a], map.x[b], map.y[b]) < NEAR_METERS) {
          found.add(
              MapRule.STREET_NAME_VARIANTS,
              map.x[a],
              map.y[a],
              detail,
              List.of(map.wayName(way), map.wayName(other)));
          return;
        }
      }
    }
  }

  private static void typos(CheckedMap map, Map<String, String> plain, Found found) {
    Set<List<String>> told = new HashSet<>();
    for (int node = 0; node < map.nodes.length; node++) {
      for (int i = 1; i < Math.min(map.uses(node), 8); i++) {
        int way = map.user(node, i - 1);
        int other = map.user(node, i);
        String one = name(map, way);
        String second = name(map, other);
        if (one != null
            && second != null
            && !one.equals(second)
            && isTypo(plain.getOrDefault(one, one), plain.getOrDefault(second, second))
            && told.add(one.compareTo(second) < 0 ? List.of(one, second) : List.of(second, one))) {
          found.add(
              MapRule.STREET_NAME_VARIANTS,
              map.x[node],
              map.y[node],
              one + " / " + second,
              List.of(map.wayName(way), map.wayName(other)));
        }
      }
    }
  }

  /** True where one letter of a longer word differs: not a number, nor a street called A. */
  static boolean isTypo(String one, String other) {
    if (one.equals(other)) {
      return false;
    }
    String[] words = one.split(" ", -1);
    String[] others = other.split(" ", -1);
    if (words.length != others.length) {
      return false;
    }
    int differing = -1;
    for (int i = 0; i < words.length; i++) {
      if (!words[i].equals(others[i])) {
        if (differing >= 0) {
          return false;
        }
        differing = i;
      }
    }
    String a = words[differing];
    String b = others[differing];
    return Math.min(a.length(), b.length()) >= SHORTEST
        && a.chars().allMatch(Character::isLetter)
        && b.chars().allMatch(Character::isLetter)
        && isOneEdit(a, b);
  }

  private static boolean isOneEdit(String one, String other) {
    int start = 0;
    int least = Math.min(one.length(), other.length());
    while (start < least && one.charAt(start) == other.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < least - start
        && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    return one.length() - start - end <= 1 && other.length() - start - end <= 1;
  }
}
