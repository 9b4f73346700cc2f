package org.tequio.catalogue.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.LayerFinding;
import org.tequio.catalogue.LayerSource;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.LayerId;
import org.tequio.feature.Severity;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the catalogue's tables. Thread-safe. */
public final class CatalogueTables {
  private static final String MODULE = "catalogue";
  private static final int BATCH = 500;
  private static final TypeReference<List<Finding.Example>> EXAMPLES = new TypeReference<>() {};
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE catalogue_city (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
                  "CREATE TABLE catalogue_layer (layer_id TEXT NOT NULL, revision BIGINT NOT NULL,"
                      + " source TEXT NOT NULL, input_hash TEXT NOT NULL, rows_hash TEXT NOT NULL,"
                      + " store_hash TEXT, entry TEXT NOT NULL, PRIMARY KEY (layer_id, revision))",
                  "CREATE TABLE catalogue_finding (revision BIGINT NOT NULL, place BIGINT NOT NULL,"
                      + " layer_id TEXT, source TEXT NOT NULL, code TEXT NOT NULL,"
                      + " severity TEXT NOT NULL, subject TEXT, cases BIGINT NOT NULL,"
                      + " evidence TEXT NOT NULL, action TEXT NOT NULL, examples TEXT NOT NULL,"
                      + " PRIMARY KEY (revision, place))",
                  "CREATE TABLE catalogue_set_aside (revision BIGINT NOT NULL,"
                      + " place BIGINT NOT NULL, layer_id TEXT NOT NULL,"
                      + " row_number BIGINT NOT NULL, reason TEXT NOT NULL, raw TEXT NOT NULL,"
                      + " PRIMARY KEY (revision, place))",
                  "CREATE TABLE catalogue_file (file TEXT NOT NULL, revision BIGINT NOT NULL,"
                      + " sha256 TEXT NOT NULL, PRIMARY KEY (file, revision))")),
          SettingsTable.MIGRATION,
          CheckedTable.MIGRATION);

  private final Database database;

  /** Creates or upgrades the tables. */
  public CatalogueTables(Database database) {
    this.database = database;
    database.migrate(MODULE, MIGRATIONS);
  }

  /** A row that could not become part of its layer. */
  public record SetAside(String layer, long row, String reason, String raw) {}

  /** The city's settings by name. */
  public Map<String, String> settings() {
    return database.read(
        connection -> {
          Map<String, String> settings = new HashMap<>();
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT name, value FROM catalogue_city");
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              settings.put(rows.getString(1), rows.getString(2));
            }
          }
          return settings;
        });
  }

  /** Replaces the city's settings. */
  public void saveSettings(Map<String, String> settings) {
    database.write(
        connection -> {
          run(connection, "DELETE FROM catalogue_city");
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO catalogue_city VALUES (?, ?)")) {
            for (Map.Entry<String, String> setting : settings.entrySet()) {
              insert.setString(1, setting.getKey());
              insert.setString(2, setting.getValue());
              insert.executeUpdate();
            }
          }
          return true;
        });
  }

  /** Every import of every layer, newest first. */
  public List<LayerRow> listLayerRows() {
    return database.read(
        connection -> {
          List<LayerRow> all = new ArrayList<>();
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT layer_id, revision, source, input_hash, rows_hash, store_hash, entry"
                          + " FROM catalogue_layer WHERE revision > 0"
                          + " ORDER BY revision DESC, layer_id");
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              all.add(
                  new LayerRow(
                      rows.getString(1),
                      rows.getLong(2),
                      rows.getString(3),
                      rows.getString(4),
                      rows.getString(5),
                      rows.getString(6),
                      JSON.readValue(rows.getString(7), LayerEntry.class)));
            }
          }
          return all;
        });
  }

  /** Every finding of every import, in the order in which they were seen. */
  public List<LayerFinding> listFindings() {
    return database.read(
        connection -> {
          List<LayerFinding> all = new ArrayList<>();
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT layer_id, revision, code, severity, source, subject, cases, evidence,"
                          + " action, examples FROM catalogue_finding WHERE revision > 0"
                          + " ORDER BY revision, place");
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              all.add(finding(rows));
            }
          }
          return all;
        });
  }

  /** The findings of one import, in the order in which they were seen. */
  public static List<LayerFinding> listFindings(Connection connection, long revision)
      throws SQLException {
    List<LayerFinding> all = new ArrayList<>();
    Sql.each(
        connection,
        row -> all.add(finding(row)),
        "SELECT layer_id, revision, code, severity, source, subject, cases, evidence, action,"
            + " examples FROM catalogue_finding WHERE revision = ? ORDER BY place",
        revision);
    return all;
  }

  private static LayerFinding finding(ResultSet row) throws SQLException {
    String layer = row.getString(1);
    return new LayerFinding(
        layer == null ? null : new LayerId(layer),
        new Finding(
            FindingCode.valueOf(row.getString(3)),
            Severity.valueOf(row.getString(4)),
            row.getString(5),
            row.getString(6),
            row.getLong(7),
            row.getString(8),
            Finding.Action.valueOf(row.getString(9)),
            JSON.readValue(row.getString(10), EXAMPLES)),
        row.getLong(2));
  }

  /** The newest revision that saw each file, and the file's hash then. */
  public Map<String, SeenFile> listFiles() {
    return database.read(
        connection -> {
          Map<String, SeenFile> files = new HashMap<>();
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT file, revision, sha256 FROM catalogue_file WHERE revision > 0"
                          + " ORDER BY revision");
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              files.put(rows.getString(1), new SeenFile(rows.getLong(2), rows.getString(3)));
            }
          }
          return files;
        });
  }

  /**
   * When a file was seen last.
   *
   * @param revision the import
   * @param sha256 of its bytes then
   */
  public record SeenFile(long revision, String sha256) {}

  /** The rows that an import kept beside a layer. */
  public List<SetAside> listSetAside(String layer, long revision) {
    return database.read(
        connection -> {
          List<SetAside> all = new ArrayList<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT row_number, reason, raw FROM catalogue_set_aside"
                      + " WHERE layer_id = ? AND revision = ? ORDER BY place")) {
            select.setString(1, layer);
            select.setLong(2, revision);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                all.add(new SetAside(layer, rows.getLong(1), rows.getString(2), rows.getString(3)));
              }
            }
          }
          return all;
        });
  }

  /**
   * Empties the raw rows and the examples that imports of a layer kept; what they were counted for
   * stays.
   *
   * @return the hashes of all files that any version of the layer came from
   */
  public Set<String> eraseExamples(String layer) {
    database.write(
        connection -> {
          for (String sql :
              List.of(
                  "UPDATE catalogue_set_aside SET raw = '' WHERE layer_id = ?",
                  "UPDATE catalogue_finding SET examples = '[]' WHERE layer_id = ?")) {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
              update.setString(1, layer);
              update.executeUpdate();
            }
          }
          return true;
        });
    return listLayerRows().stream()
        .filter(row -> row.layer().equals(layer))
        .flatMap(row -> row.entry().sources().stream())
        .map(LayerSource::sha256)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Writes what one import says, inside its revision. */
  public static void write(
      Connection connection,
      long revision,
      List<LayerRow> layers,
      List<LayerFinding> findings,
      List<SetAside> setAside,
      Map<String, String> files)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO catalogue_layer (layer_id, revision, source, input_hash, rows_hash,"
                + " store_hash, entry) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (LayerRow row : layers) {
        insert.setString(1, row.layer());
        insert.setLong(2, revision);
        insert.setString(3, row.source());
        insert.setString(4, row.inputHash());
        insert.setString(5, row.rowsHash());
        insert.setString(6, row.storeHash());
        insert.setString(7, JSON.writeValueAsString(row.entry()));
        insert.executeUpdate();
      }
    }
    writeFindings(connection, revision, findings);
    writeSetAside(connection, revision, setAside);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO catalogue_file (file, revision, sha256) VALUES (?, ?, ?)")) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        insert.setString(1, file.getKey());
        insert.setLong(2, revision);
        insert.setString(3, file.getValue());
        insert.executeUpdate();
      }
    }
  }

  private static void writeFindings(
      Connection connection, long revision, List<LayerFinding> findings) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO catalogue_finding (revision, place, layer_id, source, code, severity,"
                + " subject, cases, evidence, action, examples)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      int place = 0;
      for (LayerFinding each : findings) {
        Finding finding = each.finding();
        insert.setLong(1, revision);
        insert.setLong(2, ++place);
        insert.setString(3, idOrNull(each.layer()));
        insert.setString(4, finding.source());
        insert.setString(5, finding.code().name());
        insert.setString(6, finding.severity().name());
        insert.setString(7, finding.subject());
        insert.setLong(8, finding.count());
        insert.setString(9, finding.evidence());
        insert.setString(10, finding.action().name());
        insert.setString(11, JSON.writeValueAsString(finding.examples()));
        insert.executeUpdate();
      }
    }
  }

  private static @Nullable String idOrNull(@Nullable LayerId layer) {
    return layer == null ? null : layer.value();
  }

  private static void writeSetAside(Connection connection, long revision, List<SetAside> setAside)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO catalogue_set_aside (revision, place, layer_id, row_number, reason, raw)"
                + " VALUES (?, ?, ?, ?, ?, ?)")) {
      int place = 0;
      for (SetAside row : setAside) {
        insert.setLong(1, revision);
        insert.setLong(2, ++place);
        insert.setString(3, row.layer());
        insert.setLong(4, row.row());
        insert.setString(5, row.reason());
        insert.setString(6, row.raw());
        insert.addBatch();
        if (place % BATCH == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** Notes what the store calls the content that an import left, to know it again after an undo. */
  public void noteStoreHashes(long revision, Map<String, String> hashes) {
    database.write(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE catalogue_layer SET store_hash = ? WHERE layer_id = ? AND revision = ?")) {
            for (Map.Entry<String, String> hash : hashes.entrySet()) {
              update.setString(1, hash.getValue());
              update.setString(2, hash.getKey());
              update.setLong(3, revision);
              update.executeUpdate();
            }
          }
          return true;
        });
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }
}
