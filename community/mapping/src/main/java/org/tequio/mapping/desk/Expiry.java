package org.tequio.mapping.desk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.tequio.mapping.tables.EventKind;
import org.tequio.mapping.tables.EventTable;
import org.tequio.mapping.tables.Lease;
import org.tequio.mapping.tables.LeaseTable;
import org.tequio.mapping.tables.TaskRow;
import org.tequio.mapping.tables.TaskTable;

/**
 * Ends leases whose time is over. A lease ends by the clock; this only writes it down, before
 * whatever happens next to a task.
 */
final class Expiry {
  private Expiry() {}

  /** Writes down what has ended; returns the projects whose tasks were let go. */
  static Set<Long> sweep(Connection connection, long now) throws SQLException {
    Set<Long> projects = new LinkedHashSet<>();
    for (Lease lease : LeaseTable.expired(connection, now)) {
      for (int task : lease.tasks()) {
        LeaseTable.release(connection, lease.account(), lease.project(), task);
        Optional<TaskRow> row = TaskTable.find(connection, lease.project(), task);
        if (row.isPresent()) {
          EventTable.insert(
              connection,
              row.get(),
              lease.expires(),
              lease.account(),
              EventKind.expired(lease.kind()),
              "",
              null,
              null);
        }
      }
      projects.add(lease.project());
    }
    return projects;
  }
}
