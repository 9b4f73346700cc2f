package org.tequio.procedure.file;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tequio.storage.AuditLog;

/**
 * Carries each step of every file into the city's audit log, once and in their order, and tells
 * people of it. What a process that ended left untold is told when the city is opened again: the
 * log itself says how far it got. Thread-safe.
 */
final class Chronicle {
  private static final String ACTION = "case-";
  private static final Pattern NUMBER = Pattern.compile("step ([0-9]{1,18}) .*");
  private static final int PAGE = 500;

  private final CaseTables tables;
  private final AuditLog audit;
  private final CaseTidings tidings;
  private long told = -1;

  Chronicle(CaseTables tables, AuditLog audit, CaseTidings tidings) {
    this.tables = tables;
    this.audit = audit;
    this.tidings = tidings;
  }

  /** Tells all that has happened; the audit log has it when this returns. */
  synchronized void tell() {
    if (told < 0) {
      told = lastTold();
    }
    List<CaseStep> steps;
    do {
      steps = tables.stepsAfter(told, PAGE);
      for (CaseStep step : steps) {
        // Told twice is better than never: the log is written when people know.
        tables.find(step.caseFile()).ifPresent(file -> tidings.tell(file, step));
        audit.append(
            step.actor(),
            ACTION + step.verb().wireName(),
            "step %d of case %s, version %d%s"
                .formatted(
                    step.number(),
                    step.caseFile(),
                    step.version(),
                    step.behalf() == null ? "" : ", for " + step.behalf()));
        told = step.number();
      }
    } while (steps.size() == PAGE);
  }

  private long lastTold() {
    long[] last = {0};
    if (tables.stepsAfter(0, 1).isEmpty()) {
      return 0;
    }
    audit.readBack(
        Long.MAX_VALUE,
        line -> {
          Matcher number = NUMBER.matcher(line.detail());
          boolean isOurs = line.action().startsWith(ACTION) && number.matches();
          last[0] = isOurs ? Long.parseLong(number.group(1)) : 0;
          return !isOurs;
        });
    return last[0];
  }
}
