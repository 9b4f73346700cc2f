package org.tequio.identity.oauth;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Where a browser may be sent back to. An address is compared with the registered ones letter by
 * letter; only the port of a program on the person's own machine may differ (RFC 8252, 7.3).
 */
final class RedirectAddress {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

  private RedirectAddress() {}

  /** True where an address may be registered: https, a loopback address, or an app's own scheme. */
  static boolean isFit(String text) {
    URI uri = parse(text);
    if (uri == null
        || uri.getScheme() == null
        || uri.getRawFragment() != null
        || uri.getRawUserInfo() != null
        || text.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f || c == '\\')) {
      return false;
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "https" -> uri.getHost() != null;
      case "http" -> LOOPBACK.contains(String.valueOf(uri.getHost()));
      // An app's own scheme is its domain turned round (RFC 8252, 7.1): never "javascript".
      default -> scheme.indexOf('.') > 0;
    };
  }

  /** True where a request names one of the registered addresses. */
  static boolean matches(String asked, Iterable<String> registered) {
    for (String one : registered) {
      if (one.equals(asked) || isSameButPort(one, asked)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSameButPort(String registered, String asked) {
    URI a = parse(registered);
    URI b = parse(asked);
    return a != null
        && b != null
        && isFit(asked)
        && "http".equals(a.getScheme())
        && "http".equals(b.getScheme())
        && LOOPBACK.contains(String.valueOf(a.getHost()))
        && a.getHost().equals(b.getHost())
        && a.getRawPath().equals(b.getRawPath())
        && String.valueOf(a.getRawQuery()).equals(String.valueOf(b.getRawQuery()));
  }

  private static @org.jspecify.annotations.Nullable URI parse(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
