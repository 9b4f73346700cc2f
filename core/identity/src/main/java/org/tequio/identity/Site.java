package org.tequio.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.http.HttpConfig;

/**
 * Where people find the city on the network. Links in mails, cookies, passkeys and the check for
 * forged requests go by it, never by what a client says of the host it asked. Thread-safe.
 */
public final class Site {
  private static final String LOCAL = "http://localhost:8080";

  private volatile URI base;
  private volatile boolean declared;

  /**
   * A site.
   *
   * @param publicBase the address that the city's people use; null for this machine only
   */
  public Site(@Nullable URI publicBase) {
    this.base = publicBase == null ? URI.create(LOCAL) : publicBase;
    this.declared = publicBase != null;
  }

  /** Says how the server that has just started is reached. */
  public void serveAt(HttpConfig config, int port) {
    URI publicBase = config.publicBase();
    if (publicBase != null) {
      base = publicBase;
      declared = true;
    } else if (!declared) {
      base = URI.create("http://localhost:" + port);
    }
  }

  /** The address without a slash at its end. */
  public String base() {
    return base.toString().replaceFirst("/+$", "");
  }

  /** Scheme, host and port, as a browser's {@code Origin} names them. */
  public String origin() {
    URI now = base;
    String authority = now.getHost() + (now.getPort() < 0 ? "" : ":" + now.getPort());
    return (now.getScheme() + "://" + authority).toLowerCase(Locale.ROOT);
  }

  /** The host alone, to which passkeys are bound. */
  public String host() {
    return String.valueOf(base.getHost());
  }

  /** True where people reach it by https, so that cookies may not travel otherwise. */
  public boolean isSecure() {
    return "https".equals(base.getScheme());
  }

  /** True where a proxy of the city stands before the server. */
  public boolean isBehindProxy() {
    return declared;
  }

  /** A link to a path. */
  public String link(String path) {
    return base() + path;
  }

  /** True where an {@code Origin} or the start of a {@code Referer} is this site's own. */
  public boolean isOwn(String origin, HttpServletRequest request) {
    if (declared) {
      return origin.equalsIgnoreCase(origin());
    }
    // On one's own machine the site has many names; all that counts is that it is the same one.
    String host = request.getHeader("Host");
    return host != null && origin.equalsIgnoreCase("http://" + host);
  }
}
