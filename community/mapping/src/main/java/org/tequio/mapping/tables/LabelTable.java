package org.tequio.mapping.tables;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.tequio.mapping.project.Label;
import org.tequio.storage.Sql;

/** The labels, and the interests that people have. */
public final class LabelTable {
  private static final String SELECT =
      "SELECT kind, id, name, description, url, is_archived FROM mapping_label ";

  private LabelTable() {}

  /** All of a kind, by name. */
  public static List<Label> list(Connection connection, Label.Kind kind) throws SQLException {
    return Sql.list(
        connection, LabelTable::label, SELECT + "WHERE kind = ? ORDER BY name, id", kind.name());
  }

  /** One label. */
  public static Optional<Label> find(Connection connection, Label.Kind kind, long id)
      throws SQLException {
    return Sql.first(
        connection, LabelTable::label, SELECT + "WHERE kind = ? AND id = ?", kind.name(), id);
  }

  /** One label by its name. */
  public static Optional<Label> find(Connection connection, Label.Kind kind, String name)
      throws SQLException {
    return Sql.first(
        connection, LabelTable::label, SELECT + "WHERE kind = ? AND name = ?", kind.name(), name);
  }

  /** The number for the next of a kind. */
  public static long next(Connection connection, Label.Kind kind) throws SQLException {
    return Sql.number(connection, "SELECT MAX(id) FROM mapping_label WHERE kind = ?", kind.name())
        + 1;
  }

  /** Keeps a label as it is now. */
  public static void put(Connection connection, Label label) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO mapping_label (kind, id, name, description, url, is_archived)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET"
            + " name = excluded.name, description = excluded.description, url = excluded.url,"
            + " is_archived = excluded.is_archived",
        label.kind().name(),
        label.id(),
        label.name(),
        label.description(),
        label.url(),
        label.isArchived() ? 1 : 0);
  }

  /** Removes a label. */
  public static void delete(Connection connection, Label label) throws SQLException {
    if (label.kind() == Label.Kind.INTEREST) {
      Sql.update(connection, "DELETE FROM mapping_interested WHERE interest = ?", label.id());
    }
    Sql.update(
        connection,
        "DELETE FROM mapping_label WHERE kind = ? AND id = ?",
        label.kind().name(),
        label.id());
  }

  /** How often validators found a fault of a kind. */
  public static long timesFound(Connection connection, long fault) throws SQLException {
    return Sql.number(connection, "SELECT SUM(count) FROM mapping_issue WHERE category = ?", fault);
  }

  /** The numbers of somebody's interests. */
  public static List<Long> interestsOf(Connection connection, String account) throws SQLException {
    return Sql.list(
        connection,
        row -> row.getLong(1),
        "SELECT interest FROM mapping_interested WHERE account = ? ORDER BY interest",
        account);
  }

  /** Says what somebody's interests are from now on. */
  public static void setInterests(Connection connection, String account, List<Long> interests)
      throws SQLException {
    Sql.update(connection, "DELETE FROM mapping_interested WHERE account = ?", account);
    for (long interest : interests.stream().distinct().toList()) {
      Sql.update(
          connection,
          "INSERT INTO mapping_interested (account, interest) VALUES (?, ?)",
          account,
          interest);
    }
  }

  private static Label label(ResultSet row) throws SQLException {
    return new Label(
        Label.Kind.valueOf(row.getString(1)),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getInt(6) != 0);
  }
}
