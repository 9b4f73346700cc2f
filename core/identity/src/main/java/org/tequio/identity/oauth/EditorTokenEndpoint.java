package org.tequio.identity.oauth;

import java.util.List;
import java.util.TreeSet;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;

/**
 * The token with which iD in the city's own page speaks to the community map: it sends a bearer
 * token and no header against forgery. The page gets it by its session, shows the header, and asks
 * for another before it ends.
 */
public final class EditorTokenEndpoint {
  private final Grants grants;
  private final Permissions permissions;

  record EditorTokenJson(String token, long expiresInSeconds, List<String> scopes) {}

  /** Asks these. */
  public EditorTokenEndpoint(Grants grants, Permissions permissions) {
    this.grants = grants;
    this.permissions = permissions;
  }

  /** Its operation. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
                "/api/session/editor-token",
                "makeEditorToken",
                IdentityAction.ACCOUNT_OWN,
                this::make)
            .summary("A token of an hour for the editor of the city's own page.")
            .answers("application/json", EditorTokenJson.class));
  }

  private Reply make(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(IdentityAction.ACCOUNT_OWN, account));
    Grants.Issued issued = grants.grantEditor(account);
    return Reply.json(
            new EditorTokenJson(
                issued.access(),
                Grants.ACCESS.toSeconds(),
                List.copyOf(new TreeSet<>(issued.grant().scopes()))))
        .with("Cache-Control", "no-store");
  }
}
