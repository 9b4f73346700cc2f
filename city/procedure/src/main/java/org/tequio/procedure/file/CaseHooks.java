package org.tequio.procedure.file;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.http.Egress;
import org.tequio.procedure.CaseHook;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells other programs what happens with filed cases, by webhook: every step once it is durable, in
 * order, and again until it is taken, so that one may come twice; its number says so. A new program
 * hears what happens from then on. What people wrote and who they are is not in it. Used by one
 * thread.
 */
final class CaseHooks {
  /** The header with the signature, as {@link org.tequio.procedure.SharedSecret} makes it. */
  static final String SIGNATURE = "Tequio-Signature";

  private static final Logger LOG = LoggerFactory.getLogger(CaseHooks.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_EVENTS = 100;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE procedure_hook (address TEXT PRIMARY KEY, told BIGINT NOT NULL,"
                      + " failures INTEGER NOT NULL, wake BIGINT NOT NULL)")));

  private final CaseTables tables;
  private final Database database;
  private final List<CaseHook> hooks;
  private final Egress egress;
  private final Clock clock;

  CaseHooks(CaseTables tables, List<CaseHook> hooks, Egress egress, Clock clock) {
    this.tables = tables;
    this.database = tables.database();
    this.hooks = List.copyOf(hooks);
    this.egress = egress;
    this.clock = clock;
    database.migrate("procedure_hook", MIGRATIONS);
    hooks.forEach(hook -> begin(hook.address().toString()));
  }

  /** How far one is; {@code wake} in milliseconds. */
  private record Progress(long told, int failures, long wake) {}

  /**
   * One step of a file.
   *
   * @param id the step's number; whoever has seen it has this event
   * @param state where the file stands when this is sent
   */
  record EventJson(
      long id,
      String event,
      String folio,
      String procedure,
      String office,
      String state,
      String at,
      String since) {}

  /** What one message holds. */
  record EventsJson(List<EventJson> events) {}

  private void begin(String address) {
    database.write(
        connection ->
            Sql.update(
                connection,
                "INSERT INTO procedure_hook (address, told, failures, wake)"
                    + " SELECT ?, last, 0, 0"
                    + " FROM (SELECT COALESCE(MAX(number), 0) AS last FROM procedure_step) AS steps"
                    + " WHERE NOT EXISTS (SELECT 1 FROM procedure_hook WHERE address = ?)",
                address,
                address));
  }

  /** Tells each whose turn it is all that it does not know yet. */
  void send() {
    for (CaseHook hook : hooks) {
      boolean more = true;
      while (more && !Thread.currentThread().isInterrupted()) {
        more = send(hook);
      }
    }
  }

  /** Sends one message; true where another may follow at once. */
  private boolean send(CaseHook hook) {
    String address = hook.address().toString();
    Progress progress = progress(address);
    Instant now = clock.instant();
    if (progress.wake > now.toEpochMilli()) {
      return false;
    }
    List<CaseStep> steps = tables.stepsAfter(progress.told, MOST_EVENTS);
    if (steps.isEmpty()) {
      return false;
    }
    List<EventJson> events = new ArrayList<>();
    for (CaseStep step : steps) {
      if (!step.verb().isInternal()) {
        tables.find(step.caseFile()).map(file -> event(file, step)).ifPresent(events::add);
      }
    }
    String problem = events.isEmpty() ? null : problem(hook, events, now);
    if (problem == null) {
      move(address, new Progress(steps.getLast().number(), 0, 0));
      return steps.size() == MOST_EVENTS;
    }
    int failures = progress.failures + 1;
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 20));
    Duration next = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    LOG.warn(
        "{} was not told of step {}: {}; again in {}",
        host(hook.address()),
        steps.getFirst().number(),
        problem,
        next);
    move(address, new Progress(progress.told, failures, now.plus(next).toEpochMilli()));
    return false;
  }

  // The rest of an address may hold a token.
  private static String host(URI address) {
    return String.valueOf(address.getHost());
  }

  private static @Nullable EventJson event(CaseFile file, CaseStep step) {
    CaseFile.Filing filing = file.filing();
    return filing == null
        ? null
        : new EventJson(
            step.number(),
            step.verb().wireName(),
            filing.folio(),
            file.procedure(),
            filing.terms().office(),
            file.state().wireName(),
            step.at().toString(),
            step.since().toString());
  }

  private @Nullable String problem(CaseHook hook, List<EventJson> events, Instant now) {
    byte[] body = JSON.writeValueAsBytes(new EventsJson(events));
    Map<String, String> headers = Map.of(SIGNATURE, hook.secret().sign(body, now));
    try (Egress.Answer answer = egress.post(hook.address(), headers, body)) {
      return answer.status() / 100 == 2 ? null : "status " + answer.status();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Progress progress(String address) {
    return database.read(
        connection ->
            Sql.first(
                    connection,
                    row -> new Progress(row.getLong(1), row.getInt(2), row.getLong(3)),
                    "SELECT told, failures, wake FROM procedure_hook WHERE address = ?",
                    address)
                .orElseThrow());
  }

  private void move(String address, Progress to) {
    database.write(
        connection ->
            Sql.update(
                connection,
                "UPDATE procedure_hook SET told = ?, failures = ?, wake = ? WHERE address = ?",
                to.told,
                to.failures,
                to.wake,
                address));
  }
}
