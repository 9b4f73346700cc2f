package org.tequio.identity.tables;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.tequio.identity.Organisation;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/** The organisations that somebody registered. */
public final class OrganisationTable {
  private static final String COLUMNS = "SELECT id, kind, name FROM identity_organisation ";

  private final Database database;

  /** Reads and writes the table of a city. */
  public OrganisationTable(Database database) {
    this.database = database;
  }

  /** One. */
  public Optional<Organisation> find(String id) {
    return database.read(
        connection -> Sql.first(connection, OrganisationTable::row, COLUMNS + "WHERE id = ?", id));
  }

  /** All. */
  public List<Organisation> list() {
    return database.read(
        connection -> Sql.list(connection, OrganisationTable::row, COLUMNS + "ORDER BY id"));
  }

  /** Adds one; false where there is one of this id already. */
  public boolean insert(Connection connection, Organisation organisation) throws SQLException {
    if (Sql.first(connection, OrganisationTable::row, COLUMNS + "WHERE id = ?", organisation.id())
        .isPresent()) {
      return false;
    }
    Sql.update(
        connection,
        "INSERT INTO identity_organisation (id, kind, name) VALUES (?, ?, ?)",
        organisation.id(),
        organisation.kind().wireName(),
        organisation.name());
    return true;
  }

  /** Changes the name and kind of one; adds it where it is new. */
  public void put(Connection connection, Organisation organisation) throws SQLException {
    if (!insert(connection, organisation)) {
      Sql.update(
          connection,
          "UPDATE identity_organisation SET kind = ?, name = ? WHERE id = ?",
          organisation.kind().wireName(),
          organisation.name(),
          organisation.id());
    }
  }

  private static Organisation row(ResultSet row) throws SQLException {
    return new Organisation(
        row.getString(1),
        Organisation.Kind.of(row.getString(2)).orElse(Organisation.Kind.DEPARTMENT),
        row.getString(3));
  }
}
