package org.tequio.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.Language;
import org.tequio.http.Action;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Permission;
import org.tequio.http.Reply;
import org.tequio.http.StaticSite;
import org.tequio.storage.CitySettings;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.testing.StandingClock;
import org.tequio.testing.stores.TestStores;

/**
 * A city with people and nothing else, served over HTTP, with a clock that tests move. Departments
 * "Obras" and "Agua" own layers.
 */
final class TestHouse implements AutoCloseable {
  static final Action SUBMIT = new Action("layer.submit");
  static final String PASSWORD = "un tequio de domingo";

  final Path folder;
  final SqlCityStore store;
  final IdentityModule identity;
  final HttpServer server;
  final StandingClock clock = new StandingClock("2026-11-25T12:00:00Z");
  final String pageOrigin;
  final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  TestHouse(Path folder, IdentityConfig config) {
    try {
      this.folder = folder;
      this.store = TestStores.create(folder, new CitySettings("Villa Tequio", new Crs(32614)));
      this.identity =
          new IdentityModule(
              store,
              folder,
              config,
              clock,
              () -> List.of(Organisation.department("Obras"), Organisation.department("Agua")));
      List<Endpoint> endpoints = new ArrayList<>(identity.endpoints());
      endpoints.add(
          Endpoint.post(
              "/api/lamps",
              "putLamp",
              SUBMIT,
              call -> {
                identity.permissions().require(call, Permission.ofDepartment(SUBMIT, "obras"));
                return Reply.json(Map.of("by", call.account()));
              }));
      HttpConfig http = new HttpConfig("127.0.0.1", 0, config.publicBase());
      this.server = HttpServer.start(http, endpoints, StaticSite.NONE, identity.guard());
      identity.serveAt(http, server.port());
      this.pageOrigin = config.publicBase() == null ? base() : config.publicBase().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TestHouse open(Path folder) {
    return new TestHouse(folder, IdentityConfig.DEFAULT);
  }

  String base() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Somebody with a password and these roles, who has not signed in. */
  Person person(String name, Caller.Holding... holdings) {
    String email = name.toLowerCase(java.util.Locale.ROOT) + "@villa.example";
    Person invited = identity.invite(name, email, Language.ES, List.of(holdings), "operator");
    String token = tokenOfLastMail();
    Browser anyone = new Browser();
    var reply =
        anyone.post(
            "/api/accounts/reset",
            "{\"token\":\"" + token + "\",\"password\":\"" + PASSWORD + "\"}");
    if (reply.statusCode() != 204) {
      throw new IllegalStateException(reply.body());
    }
    return invited;
  }

  /** Somebody who has signed in. */
  Browser signedIn(String name, Caller.Holding... holdings) {
    Person person = person(name, holdings);
    Browser browser = new Browser();
    browser.signIn(person.email(), PASSWORD);
    return browser;
  }

  List<String> mails() {
    Path mail = folder.resolve("mail");
    if (!Files.isDirectory(mail)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(mail)) {
      List<String> all = new ArrayList<>();
      for (Path file : files.sorted(TestHouse::byAge).toList()) {
        all.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int byAge(Path a, Path b) {
    try {
      return Files.getLastModifiedTime(a).compareTo(Files.getLastModifiedTime(b));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one-time token of the newest mail that has one. */
  String tokenOfLastMail() {
    for (String mail : mails().reversed()) {
      Matcher token =
          Pattern.compile("token=([A-Za-z0-9_-]{43})")
              .matcher(mail.replace("=\r\n", "").replace("=3D", "="));
      if (token.find()) {
        return token.group(1);
      }
    }
    throw new AssertionError("no mail with a link");
  }

  List<String> auditLines() {
    List<String> lines = new ArrayList<>();
    store
        .audit()
        .readBack(
            Long.MAX_VALUE,
            line -> lines.add(line.actor() + " " + line.action() + " " + line.detail()));
    return lines;
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }

  /** A browser: keeps cookies, shows where its page comes from and the session's token. */
  final class Browser {
    final Map<String, String> cookies = new LinkedHashMap<>();
    String csrf = "";
    @Nullable String origin = pageOrigin;

    /** From where, as the proxy says; a line each. */
    List<String> forwarded = List.of();

    HttpResponse<String> signIn(String email, String password) {
      var reply =
          post("/api/session", "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}");
      learn(reply);
      return reply;
    }

    void learn(HttpResponse<String> reply) {
      csrf = member(reply.body(), "csrf").orElse(csrf);
    }

    HttpResponse<String> get(String path) {
      return send("GET", path, null, null);
    }

    HttpResponse<String> post(String path, String json) {
      return send("POST", path, "application/json", json);
    }

    HttpResponse<String> send(
        String method, String path, @Nullable String type, @Nullable String body) {
      var request =
          HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base() + path))
              .header("Accept-Language", "en")
              .header("User-Agent", "Test Browser")
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body));
      if (type != null) {
        request.header("Content-Type", type);
      }
      if (!csrf.isEmpty()) {
        request.header("Tequio-Csrf", csrf);
      }
      forwarded.forEach(line -> request.header("X-Forwarded-For", line));
      if (origin != null && !method.equals("GET")) {
        request.header("Origin", origin);
      }
      if (!cookies.isEmpty()) {
        request.header(
            "Cookie",
            String.join(
                "; ",
                cookies.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList()));
      }
      try {
        var reply = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : reply.headers().allValues("Set-Cookie")) {
          String[] pair = cookie.split(";", 2)[0].split("=", 2);
          if (pair[1].isEmpty()) {
            cookies.remove(pair[0]);
          } else {
            cookies.put(pair[0], pair[1]);
          }
        }
        return reply;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** The text of a JSON member. */
  static Optional<String> member(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
