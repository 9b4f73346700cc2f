package org.tequio.identity.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.tequio.feature.LocalText;
import org.tequio.identity.Notice;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;
import tools.jackson.databind.json.JsonMapper;

/** The notices that people were sent. */
public final class NoticeTable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Database database;

  /**
   * One that somebody was sent.
   *
   * @param number rising with time
   * @param instant when
   * @param notice what
   * @param seen true where the person has read it
   */
  public record Sent(long number, Instant instant, Notice notice, boolean seen) {}

  /** Reads and writes the table of a city. */
  public NoticeTable(Database database) {
    this.database = database;
  }

  /** Puts a notice before accounts. */
  public void insert(Connection connection, List<String> accounts, Notice notice, Instant instant)
      throws SQLException {
    long number = Sql.number(connection, "SELECT MAX(number) FROM identity_notice");
    for (String account : accounts) {
      number++;
      Sql.update(
          connection,
          "INSERT INTO identity_notice (number, account, instant, kind, title, text, link, seen)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
          number,
          account,
          instant.toString(),
          notice.kind(),
          JSON.writeValueAsString(notice.title()),
          JSON.writeValueAsString(notice.text()),
          notice.link());
    }
  }

  /** An account's notices before a number, newest first. */
  public List<Sent> list(String account, long before, int limit) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                row ->
                    new Sent(
                        row.getLong(1),
                        Instant.parse(row.getString(2)),
                        new Notice(
                            row.getString(3),
                            JSON.readValue(row.getString(4), LocalText.class),
                            JSON.readValue(row.getString(5), LocalText.class),
                            row.getString(6)),
                        row.getInt(7) != 0),
                "SELECT number, instant, kind, title, text, link, seen FROM identity_notice"
                    + " WHERE account = ? AND number < ? ORDER BY number DESC LIMIT ?",
                account,
                before,
                limit));
  }

  /** How many an account has not read. */
  public long unread(String account) {
    return database.read(
        connection ->
            Sql.number(
                connection,
                "SELECT COUNT(*) FROM identity_notice WHERE account = ? AND seen = 0",
                account));
  }

  /** Notes that an account has read everything up to a number. */
  public void read(String account, long upTo) {
    database.write(
        connection ->
            Sql.update(
                connection,
                "UPDATE identity_notice SET seen = 1 WHERE account = ? AND number <= ?",
                account,
                upTo));
  }
}
