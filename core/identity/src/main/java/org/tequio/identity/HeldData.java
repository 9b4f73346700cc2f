package org.tequio.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.identity.account.Accounts;
import org.tequio.identity.tables.AccountTable;
import org.tequio.identity.tables.NoticeTable;
import org.tequio.identity.tables.SessionTable;
import org.tequio.storage.Sql;

/** What this module keeps about one person. */
final class HeldData {
  private static final int MOST_NOTICES = 10_000;

  private static final List<String> TABLES =
      List.of(
          "identity_session",
          "identity_notice",
          "identity_holding",
          "identity_passkey",
          "identity_link",
          "identity_grant");

  private HeldData() {}

  static List<Map<String, Object>> about(
      String account, AccountTable accounts, SessionTable sessions, NoticeTable notices) {
    List<Map<String, Object>> held = new ArrayList<>();
    accounts
        .find(account)
        .ifPresent(
            row -> {
              Map<String, Object> record = new LinkedHashMap<>();
              record.put("kind", "account");
              record.put("id", row.id());
              record.put("name", row.name());
              record.put("email", row.email());
              record.put("language", row.language().tag());
              record.put("created", row.created().toString());
              record.put("seen", String.valueOf(row.seen()));
              record.put(
                  "roles",
                  Accounts.roles(
                      accounts.findPerson(account).map(Person::holdings).orElse(List.of())));
              held.add(record);
            });
    for (SessionTable.Session session : sessions.list(account)) {
      held.add(
          Map.of(
              "kind",
              "session",
              "agent",
              session.agent(),
              "created",
              session.created().toString(),
              "seen",
              session.seen().toString()));
    }
    for (NoticeTable.Sent sent : notices.list(account, Long.MAX_VALUE, MOST_NOTICES)) {
      held.add(
          Map.of(
              "kind",
              "notice",
              "at",
              sent.instant().toString(),
              "title",
              sent.notice().title().en(),
              "text",
              sent.notice().text().en()));
    }
    return held;
  }

  /** Leaves an empty, blocked account under the identifier that the map's history knows. */
  static void erase(Connection connection, String account) throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM identity_grant_token WHERE grant_id IN"
            + " (SELECT id FROM identity_grant WHERE account = ?)",
        account);
    for (String table : TABLES) {
      Sql.update(connection, "DELETE FROM " + Sql.quoted(table) + " WHERE account = ?", account);
    }
    Sql.update(connection, "DELETE FROM identity_token WHERE subject = ?", account);
    Sql.update(
        connection,
        "UPDATE identity_account SET name = '', folded = '', email = ?, password = NULL,"
            + " mail = 0, blocked = 1 WHERE id = ?",
        "erased:" + account,
        account);
  }
}
