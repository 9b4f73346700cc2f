package org.tequio.identity.session;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Caller;
import org.tequio.http.Guard;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.identity.Site;

/**
 * Knows callers by the session in their cookie, or by the token or the application password of a
 * program that acts for them. A request that would change something must show that it comes from
 * the city's own page: browsers send cookies with requests that other sites make, too. Thread-safe.
 */
public final class SessionGuard implements Guard {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> FOR_PROGRAMS =
      Set.of("/oauth2/token", "/oauth2/revoke", "/oauth2/introspect", "/api/payments");

  /** A form without scripts: the one-time ticket in it does what the header does elsewhere. */
  private static final String CONSENT_FORM = "/oauth2/authorize";

  private static final String CSRF_HEADER = "Tequio-Csrf";
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  /** As scripts for Tasking Manager send it: the same token, in base64. */
  private static final String TOKEN = "token ";

  private final Sessions sessions;
  private final SessionCookie cookie;
  private final Site site;
  private final Throttle throttle;
  private final BearerTokens bearerTokens;
  private final List<Filter> filters;

  /** Knows whom a program's token lets act. */
  @FunctionalInterface
  public interface BearerTokens {
    /** The caller, narrowed to what the program was granted; empty where the token has no force. */
    Optional<Caller> find(String token);
  }

  /** Asks these. */
  public SessionGuard(
      Sessions sessions,
      SessionCookie cookie,
      Site site,
      Throttle throttle,
      BearerTokens bearerTokens,
      List<Filter> filters) {
    this.sessions = sessions;
    this.cookie = cookie;
    this.site = site;
    this.throttle = throttle;
    this.bearerTokens = bearerTokens;
    this.filters = List.copyOf(filters);
  }

  @Override
  public List<Filter> filters() {
    return filters;
  }

  @Override
  public Caller identify(HttpServletRequest request) {
    boolean reading = READING.contains(request.getMethod());
    String authorization = request.getHeader("Authorization");
    Caller caller;
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, 7)) {
      caller =
          bearerTokens
              .find(authorization.substring(BEARER.length()).strip())
              .orElseThrow(() -> new ProblemException(tokenInvalid()));
    } else if (authorization != null && authorization.regionMatches(true, 0, TOKEN, 0, 6)) {
      // The same decoding as a password's: a token has no colon.
      caller =
          bearerTokens
              .find(password(authorization.substring(TOKEN.length())))
              .orElseThrow(() -> new ProblemException(tokenInvalid()));
    } else if (authorization != null
        && authorization.regionMatches(true, 0, BASIC, 0, 6)
        && !isForPrograms(request)) {
      // A browser that knows the password shows it to every page that asks the browser to.
      requireOwnPage(request, null);
      caller =
          bearerTokens
              .find(password(authorization.substring(BASIC.length())))
              .orElseThrow(() -> new ProblemException(passwordInvalid()));
    } else {
      Optional<String> token = cookie.token(request);
      caller = token.flatMap(sessions::find).orElse(Caller.ANYONE);
      if (!reading && !isForPrograms(request)) {
        requireOwnPage(request, caller.isSignedIn() ? token.orElse(null) : null);
      }
    }
    return caller;
  }

  /** The password of RFC 7617; the name before it says nothing that the password does not. */
  private static String password(String credentials) {
    try {
      String pair =
          new String(Base64.getDecoder().decode(credentials.strip()), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** What these take says itself who asks, by a secret or a signature; a cookie gives no rights. */
  private static boolean isForPrograms(HttpServletRequest request) {
    return FOR_PROGRAMS.contains(request.getRequestURI());
  }

  @Override
  public void admit(Caller caller, HttpServletRequest request) {
    if (isForPrograms(request)) {
      return;
    }
    String account = caller.account();
    if (account == null) {
      throttle.take(Throttle.Kind.CHANGE_FROM_ADDRESS, Call.address(request, site.isBehindProxy()));
    } else {
      throttle.take(Throttle.Kind.CHANGE_BY_ACCOUNT, account);
    }
  }

  private void requireOwnPage(HttpServletRequest request, @Nullable String token) {
    Page page = pageOf(request);
    if (token == null) {
      // Without a session there is nothing to abuse, but a page of another site must not sign its
      // visitor in to an account of its choice either.
      if (page == Page.FOREIGN) {
        throw new ProblemException(forged());
      }
      return;
    }
    if (page == Page.OWN && request.getRequestURI().equals(CONSENT_FORM)) {
      return;
    }
    String shown = request.getHeader(CSRF_HEADER);
    if (page != Page.OWN || shown == null || !Secrets.same(shown, Secrets.csrf(token))) {
      throw new ProblemException(forged());
    }
  }

  /** Which page asks, as the browser says. */
  private enum Page {
    OWN,
    FOREIGN,
    UNSAID;

    static Page own(boolean own) {
      return own ? OWN : FOREIGN;
    }
  }

  private Page pageOf(HttpServletRequest request) {
    String relation = request.getHeader("Sec-Fetch-Site");
    if (relation != null && !relation.equals("same-origin")) {
      return Page.FOREIGN;
    }
    String origin = request.getHeader("Origin");
    if (origin != null) {
      return Page.own(site.isOwn(origin, request));
    }
    String referer = request.getHeader("Referer");
    if (referer != null) {
      return Page.own(originOf(referer).filter(one -> site.isOwn(one, request)).isPresent());
    }
    return relation == null ? Page.UNSAID : Page.OWN;
  }

  private static Optional<String> originOf(String referer) {
    try {
      URI page = URI.create(referer);
      return page.getScheme() == null || page.getRawAuthority() == null
          ? Optional.empty()
          : Optional.of(page.getScheme() + "://" + page.getRawAuthority());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Problem forged() {
    return Problem.of(
        403,
        "request-forged",
        new LocalText("Solicitud no confiable", "Pedido não confiável", "Request not trusted"),
        new LocalText(
            "no consta que la solicitud venga de la página de la ciudad; vuelva a cargarla",
            "não consta que o pedido venha da página da cidade; recarregue-a",
            "nothing shows that the request comes from the city's own page; load it again"));
  }

  private static Problem passwordInvalid() {
    return Problem.of(
        401,
        "application-password-invalid",
        new LocalText(
            "Contraseña de aplicación sin vigencia",
            "Senha de aplicativo sem validade",
            "Application password not valid"),
        new LocalText(
            "los programas entran con una contraseña de aplicación, que se hace en Mi cuenta; esta"
                + " no existe, venció o fue retirada",
            "os programas entram com uma senha de aplicativo, que se faz em Minha conta; esta não"
                + " existe, venceu ou foi retirada",
            "programs sign in with an application password, which is made under My account; this"
                + " one does not exist, has expired or was withdrawn"));
  }

  private static Problem tokenInvalid() {
    return Problem.of(
        401,
        "token-invalid",
        new LocalText("Credencial sin vigencia", "Credencial sem validade", "Token not valid"),
        new LocalText(
            "la credencial del programa no existe, venció o fue retirada",
            "a credencial do programa não existe, venceu ou foi retirada",
            "the program's token does not exist, has expired or was withdrawn"));
  }
}
