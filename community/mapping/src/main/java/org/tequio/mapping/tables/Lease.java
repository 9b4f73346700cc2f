package org.tequio.mapping.tables;

import java.util.List;
import org.tequio.mapping.task.LeaseKind;

/**
 * What somebody holds, by the clock of the server. Nobody has two.
 *
 * @param account whose
 * @param tasks which of the project's
 * @param kind for what
 * @param since when it began, in milliseconds since 1970
 * @param expires when it ends by itself
 */
public record Lease(
    String account, long project, List<Integer> tasks, LeaseKind kind, long since, long expires) {
  /** Copies the tasks. */
  public Lease {
    tasks = List.copyOf(tasks);
  }
}
