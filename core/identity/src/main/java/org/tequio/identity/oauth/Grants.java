package org.tequio.identity.oauth;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Caller;
import org.tequio.identity.Person;
import org.tequio.identity.RoleBook;
import org.tequio.identity.session.Secrets;
import org.tequio.identity.tables.AccountTable;
import org.tequio.identity.tables.ApplicationTable;
import org.tequio.identity.tables.ApplicationTable.Application;
import org.tequio.identity.tables.ApplicationTable.Grant;
import org.tequio.identity.tables.ApplicationTable.Kind;
import org.tequio.identity.tables.ApplicationTable.Token;
import org.tequio.storage.AuditLog;
import org.tequio.storage.Database;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people grant to programs and the tokens that come of it. A code or a refresh token that
 * comes a second time was stolen by somebody: the whole grant is taken back. Thread-safe.
 */
public final class Grants {
  static final Duration ACCESS = Duration.ofHours(1);
  private static final Duration CODE = Duration.ofSeconds(60);
  private static final Duration REFRESH = Duration.ofDays(60);

  /** What an editor of OpenStreetMap asks for, in the words of its API. */
  private static final Set<String> EDITOR_SCOPES =
      Set.of(
          "read_prefs",
          "write_prefs",
          "write_api",
          "write_map",
          "write_changeset_comments",
          "read_gpx",
          "write_gpx",
          "write_notes");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Database database;
  private final ApplicationTable table;
  private final AccountTable accounts;
  private final RoleBook book;
  private final Secrets secrets;
  private final AuditLog audit;
  private final Clock clock;

  /** What a code is bound to. */
  private record CodeDetail(String redirect, String challenge, @Nullable String nonce) {}

  /**
   * Fresh tokens.
   *
   * @param access lets the program act
   * @param refresh to be exchanged for new ones
   * @param grant what they came of
   * @param nonce of the sign-in; null where there was none
   */
  record Issued(String access, String refresh, Grant grant, @Nullable String nonce) {}

  /** Over the tables of a city. */
  public Grants(
      Database database,
      ApplicationTable table,
      AccountTable accounts,
      RoleBook book,
      Secrets secrets,
      AuditLog audit,
      Clock clock) {
    this.database = database;
    this.table = table;
    this.accounts = accounts;
    this.book = book;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
  }

  /** Grants scopes to a program; the code with which it fetches its tokens. */
  String grant(
      Application application,
      String account,
      Set<String> scopes,
      String redirect,
      String challenge,
      @Nullable String nonce) {
    String code = secrets.token();
    Instant now = clock.instant();
    Grant grant = new Grant(secrets.id(), application.id(), account, scopes, now);
    database.write(
        connection -> {
          table.insert(connection, grant);
          table.insert(
              connection,
              Kind.CODE,
              Secrets.hash(code),
              new Token(
                  grant.id(),
                  now.plus(CODE),
                  false,
                  JSON.writeValueAsString(new CodeDetail(redirect, challenge, nonce))));
          return true;
        });
    audit.append(account, "application.grant", application.id() + " for " + scopes);
    return code;
  }

  /**
   * An access token for the editor of the city's own page, which knows no cookies. It opens the
   * scopes of the community map and nothing else, and cannot be renewed by itself.
   */
  Issued grantEditor(String account) {
    Set<String> scopes = new HashSet<>(EDITOR_SCOPES);
    scopes.removeIf(scope -> book.findScope(scope).isEmpty());
    String access = secrets.token();
    Instant now = clock.instant();
    Grant grant = new Grant(secrets.id(), ApplicationTable.EDITOR, account, scopes, now);
    database.write(
        connection -> {
          table.insert(connection, grant);
          table.insert(
              connection,
              Kind.ACCESS,
              Secrets.hash(access),
              new Token(grant.id(), now.plus(ACCESS), false, ""));
          return true;
        });
    return new Issued(access, "", grant, null);
  }

  /** Exchanges a code; empty where it has no force for this program, address and verifier. */
  Optional<Issued> exchangeCode(
      Application application, String code, String redirect, String verifier) {
    return exchange(
        Kind.CODE,
        code,
        application,
        token -> {
          CodeDetail detail = JSON.readValue(token.detail(), CodeDetail.class);
          return detail.redirect().equals(redirect) && isOf(verifier, detail.challenge())
              ? Optional.of(detail.nonce() == null ? "" : detail.nonce())
              : Optional.empty();
        });
  }

  private static boolean isOf(String verifier, String challenge) {
    try {
      return Secrets.same(
          CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier)).getValue(),
          challenge);
    } catch (IllegalArgumentException e) {
      return false; // too short or long to be one (RFC 7636, 4.1)
    }
  }

  /** Exchanges a refresh token; empty where it has no force for this program. */
  Optional<Issued> refresh(Application application, String refresh) {
    return exchange(Kind.REFRESH, refresh, application, token -> Optional.of(""));
  }

  @FunctionalInterface
  private interface Check {
    /** What to remember of a token that is right; empty for one that is not. */
    Optional<String> of(Token token);
  }

  private Optional<Issued> exchange(Kind kind, String given, Application application, Check check) {
    String hash = Secrets.hash(given);
    Instant now = clock.instant();
    String[] stolen = {""};
    Optional<Issued> issued =
        database.write(
            connection -> {
              Optional<Token> token = table.findToken(connection, kind, hash);
              Optional<Grant> grant =
                  token.isEmpty()
                      ? Optional.empty()
                      : table
                          .findGrant(connection, token.get().grant())
                          .filter(one -> one.application().equals(application.id()));
              if (token.isEmpty() || grant.isEmpty()) {
                return Optional.empty();
              }
              if (token.get().used()) {
                table.revoke(connection, grant.get().id());
                stolen[0] = grant.get().account();
                return Optional.empty();
              }
              // Right or wrong, it has been shown: nobody gets a second try.
              table.use(connection, hash);
              Optional<String> nonce = check.of(token.get());
              if (nonce.isEmpty()
                  || token.get().expires().isBefore(now)
                  || !mayAct(connection, grant.get().account())) {
                return Optional.empty();
              }
              return Optional.of(
                  issue(connection, grant.get(), nonce.get().isEmpty() ? null : nonce.get(), now));
            });
    if (!stolen[0].isEmpty()) {
      audit.append(stolen[0], "token.replayed", application.id() + "; the grant was taken back");
    }
    return issued;
  }

  private boolean mayAct(Connection connection, String account) throws SQLException {
    return accounts.find(connection, account).filter(row -> !row.blocked()).isPresent();
  }

  private Issued issue(Connection connection, Grant grant, @Nullable String nonce, Instant now)
      throws SQLException {
    String access = secrets.token();
    String refresh = secrets.token();
    table.insert(
        connection,
        Kind.ACCESS,
        Secrets.hash(access),
        new Token(grant.id(), now.plus(ACCESS), false, ""));
    table.insert(
        connection,
        Kind.REFRESH,
        Secrets.hash(refresh),
        new Token(grant.id(), now.plus(REFRESH), false, ""));
    return new Issued(access, refresh, grant, nonce);
  }

  /** The grant of an access token that has force. */
  Optional<Grant> findGrant(String access) {
    if (access.length() > 100) {
      return Optional.empty();
    }
    return database.read(
        connection -> {
          Optional<Token> token =
              table
                  .findToken(connection, Kind.ACCESS, Secrets.hash(access))
                  .filter(one -> one.expires().isAfter(clock.instant()));
          return token.isEmpty()
              ? Optional.<Grant>empty()
              : table.findGrant(connection, token.get().grant());
        });
  }

  /** Whoever a program acts for with an access token, narrowed to what was granted. */
  public Optional<Caller> findCaller(String access) {
    return findGrant(access)
        .flatMap(
            grant ->
                accounts
                    .findPerson(grant.account())
                    .filter(person -> !person.blocked())
                    .map(person -> caller(person, grant)));
  }

  private Caller caller(Person person, Grant grant) {
    Set<String> actions = new HashSet<>();
    for (String scope : grant.scopes()) {
      book.findScope(scope).ifPresent(one -> actions.addAll(one.actions()));
    }
    return new Caller(person.id(), person.name(), person.holdings(), actions);
  }

  /** Takes back the grant of a token, where it is this program's. */
  void revokeToken(Application application, String token) {
    String hash = Secrets.hash(token);
    database.write(
        connection -> {
          for (Kind kind : List.of(Kind.REFRESH, Kind.ACCESS)) {
            Optional<Token> found = table.findToken(connection, kind, hash);
            if (found.isPresent()
                && table
                    .findGrant(connection, found.get().grant())
                    .filter(grant -> grant.application().equals(application.id()))
                    .isPresent()) {
              table.revoke(connection, found.get().grant());
            }
          }
          return true;
        });
  }

  /** Takes back everything that a person granted to a program; false where there was nothing. */
  boolean withdraw(String account, String application) {
    boolean was =
        database.write(
            connection -> {
              boolean any = false;
              for (Grant grant : table.grantsOf(connection, account)) {
                if (grant.application().equals(application)) {
                  table.revoke(connection, grant.id());
                  any = true;
                }
              }
              return any;
            });
    if (was) {
      audit.append(account, "application.withdraw", application);
    }
    return was;
  }

  /** Removes what has expired. */
  public void tidy() {
    table.deleteExpired(clock.instant());
  }
}
