package org.tequio.identity.account;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
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
import org.tequio.identity.People;
import org.tequio.identity.Person;
import org.tequio.identity.session.Secrets;
import org.tequio.identity.session.SessionCookie;
import org.tequio.identity.session.Sessions;
import org.tequio.identity.tables.AccountRow;
import org.tequio.identity.tables.SessionTable.Session;

/** One's own account and its sessions. */
public final class AccountEndpoint {
  private static final Parameter<String> SESSION =
      Parameter.pathId(
          "session",
          "Identifier of a session.",
          new LocalText("una sesión", "uma sessão", "a session"));

  private final Accounts accounts;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final People people;
  private final Permissions permissions;

  record AccountDocument(
      String id,
      String name,
      String email,
      String language,
      boolean mail,
      boolean password,
      String created,
      List<HoldingJson> roles) {}

  record Change(@Nullable String name, @Nullable String language, @Nullable Boolean mail) {}

  record NewPassword(@Nullable String current, String next) {}

  record SessionDocument(String id, String agent, String created, String seen, boolean current) {}

  record SessionList(List<SessionDocument> items, @Nullable String next) {}

  /** Asks these. */
  public AccountEndpoint(
      Accounts accounts,
      Sessions sessions,
      SessionCookie cookie,
      People people,
      Permissions permissions) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.cookie = cookie;
    this.people = people;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/account", "account", IdentityAction.ACCOUNT_OWN, this::show)
            .summary("One's own account.")
            .answers("application/json", AccountDocument.class),
        Endpoint.patch("/api/account", "changeAccount", IdentityAction.ACCOUNT_OWN, this::change)
            .summary("Changes one's name, language, or wish for mail.")
            .takes("application/json", Change.class)
            .answers("application/json", AccountDocument.class),
        Endpoint.post(
                "/api/account/password",
                "changePassword",
                IdentityAction.ACCOUNT_OWN,
                this::changePassword)
            .summary("Changes one's password; one's other sessions end.")
            .takes("application/json", NewPassword.class),
        Endpoint.get(
                "/api/account/sessions", "sessions", IdentityAction.ACCOUNT_OWN, this::sessions)
            .summary("Where one has signed in.")
            .answers("application/json", SessionList.class),
        Endpoint.delete(
                "/api/account/sessions/{session}",
                "endSession",
                IdentityAction.ACCOUNT_OWN,
                this::endSession)
            .summary("Ends one of one's sessions.")
            .with(SESSION));
  }

  private String own(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(IdentityAction.ACCOUNT_OWN, account));
    return account;
  }

  private Reply show(Call call) {
    return Reply.json(document(accounts.getAccount(own(call))));
  }

  private AccountDocument document(AccountRow row) {
    return new AccountDocument(
        row.id(),
        row.name(),
        row.email(),
        row.language().tag(),
        row.mail(),
        row.password() != null,
        row.created().toString(),
        HoldingJson.of(
            people.findPerson(row.id()).map(Person::holdings).orElse(List.of()), people));
  }

  private Reply change(Call call) {
    String account = own(call);
    Change change = call.json(Change.class);
    AccountRow before = accounts.getAccount(account);
    String language = change.language();
    Boolean mail = change.mail();
    return Reply.json(
        document(
            accounts.describe(
                account,
                change.name() == null ? before.name() : change.name(),
                language == null ? before.language() : Language.of(language),
                mail == null ? before.mail() : mail)));
  }

  private Reply changePassword(Call call) {
    String account = own(call);
    NewPassword given = call.json(NewPassword.class);
    accounts.changePassword(
        account,
        given.current() == null ? "" : given.current(),
        given.next(),
        cookie.token(call).orElse(""));
    return Reply.empty();
  }

  private Reply sessions(Call call) {
    String current = cookie.token(call).map(Secrets::hash).orElse("");
    return Reply.json(
        new SessionList(
            sessions.list(own(call)).stream().map(one -> document(one, current)).toList(), null));
  }

  private static SessionDocument document(Session session, String current) {
    return new SessionDocument(
        session.id(),
        session.agent(),
        session.created().toString(),
        session.seen().toString(),
        session.hash().equals(current));
  }

  private Reply endSession(Call call) {
    String account = own(call);
    if (!sessions.end(account, call.path(SESSION))) {
      throw new ProblemException(Problem.notFound(call.path(SESSION)));
    }
    return Reply.empty();
  }
}
