package org.tequio.identity.tables;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;

/** Programs that may act for people, what people granted them, and the tokens of each grant. */
public final class ApplicationTable {
  static final Migration MIGRATION =
      new Migration(
          3,
          List.of(
              "CREATE TABLE identity_application (id TEXT PRIMARY KEY, name TEXT NOT NULL,"
                  + " secret TEXT, redirects TEXT NOT NULL, scopes TEXT NOT NULL,"
                  + " created TEXT NOT NULL)",
              "CREATE TABLE identity_grant (id TEXT PRIMARY KEY, application TEXT NOT NULL,"
                  + " account TEXT NOT NULL, scopes TEXT NOT NULL, created TEXT NOT NULL)",
              "CREATE INDEX identity_grant_account ON identity_grant (account, application)",
              "CREATE INDEX identity_grant_application ON identity_grant (application)",
              "CREATE TABLE identity_grant_token (hash TEXT PRIMARY KEY, grant_id TEXT NOT NULL,"
                  + " kind TEXT NOT NULL, expires TEXT NOT NULL, used INTEGER NOT NULL,"
                  + " detail TEXT NOT NULL)",
              "CREATE INDEX identity_grant_token_grant ON identity_grant_token (grant_id)",
              "CREATE TABLE identity_passkey (id TEXT PRIMARY KEY, account TEXT NOT NULL,"
                  + " label TEXT NOT NULL, credential TEXT NOT NULL, counter BIGINT NOT NULL,"
                  + " created TEXT NOT NULL, used TEXT)",
              "CREATE INDEX identity_passkey_account ON identity_passkey (account)",
              "CREATE TABLE identity_link (issuer TEXT NOT NULL, subject TEXT NOT NULL,"
                  + " account TEXT NOT NULL, PRIMARY KEY (issuer, subject))",
              "CREATE INDEX identity_link_account ON identity_link (account)"));

  /** Stands for the program in grants that somebody made for a password of their own. */
  public static final String PASSWORD = "password";

  /** Stands for the program in grants for the editor of the city's own page. */
  public static final String EDITOR = "editor";

  private static final String APPLICATIONS =
      "SELECT id, name, secret, redirects, scopes, created FROM identity_application ";
  private static final String GRANTS =
      "SELECT id, application, account, scopes, created FROM identity_grant ";

  private final Database database;

  /**
   * A program.
   *
   * @param id its client identifier
   * @param name as people read it
   * @param secret the hash of its secret; null for a program that cannot keep one
   * @param redirects where the browser may be sent back to
   * @param scopes what it may ask for
   * @param created when it was registered
   */
  public record Application(
      String id,
      String name,
      @Nullable String secret,
      List<String> redirects,
      Set<String> scopes,
      Instant created) {
    /** Copies the collections. */
    public Application {
      redirects = List.copyOf(redirects);
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * What a person granted a program.
   *
   * @param id its identifier
   * @param application to which
   * @param account whose
   * @param scopes what for
   * @param created when
   */
  public record Grant(
      String id, String application, String account, Set<String> scopes, Instant created) {
    /** Copies the set. */
    public Grant {
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * A password that somebody made for a program.
   *
   * @param grant what it opens
   * @param label what its maker calls it
   * @param expires until when
   */
  public record Password(Grant grant, String label, Instant expires) {}

  /** What a token is. */
  public enum Kind {
    /** Exchanged once for the others. */
    CODE("code"),
    /** Lets the program act. */
    ACCESS("access"),
    /** Exchanged once for new ones. */
    REFRESH("refresh");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }
  }

  /**
   * A token of a grant.
   *
   * @param grant of which
   * @param expires until when
   * @param used true where it was exchanged already
   * @param detail what else was kept with it
   */
  public record Token(String grant, Instant expires, boolean used, String detail) {}

  /** Reads and writes the tables of a city. */
  public ApplicationTable(Database database) {
    this.database = database;
  }

  /** One program. */
  public Optional<Application> find(String id) {
    return database.read(
        connection ->
            Sql.first(
                connection, ApplicationTable::application, APPLICATIONS + "WHERE id = ?", id));
  }

  /** All programs, by name. */
  public List<Application> list() {
    return database.read(
        connection ->
            Sql.list(
                connection, ApplicationTable::application, APPLICATIONS + "ORDER BY name, id"));
  }

  /** Registers a program. */
  public void insert(Application application) {
    database.write(
        connection ->
            Sql.update(
                connection,
                "INSERT INTO identity_application (id, name, secret, redirects, scopes, created)"
                    + " VALUES (?, ?, ?, ?, ?, ?)",
                application.id(),
                application.name(),
                application.secret(),
                String.join("\n", application.redirects()),
                String.join(" ", new TreeSet<>(application.scopes())),
                application.created().toString()));
  }

  /** Removes a program with everything that was granted to it; false where there is none. */
  public boolean delete(String id) {
    return database.write(
        connection -> {
          for (Grant grant :
              Sql.list(connection, ApplicationTable::grant, GRANTS + "WHERE application = ?", id)) {
            revoke(connection, grant.id());
          }
          return Sql.update(connection, "DELETE FROM identity_application WHERE id = ?", id) > 0;
        });
  }

  /** What a person granted to programs. */
  public List<Grant> grantsOf(String account) {
    return database.read(connection -> grantsOf(connection, account));
  }

  /** What a person granted to programs, inside a transaction. */
  public List<Grant> grantsOf(Connection connection, String account) throws SQLException {
    return Sql.list(
        connection,
        ApplicationTable::grant,
        GRANTS + "WHERE account = ? ORDER BY created, id",
        account);
  }

  /** The passwords that a person made for programs. */
  public List<Password> passwordsOf(String account) {
    return database.read(
        connection ->
            Sql.list(
                connection,
                row -> new Password(grant(row), row.getString(6), Instant.parse(row.getString(7))),
                "SELECT g.id, g.application, g.account, g.scopes, g.created, t.detail, t.expires"
                    + " FROM identity_grant g JOIN identity_grant_token t ON t.grant_id = g.id"
                    + " WHERE g.account = ? AND g.application = ? ORDER BY g.created, g.id",
                account,
                PASSWORD));
  }

  /** One grant. */
  public Optional<Grant> findGrant(Connection connection, String id) throws SQLException {
    return Sql.first(connection, ApplicationTable::grant, GRANTS + "WHERE id = ?", id);
  }

  /** Adds a grant. */
  public void insert(Connection connection, Grant grant) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO identity_grant (id, application, account, scopes, created)"
            + " VALUES (?, ?, ?, ?, ?)",
        grant.id(),
        grant.application(),
        grant.account(),
        String.join(" ", new TreeSet<>(grant.scopes())),
        grant.created().toString());
  }

  /** Adds a token to a grant. */
  public void insert(Connection connection, Kind kind, String hash, Token token)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO identity_grant_token (hash, grant_id, kind, expires, used, detail)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        hash,
        token.grant(),
        kind.wireName,
        token.expires().toString(),
        token.used() ? 1 : 0,
        token.detail());
  }

  /** One token. */
  public Optional<Token> findToken(Connection connection, Kind kind, String hash)
      throws SQLException {
    return Sql.first(
        connection,
        row ->
            new Token(
                row.getString(1),
                Instant.parse(row.getString(2)),
                row.getInt(3) != 0,
                row.getString(4)),
        "SELECT grant_id, expires, used, detail FROM identity_grant_token"
            + " WHERE hash = ? AND kind = ?",
        hash,
        kind.wireName);
  }

  /** Notes that a token was exchanged. */
  public void use(Connection connection, String hash) throws SQLException {
    Sql.update(connection, "UPDATE identity_grant_token SET used = 1 WHERE hash = ?", hash);
  }

  /** Takes a grant back with all its tokens. */
  public void revoke(Connection connection, String grant) throws SQLException {
    Sql.update(connection, "DELETE FROM identity_grant_token WHERE grant_id = ?", grant);
    Sql.update(connection, "DELETE FROM identity_grant WHERE id = ?", grant);
  }

  /** Removes tokens that have expired, and grants that have none left. */
  public void deleteExpired(Instant now) {
    database.write(
        connection -> {
          Sql.update(
              connection, "DELETE FROM identity_grant_token WHERE expires < ?", now.toString());
          return Sql.update(
              connection,
              "DELETE FROM identity_grant WHERE NOT EXISTS (SELECT 1 FROM identity_grant_token t"
                  + " WHERE t.grant_id = identity_grant.id)");
        });
  }

  private static Application application(ResultSet row) throws SQLException {
    return new Application(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        List.of(row.getString(4).split("\n")),
        words(row.getString(5)),
        Instant.parse(row.getString(6)));
  }

  private static Grant grant(ResultSet row) throws SQLException {
    return new Grant(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        words(row.getString(4)),
        Instant.parse(row.getString(5)));
  }

  private static Set<String> words(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
  }
}
