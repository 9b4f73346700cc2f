package org.tequio.feature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the findings of one import. Cases of the same code, source and subject are counted
 * together and keep their first examples. Thread-safe.
 */
public final class Findings {
  private final Map<Key, Tally> tallies = new LinkedHashMap<>();

  /** Adds a whole finding; one of the same code, source and subject is merged. */
  public synchronized void add(Finding finding) {
    Tally tally =
        tallies.computeIfAbsent(
            new Key(finding.code(), finding.source(), finding.subject()),
            key -> new Tally(finding.severity(), finding.evidence(), finding.action()));
    tally.count += finding.count();
    for (Finding.Example example : finding.examples()) {
      tally.keep(example);
    }
  }

  /** Counts one case. */
  public synchronized void count(
      FindingCode code,
      String source,
      @Nullable String subject,
      Finding.Action action,
      Finding.Example example) {
    Tally tally =
        tallies.computeIfAbsent(
            new Key(code, source, subject), key -> new Tally(code.severity(), "", action));
    tally.count++;
    tally.keep(example);
  }

  /** All findings so far, in the order in which they were first seen. */
  public synchronized List<Finding> list() {
    List<Finding> all = new ArrayList<>(tallies.size());
    tallies.forEach(
        (key, tally) ->
            all.add(
                new Finding(
                    key.code,
                    tally.severity,
                    key.source,
                    key.subject,
                    Math.max(1, tally.count),
                    tally.evidence,
                    tally.action,
                    tally.examples)));
    return all;
  }

  private record Key(FindingCode code, String source, @Nullable String subject) {}

  private static final class Tally {
    private final Severity severity;
    private final String evidence;
    private final Finding.Action action;
    private final List<Finding.Example> examples = new ArrayList<>();
    private long count;

    Tally(Severity severity, String evidence, Finding.Action action) {
      this.severity = severity;
      this.evidence = evidence;
      this.action = action;
    }

    void keep(Finding.Example example) {
      if (examples.size() < Finding.MAX_EXAMPLES) {
        examples.add(example);
      }
    }
  }
}
