package org.tequio.identity.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;
import org.tequio.identity.RoleBook;
import org.tequio.identity.account.Email;
import org.tequio.identity.session.Secrets;
import org.tequio.identity.tables.ApplicationTable;
import org.tequio.identity.tables.ApplicationTable.Grant;
import org.tequio.identity.tables.ApplicationTable.Kind;
import org.tequio.identity.tables.ApplicationTable.Password;
import org.tequio.identity.tables.ApplicationTable.Token;
import org.tequio.storage.AuditLog;
import org.tequio.storage.Database;

/**
 * Application passwords: for programs that know a name and a password only, such as QGIS by WFS.
 * One opens what its scopes open and nothing more, is shown once, ends by itself and can be taken
 * back alone. The account's own password is never given to a program.
 */
public final class ApplicationPasswordsEndpoint {
  private static final int MOST = 50;
  private static final int MOST_DAYS = 730;
  private static final int USUAL_DAYS = 365;
  private static final String PATH = "/api/account/application-passwords";
  private static final Parameter<String> PASSWORD =
      Parameter.pathId(
          "password",
          "Identifier of an application password.",
          new LocalText(
              "una contraseña de aplicación",
              "uma senha de aplicativo",
              "an application password"));

  private final Database database;
  private final ApplicationTable table;
  private final RoleBook book;
  private final Secrets secrets;
  private final AuditLog audit;
  private final Clock clock;
  private final Permissions permissions;

  record PasswordJson(
      String id,
      String label,
      List<String> scopes,
      String created,
      String expires,
      @Nullable String password) {}

  record PasswordList(List<PasswordJson> items, @Nullable String next) {}

  record NewPassword(String label, List<String> scopes, @Nullable Integer days) {}

  /** Asks these. */
  public ApplicationPasswordsEndpoint(
      Database database,
      ApplicationTable table,
      RoleBook book,
      Secrets secrets,
      AuditLog audit,
      Clock clock,
      Permissions permissions) {
    this.database = database;
    this.table = table;
    this.book = book;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(PATH, "applicationPasswords", IdentityAction.ACCOUNT_OWN, this::list)
            .summary("One's passwords for programs.")
            .answers("application/json", PasswordList.class),
        Endpoint.post(PATH, "makeApplicationPassword", IdentityAction.ACCOUNT_OWN, this::make)
            .summary("Makes a password for a program; it is shown this once.")
            .takes("application/json", NewPassword.class)
            .answers("application/json", PasswordJson.class),
        Endpoint.delete(
                PATH + "/{password}",
                "endApplicationPassword",
                IdentityAction.ACCOUNT_OWN,
                this::end)
            .summary("Takes the force of a password.")
            .with(PASSWORD));
  }

  private String own(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(IdentityAction.ACCOUNT_OWN, account));
    return account;
  }

  private Reply list(Call call) {
    return Reply.json(
        new PasswordList(
            table.passwordsOf(own(call)).stream().map(one -> document(one, null)).toList(), null));
  }

  private static PasswordJson document(Password one, @Nullable String secret) {
    return new PasswordJson(
        one.grant().id(),
        one.label(),
        List.copyOf(new TreeSet<>(one.grant().scopes())),
        one.grant().created().toString(),
        one.expires().toString(),
        secret);
  }

  private Reply make(Call call) {
    String account = own(call);
    NewPassword wanted = call.json(NewPassword.class);
    String label = Email.name(wanted.label());
    for (String scope : wanted.scopes()) {
      if (book.findScope(scope).isEmpty()) {
        throw wrong("scopes", scope);
      }
    }
    int days = wanted.days() == null ? USUAL_DAYS : wanted.days();
    if (wanted.scopes().isEmpty() || days < 1 || days > MOST_DAYS) {
      throw wrong(wanted.scopes().isEmpty() ? "scopes" : "days", Integer.toString(days));
    }
    if (table.passwordsOf(account).size() >= MOST) {
      throw wrong("label", MOST + " +");
    }
    String secret = secrets.token();
    Instant now = clock.instant();
    Instant expires = now.plus(Duration.ofDays(days));
    Grant grant =
        new Grant(
            secrets.id(), ApplicationTable.PASSWORD, account, Set.copyOf(wanted.scopes()), now);
    database.write(
        connection -> {
          table.insert(connection, grant);
          table.insert(
              connection,
              Kind.ACCESS,
              Secrets.hash(secret),
              new Token(grant.id(), expires, false, label));
          return true;
        });
    audit.append(account, "application-password.make", grant.id() + " for " + grant.scopes());
    return Reply.created(
        PATH + "/" + grant.id(), document(new Password(grant, label, expires), secret));
  }

  private static ProblemException wrong(String member, String got) {
    return new ProblemException(
        Problem.invalidBody(
            new LocalText(
                "'" + member + "' no puede ser '" + got + "'",
                "'" + member + "' não pode ser '" + got + "'",
                "'" + member + "' cannot be '" + got + "'")));
  }

  private Reply end(Call call) {
    String account = own(call);
    String id = call.path(PASSWORD);
    boolean there =
        table.passwordsOf(account).stream().anyMatch(one -> one.grant().id().equals(id));
    if (!there) {
      throw new ProblemException(Problem.notFound(id));
    }
    database.write(
        connection -> {
          table.revoke(connection, id);
          return true;
        });
    audit.append(account, "application-password.end", id);
    return Reply.empty();
  }
}
