package org.tequio.identity.account;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Call;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;
import org.tequio.identity.People;
import org.tequio.identity.Person;
import org.tequio.identity.RolePolicy;
import org.tequio.identity.session.Secrets;
import org.tequio.identity.session.SessionCookie;
import org.tequio.identity.session.Sessions;
import org.tequio.identity.tables.AccountRow;

/** Who has signed in, signing in with a password, and signing out. */
public final class SessionEndpoint {
  private static final Permission BEGIN = Permission.of(IdentityAction.SESSION_BEGIN);

  private final Accounts accounts;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final People people;
  private final Permissions permissions;
  private final RolePolicy policy;
  private final List<ProviderJson> providers;

  /** Another way to sign in: a provider's name and where it begins. */
  public record ProviderJson(String id, String title, String href) {}

  record AccountJson(
      String id, String name, String email, String language, List<HoldingJson> roles) {}

  record SessionJson(
      @Nullable AccountJson account,
      @Nullable String csrf,
      List<String> can,
      List<ProviderJson> providers,
      boolean setup) {}

  record SignIn(String email, String password) {}

  record Welcome(String token, String name, String email, String password) {}

  /** Everything that it works with. */
  public SessionEndpoint(
      Accounts accounts,
      Sessions sessions,
      SessionCookie cookie,
      People people,
      Permissions permissions,
      RolePolicy policy,
      List<ProviderJson> providers) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.cookie = cookie;
    this.people = people;
    this.permissions = permissions;
    this.policy = policy;
    this.providers = List.copyOf(providers);
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/session", "session", IdentityAction.SESSION_BEGIN, this::show)
            .summary("Who has signed in, what they may do, and the ways to sign in.")
            .answers("application/json", SessionJson.class),
        Endpoint.post("/api/session", "signIn", IdentityAction.SESSION_BEGIN, this::signIn)
            .summary("Signs in with an address and a password; sets the session's cookie.")
            .takes("application/json", SignIn.class)
            .answers("application/json", SessionJson.class),
        Endpoint.delete("/api/session", "signOut", IdentityAction.SESSION_BEGIN, this::signOut)
            .summary("Signs out: the session ends, not only its cookie."),
        Endpoint.post("/api/session/first", "welcome", IdentityAction.SESSION_BEGIN, this::welcome)
            .summary("Makes the first administrator, with the one-time link of the start.")
            .takes("application/json", Welcome.class)
            .answers("application/json", SessionJson.class));
  }

  private Reply show(Call call) {
    permissions.require(call, BEGIN);
    Optional<String> token = cookie.token(call);
    Reply reply =
        Reply.json(document(call.caller(), token.orElse(null))).with("Cache-Control", "no-store");
    return token.isPresent() && !call.caller().isSignedIn() ? reply.cookie(cookie.clear()) : reply;
  }

  private Reply signIn(Call call) {
    permissions.require(call, BEGIN);
    SignIn given = call.json(SignIn.class);
    return begin(call, accounts.signIn(given.email(), given.password(), call.address()));
  }

  private Reply welcome(Call call) {
    permissions.require(call, BEGIN);
    Welcome given = call.json(Welcome.class);
    return begin(
        call, accounts.welcome(given.token(), given.name(), given.email(), given.password()));
  }

  /** Begins a session for an account and answers with it. */
  public Reply begin(Call call, AccountRow account) {
    String token =
        sessions.begin(
            account.id(), call.header("User-Agent").orElse(""), cookie.token(call).orElse(null));
    Caller caller = sessions.find(token).orElse(Caller.ANYONE);
    return Reply.json(document(caller, token))
        .cookie(cookie.set(token))
        .with("Cache-Control", "no-store");
  }

  private Reply signOut(Call call) {
    permissions.require(call, BEGIN);
    cookie.token(call).ifPresent(sessions::end);
    return Reply.empty().cookie(cookie.clear());
  }

  private SessionJson document(Caller caller, @Nullable String token) {
    String account = caller.account();
    Person person = account == null ? null : people.findPerson(account).orElse(null);
    return new SessionJson(
        person == null
            ? null
            : new AccountJson(
                person.id(),
                person.name(),
                person.email(),
                person.language().tag(),
                HoldingJson.of(person.holdings(), people)),
        person == null || token == null ? null : Secrets.csrf(token),
        policy.actionsOf(caller),
        providers,
        accounts.lacksAdministrator());
  }
}
