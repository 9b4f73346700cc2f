package org.tequio.osm.layer;

import java.util.List;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.osm.LayerReport;

/** Counts what is seen while one side of a mapping is laid beside the other. Not thread-safe. */
final class Tally {
  private static final String SOURCE = "community map";

  private final Findings findings = new Findings();
  private long seen;
  private long created;
  private long changed;
  private long gone;
  private long same;
  private long found;
  private long waiting;
  private long conflicts;
  private long unfit;

  void seen() {
    seen++;
  }

  void created() {
    created++;
  }

  void changed() {
    changed++;
  }

  void gone() {
    gone++;
  }

  void same() {
    same++;
  }

  void found() {
    found++;
  }

  void waiting() {
    waiting++;
  }

  /** Counts one that is not taken. */
  void unfit(String why, String name, double lon, double lat) {
    unfit++;
    remark(FindingCode.ELEMENT_UNFIT, why, name, lon, lat);
  }

  /** Counts one in which both sides contradict each other. */
  void conflict(String what, String name, double lon, double lat) {
    conflicts++;
    remark(FindingCode.ELEMENT_CONFLICT, what, name, lon, lat);
  }

  /** Counts one whose contradictions are remarked one by one. */
  void contradicted() {
    conflicts++;
  }

  /** Keeps what was seen of one that is taken all the same. */
  void remark(FindingCode code, String why, String name, double lon, double lat) {
    findings.count(code, SOURCE, why, Finding.Action.KEPT, new Finding.Example(0, name, lon, lat));
  }

  List<Finding> findings() {
    return findings.list();
  }

  LayerReport report(BoundMapping bound) {
    return new LayerReport(
        bound.mapping().id(),
        bound.stored().id().value(),
        new LayerReport.Counts(
            seen, created, changed, gone, same, found, waiting, conflicts, unfit),
        findings.list(),
        null,
        "",
        List.of());
  }
}
