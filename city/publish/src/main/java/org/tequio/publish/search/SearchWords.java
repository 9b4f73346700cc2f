package org.tequio.publish.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What people type and what departments wrote, brought to one form: no accents, lower case, the
 * usual short forms of streets and neighbourhoods written out.
 */
final class SearchWords {
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("av", "avenida"),
          Map.entry("ave", "avenida"),
          Map.entry("avda", "avenida"),
          Map.entry("c", "calle"),
          Map.entry("cll", "calle"),
          Map.entry("cda", "cerrada"),
          Map.entry("cerr", "cerrada"),
          Map.entry("priv", "privada"),
          Map.entry("prol", "prolongacion"),
          Map.entry("blvd", "boulevard"),
          Map.entry("bulevar", "boulevard"),
          Map.entry("boul", "boulevard"),
          Map.entry("calz", "calzada"),
          Map.entry("czda", "calzada"),
          Map.entry("cto", "circuito"),
          Map.entry("andr", "andador"),
          Map.entry("and", "andador"),
          Map.entry("cjon", "callejon"),
          Map.entry("carr", "carretera"),
          Map.entry("pza", "plaza"),
          Map.entry("pte", "poniente"),
          Map.entry("ote", "oriente"),
          Map.entry("nte", "norte"),
          Map.entry("col", "colonia"),
          Map.entry("fracc", "fraccionamiento"),
          Map.entry("bo", "barrio"),
          Map.entry("jr", "jiron"),
          Map.entry("psje", "pasaje"),
          Map.entry("r", "rua"),
          Map.entry("tv", "travessa"),
          Map.entry("esc", "escuela"),
          Map.entry("hosp", "hospital"),
          Map.entry("gral", "general"),
          Map.entry("sta", "santa"),
          Map.entry("sto", "santo"),
          Map.entry("num", ""),
          Map.entry("no", ""),
          Map.entry("nro", ""));

  private SearchWords() {}

  static List<String> of(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    for (String word : plain.split("[^a-z0-9]+")) {
      String full = SHORT.getOrDefault(word, word);
      if (!full.isEmpty()) {
        words.add(full);
      }
    }
    return words;
  }

  /** One text with spaces around each word, in which words are looked for. */
  static String line(String text) {
    return " " + String.join(" ", of(text)) + " ";
  }
}
