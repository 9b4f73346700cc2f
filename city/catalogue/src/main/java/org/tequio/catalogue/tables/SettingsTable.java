package org.tequio.catalogue.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.Stewardship;
import org.tequio.feature.LayerId;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import tools.jackson.databind.json.JsonMapper;

/** Every version of every layer's settings; rows are added, never changed. Thread-safe. */
public final class SettingsTable {
  static final Migration MIGRATION =
      new Migration(
          2,
          List.of(
              "CREATE TABLE catalogue_settings (number BIGINT PRIMARY KEY, layer_id TEXT NOT NULL,"
                  + " instant TEXT NOT NULL, author TEXT NOT NULL, settings TEXT NOT NULL)"));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Database database;

  /** Reads and writes a table that {@link CatalogueTables} has made. */
  public SettingsTable(Database database) {
    this.database = database;
  }

  /** Every version of every layer, newest first. */
  public List<Stewardship.Version> list() {
    return database.read(
        connection -> {
          List<Stewardship.Version> all = new ArrayList<>();
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT number, layer_id, instant, author, settings FROM catalogue_settings"
                          + " ORDER BY number DESC");
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              all.add(
                  new Stewardship.Version(
                      rows.getLong(1),
                      new LayerId(rows.getString(2)),
                      Instant.parse(rows.getString(3)),
                      rows.getString(4),
                      JSON.readValue(rows.getString(5), LayerSettings.class)));
            }
          }
          return all;
        });
  }

  /** Adds a version. */
  public void add(Stewardship.Version version) {
    database.write(
        connection -> {
          insert(connection, version);
          return true;
        });
  }

  private static void insert(Connection connection, Stewardship.Version version)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO catalogue_settings VALUES (?, ?, ?, ?, ?)")) {
      insert.setLong(1, version.number());
      insert.setString(2, version.layer().value());
      insert.setString(3, version.instant().toString());
      insert.setString(4, version.author());
      insert.setString(5, JSON.writeValueAsString(version.settings()));
      insert.executeUpdate();
    }
  }
}
