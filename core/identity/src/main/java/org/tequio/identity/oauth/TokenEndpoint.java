package org.tequio.identity.oauth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;
import org.tequio.identity.session.Secrets;
import org.tequio.identity.session.Throttle;
import org.tequio.identity.tables.ApplicationTable;
import org.tequio.identity.tables.ApplicationTable.Application;

/**
 * Where programs exchange codes and refresh tokens, take tokens back and ask what one is worth (RFC
 * 6749, 7009, 7662). Answers have the forms of those standards, also for errors.
 */
public final class TokenEndpoint {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Grants grants;
  private final ApplicationTable applications;
  private final IdTokens idTokens;
  private final Throttle throttle;
  private final Permissions permissions;

  /** Asks these. */
  public TokenEndpoint(
      Grants grants,
      ApplicationTable applications,
      IdTokens idTokens,
      Throttle throttle,
      Permissions permissions) {
    this.grants = grants;
    this.applications = applications;
    this.idTokens = idTokens;
    this.throttle = throttle;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/oauth2/token", "token", IdentityAction.SESSION_BEGIN, this::token)
            .summary("Exchanges a code or a refresh token for tokens (RFC 6749).")
            .withOpenQuery()
            .openedToOtherSites()
            .takes(FORM, null)
            .answers("application/json", null),
        Endpoint.post("/oauth2/revoke", "revokeToken", IdentityAction.SESSION_BEGIN, this::revoke)
            .summary("Takes a token back, with everything that came of the same grant (RFC 7009).")
            .openedToOtherSites()
            .takes(FORM, null),
        Endpoint.post(
                "/oauth2/introspect",
                "introspectToken",
                IdentityAction.SESSION_BEGIN,
                this::introspect)
            .summary("Says what a token of one's own is worth (RFC 7662).")
            .openedToOtherSites()
            .takes(FORM, null)
            .answers("application/json", null));
  }

  private void begin(Call call) {
    permissions.require(call, Permission.of(IdentityAction.SESSION_BEGIN));
    throttle.take(Throttle.Kind.TOKEN_FROM_ADDRESS, call.address());
  }

  private Reply token(Call call) {
    begin(call);
    try {
      TokenRequest request = TokenRequest.parse(Form.request(call));
      Optional<Application> application =
          application(request.getClientAuthentication(), request.getClientID());
      if (application.isEmpty()) {
        return error(OAuth2Error.INVALID_CLIENT);
      }
      Optional<Grants.Issued> issued =
          switch (request.getAuthorizationGrant()) {
            case AuthorizationCodeGrant code -> exchange(application.get(), code);
            case RefreshTokenGrant refresh ->
                grants.refresh(application.get(), refresh.getRefreshToken().getValue());
            default -> null;
          };
      if (issued == null) {
        return error(OAuth2Error.UNSUPPORTED_GRANT_TYPE);
      }
      return issued.isEmpty() ? error(OAuth2Error.INVALID_GRANT) : answer(issued.get());
    } catch (ParseException e) {
      ErrorObject error = e.getErrorObject();
      return error(error == null ? OAuth2Error.INVALID_REQUEST : error);
    }
  }

  private Optional<Grants.Issued> exchange(Application application, AuthorizationCodeGrant code) {
    URI redirect = code.getRedirectionURI();
    CodeVerifier verifier = code.getCodeVerifier();
    return grants.exchangeCode(
        application,
        code.getAuthorizationCode().getValue(),
        redirect == null ? "" : redirect.toString(),
        verifier == null ? "" : verifier.getValue());
  }

  private Reply answer(Grants.Issued issued) {
    Scope scope = new Scope(new TreeSet<>(issued.grant().scopes()).toArray(new String[0]));
    Map<String, Object> document =
        new LinkedHashMap<>(
            new AccessTokenResponse(
                    new Tokens(
                        new BearerAccessToken(issued.access(), Grants.ACCESS.toSeconds(), scope),
                        new RefreshToken(issued.refresh())))
                .toJSONObject());
    if (issued.grant().scopes().contains("openid")) {
      document.put("id_token", idTokens.sign(issued.grant(), issued.nonce()));
    }
    return Reply.json(document).with("Cache-Control", "no-store");
  }

  /** The program that a request comes from, where it shows that it is the one. */
  private Optional<Application> application(
      @Nullable ClientAuthentication authentication, @Nullable ClientID named) {
    ClientID id = authentication == null ? named : authentication.getClientID();
    return id == null
        ? Optional.empty()
        : applications
            .find(id.getValue())
            .filter(application -> isProved(application, authentication));
  }

  private static boolean isProved(
      Application application, @Nullable ClientAuthentication authentication) {
    String secret = application.secret();
    if (secret == null) {
      return authentication == null;
    }
    return authentication instanceof PlainClientSecret shown
        && Secrets.same(Secrets.hash(shown.getClientSecret().getValue()), secret);
  }

  private Reply revoke(Call call) {
    begin(call);
    try {
      TokenRevocationRequest request = TokenRevocationRequest.parse(Form.request(call));
      Optional<Application> application =
          application(request.getClientAuthentication(), request.getClientID());
      if (application.isEmpty()) {
        return error(OAuth2Error.INVALID_CLIENT);
      }
      grants.revokeToken(application.get(), request.getToken().getValue());
      return Reply.json(Map.of()).with("Cache-Control", "no-store");
    } catch (ParseException e) {
      return error(OAuth2Error.INVALID_REQUEST);
    }
  }

  private Reply introspect(Call call) {
    begin(call);
    try {
      TokenIntrospectionRequest request = TokenIntrospectionRequest.parse(Form.request(call));
      Optional<Application> application = application(request.getClientAuthentication(), null);
      if (application.isEmpty()) {
        return error(OAuth2Error.INVALID_CLIENT);
      }
      Map<String, Object> document = new LinkedHashMap<>();
      var grant =
          grants
              .findGrant(request.getToken().getValue())
              .filter(one -> one.application().equals(application.get().id()));
      document.put("active", grant.isPresent());
      grant.ifPresent(
          one -> {
            document.put("client_id", one.application());
            document.put("sub", one.account());
            document.put("scope", String.join(" ", new TreeSet<>(one.scopes())));
          });
      return Reply.json(document).with("Cache-Control", "no-store");
    } catch (ParseException e) {
      return error(OAuth2Error.INVALID_REQUEST);
    }
  }

  private static Reply error(ErrorObject error) {
    int status = error.getHTTPStatusCode() == 401 ? 401 : 400;
    Reply reply = Reply.json(error.toJSONObject()).status(status).with("Cache-Control", "no-store");
    return status == 401 ? reply.with("WWW-Authenticate", "Basic realm=\"oauth2\"") : reply;
  }
}
