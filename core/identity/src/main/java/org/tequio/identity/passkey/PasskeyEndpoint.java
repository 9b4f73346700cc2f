package org.tequio.identity.passkey;

import java.util.List;
import java.util.Map;
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
import org.tequio.identity.account.Accounts;
import org.tequio.identity.account.Email;
import org.tequio.identity.account.SessionEndpoint;
import org.tequio.identity.session.Throttle;
import org.tequio.identity.tables.AccountRow;
import org.tequio.identity.tables.PasskeyTable.Passkey;
import tools.jackson.databind.JsonNode;

/** Adding and removing passkeys, and signing in with one. */
public final class PasskeyEndpoint {
  private static final Parameter<String> PASSKEY =
      new Parameter<>(
          Parameter.Place.PATH,
          "passkey",
          "Identifier of a passkey.",
          new LocalText("una llave de acceso", "uma chave de acesso", "a passkey"),
          Parameter.schema("string", "pattern", "^[A-Za-z0-9_-]{1,1400}$"),
          text ->
              text.matches("[A-Za-z0-9_-]{1,1400}")
                  ? java.util.Optional.of(text)
                  : java.util.Optional.empty());

  private final Passkeys passkeys;
  private final Accounts accounts;
  private final SessionEndpoint session;
  private final Throttle throttle;
  private final Permissions permissions;

  record PasskeyJson(String id, String label, String created, @Nullable String used) {}

  record PasskeyList(List<PasskeyJson> items, @Nullable String next) {}

  record NewPasskey(String label, JsonNode credential) {}

  record Shown(JsonNode credential) {}

  /** Asks these. */
  public PasskeyEndpoint(
      Passkeys passkeys,
      Accounts accounts,
      SessionEndpoint session,
      Throttle throttle,
      Permissions permissions) {
    this.passkeys = passkeys;
    this.accounts = accounts;
    this.session = session;
    this.throttle = throttle;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
                "/api/account/passkeys/options",
                "passkeyCreationOptions",
                IdentityAction.ACCOUNT_OWN,
                this::creationOptions)
            .summary("What the browser needs to make a passkey (WebAuthn JSON).")
            .answers("application/json", null),
        Endpoint.post("/api/account/passkeys", "addPasskey", IdentityAction.ACCOUNT_OWN, this::add)
            .summary("Adds the passkey that the browser made.")
            .takes("application/json", null)
            .answers("application/json", PasskeyJson.class),
        Endpoint.get("/api/account/passkeys", "passkeys", IdentityAction.ACCOUNT_OWN, this::list)
            .summary("One's passkeys.")
            .answers("application/json", PasskeyList.class),
        Endpoint.delete(
                "/api/account/passkeys/{passkey}",
                "removePasskey",
                IdentityAction.ACCOUNT_OWN,
                this::remove)
            .summary("Removes one of one's passkeys.")
            .with(PASSKEY),
        Endpoint.post(
                "/api/session/passkey/options",
                "passkeyRequestOptions",
                IdentityAction.SESSION_BEGIN,
                this::requestOptions)
            .summary("What the browser needs to sign in with a passkey (WebAuthn JSON).")
            .answers("application/json", null),
        Endpoint.post(
                "/api/session/passkey",
                "signInWithPasskey",
                IdentityAction.SESSION_BEGIN,
                this::signIn)
            .summary("Signs in with a passkey; sets the session's cookie.")
            .takes("application/json", null)
            .answers("application/json", null));
  }

  private String own(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(IdentityAction.ACCOUNT_OWN, account));
    return account;
  }

  private Reply creationOptions(Call call) {
    AccountRow account = accounts.getAccount(own(call));
    return Reply.json(Map.of("publicKey", passkeys.creationOptions(account)));
  }

  private Reply add(Call call) {
    String account = own(call);
    NewPasskey shown = call.json(NewPasskey.class);
    Passkey added = passkeys.register(account, Email.name(shown.label()), shown.credential());
    return Reply.created("/api/account/passkeys/" + added.id(), document(added));
  }

  private Reply list(Call call) {
    return Reply.json(
        new PasskeyList(
            passkeys.list(own(call)).stream().map(PasskeyEndpoint::document).toList(), null));
  }

  private static PasskeyJson document(Passkey passkey) {
    return new PasskeyJson(
        passkey.id(),
        passkey.label(),
        passkey.created().toString(),
        passkey.used() == null ? null : passkey.used().toString());
  }

  private Reply remove(Call call) {
    String account = own(call);
    if (!passkeys.remove(account, call.path(PASSKEY))) {
      throw new ProblemException(Problem.notFound(call.path(PASSKEY)));
    }
    return Reply.empty();
  }

  private Reply requestOptions(Call call) {
    permissions.require(call, Permission.of(IdentityAction.SESSION_BEGIN));
    return Reply.json(Map.of("publicKey", passkeys.requestOptions()));
  }

  private Reply signIn(Call call) {
    permissions.require(call, Permission.of(IdentityAction.SESSION_BEGIN));
    throttle.take(Throttle.Kind.SIGN_IN_FROM_ADDRESS, call.address());
    String account = passkeys.signIn(call.json(Shown.class).credential());
    AccountRow row = accounts.getAccount(account);
    if (row.blocked()) {
      throw new ProblemException(Permissions.signInFirst());
    }
    return session.begin(call, row);
  }
}
