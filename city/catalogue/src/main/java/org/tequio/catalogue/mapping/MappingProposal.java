package org.tequio.catalogue.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.LocalText;

/**
 * Pairs the columns of a layer with the attributes of one kind, each with one at most, the surest
 * pairs first.
 */
final class MappingProposal {
  /** What is less sure is not proposed. */
  private static final double WORTH_SHOWING = 0.5;

  private final Map<Integer, Pair> byColumn = new HashMap<>();

  /**
   * A column that seems to hold an attribute.
   *
   * @param column its position
   */
  record Pair(int column, Attribute attribute, double score, LocalText reason) {}

  /**
   * Pairs what is not decided yet.
   *
   * @param decided positions of columns that a steward decided
   * @param taken names of attributes that a steward gave to a column
   */
  MappingProposal(
      List<ColumnSample> columns,
      LayerDictionary.Entry kind,
      Set<Integer> decided,
      Set<String> taken) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!decided.contains(i)) {
        for (Attribute attribute : kind.attributes()) {
          Pair pair = pair(i, columns.get(i), attribute);
          if (pair.score >= WORTH_SHOWING) {
            pairs.add(pair);
          }
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::score).reversed());
    Set<String> given = new HashSet<>(taken);
    for (Pair pair : pairs) {
      if (!byColumn.containsKey(pair.column) && given.add(pair.attribute.name())) {
        byColumn.put(pair.column, pair);
      }
    }
  }

  private static Pair pair(int position, ColumnSample column, Attribute attribute) {
    NameScore name = NameScore.of(column, attribute);
    if (name.value() < WORTH_SHOWING && !ValueScore.mayTell(attribute)) {
      return new Pair(position, attribute, 0, name.reason());
    }
    ValueScore values = ValueScore.of(column, attribute);
    double together = name.value() * values.factor();
    boolean byValues = values.alone() > together;
    LocalText seen = values.reason();
    LocalText reason = seen == null ? name.reason() : joined(name.reason(), seen);
    double score = Math.max(together, values.alone());
    return new Pair(position, attribute, rounded(score), byValues && seen != null ? seen : reason);
  }

  private static LocalText joined(LocalText name, LocalText values) {
    return new LocalText(
        name.es() + "; " + values.es(),
        name.pt() + "; " + values.pt(),
        name.en() + "; " + values.en());
  }

  private static double rounded(double score) {
    return Math.round(score * 100) / 100.0;
  }

  /** What a column seems to hold, by its position. */
  Map<Integer, Pair> byColumn() {
    return byColumn;
  }

  /** How much of the kind was found: the pairs' scores over what a layer of the kind has. */
  double share(int attributes) {
    double sum = byColumn.values().stream().mapToDouble(Pair::score).sum();
    return sum / Math.max(5, attributes);
  }
}
