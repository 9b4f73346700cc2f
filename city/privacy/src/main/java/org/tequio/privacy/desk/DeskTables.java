package org.tequio.privacy.desk;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tequio.feature.LayerId;
import org.tequio.privacy.law.Right;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;
import tools.jackson.databind.json.JsonMapper;

/** The desk's tables: cases and their steps, what is blocked, and how long layers keep data. */
public final class DeskTables {
  /** The tables. */
  public static final Migration MIGRATION =
      new Migration(
          2,
          List.of(
              "CREATE TABLE privacy_case (number BIGINT PRIMARY KEY, kind TEXT NOT NULL,"
                  + " country TEXT NOT NULL, subject TEXT NOT NULL, received TEXT NOT NULL,"
                  + " due TEXT NOT NULL, state TEXT NOT NULL, answer TEXT NOT NULL)",
              "CREATE TABLE privacy_step (case_number BIGINT NOT NULL, place BIGINT NOT NULL,"
                  + " instant BIGINT NOT NULL, actor TEXT NOT NULL, what TEXT NOT NULL,"
                  + " PRIMARY KEY (case_number, place))",
              "CREATE TABLE privacy_block (layer_id TEXT NOT NULL, feature BIGINT NOT NULL,"
                  + " since BIGINT NOT NULL, case_number BIGINT NOT NULL,"
                  + " PRIMARY KEY (layer_id, feature))",
              "CREATE TABLE privacy_retention (layer_id TEXT PRIMARY KEY, rule TEXT NOT NULL)"));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Database database;
  private final Clock clock;

  /** Reads and writes them. */
  public DeskTables(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Begins a case; returns its number. */
  public long open(
      Right right,
      String country,
      Case.Subject subject,
      LocalDate received,
      LocalDate due,
      String by) {
    return database.write(
        connection -> {
          long number =
              1 + Sql.number(connection, "SELECT COALESCE(MAX(number), 0) FROM privacy_case");
          Sql.update(
              connection,
              "INSERT INTO privacy_case VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
              number,
              right.name(),
              country,
              JSON.writeValueAsString(subject),
              received.toString(),
              due.toString(),
              Case.State.RECEIVED.name(),
              "");
          step(connection, number, by, "received");
          return number;
        });
  }

  /** All cases, newest first. */
  public List<Case> listCases() {
    return database.read(
        connection -> {
          List<Case> cases = new ArrayList<>();
          for (long number :
              Sql.list(
                  connection,
                  row -> row.getLong(1),
                  "SELECT number FROM privacy_case ORDER BY number DESC")) {
            read(connection, number).ifPresent(cases::add);
          }
          return cases;
        });
  }

  /** One case. */
  public Optional<Case> findCase(long number) {
    return database.read(connection -> read(connection, number));
  }

  private static Optional<Case> read(Connection connection, long number) throws SQLException {
    List<Case.Step> steps =
        Sql.list(
            connection,
            row ->
                new Case.Step(
                    Instant.ofEpochMilli(row.getLong(1)), row.getString(2), row.getString(3)),
            "SELECT instant, actor, what FROM privacy_step WHERE case_number = ? ORDER BY place",
            number);
    return Sql.first(
        connection,
        row -> of(row, steps),
        "SELECT number, kind, country, subject, received, due, state, answer FROM privacy_case"
            + " WHERE number = ?",
        number);
  }

  private static Case of(ResultSet row, List<Case.Step> steps) throws SQLException {
    return new Case(
        row.getLong(1),
        Right.valueOf(row.getString(2)),
        row.getString(3),
        JSON.readValue(row.getString(4), Case.Subject.class),
        LocalDate.parse(row.getString(5)),
        LocalDate.parse(row.getString(6)),
        Case.State.valueOf(row.getString(7)),
        row.getString(8),
        steps);
  }

  private void step(Connection connection, long number, String actor, String what)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO privacy_step SELECT ?, COALESCE(MAX(place), 0) + 1, ?, ?, ? FROM privacy_step"
            + " WHERE case_number = ?",
        number,
        clock.millis(),
        actor,
        what,
        number);
  }

  /** Writes down that something was done. */
  public void note(long number, String actor, String what) {
    database.write(
        connection -> {
          step(connection, number, actor, what);
          return true;
        });
  }

  /** Keeps features from everybody but the desk. */
  public void block(long number, List<Place> places, String actor) {
    database.write(
        connection -> {
          for (Place place : places) {
            Sql.update(
                connection,
                "INSERT INTO privacy_block (layer_id, feature, since, case_number)"
                    + " SELECT ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM privacy_block"
                    + " WHERE layer_id = ? AND feature = ?)",
                place.layer.value(),
                place.feature,
                clock.millis(),
                number,
                place.layer.value(),
                place.feature);
          }
          if (number > 0) {
            state(connection, number, Case.State.BLOCKED);
            step(connection, number, actor, "blocked " + places.size() + " features");
          }
          return true;
        });
  }

  /** Ends a case with the data gone: the case forgets whom it was about. */
  public void erased(long number, List<String> done, String actor) {
    database.write(
        connection -> {
          state(connection, number, Case.State.ERASED);
          Sql.update(
              connection,
              "UPDATE privacy_case SET subject = ? WHERE number = ?",
              JSON.writeValueAsString(Case.Subject.FORGOTTEN),
              number);
          Sql.update(connection, "DELETE FROM privacy_block WHERE case_number = ?", number);
          for (String one : done) {
            step(connection, number, actor, one);
          }
          return true;
        });
  }

  /** Takes a block away, once there is nothing left to be blocked. */
  public void unblock(List<Place> places) {
    database.write(
        connection -> {
          for (Place place : places) {
            Sql.update(
                connection,
                "DELETE FROM privacy_block WHERE layer_id = ? AND feature = ?",
                place.layer.value(),
                place.feature);
          }
          return true;
        });
  }

  /** Writes down what the person was told. */
  public void answer(long number, String text, String actor) {
    database.write(
        connection -> {
          Sql.update(
              connection, "UPDATE privacy_case SET answer = ? WHERE number = ?", text, number);
          state(connection, number, Case.State.ANSWERED);
          step(connection, number, actor, "answered");
          return true;
        });
  }

  private static void state(Connection connection, long number, Case.State state)
      throws SQLException {
    Sql.update(
        connection, "UPDATE privacy_case SET state = ? WHERE number = ?", state.name(), number);
  }

  /** A feature of a layer. */
  public record Place(LayerId layer, long feature) {}

  /** True where nobody but the desk may see a feature's closed fields. */
  public boolean isBlocked(LayerId layer, long feature) {
    return database.read(
        connection ->
            Sql.number(
                    connection,
                    "SELECT COUNT(*) FROM privacy_block WHERE layer_id = ? AND feature = ?",
                    layer.value(),
                    feature)
                > 0);
  }

  /** The features of a layer that the clock blocked before an instant. */
  public List<Place> listBlockedByClock(LayerId layer, Instant before) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                row -> new Place(layer, row.getLong(1)),
                "SELECT feature FROM privacy_block WHERE layer_id = ? AND since < ?"
                    + " AND case_number = 0 ORDER BY feature",
                layer.value(),
                before.toEpochMilli()));
  }

  /** How long a layer keeps data; nothing where nobody said. */
  public Optional<RetentionRule> findRule(LayerId layer) {
    return database.read(
        connection ->
            Sql.first(
                connection,
                row -> JSON.readValue(row.getString(1), RetentionRule.class),
                "SELECT rule FROM privacy_retention WHERE layer_id = ?",
                layer.value()));
  }

  /** Says how long. */
  public void save(LayerId layer, RetentionRule rule) {
    database.write(
        connection -> {
          Sql.update(connection, "DELETE FROM privacy_retention WHERE layer_id = ?", layer.value());
          return Sql.update(
              connection,
              "INSERT INTO privacy_retention VALUES (?, ?)",
              layer.value(),
              JSON.writeValueAsString(rule));
        });
  }
}
