package org.tequio.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Leads each request to its endpoint, and turns replies and problems into responses. */
final class Router {
  /** First segments under which nothing but endpoints lives, so that a wrong path is a 404. */
  private static final Set<String> PROGRAMS =
      Set.of(
          "api",
          "ogc",
          "catalogue",
          "tiles",
          "health",
          "openapi.json",
          "wms",
          "wfs",
          "wmts",
          "oauth2",
          "open311");

  /** So much of a body that nobody wanted is read; past that the connection ends with it. */
  private static final long MOST_READ_ON = 64 << 20;

  private final List<Endpoint> endpoints;
  private final StaticSite site;
  private final @Nullable URI publicBase;
  private final Guard guard;

  Router(List<Endpoint> endpoints, StaticSite site, @Nullable URI publicBase, Guard guard) {
    this.guard = guard;
    this.endpoints = List.copyOf(endpoints);
    this.site = site;
    this.publicBase = publicBase;
  }

  RouterFunction<ServerResponse> routes() {
    // Two hundred patterns, tried one after the other, cost more than a cached tile: only those
    // that begin as the request does are tried.
    Map<String, RouterFunctions.Builder> builders = new HashMap<>();
    for (Endpoint endpoint : endpoints) {
      builders
          .computeIfAbsent(firstSegment(endpoint.path()), segment -> RouterFunctions.route())
          .route(
              RequestPredicates.methods(methods(endpoint))
                  .and(RequestPredicates.path(endpoint.path())),
              request -> response(answer(endpoint, request)));
    }
    Map<String, RouterFunction<ServerResponse>> routes = new HashMap<>();
    builders.forEach((segment, builder) -> routes.put(segment, builder.build()));
    return request -> {
      RouterFunction<ServerResponse> known = routes.get(firstSegment(request.path()));
      Optional<HandlerFunction<ServerResponse>> found =
          known == null ? Optional.empty() : known.route(request);
      return found.or(() -> Optional.of(other -> response(otherwise(other))));
    };
  }

  private static String firstSegment(String path) {
    int end = path.indexOf('/', 1);
    String segment = end < 0 ? path : path.substring(0, end);
    if (segment.contains("{")) {
      throw new IllegalArgumentException(path + " begins with a variable");
    }
    return segment;
  }

  private static HttpMethod[] methods(Endpoint endpoint) {
    HttpMethod method = HttpMethod.valueOf(endpoint.method());
    return method.equals(HttpMethod.GET)
        ? new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD}
        : new HttpMethod[] {method};
  }

  private Reply answer(Endpoint endpoint, ServerRequest request) throws IOException {
    try {
      Caller caller = guard.identify(request.servletRequest());
      if (!endpoint.asks()) {
        guard.admit(caller, request.servletRequest());
      }
      Call call = new Call(request, endpoint, publicBase, caller);
      Reply reply = endpoint.handler().answer(call);
      if (!call.hasAskedPermission()) {
        throw new IllegalStateException(endpoint.path() + " answers without asking permission");
      }
      reply = reply.with("Content-Language", call.language().tag());
      if (caller.isSignedIn() && !reply.saysHowLongToKeep()) {
        // What one person was told must not be shown to the next one at the same machine.
        reply = reply.with("Cache-Control", "no-store");
      }
      String tag = reply.tag();
      return tag != null && call.isFresh(tag) ? reply.unchanged() : reply;
    } catch (ProblemException e) {
      return told(
          e.problem(),
          endpoint
              .teller()
              .tell(e.problem(), Call.language(request), request.servletRequest()::getHeader));
    } finally {
      readOn(request.servletRequest());
    }
  }

  /**
   * What a handler leaves unread ends the connection: a client that is still sending would not see
   * why it is refused, and one that goes on would lose its next request.
   */
  private static void readOn(HttpServletRequest request) {
    if (request.getContentLengthLong() == 0
        || request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") == null) {
      return;
    }
    try {
      request.getInputStream().skip(MOST_READ_ON);
    } catch (IOException gone) {
      // Then nobody waits for the reason.
    }
  }

  private static Reply problem(Problem problem, ServerRequest request) {
    return told(problem, Reply.problem(problem, Call.language(request)));
  }

  private static Reply told(Problem problem, Reply reply) {
    if (problem.status() == 401) {
      // Programs act with a token (RFC 6750, 3); browsers know no dialogue for this scheme.
      return reply.with("WWW-Authenticate", "Bearer");
    }
    return problem.status() == 503 || problem.status() == 429
        ? reply.with("Retry-After", problem.status() == 503 ? "2" : "30")
        : reply;
  }

  /** What no endpoint answers: another method, the web application, or nothing. */
  private Reply otherwise(ServerRequest request) {
    String path = request.requestPath().value();
    Set<String> allowed = new LinkedHashSet<>();
    for (Endpoint endpoint : endpoints) {
      PathPattern pattern = PathPatternParser.defaultInstance.parse(endpoint.path());
      if (pattern.matches(request.requestPath().pathWithinApplication())) {
        for (HttpMethod method : methods(endpoint)) {
          allowed.add(method.name());
        }
      }
    }
    if (!allowed.isEmpty()) {
      String allow = String.join(", ", allowed);
      return request.method().equals(HttpMethod.OPTIONS)
          ? Reply.empty().status(200).with("Allow", allow)
          : problem(Problem.methodNotAllowed(request.method().name(), allow), request)
              .with("Allow", allow);
    }
    String[] segments = path.split("/", 3);
    boolean reading = Set.of(HttpMethod.GET, HttpMethod.HEAD).contains(request.method());
    if (reading && (segments.length < 2 || !PROGRAMS.contains(segments[1]))) {
      var file = site.find(path);
      if (file.isPresent()) {
        String tag = file.get().tag();
        return tag != null && Call.isFresh(request, tag) ? Reply.notModified(tag) : file.get();
      }
    }
    return problem(Problem.notFound(path), request);
  }

  private static ServerResponse response(Reply reply) {
    return new Written(reply);
  }

  /** A reply as the web framework wants it. */
  private record Written(Reply reply) implements ServerResponse {
    @Override
    public HttpStatusCode statusCode() {
      return HttpStatusCode.valueOf(reply.status());
    }

    @Override
    public org.springframework.http.HttpHeaders headers() {
      return new org.springframework.http.HttpHeaders();
    }

    @Override
    public org.springframework.util.MultiValueMap<String, jakarta.servlet.http.Cookie> cookies() {
      return new org.springframework.util.LinkedMultiValueMap<>();
    }

    @Override
    public org.springframework.web.servlet.@Nullable ModelAndView writeTo(
        HttpServletRequest request, HttpServletResponse response, Context context)
        throws IOException {
      reply.writeTo(request, response);
      return null;
    }
  }
}
