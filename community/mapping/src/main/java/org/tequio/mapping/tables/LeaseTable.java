package org.tequio.mapping.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tequio.mapping.task.LeaseKind;
import org.tequio.storage.Sql;

/** Who holds which tasks. What has expired is not seen any more, whether or not it was removed. */
public final class LeaseTable {
  private static final String SELECT =
      "SELECT l.account, l.project, l.kind, l.since, l.expires, t.task FROM mapping_lease l"
          + " JOIN mapping_leased t ON t.account = l.account ";

  private LeaseTable() {}

  /** What somebody holds. */
  public static Optional<Lease> find(Connection connection, String account, long now)
      throws SQLException {
    return leases(connection, "WHERE l.account = ? AND l.expires > ?", account, now).stream()
        .findFirst();
  }

  /** The lease of a task. */
  public static Optional<Lease> findOf(Connection connection, long project, int task, long now)
      throws SQLException {
    Optional<String> holder =
        Sql.first(
            connection,
            row -> row.getString(1),
            "SELECT account FROM mapping_leased WHERE project = ? AND task = ?",
            project,
            task);
    return holder.isEmpty() ? Optional.empty() : find(connection, holder.get(), now);
  }

  /** The leases of a project's tasks, by task. */
  public static Map<Integer, Lease> byTask(Connection connection, long project, long now)
      throws SQLException {
    Map<Integer, Lease> byTask = new LinkedHashMap<>();
    for (Lease lease : leases(connection, "WHERE l.project = ? AND l.expires > ?", project, now)) {
      lease.tasks().forEach(task -> byTask.put(task, lease));
    }
    return byTask;
  }

  /** All leases that are on. */
  public static List<Lease> list(Connection connection, long now) throws SQLException {
    return leases(connection, "WHERE l.expires > ?", now);
  }

  /** The leases whose time is over and that nobody has removed yet. */
  public static List<Lease> expired(Connection connection, long now) throws SQLException {
    return leases(connection, "WHERE l.expires <= ?", now);
  }

  private static List<Lease> leases(Connection connection, String where, Object... values)
      throws SQLException {
    Map<String, Lease> first = new LinkedHashMap<>();
    Map<String, List<Integer>> tasks = new LinkedHashMap<>();
    Sql.each(
        connection,
        row -> {
          String account = row.getString(1);
          first.putIfAbsent(
              account,
              new Lease(
                  account,
                  row.getLong(2),
                  List.of(),
                  LeaseKind.valueOf(row.getString(3)),
                  row.getLong(4),
                  row.getLong(5)));
          tasks.computeIfAbsent(account, any -> new ArrayList<>()).add(row.getInt(6));
        },
        SELECT + where + " ORDER BY l.account, t.task",
        values);
    List<Lease> all = new ArrayList<>();
    first.forEach(
        (account, lease) ->
            all.add(
                new Lease(
                    account,
                    lease.project(),
                    tasks.getOrDefault(account, List.of()),
                    lease.kind(),
                    lease.since(),
                    lease.expires())));
    return all;
  }

  /** Begins a lease; the keys refuse a second one of a person or a task. */
  public static void insert(Connection connection, Lease lease) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO mapping_lease (account, project, kind, since, expires)"
            + " VALUES (?, ?, ?, ?, ?)",
        lease.account(),
        lease.project(),
        lease.kind().name(),
        lease.since(),
        lease.expires());
    for (int task : lease.tasks()) {
      Sql.update(
          connection,
          "INSERT INTO mapping_leased (project, task, account) VALUES (?, ?, ?)",
          lease.project(),
          task,
          lease.account());
    }
  }

  /** Lets a lease end later. */
  public static void renew(Connection connection, String account, long expires)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE mapping_lease SET expires = ? WHERE account = ? AND expires < ?",
        expires,
        account,
        expires);
  }

  /** Takes a task out of a lease; the lease ends with its last. */
  public static void release(Connection connection, String account, long project, int task)
      throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM mapping_leased WHERE project = ? AND task = ? AND account = ?",
        project,
        task,
        account);
    Sql.update(
        connection,
        "DELETE FROM mapping_lease WHERE account = ?"
            + " AND NOT EXISTS (SELECT 1 FROM mapping_leased t WHERE t.account = ?)",
        account,
        account);
  }
}
