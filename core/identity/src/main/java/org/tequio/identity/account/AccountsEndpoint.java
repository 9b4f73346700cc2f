package org.tequio.identity.account;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;

/** Opening an account, and getting back into one. The answers never say whether there is one. */
public final class AccountsEndpoint {
  private static final Permission BEGIN = Permission.of(IdentityAction.SESSION_BEGIN);

  private final Accounts accounts;
  private final Permissions permissions;

  record NewAccount(String name, String email, String password, @Nullable String language) {}

  record Token(String token) {}

  record Forgotten(String email) {}

  record Reset(String token, String password) {}

  /** Asks these. */
  public AccountsEndpoint(Accounts accounts, Permissions permissions) {
    this.accounts = accounts;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/accounts", "openAccount", IdentityAction.SESSION_BEGIN, this::open)
            .summary("Asks for an account; a mail says how it goes on.")
            .takes("application/json", NewAccount.class),
        Endpoint.post(
                "/api/accounts/confirm",
                "confirmAccount",
                IdentityAction.SESSION_BEGIN,
                this::confirm)
            .summary("Opens the account that the mailed link confirms.")
            .takes("application/json", Token.class),
        Endpoint.post(
                "/api/accounts/forgotten",
                "forgottenPassword",
                IdentityAction.SESSION_BEGIN,
                this::forgotten)
            .summary("Asks for a new password; a mail says how it goes on.")
            .takes("application/json", Forgotten.class),
        Endpoint.post(
                "/api/accounts/reset", "resetPassword", IdentityAction.SESSION_BEGIN, this::reset)
            .summary("Sets a new password with the mailed link; every session ends.")
            .takes("application/json", Reset.class));
  }

  private Reply open(Call call) {
    permissions.require(call, BEGIN);
    NewAccount wanted = call.json(NewAccount.class);
    Language language =
        wanted.language() == null ? call.language() : Language.of(wanted.language());
    accounts.ask(wanted.name(), wanted.email(), wanted.password(), language, call.address());
    return Reply.json(Map.of()).status(202);
  }

  private Reply confirm(Call call) {
    permissions.require(call, BEGIN);
    accounts.confirm(call.json(Token.class).token());
    return Reply.empty();
  }

  private Reply forgotten(Call call) {
    permissions.require(call, BEGIN);
    accounts.forgotten(call.json(Forgotten.class).email(), call.address());
    return Reply.json(Map.of()).status(202);
  }

  private Reply reset(Call call) {
    permissions.require(call, BEGIN);
    Reset given = call.json(Reset.class);
    accounts.reset(given.token(), given.password());
    return Reply.empty();
  }
}
