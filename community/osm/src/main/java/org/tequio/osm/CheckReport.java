package org.tequio.osm;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tequio.feature.Severity;

/**
 * What was found when a part of the community map was looked at.
 *
 * @param findings the gravest first, then by rule and element
 * @param fresh those of them that an edit brought; empty where nobody asked about one
 * @param isWhole false where something was too tangled to be looked at to the end: there may be
 *     more
 */
public record CheckReport(List<MapFinding> findings, Set<MapFinding> fresh, boolean isWhole) {
  /** Copies both. */
  public CheckReport {
    findings = List.copyOf(findings);
    fresh = Set.copyOf(fresh);
  }

  /** Of findings alone. */
  public CheckReport(List<MapFinding> findings, boolean isWhole) {
    this(findings, Set.of(), isWhole);
  }

  /** The same, with those marked that were not there before. */
  public CheckReport since(CheckReport before) {
    Set<MapFinding.Key> known = new HashSet<>();
    before.findings.forEach(one -> known.add(one.key()));
    return new CheckReport(
        findings,
        Set.copyOf(findings.stream().filter(one -> !known.contains(one.key())).toList()),
        isWhole && before.isWhole);
  }

  /** Only those that matter to somebody. */
  public CheckReport only(Predicate<MapFinding> wanted) {
    return new CheckReport(
        findings.stream().filter(wanted).toList(),
        Set.copyOf(fresh.stream().filter(wanted).toList()),
        isWhole);
  }

  /** How many there are of each severity; those of which there are none are there, too. */
  public Map<Severity, Integer> counts() {
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      counts.put(severity, 0);
    }
    findings.forEach(one -> counts.merge(one.rule().severity(), 1, Integer::sum));
    return counts;
  }
}
