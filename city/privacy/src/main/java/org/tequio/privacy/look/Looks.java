package org.tequio.privacy.look;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.privacy.Held;
import org.tequio.storage.AuditLog;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/**
 * Who looked at personal data, at which fields of which layer, of how many features, and why: in a
 * table that can be asked, and in the audit log that cannot be changed. Never the values, and never
 * what was searched for. Thread-safe.
 */
public final class Looks {
  /** The table. */
  public static final Migration MIGRATION =
      new Migration(
          1,
          List.of(
              "CREATE TABLE privacy_look (number BIGINT PRIMARY KEY, instant BIGINT NOT NULL,"
                  + " actor TEXT NOT NULL, layer_id TEXT NOT NULL, fields TEXT NOT NULL,"
                  + " features BIGINT NOT NULL, reason TEXT NOT NULL)",
              "CREATE INDEX privacy_look_instant ON privacy_look (instant)"));

  private static final int MOST = 1_000;

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  /** Writes to both. */
  public Looks(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * One look.
   *
   * @param features how many were seen
   */
  public record Look(
      long number,
      Instant instant,
      String actor,
      String layer,
      List<String> fields,
      long features,
      String reason) {}

  /** Notes what is about to be shown; durable when this returns, and only then may it be shown. */
  public void note(String actor, String layer, List<String> fields, long features, String reason) {
    String joined = String.join(", ", fields);
    database.write(
        connection -> {
          long number =
              1 + Sql.number(connection, "SELECT COALESCE(MAX(number), 0) FROM privacy_look");
          return Sql.update(
              connection,
              "INSERT INTO privacy_look (number, instant, actor, layer_id, fields, features, reason)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?)",
              number,
              clock.millis(),
              actor,
              layer,
              joined,
              features,
              reason);
        });
    audit.append(
        actor, "read personal data", layer + ": " + joined + " of " + features + " features");
  }

  /** Notes every layer of what was found. */
  public void note(String actor, List<Held> found, String reason) {
    List<String> layers = found.stream().map(Held::holder).distinct().toList();
    for (String layer : layers) {
      List<Held> own = found.stream().filter(held -> held.holder().equals(layer)).toList();
      List<String> fields =
          own.stream().flatMap(held -> held.personalNames().stream()).distinct().toList();
      note(actor, layer, fields, own.stream().map(Held::feature).distinct().count(), reason);
    }
  }

  /**
   * Looks, newest first, at most {@value #MOST}.
   *
   * @param actor null for anybody
   * @param layer null for any
   * @param before only older ones; 0 for all
   */
  public List<Look> list(@Nullable String actor, @Nullable String layer, long before) {
    return select(
        "number < ? AND (? = '' OR actor = ?) AND (? = '' OR layer_id = ?)",
        before == 0 ? Long.MAX_VALUE : before,
        orEmpty(actor),
        orEmpty(actor),
        orEmpty(layer),
        orEmpty(layer));
  }

  /** Looks between two instants. */
  public List<Look> list(Instant from, Instant to) {
    return select("instant >= ? AND instant < ?", from.toEpochMilli(), to.toEpochMilli());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private List<Look> select(String condition, Object... values) {
    return database.read(
        connection ->
            new ArrayList<>(
                Sql.list(
                    connection,
                    row ->
                        new Look(
                            row.getLong(1),
                            Instant.ofEpochMilli(row.getLong(2)),
                            row.getString(3),
                            row.getString(4),
                            List.of(row.getString(5).split(", ")),
                            row.getLong(6),
                            row.getString(7)),
                    "SELECT number, instant, actor, layer_id, fields, features, reason"
                        + " FROM privacy_look WHERE "
                        + condition
                        + " ORDER BY number DESC LIMIT "
                        + MOST,
                    values)));
  }
}
