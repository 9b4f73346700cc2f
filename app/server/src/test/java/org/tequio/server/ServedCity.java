package org.tequio.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.HttpConfig;
import org.tequio.http.Jobs;

/** A whole city behind its real server, with named people who have signed in. */
final class ServedCity implements AutoCloseable {
  /** The address that its people use; their requests come by way of a proxy. */
  static final URI SITE = URI.create("http://mapa.villa.example");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  final Path folder;
  final City city;
  final CityServer server;
  final List<Endpoint> endpoints;
  private int calls;

  /** What one person's browser shows. */
  record Session(String account, String cookie, String csrf) {}

  ServedCity(Path folder) throws IOException {
    this.folder = folder;
    City.create(folder, "Villa Tequio", new Crs(6369), null).close();
    Files.writeString(folder.resolve("tequio.yaml"), "public-base: " + SITE + "\n");
    city = City.open(folder);
    server = CityServer.start(city, new HttpConfig("127.0.0.1", 0, SITE));
    city.identity().people().ensureDepartment("Obras");
    city.identity().people().ensureDepartment("Agua");
    // The last administrator cannot be taken away: one stays whatever the others become.
    person("dolores", new Caller.Holding("gis-admin", null));
    endpoints =
        CityServer.endpoints(city, new Jobs(city.identity().permissions(), Clock.systemUTC()));
  }

  /** Somebody who has signed in and holds these roles. */
  Session person(String name, Caller.Holding... holdings) {
    String link = city.identity().renewAdministratorLink();
    String token = link.substring(link.indexOf("token=") + "token=".length());
    var reply =
        send(
            null,
            "POST",
            "/api/session/first",
            "{\"token\":\"%s\",\"name\":\"%s\",\"email\":\"%s@villa.example\",\"password\":\"%s\"}"
                .formatted(token, name, name, "un tequio de domingo"));
    String body = text(reply);
    String cookie = reply.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    Session session = new Session(member(body, "id"), cookie, member(body, "csrf"));
    if (holdings.length != 1 || !holdings[0].role().equals("gis-admin")) {
      city.identity().giveRoles(session.account, List.of(holdings), "operator");
    }
    return session;
  }

  HttpResponse<byte[]> get(@Nullable Session session, String path) {
    return send(session, "GET", path, null);
  }

  /** As the person's own browser sends it. */
  HttpResponse<byte[]> send(
      @Nullable Session session, String method, String path, @Nullable String body) {
    return send(
        session == null
            ? request(method, path, body)
            : request(method, path, body)
                .header("Cookie", session.cookie)
                .header("Tequio-Csrf", session.csrf));
  }

  /** A request from an address of its own, as the proxy says. */
  HttpRequest.Builder request(String method, String path, @Nullable String body) {
    calls++;
    HttpRequest.Builder request =
        bare(method, path, body)
            .header("Origin", SITE.toString())
            .header("X-Forwarded-For", "10." + calls / 65_536 + "." + calls / 256 % 256 + ".1");
    return body == null ? request : request.header("Content-Type", "application/json");
  }

  /** A request that says nothing of where it comes from. */
  HttpRequest.Builder bare(String method, String path, @Nullable String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  static HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String text(HttpResponse<byte[]> reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  private static String member(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    if (!found.find()) {
      throw new AssertionError("no " + name + " in " + json);
    }
    return found.group(1);
  }

  @Override
  public void close() {
    server.close();
    city.close();
  }
}
