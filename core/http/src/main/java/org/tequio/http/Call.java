package org.tequio.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.util.UriUtils;
import org.tequio.feature.Language;

/**
 * One request to an {@link Endpoint}, with its parameters read by their declarations. Belongs to
 * the thread that answers it.
 */
public final class Call implements ParameterSource {
  /** What a Host header may look like; anything else is not repeated in a link. */
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

  private final ServerRequest request;
  private final Endpoint endpoint;
  private final @Nullable URI publicBase;
  private final Map<String, String> query = new LinkedHashMap<>();

  /** Undeclared parameters that came with different values. */
  private final Map<String, List<String>> several = new LinkedHashMap<>();

  /** What stands between a language and its weight. */
  private static final Pattern WEIGHT = Pattern.compile(";\\s*q=");

  private final Language language;
  private final Caller caller;
  private boolean permissionAsked;

  Call(ServerRequest request, Endpoint endpoint, @Nullable URI publicBase, Caller caller) {
    this.request = request;
    this.endpoint = endpoint;
    this.publicBase = publicBase;
    this.caller = caller;
    this.language = language(request);
    readQuery();
  }

  private void readQuery() {
    List<String> known =
        endpoint.parameters().stream()
            .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
            .map(Parameter::name)
            .toList();
    queryParameters(request)
        .forEach(
            (name, values) -> {
              if (!known.contains(name) && !endpoint.openQuery()) {
                throw new ProblemException(unknownParameter(name, known));
              }
              // Programs that add what an address has already say it twice, and mean it once.
              if (values.stream().distinct().count() > 1) {
                if (known.contains(name)) {
                  throw new ProblemException(severalValues(name, values));
                }
                several.put(name, values.stream().distinct().toList());
              }
              query.put(name, values.getFirst());
            });
    // A value that nobody asks for must be right all the same.
    for (Parameter<?> parameter : endpoint.parameters()) {
      String text = query.get(parameter.name());
      if (parameter.place() == Parameter.Place.QUERY && text != null) {
        parameter.parse(text);
      }
    }
  }

  private static Problem severalValues(String name, List<String> values) {
    return Problem.invalidParameter(
        name,
        new org.tequio.feature.LocalText("un solo valor", "um só valor", "one value"),
        String.join(" & ", values));
  }

  /** What stands after the question mark. The web server would take a form's body for it, too. */
  private static Map<String, List<String>> queryParameters(ServerRequest request) {
    String type = request.headers().firstHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-")) {
      return request.params();
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String text = request.servletRequest().getQueryString();
    for (String pair : text == null ? new String[0] : text.split("&")) {
      String[] parts = pair.split("=", 2);
      parameters
          .computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
          .add(parts.length == 2 ? decoded(parts[1]) : "");
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.malformed(400));
    }
  }

  /** The 400 for a query parameter that does not exist, naming the nearest that does. */
  public static Problem unknownParameter(String name, List<String> known) {
    String near = Parameter.nearest(name, known).orElse(null);
    return Problem.unknownParameter(name, near, String.join(", ", known));
  }

  /** The reader's language: {@code lang}, else the best of {@code Accept-Language}. */
  public Language language() {
    return language;
  }

  /** Who makes the request. */
  public Caller caller() {
    return caller;
  }

  /**
   * The account of whoever has signed in.
   *
   * @throws ProblemException 401 where nobody has
   */
  public String account() {
    String account = caller.account();
    if (account == null) {
      throw new ProblemException(Permissions.signInFirst());
    }
    return account;
  }

  /**
   * The body of the request, read as JSON.
   *
   * @param type a record; members that it does not have are refused, as are missing ones that may
   *     not be null
   * @throws ProblemException 400, 413 or 415
   */
  public <T> T json(Class<T> type) {
    return JsonBody.read(request.servletRequest(), type);
  }

  /**
   * The body of the request as it comes.
   *
   * @param limit reading more bytes than this ends the request with 413
   */
  public InputStream body(long limit) throws IOException {
    if (request.servletRequest().getContentLengthLong() > limit) {
      throw new ProblemException(Problem.tooLarge(limit));
    }
    return new LimitedStream(request.servletRequest().getInputStream(), limit);
  }

  /**
   * The body of the request, unpacked where the client packed it with gzip.
   *
   * @param limit reading more bytes than this, packed or unpacked, ends the request with 413
   * @throws ProblemException 415 for other packings, 400 for what is no gzip
   */
  public InputStream unpackedBody(long limit) throws IOException {
    String coding = header(HttpHeaders.CONTENT_ENCODING).orElse("identity").strip();
    if (coding.equalsIgnoreCase("identity")) {
      return body(limit);
    }
    if (!coding.equalsIgnoreCase("gzip")) {
      throw new ProblemException(Problem.unsupportedMediaType("gzip", coding));
    }
    try {
      return new LimitedStream(new GZIPInputStream(body(limit), 1 << 16), limit);
    } catch (ZipException | EOFException e) {
      throw new ProblemException(Problem.malformed(400));
    }
  }

  /** The members of a form that is the request's body; those of the query are not among them. */
  public Map<String, List<String>> form() {
    Map<String, List<String>> form = new LinkedHashMap<>();
    // The web framework has read the body already: to it, a form is parameters.
    request
        .servletRequest()
        .getParameterMap()
        .forEach((name, values) -> form.put(name, new ArrayList<>(List.of(values))));
    queryParameters(request)
        .forEach(
            (name, values) ->
                form.computeIfPresent(
                    name,
                    (same, all) -> {
                      values.forEach(all::remove);
                      return all;
                    }));
    form.values().removeIf(List::isEmpty);
    return form;
  }

  /**
   * The parts of a multipart form that is the request's body (RFC 7578), in their order; none where
   * the body is something else.
   *
   * @param limit more bytes than this, all parts together, end the request with 413
   */
  public List<FormPart> parts(int limit) throws IOException {
    String type = header(HttpHeaders.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("multipart/form-data")
        ? FormPart.of(request.servletRequest(), limit)
        : List.of();
  }

  /** A cookie's value. */
  public Optional<String> cookie(String name) {
    Cookie cookie = request.cookies().getFirst(name);
    return Optional.ofNullable(cookie).map(Cookie::getValue);
  }

  /** Whose turns a request takes: the caller's account; without one, the network address. */
  public String source() {
    String account = caller.account();
    return account == null ? address() : account;
  }

  /** The network address that the request came from; the last one that a trusted proxy named. */
  public String address() {
    return address(request.servletRequest(), publicBase != null);
  }

  /**
   * The network address of whoever made a request.
   *
   * @param behindProxy true where the server is reached through a proxy of the city's own, which
   *     appends the address it saw to {@code X-Forwarded-For}
   */
  public static String address(HttpServletRequest request, boolean behindProxy) {
    String forwarded = null;
    if (behindProxy) {
      // The client's own line, if it sent one, stands above the proxy's.
      for (String line : Collections.list(request.getHeaders("X-Forwarded-For"))) {
        forwarded = line;
      }
    }
    if (forwarded == null || forwarded.isBlank()) {
      return request.getRemoteAddr();
    }
    return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
  }

  /** A variable of the path. */
  public <T> T path(Parameter<T> parameter) {
    requireDeclared(parameter);
    return parameter.parse(request.pathVariable(parameter.name()));
  }

  @Override
  public <T> Optional<T> query(Parameter<T> parameter) {
    requireDeclared(parameter);
    return Optional.ofNullable(query.get(parameter.name())).map(parameter::parse);
  }

  @Override
  public Optional<String> text(Parameter<?> parameter) {
    requireDeclared(parameter);
    return Optional.ofNullable(query.get(parameter.name()));
  }

  /**
   * A query parameter that must be given.
   *
   * @throws ProblemException 400 when it is absent
   */
  public <T> T required(Parameter<T> parameter) {
    return query(parameter)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalidParameter(parameter.name(), parameter.wanted(), "")));
  }

  /**
   * The query parameters that the endpoint does not declare, as they came.
   *
   * @throws ProblemException 400 where one came with different values
   */
  public Map<String, String> openQuery() {
    Map<String, String> open = new LinkedHashMap<>();
    openValues()
        .forEach(
            (name, values) -> {
              if (values.size() > 1) {
                throw new ProblemException(severalValues(name, values));
              }
              open.put(name, values.getFirst());
            });
    return open;
  }

  /**
   * The same, for protocols that have words of their own for a parameter that comes with different
   * values.
   */
  public Map<String, List<String>> openValues() {
    Map<String, List<String>> open = new LinkedHashMap<>();
    query.forEach((name, value) -> open.put(name, several.getOrDefault(name, List.of(value))));
    endpoint.parameters().forEach(parameter -> open.remove(parameter.name()));
    return open;
  }

  /** Every query parameter, as it came. */
  public Map<String, String> queryTexts() {
    return new LinkedHashMap<>(query);
  }

  private void requireDeclared(Parameter<?> parameter) {
    if (!endpoint.parameters().contains(parameter)) {
      throw new IllegalStateException(
          endpoint.path() + " reads the parameter " + parameter.name() + " without declaring it");
    }
  }

  /**
   * The representation to answer with.
   *
   * @param offered in order of preference; the first is for clients without a wish
   */
  public Representation representation(List<Representation> offered) {
    String asked = query.get(Representation.PARAMETER);
    if (asked != null) {
      return offered.stream()
          .filter(one -> one.name().equals(asked))
          .findFirst()
          .orElseThrow(
              () ->
                  new ProblemException(
                      Problem.invalidParameter(
                          Representation.PARAMETER,
                          org.tequio.feature.LocalText.same(Representation.names(offered)),
                          asked)));
    }
    String accept = header("Accept").orElse("*/*");
    return Representation.best(offered, accept)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.notAcceptable(Representation.mediaTypes(offered), accept)));
  }

  /** A request header's first value. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.headers().firstHeader(name));
  }

  /** True where the client holds this version already ({@code If-None-Match}). */
  public boolean isFresh(String tag) {
    return isFresh(request, tag);
  }

  static boolean isFresh(ServerRequest request, String tag) {
    String held = request.headers().firstHeader(HttpHeaders.IF_NONE_MATCH);
    if (held == null || held.length() > 4096) {
      return false;
    }
    for (String one : held.split(",")) {
      String bare = one.strip().replaceFirst("^W/", "");
      if (bare.equals("*") || bare.equals('"' + tag + '"')) {
        return true;
      }
    }
    return false;
  }

  /** The best packing that the client reads. */
  public Coding coding() {
    return Coding.best(request.headers().firstHeader(HttpHeaders.ACCEPT_ENCODING));
  }

  /** The path of the request, as it came. */
  public String path() {
    return request.requestPath().value();
  }

  /**
   * The address of the city's site without a slash at its end: the configured one, else the one
   * that the client used. A Host header that is none is not repeated: then links are relative to
   * the root.
   */
  public String base() {
    if (publicBase != null) {
      return publicBase.toString().replaceFirst("/+$", "");
    }
    String host = request.headers().firstHeader(HttpHeaders.HOST);
    if (host == null || !HOST.matcher(host).matches()) {
      return "";
    }
    return request.uri().getScheme() + "://" + host;
  }

  /** An absolute link to a path of this site, with query parameters in pairs. */
  public String link(String path, String... queryPairs) {
    return base() + path + queryString(queryPairs);
  }

  /** The link of this request with some query parameters changed; a null value removes one. */
  public String linkWith(Map<String, @Nullable String> changes) {
    Map<String, @Nullable String> all = new LinkedHashMap<>(query);
    all.putAll(changes);
    List<String> pairs = new ArrayList<>();
    all.forEach(
        (name, value) -> {
          if (value != null) {
            pairs.add(name);
            pairs.add(value);
          }
        });
    return base() + path() + queryString(pairs.toArray(String[]::new));
  }

  private static String queryString(String... pairs) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      text.append(i == 0 ? '?' : '&')
          .append(UriUtils.encode(pairs[i], StandardCharsets.UTF_8))
          .append('=')
          .append(UriUtils.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  void asked(Action action) {
    if (!action.equals(endpoint.action())) {
      throw new IllegalStateException(
          endpoint.method()
              + ' '
              + endpoint.path()
              + " declares "
              + endpoint.action()
              + " and asks for "
              + action);
    }
    permissionAsked = true;
  }

  boolean hasAskedPermission() {
    return permissionAsked;
  }

  static Language language(ServerRequest request) {
    // Not by the servlet's parameters: these would be read out of a body that calls itself a form,
    // as curl's do, and nothing of it would be left for who reads it as what it is.
    String query = request.servletRequest().getQueryString();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      for (Language language : Language.values()) {
        if (pair.equals(Parameter.LANG.name() + "=" + language.tag())) {
          return language;
        }
      }
    }
    return language(request.headers().firstHeader(HttpHeaders.ACCEPT_LANGUAGE));
  }

  /**
   * The best language for an Accept-Language header, by its weights; Spanish where none is known.
   */
  static Language language(@Nullable String header) {
    Language best = Language.ES;
    if (header == null || header.length() > 1000) {
      return best;
    }
    double most = 0;
    for (String range : header.split(",")) {
      String[] parts = WEIGHT.split(range.strip().toLowerCase(Locale.ROOT), 2);
      double weight = parts.length < 2 ? 1 : Parameter.finite(parts[1].strip()).orElse(0.0);
      String tag = parts[0].split("-")[0].strip();
      for (Language language : Language.values()) {
        if (language.tag().equals(tag) && weight > most) {
          most = weight;
          best = language;
        }
      }
    }
    return best;
  }
}
