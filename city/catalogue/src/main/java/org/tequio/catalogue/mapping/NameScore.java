package org.tequio.catalogue.mapping;

import java.util.List;
import java.util.Set;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.feature.LocalText;

/**
 * How well a column's name tells that it holds an attribute.
 *
 * @param value 0 to 1
 * @param reason what they have in common
 */
record NameScore(double value, LocalText reason) {
  private static final NameScore NONE =
      new NameScore(
          0, new LocalText("el nombre no lo dice", "o nome não o diz", "the name does not say so"));

  /** What Brazilian schemas begin names with: code, name, text, date, quantity, acronym. */
  private static final Set<String> PREFIXES =
      Set.of("cd", "nm", "tx", "dt", "qt", "sg", "nr", "vl", "tp", "ds");

  /** Shapefiles cut names after so many characters. */
  private static final int DBF_NAME = 10;

  private static final int SHORTEST_TYPO = 6;

  static NameScore of(ColumnSample column, Attribute attribute) {
    NameScore byName = of(column.name(), attribute);
    if (byName.value >= 0.95 || column.label().equals(column.name())) {
      return byName;
    }
    NameScore byLabel = of(column.label(), attribute);
    return byLabel.value * 0.95 > byName.value
        ? new NameScore(byLabel.value * 0.95, byLabel.reason)
        : byName;
  }

  private static NameScore of(List<String> words, Attribute attribute) {
    NameScore best = compared(words, attribute.words(), attribute.name(), 1);
    for (List<String> name : attribute.names()) {
      NameScore score = compared(words, name, String.join(" ", name), 0.95);
      best = score.value > best.value ? score : best;
    }
    if (best.value < 0.9 && words.size() > 1 && PREFIXES.contains(words.getFirst())) {
      NameScore bare =
          compared(words.subList(1, words.size()), attribute.words(), attribute.name(), 0.85);
      best = bare.value > best.value ? bare : best;
    }
    return best;
  }

  private static NameScore compared(
      List<String> column, List<String> known, String shown, double whole) {
    String a = String.join("", column);
    String b = String.join("", known);
    if (a.equals(b)) {
      return new NameScore(
          whole,
          new LocalText(
              "se llama como '" + shown + "'",
              "chama-se como '" + shown + "'",
              "it is called like '" + shown + "'"));
    }
    if (a.length() >= DBF_NAME - 2 && a.length() <= DBF_NAME && b.startsWith(a)) {
      return new NameScore(
          whole * 0.9,
          new LocalText(
              "es '" + shown + "' con el nombre cortado",
              "é '" + shown + "' com o nome cortado",
              "it is '" + shown + "' with its name cut off"));
    }
    if (Math.min(a.length(), b.length()) >= SHORTEST_TYPO && differByOne(a, b)) {
      return new NameScore(
          whole * 0.8,
          new LocalText(
              "casi se llama '" + shown + "'",
              "quase se chama '" + shown + "'",
              "it is nearly called '" + shown + "'"));
    }
    if (b.length() >= 4 && column.containsAll(known)) {
      return new NameScore(
          whole * 0.6,
          new LocalText(
              "su nombre contiene '" + shown + "'",
              "seu nome contém '" + shown + "'",
              "its name contains '" + shown + "'"));
    }
    return NONE;
  }

  /** True where one letter more, less or another makes one of the other. */
  private static boolean differByOne(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 1) {
      return false;
    }
    int start = 0;
    int most = Math.min(a.length(), b.length());
    while (start < most && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < most - start && a.charAt(a.length() - 1 - end) == b.charAt(b.length() - 1 - end)) {
      end++;
    }
    return Math.max(a.length(), b.length()) - start - end <= 1;
  }
}
