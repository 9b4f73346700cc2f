package org.tequio.storage.sql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/** The tables of modules, beside the layers. */
public final class ModuleTables implements Database {
  private final Writer writer;
  private final Dialect dialect;
  private final TableFeatures features;

  ModuleTables(Writer writer, Dialect dialect, TableFeatures features) {
    this.writer = writer;
    this.dialect = dialect;
    this.features = features;
  }

  @Override
  public void migrate(String module, List<Migration> migrations) {
    writer.write(
        connection -> {
          Set<String> before = dialect.tables(connection);
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
          for (String table : dialect.tables(connection)) {
            if (!before.contains(table)) {
              dialect.finishModuleTable(connection, table);
              Sql.update(connection, "INSERT INTO tq_table VALUES (?)", table);
            }
          }
          return true;
        });
  }

  /** The tables that modules have made, by name. */
  static List<String> list(Connection connection, Dialect dialect) throws SQLException {
    Set<String> there = dialect.tables(connection);
    return Sql.list(connection, row -> row.getString(1), "SELECT name FROM tq_table").stream()
        .filter(there::contains)
        .sorted()
        .toList();
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
