package org.tequio.catalogue.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.Words;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;

/** Which field identifies a feature in the department's own books, if one does. */
final class KeyChoice {
  /** A field that repeats more often than this is no key gone wrong but something else. */
  private static final double NEARLY_UNIQUE = 0.9;

  private static final Set<String> STRONG =
      Set.of(
          "clave",
          "cve",
          "clv",
          "cvegeo",
          "codgeo",
          "folio",
          "codigo",
          "ubigeo",
          "cct",
          "clues",
          "cuenta",
          "chave",
          "uuid",
          "globalid",
          "expediente",
          "key");

  private KeyChoice() {}

  private record Candidate(int column, long present, long distinct, int rank) {}

  /**
   * Chooses, and says why none could be chosen.
   *
   * @param standardKey the key's name in the layer dictionary; null where there is none
   * @return the column; -1 where none is a key
   */
  static int choose(
      SpooledLayer layer, @Nullable String standardKey, Findings findings, String source) {
    int rows = layer.count();
    if (rows < 2) {
      return -1;
    }
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < layer.columns().size(); i++) {
      ColumnProfile column = layer.columns().get(i);
      LongList hashes = column.keyHashes();
      if (hashes != null && hashes.size() > 0) {
        candidates.add(
            new Candidate(i, hashes.size(), distinct(hashes), rank(column, standardKey)));
      }
    }
    candidates.sort(Comparator.comparingInt(Candidate::rank).thenComparing(Candidate::column));
    for (Candidate candidate : candidates) {
      ColumnProfile column = layer.columns().get(candidate.column);
      if (candidate.present == rows && candidate.distinct == rows && !column.isRowNumber()) {
        return candidate.column;
      }
    }
    report(layer, candidates, findings, source);
    return -1;
  }

  private static void report(
      SpooledLayer layer, List<Candidate> candidates, Findings findings, String source) {
    int rows = layer.count();
    for (Candidate candidate : candidates) {
      ColumnProfile column = layer.columns().get(candidate.column);
      String name = column.field().name();
      if (candidate.distinct < NEARLY_UNIQUE * candidate.present
          || candidate.present < NEARLY_UNIQUE * rows && candidate.present < rows - 3) {
        continue;
      }
      if (column.isRowNumber()) {
        findings.add(
            Finding.of(
                FindingCode.KEY_UNSTABLE,
                source,
                name,
                "counts " + rows + " rows in order",
                Finding.Action.KEPT));
        return;
      }
      if (candidate.distinct < candidate.present) {
        findings.add(
            new Finding(
                FindingCode.KEY_NOT_UNIQUE,
                FindingCode.KEY_NOT_UNIQUE.severity(),
                source,
                name,
                candidate.present - candidate.distinct,
                candidate.distinct + " different values in " + candidate.present + " rows",
                Finding.Action.KEPT,
                repeats(layer, candidate.column)));
      }
      if (candidate.present < rows) {
        findings.add(
            new Finding(
                FindingCode.KEY_EMPTY,
                FindingCode.KEY_EMPTY.severity(),
                source,
                name,
                rows - candidate.present,
                "of " + rows + " rows",
                Finding.Action.KEPT,
                List.of()));
      }
      return;
    }
    if (rows > 1) {
      findings.add(
          Finding.of(
              FindingCode.KEY_MISSING,
              source,
              null,
              candidates.isEmpty() ? "no field is named like a key" : "no candidate is unique",
              Finding.Action.KEPT));
    }
  }

  private static int rank(ColumnProfile column, @Nullable String standardKey) {
    if (standardKey != null && column.field().name().equalsIgnoreCase(standardKey)) {
      return 0;
    }
    List<String> words = Words.of(column.field().name());
    if (words.stream().anyMatch(STRONG::contains)) {
      return words.size() == 1 ? 1 : 2;
    }
    return words.contains("objectid") || words.contains("gid") || words.contains("fid") ? 4 : 3;
  }

  private static long distinct(LongList hashes) {
    long[] sorted = hashes.sorted();
    long distinct = sorted.length == 0 ? 0 : 1;
    for (int i = 1; i < sorted.length; i++) {
      distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
    }
    return distinct;
  }

  private static List<Finding.Example> repeats(SpooledLayer layer, int column) {
    List<Finding.Example> examples = new ArrayList<>();
    java.util.Map<Object, Long> first = new java.util.HashMap<>();
    Spool.Cursor cursor = layer.cursor();
    @Nullable Object[] values = new Object[layer.columns().size()];
    int limit = Math.min(layer.count(), 200_000);
    for (int i = 0; i < limit && examples.size() < Finding.MAX_EXAMPLES; i++) {
      cursor.read(layer.offset(i));
      cursor.values(values);
      Object value = values[column];
      if (value != null) {
        Long seen = first.putIfAbsent(value, cursor.number());
        if (seen != null) {
          examples.add(Finding.Example.of(cursor.number(), value + ", also in row " + seen));
        }
      }
    }
    return examples;
  }
}
