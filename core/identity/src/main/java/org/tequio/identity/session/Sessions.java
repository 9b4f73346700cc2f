package org.tequio.identity.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Caller;
import org.tequio.identity.Person;
import org.tequio.identity.tables.AccountTable;
import org.tequio.identity.tables.SessionTable;
import org.tequio.identity.tables.SessionTable.Session;
import org.tequio.storage.Database;

/**
 * Who has signed in. A session ends when it is not used for {@link #IDLE}, and {@link #ABSOLUTE}
 * after it began in any case. What was read of one is kept in memory until the account changes.
 * Thread-safe.
 */
public final class Sessions {
  /** A session that is not used for so long ends. */
  public static final Duration IDLE = Duration.ofDays(7);

  /** So long after it began every session ends. */
  public static final Duration ABSOLUTE = Duration.ofDays(30);

  private static final Duration NOTED_EVERY = Duration.ofMinutes(10);
  private static final int MOST_IN_MEMORY = 20_000;

  private final Database database;
  private final SessionTable table;
  private final AccountTable accounts;
  private final Secrets secrets;
  private final Clock clock;
  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST_IN_MEMORY;
        }
      };

  /** How often an account was forgotten: what was read before must not be kept after. */
  private long forgotten;

  /** What was read of a session and its person. */
  private record Known(Session session, Caller caller) {}

  /** Over the tables of a city. */
  public Sessions(
      Database database, SessionTable table, AccountTable accounts, Secrets secrets, Clock clock) {
    this.database = database;
    this.table = table;
    this.accounts = accounts;
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * Begins a session.
   *
   * @param agent what the browser calls itself
   * @param before the token that the browser had so far, whose session ends; null for none
   * @return the token
   */
  public String begin(String account, String agent, @Nullable String before) {
    String token = secrets.token();
    Instant now = clock.instant();
    String shown = agent.replaceAll("\\p{Cntrl}", " ");
    Session session =
        new Session(
            secrets.id(),
            Secrets.hash(token),
            account,
            shown.length() > 200 ? shown.substring(0, 200) : shown,
            now,
            now);
    if (before != null) {
      end(before);
    }
    database.write(
        connection -> {
          table.insert(connection, session);
          accounts.setSeen(connection, account, now);
          return true;
        });
    return token;
  }

  /** The one who signed in with a token; empty where it has no force any more. */
  public Optional<Caller> find(String token) {
    if (token.length() > 100) {
      return Optional.empty();
    }
    String hash = Secrets.hash(token);
    Known one;
    long generation;
    synchronized (known) {
      one = known.get(hash);
      generation = forgotten;
    }
    if (one == null) {
      one = read(hash).orElse(null);
      if (one == null) {
        return Optional.empty();
      }
    }
    Instant now = clock.instant();
    if (isOver(one.session, now)) {
      return Optional.empty();
    }
    if (one.session.seen().plus(NOTED_EVERY).isBefore(now)) {
      table.touch(one.session.id(), now);
      Session s = one.session;
      one =
          new Known(
              new Session(s.id(), s.hash(), s.account(), s.agent(), s.created(), now), one.caller);
    }
    synchronized (known) {
      if (generation == forgotten) {
        known.put(hash, one);
      }
    }
    return Optional.of(one.caller);
  }

  private Optional<Known> read(String hash) {
    Optional<Session> session = table.find(hash);
    if (session.isEmpty()) {
      return Optional.empty();
    }
    return accounts
        .findPerson(session.get().account())
        .filter(person -> !person.blocked())
        .map(person -> new Known(session.get(), caller(person)));
  }

  /** A person who acts without a program in between. */
  public static Caller caller(Person person) {
    return new Caller(person.id(), person.name(), person.holdings(), null);
  }

  private static boolean isOver(Session session, Instant now) {
    return session.seen().plus(IDLE).isBefore(now)
        || session.created().plus(ABSOLUTE).isBefore(now);
  }

  /** The sessions of an account that are not over, the last used first. */
  public List<Session> list(String account) {
    Instant now = clock.instant();
    return table.list(account).stream().filter(session -> !isOver(session, now)).toList();
  }

  /** Ends the session of a token. */
  public void end(String token) {
    table.find(Secrets.hash(token)).ifPresent(session -> end(session.account(), session.id()));
  }

  /** Ends one of an account's; false where there is none of this id. */
  public boolean end(String account, String id) {
    boolean was = table.delete(account, id);
    forget(account);
    return was;
  }

  /**
   * Ends all of an account's, inside a transaction; {@link #forget} it afterwards.
   *
   * @param kept the token whose session stays; null for none
   */
  public void endOthers(Connection connection, String account, @Nullable String kept)
      throws SQLException {
    table.deleteOthers(connection, account, kept == null ? "" : Secrets.hash(kept));
  }

  /** Must be called after anything about an account has changed. */
  public void forget(String account) {
    synchronized (known) {
      forgotten++;
      known.values().removeIf(one -> account.equals(one.session.account()));
    }
  }

  /** Removes what is over. */
  public void tidy() {
    Instant now = clock.instant();
    table.deleteUnusedSince(now.minus(IDLE), now.minus(ABSOLUTE));
  }
}
