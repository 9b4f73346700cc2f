package org.tequio.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Answers what a browser asks before a page of another site may call an operation with a token (the
 * CORS-preflight request of the Fetch standard). Only what is open to such pages is allowed, and
 * never with cookies: of a request that brings one, {@link Gate} lets no other site read anything.
 * Thread-safe.
 */
final class Preflight implements Filter {
  /** What editors of the community map and OAuth clients send of their own. */
  private static final String HEADERS =
      "Authorization, Content-Type, Content-Encoding, X-Error-Format, X-Requested-With";

  /** How long a browser remembers the answer; it is as long as openstreetmap.org says. */
  private static final String SECONDS = "7200";

  private record Open(PathPattern path, String method) {}

  private final List<Open> open;

  Preflight(List<Endpoint> endpoints) {
    this.open =
        endpoints.stream()
            .filter(Endpoint::openToOtherSites)
            .map(one -> new Open(PathPatternParser.defaultInstance.parse(one.path()), one.method()))
            .toList();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (!isPreflight(http)) {
      chain.doFilter(request, response);
      return;
    }
    HttpServletResponse answer = (HttpServletResponse) response;
    Set<String> allowed = allowed(http.getRequestURI());
    if (allowed.isEmpty()) {
      answer.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    answer.setHeader("Access-Control-Allow-Methods", String.join(", ", allowed));
    answer.setHeader("Access-Control-Allow-Headers", HEADERS);
    answer.setHeader("Access-Control-Max-Age", SECONDS);
    answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  private Set<String> allowed(String path) {
    PathContainer parsed = PathContainer.parsePath(path);
    Set<String> methods = new LinkedHashSet<>();
    for (Open one : open) {
      if (one.path().matches(parsed)) {
        methods.add(one.method());
      }
    }
    return methods;
  }
}
