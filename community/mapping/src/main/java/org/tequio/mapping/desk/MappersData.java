package org.tequio.mapping.desk;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.identity.PersonalData;
import org.tequio.mapping.tables.MappingTables;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/** What mapping keeps about people. The history of tasks keeps an identifier and no name. */
public final class MappersData implements PersonalData {
  private final Database database;

  /** Reads these tables. */
  public MappersData(Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return MappingTables.MODULE;
  }

  @Override
  public List<Map<String, Object>> heldAbout(String account) {
    List<Map<String, Object>> records = new ArrayList<>();
    database.read(
        connection -> {
          Sql.each(
              connection,
              row -> {
                Map<String, Object> record = new LinkedHashMap<>();
                record.put("project", row.getLong(1));
                record.put("task", row.getInt(2));
                record.put("at", Instant.ofEpochMilli(row.getLong(3)).toString());
                record.put("what", row.getString(4));
                record.put("text", row.getString(5));
                records.add(record);
              },
              "SELECT project, task, at, kind, text FROM mapping_event WHERE account = ?"
                  + " ORDER BY number",
              account);
          Sql.each(
              connection,
              row -> records.add(Map.of("team", row.getLong(1))),
              "SELECT team FROM mapping_team_member WHERE account = ?",
              account);
          Sql.each(
              connection,
              row -> records.add(Map.of("favourite", row.getLong(1))),
              "SELECT project FROM mapping_favourite WHERE account = ?",
              account);
          Sql.each(
              connection,
              row -> records.add(Map.of("interest", row.getString(1))),
              "SELECT l.name FROM mapping_interested i JOIN mapping_label l"
                  + " ON l.kind = 'INTEREST' AND l.id = i.interest WHERE i.account = ?",
              account);
          Sql.each(
              connection,
              row ->
                  records.add(
                      Map.of(
                          "accepted",
                          row.getLong(1),
                          "at",
                          Instant.ofEpochMilli(row.getLong(2)).toString())),
              "SELECT licence, at FROM mapping_accepted WHERE account = ?",
              account);
          return true;
        });
    return records;
  }

  @Override
  public void erase(Connection connection, String account) throws SQLException {
    Sql.update(
        connection,
        "UPDATE mapping_event SET text = '' WHERE account = ? AND kind = 'COMMENT'",
        account);
    for (String table :
        List.of(
            "mapping_team_member",
            "mapping_favourite",
            "mapping_accepted",
            "mapping_interested",
            "mapping_leased",
            "mapping_lease")) {
      Sql.update(connection, "DELETE FROM " + table + " WHERE account = ?", account);
    }
  }
}
