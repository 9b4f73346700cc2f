package org.tequio.identity.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.tequio.http.Call;
import org.tequio.identity.Site;

/** The cookie that carries a session's token. Scripts cannot read it. Thread-safe. */
public final class SessionCookie {
  private static final String NAME = "tequio_session";

  private final Site site;

  /** The cookie of a site. */
  public SessionCookie(Site site) {
    this.site = site;
  }

  // The prefix binds a cookie to https and to exactly this host (RFC 6265bis, 4.1.3).
  private String name() {
    return site.isSecure() ? "__Host-" + NAME : NAME;
  }

  /** Sets it. */
  public String set(String token) {
    return name() + "=" + token + attributes(Sessions.ABSOLUTE.toSeconds());
  }

  /** Removes it. */
  public String clear() {
    return name() + "=" + attributes(0);
  }

  private String attributes(long seconds) {
    return "; Path=/; Max-Age="
        + seconds
        + "; HttpOnly; SameSite=Lax"
        + (site.isSecure() ? "; Secure" : "");
  }

  /** The token that a request carries. */
  public Optional<String> token(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(name()) && !cookie.getValue().isEmpty()) {
          return Optional.of(cookie.getValue());
        }
      }
    }
    return Optional.empty();
  }

  /** The token that a call carries. */
  public Optional<String> token(Call call) {
    return call.cookie(name()).filter(token -> !token.isEmpty());
  }
}
