package org.tequio.identity.oauth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;
import org.tequio.identity.RoleBook;
import org.tequio.identity.Site;

/** What programs must know of the OAuth 2.0 server, and of whoever signed in with it. */
public final class MetadataEndpoint {
  private static final String JSON = "application/json";

  private final Grants grants;
  private final IdTokens idTokens;
  private final RoleBook book;
  private final Site site;
  private final Permissions permissions;

  /** Describes these. */
  public MetadataEndpoint(
      Grants grants, IdTokens idTokens, RoleBook book, Site site, Permissions permissions) {
    this.grants = grants;
    this.idTokens = idTokens;
    this.book = book;
    this.site = site;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/.well-known/oauth-authorization-server",
                "oauthMetadata",
                Action.CITY_READ,
                this::metadata)
            .summary("The OAuth 2.0 server's metadata (RFC 8414).")
            .answers(JSON, null),
        Endpoint.get(
                "/.well-known/openid-configuration",
                "openidConfiguration",
                Action.CITY_READ,
                this::metadata)
            .summary("The same for OpenID Connect Discovery.")
            .answers(JSON, null),
        Endpoint.get("/oauth2/jwks", "jwks", Action.CITY_READ, this::keys)
            .summary("The keys with which tokens are signed (RFC 7517).")
            .answers(JSON, null),
        Endpoint.get("/oauth2/userinfo", "userinfo", IdentityAction.SESSION_BEGIN, this::userinfo)
            .summary("Whoever the bearer token was granted by (OpenID Connect Core, 5.3).")
            .openedToOtherSites()
            .answers(JSON, null));
  }

  private Reply metadata(Call call) {
    permissions.require(call, Permission.READ_CITY);
    List<String> scopes = new ArrayList<>(AuthorizeEndpoint.IDENTITY_SCOPES.keySet());
    book.scopes().forEach(scope -> scopes.add(scope.id()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("issuer", site.base());
    document.put("authorization_endpoint", site.link("/oauth2/authorize"));
    document.put("token_endpoint", site.link("/oauth2/token"));
    document.put("revocation_endpoint", site.link("/oauth2/revoke"));
    document.put("introspection_endpoint", site.link("/oauth2/introspect"));
    document.put("userinfo_endpoint", site.link("/oauth2/userinfo"));
    document.put("jwks_uri", site.link("/oauth2/jwks"));
    document.put("scopes_supported", scopes);
    document.put("response_types_supported", List.of("code"));
    document.put("response_modes_supported", List.of("query"));
    document.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
    List<String> methods = List.of("none", "client_secret_basic", "client_secret_post");
    document.put("token_endpoint_auth_methods_supported", methods);
    document.put("revocation_endpoint_auth_methods_supported", methods);
    document.put("code_challenge_methods_supported", List.of("S256"));
    document.put("authorization_response_iss_parameter_supported", true);
    document.put("subject_types_supported", List.of("public"));
    document.put("id_token_signing_alg_values_supported", List.of("RS256"));
    return Reply.json(document);
  }

  private Reply keys(Call call) {
    permissions.require(call, Permission.READ_CITY);
    return Reply.json(idTokens.publicKeys());
  }

  private Reply userinfo(Call call) {
    permissions.require(call, Permission.of(IdentityAction.SESSION_BEGIN));
    Optional<Map<String, Object>> claims =
        call.header("Authorization")
            .filter(header -> header.regionMatches(true, 0, "bearer ", 0, 7))
            .flatMap(header -> grants.findGrant(header.substring(7).strip()))
            .filter(grant -> grant.scopes().contains("openid"))
            .map(grant -> idTokens.claimsOf(grant.account(), grant.scopes()));
    return Reply.json(claims.orElseThrow(() -> new ProblemException(Permissions.signInFirst())))
        .with("Cache-Control", "no-store");
  }

  /** The 400 for what cannot be answered by sending the browser back. */
  static ProblemException refused(org.tequio.feature.LocalText why) {
    return new ProblemException(Problem.invalidBody(why));
  }
}
