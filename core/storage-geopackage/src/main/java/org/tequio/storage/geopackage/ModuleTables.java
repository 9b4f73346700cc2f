package org.tequio.storage.geopackage;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/** The tables of modules, in the same file. */
final class ModuleTables implements Database {
  private final Writer writer;
  private final TableFeatures features;

  ModuleTables(Writer writer, TableFeatures features) {
    this.writer = writer;
    this.features = features;
  }

  @Override
  public void migrate(String module, List<Migration> migrations) {
    writer.write(
        connection -> {
          Set<String> before = tables(connection);
          int wanted = 1;
          for (Migration migration : migrations) {
            if (migration.version() != wanted++) {
              throw new IllegalArgumentException(
                  "migrations of "
                      + module
                      + " must go from 1 on in order, but "
                      + (wanted - 1)
                      + " is "
                      + migration.version());
            }
            String hash = hash(migration);
            Optional<String> done =
                Sql.first(
                    connection,
                    row -> row.getString(1),
                    "SELECT hash FROM tq_migration WHERE module = ? AND version = ?",
                    module,
                    migration.version());
            if (done.isPresent()) {
              if (!done.get().equals(hash)) {
                throw new IllegalStateException(
                    "migration "
                        + migration.version()
                        + " of "
                        + module
                        + " is not the one that this city has run");
              }
              continue;
            }
            for (String statement : migration.statements()) {
              Sql.run(connection, statement);
            }
            Sql.update(
                connection,
                "INSERT INTO tq_migration VALUES (?, ?, ?)",
                module,
                migration.version(),
                hash);
          }
          for (String table : tables(connection)) {
            if (!before.contains(table)) {
              Sql.update(connection, "INSERT INTO tq_table VALUES (?)", table);
            }
          }
          return true;
        });
  }

  // Which tables are the city's own matters when something in the file has changed.
  private static Set<String> tables(Connection connection) throws SQLException {
    Set<String> tables = new TreeSet<>();
    Sql.each(
        connection,
        row -> tables.add(row.getString(1)),
        "SELECT name FROM sqlite_schema WHERE type = 'table'");
    return tables;
  }

  private static String hash(Migration migration) {
    byte[] text = String.join("\0", migration.statements()).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(DurableFiles.sha256().digest(text));
  }

  @Override
  public <T> T read(Reading<T> reading) {
    return features.read(view -> reading.with(view.connection()));
  }

  @Override
  public <T> T write(Reading<T> writing) {
    return writer.write(writing::with);
  }
}
