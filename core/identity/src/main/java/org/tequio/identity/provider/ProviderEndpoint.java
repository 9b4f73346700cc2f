package org.tequio.identity.provider;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;
import org.tequio.identity.ProviderSettings;
import org.tequio.identity.account.Accounts;
import org.tequio.identity.session.SessionCookie;
import org.tequio.identity.session.Sessions;
import org.tequio.identity.session.Throttle;

/** Signing in by a provider: out to its page, and back with its answer. */
public final class ProviderEndpoint {
  private static final String COOKIE = "tequio_sign_in";
  private static final Parameter<String> PROVIDER =
      Parameter.pathId(
          "provider",
          "Identifier of a provider.",
          new LocalText("un proveedor", "um provedor", "a provider"));
  private static final Parameter<String> NEXT =
      Parameter.text("next", "Path to go on to after signing in.", 2000);

  private final Map<String, ProviderSignIn> providers = new LinkedHashMap<>();
  private final Accounts accounts;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final Throttle throttle;
  private final Permissions permissions;

  /** Offers these. */
  ProviderEndpoint(
      List<ProviderSignIn> providers,
      Accounts accounts,
      Sessions sessions,
      SessionCookie cookie,
      Throttle throttle,
      Permissions permissions) {
    providers.forEach(one -> this.providers.put(one.settings().id(), one));
    this.accounts = accounts;
    this.sessions = sessions;
    this.cookie = cookie;
    this.throttle = throttle;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/session/providers/{provider}",
                "beginProviderSignIn",
                IdentityAction.SESSION_BEGIN,
                this::begin)
            .summary("Sends the browser to the page of an identity provider.")
            .with(PROVIDER, NEXT),
        Endpoint.get(
                "/api/session/providers/{provider}/callback",
                "finishProviderSignIn",
                IdentityAction.SESSION_BEGIN,
                this::finish)
            .summary("Takes the provider's answer and begins a session.")
            .with(PROVIDER)
            .withOpenQuery());
  }

  private ProviderSignIn provider(Call call) {
    permissions.require(call, Permission.of(IdentityAction.SESSION_BEGIN));
    throttle.take(Throttle.Kind.SIGN_IN_FROM_ADDRESS, call.address());
    ProviderSignIn provider = providers.get(call.path(PROVIDER));
    if (provider == null) {
      throw new ProblemException(Problem.notFound(call.path(PROVIDER)));
    }
    return provider;
  }

  private Reply begin(Call call) {
    ProviderSignIn provider = provider(call);
    String next =
        call.query(NEXT).filter(path -> path.matches("/(?![/\\\\])[^\\p{Cntrl}]*")).orElse("/");
    return provider
        .begin(next)
        .map(
            begun ->
                redirect(begun.address().toString())
                    .cookie(
                        COOKIE
                            + "="
                            + begun.browser()
                            + "; Path=/api/session/providers; Max-Age=600; HttpOnly;"
                            + " SameSite=Lax"))
        .orElseGet(() -> redirect("/sign-in?failed=provider"));
  }

  private static Reply redirect(String address) {
    return Reply.empty()
        .status(302)
        .with("Location", address)
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "no-referrer");
  }

  private Reply finish(Call call) {
    ProviderSignIn provider = provider(call);
    Optional<ProviderSignIn.Known> known =
        provider.finish(call.openQuery(), call.cookie(COOKIE).orElse(""));
    Optional<String> account =
        known.flatMap(
            one -> {
              IDTokenClaimsSet claims = one.claims();
              boolean verified = Boolean.TRUE.equals(claims.getBooleanClaim("email_verified"));
              String email = verified ? claims.getStringClaim("email") : null;
              String name = claims.getStringClaim("name");
              Set<Caller.Holding> held = new LinkedHashSet<>();
              Set<Caller.Holding> ruled = new LinkedHashSet<>();
              for (ProviderSettings.RoleRule rule : provider.settings().roles()) {
                ruled.add(rule.holding());
                if (values(claims, rule.claim()).contains(rule.value())) {
                  held.add(rule.holding());
                }
              }
              return accounts.signInBy(
                  claims.getIssuer().getValue(),
                  claims.getSubject().getValue(),
                  email == null ? "" : email,
                  name == null ? "" : name,
                  Language.of(String.valueOf(claims.getStringClaim("locale"))),
                  ruled,
                  held);
            });
    if (known.isEmpty() || account.isEmpty()) {
      return redirect("/sign-in?failed=provider");
    }
    String token =
        sessions.begin(
            account.get(), call.header("User-Agent").orElse(""), cookie.token(call).orElse(null));
    return redirect(known.get().next()).cookie(cookie.set(token));
  }

  private static List<String> values(IDTokenClaimsSet claims, String name) {
    List<String> all = new ArrayList<>();
    switch (claims.getClaim(name)) {
      case String one -> all.add(one);
      case List<?> many -> many.forEach(one -> all.add(String.valueOf(one)));
      case null, default -> {}
    }
    return all;
  }
}
