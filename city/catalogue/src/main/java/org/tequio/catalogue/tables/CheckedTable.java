package org.tequio.catalogue.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tequio.catalogue.CheckedImport;
import org.tequio.storage.AsOf;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;
import tools.jackson.databind.json.JsonMapper;

/**
 * Imports that wait to be published. Their catalogue rows, findings, files and rows set aside stand
 * in the same tables as those of revisions, under the number of the import with a minus sign, and
 * get the revision's number when it is published.
 */
public final class CheckedTable {
  static final Migration MIGRATION =
      new Migration(
          3,
          List.of(
              "CREATE TABLE catalogue_checked (number BIGINT PRIMARY KEY, document TEXT NOT NULL)"));

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> TABLES =
      List.of("catalogue_layer", "catalogue_finding", "catalogue_set_aside", "catalogue_file");

  /** Of an import that does not wait any more; its row keeps its number from being used again. */
  private static final String NONE = "";

  private CheckedTable() {}

  /** A number that no import has had. */
  public static long nextNumber(Connection connection) throws SQLException {
    return Sql.first(
            connection,
            row -> row.getLong(1),
            "SELECT COALESCE(MAX(number), 0) + 1 FROM catalogue_checked")
        .orElse(1L);
  }

  /** The revision under which its rows stand while it waits. */
  public static long revisionOf(long number) {
    return -number;
  }

  /** Keeps an import; its findings are in their own table. */
  public static void write(Connection connection, CheckedImport checked) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO catalogue_checked (number, document) VALUES (?, ?)",
        checked.number(),
        JSON.writeValueAsString(
            new CheckedImport(checked.number(), checked.layers(), checked.unchanged(), List.of())));
  }

  /** What waits under a number, without its findings. */
  public static Optional<CheckedImport> find(Connection connection, long number)
      throws SQLException {
    return Sql.first(
            connection,
            row -> row.getString(1),
            "SELECT document FROM catalogue_checked WHERE number = ?",
            number)
        .filter(document -> !document.equals(NONE))
        .map(document -> JSON.readValue(document, CheckedImport.class));
  }

  /** The versions of all imports that wait. */
  public static Set<AsOf.Waiting> listVersions(Connection connection) throws SQLException {
    Set<AsOf.Waiting> versions = new HashSet<>();
    Sql.each(
        connection,
        row ->
            JSON.readValue(row.getString(1), CheckedImport.class)
                .layers()
                .forEach(layer -> versions.add(layer.version())),
        "SELECT document FROM catalogue_checked WHERE document <> ?",
        NONE);
    return versions;
  }

  /** Gives all that an import says to a revision. */
  public static void publish(Connection connection, long number, long revision)
      throws SQLException {
    for (String table : TABLES) {
      Sql.update(
          connection,
          "UPDATE " + table + " SET revision = ? WHERE revision = ?",
          revision,
          revisionOf(number));
    }
    end(connection, number);
  }

  /** Forgets all that an import says. */
  public static void drop(Connection connection, long number) throws SQLException {
    for (String table : TABLES) {
      Sql.update(connection, "DELETE FROM " + table + " WHERE revision = ?", revisionOf(number));
    }
    end(connection, number);
  }

  private static void end(Connection connection, long number) throws SQLException {
    Sql.update(
        connection, "UPDATE catalogue_checked SET document = ? WHERE number = ?", NONE, number);
  }
}
