package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.HttpConfig;
import org.tequio.http.Jobs;
import org.tequio.http.Owner;
import org.tequio.http.Permission;
import org.tequio.http.Permissions.Verdict;
import org.tequio.identity.RoleBook;
import org.tequio.identity.RolePolicy;

/**
 * The permission matrix: every endpoint, every role, every owner. It is printed from the
 * declarations into {@code docs/permissions.md} (accepted with {@code -Dbless}), and every endpoint
 * is really called as every role. An endpoint whose action has no line in {@code
 * packs/base/permissions.yaml} fails here and at the start of the server.
 */
class PermissionMatrixTest {
  private static final Path GOLDEN = Path.of("../../docs/permissions.md");
  private static final URI SITE = URI.create("http://mapa.villa.example");

  /** The path's variables that are numbers; the others become a word that names nothing. */
  private static final Set<String> NUMBERS = Set.of("z", "x", "y", "n", "number", "feature");

  /** What these ask for besides a session: a bearer token, a ticket. */
  private static final Set<String> OTHER_CREDENTIAL = Set.of("userinfo", "decide");

  @TempDir static Path folder;
  private static City city;
  private static CityServer server;
  private static List<Endpoint> endpoints;
  private static final Map<String, Session> PEOPLE = new LinkedHashMap<>();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private static int calls;

  /** What one person's browser shows. */
  private record Session(String account, String cookie, String csrf) {}

  @BeforeAll
  static void start() throws IOException {
    city = City.create(folder.resolve("city"), "Villa Tequio", new Crs(32614), null);
    city.close();
    Files.writeString(
        folder.resolve("city/tequio.yaml"), "public-base: " + SITE + "\npayments: sandbox\n");
    city = City.open(folder.resolve("city"));
    city.identity().people().ensureDepartment("Obras");
    server = CityServer.start(city, new HttpConfig("127.0.0.1", 0, SITE));
    endpoints =
        new ArrayList<>(
            CityServer.endpoints(city, new Jobs(city.identity().permissions(), Clock.systemUTC())));
    // Whoever signs out cannot ask any more.
    endpoints.sort(Comparator.comparing(one -> one.operationId().equals("signOut")));
    for (RoleBook.Role role : city.identity().roles().roles()) {
      if (!role.id().equals(RoleBook.ANYONE)) {
        PEOPLE.put(role.id(), administrator(role.id()));
      }
    }
    for (RoleBook.Role role : city.identity().roles().roles()) {
      if (!role.id().equals(RoleBook.ANYONE) && !role.id().equals(RoleBook.GIS_ADMIN)) {
        city.identity().giveRoles(person(role.id()).account(), holdings(role), "operator");
      }
    }
  }

  @AfterAll
  static void stop() {
    server.close();
    city.close();
  }

  private static Session person(String role) {
    Session session = PEOPLE.get(role);
    if (session == null) {
      throw new IllegalStateException(role);
    }
    return session;
  }

  private static List<Caller.Holding> holdings(RoleBook.Role role) {
    return switch (role.given()) {
      case NEVER -> List.of();
      case TO_THE_CITY, TO_THE_CITY_OR_AN_ORGANISATION ->
          List.of(new Caller.Holding(role.id(), null));
      case TO_AN_ORGANISATION -> List.of(new Caller.Holding(role.id(), "obras"));
    };
  }

  private static Session administrator(String name) {
    String link = city.identity().renewAdministratorLink();
    String token = link.substring(link.indexOf("token=") + "token=".length());
    var reply =
        call(
            "POST",
            "/api/session/first",
            null,
            "{\"token\":\"%s\",\"name\":\"%s\",\"email\":\"%s@villa.example\",\"password\":\"%s\"}"
                .formatted(token, name, name, "un tequio de domingo"));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    String cookie = reply.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    return new Session(member(reply.body(), "id"), cookie, member(reply.body(), "csrf"));
  }

  private static String member(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    assertThat(found.find()).as(name + " in " + json).isTrue();
    return found.group(1);
  }

  private static HttpResponse<String> call(
      String method, String path, @Nullable Session session, @Nullable String body) {
    calls++;
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .header("Origin", SITE.toString())
            // Each from another address, as the proxy says: limits are another test's matter.
            .header("X-Forwarded-For", "10." + calls / 65_536 + "." + calls / 256 % 256 + ".1");
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (session != null) {
      request.header("Cookie", session.cookie()).header("Tequio-Csrf", session.csrf());
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String pathOf(Endpoint endpoint) {
    return Pattern.compile("\\{([^}]*)}")
        .matcher(endpoint.path())
        .replaceAll(found -> NUMBERS.contains(found.group(1)) ? "0" : "nothing");
  }

  @Test
  void everyEndpointIsClosedToEveryRoleThatMayNotBeforeItsBodyIsRead() {
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (Endpoint endpoint : endpoints) {
      RoleBook.Line line = city.identity().roles().getLine(endpoint.action());
      for (RoleBook.Role role : city.identity().roles().roles()) {
        boolean isAnyone = role.id().equals(RoleBook.ANYONE);
        boolean may =
            line.reach().containsKey(role.id())
                || line.isOpenToAnyone()
                || !isAnyone && line.reach().containsKey(RoleBook.RESIDENT);
        Session session = isAnyone ? null : person(role.id());
        boolean reads = endpoint.method().equals("GET");
        int status =
            call(endpoint.method(), pathOf(endpoint), session, reads ? null : may ? "{}" : "{")
                .statusCode();
        asked++;
        // A thing that does not exist may be told before anything else: there is none to guard.
        boolean isNothing = status == 404 && endpoint.path().contains("{");
        boolean right =
            may
                ? status < 500 && status != 403 && status != 401
                    || OTHER_CREDENTIAL.contains(endpoint.operationId())
                : isNothing || status == (isAnyone ? 401 : 403);
        if (!right) {
          wrong.add(role.id() + " " + endpoint.method() + " " + endpoint.path() + " got " + status);
        }
      }
    }
    assertThat(wrong).as("of %d calls", asked).isEmpty();
    assertThat(asked).isEqualTo(endpoints.size() * city.identity().roles().roles().size());
  }

  @Test
  void theMatrixIsPrintedAndChangesOnlyOnPurpose() throws IOException {
    String printed = print();
    if (System.getProperty("bless") != null) {
      Files.writeString(GOLDEN, printed);
    }
    assertThat(GOLDEN).as("accept the first version with -Dbless").exists();
    assertThat(printed)
        .as("the permission matrix changed; accept it with -Dbless")
        .isEqualTo(Files.readString(GOLDEN, StandardCharsets.UTF_8));
  }

  private static String print() {
    RoleBook book = city.identity().roles();
    RolePolicy policy = new RolePolicy(book);
    Map<Verdict, Integer> counts = new TreeMap<>();
    StringBuilder rows = new StringBuilder();
    List<Endpoint> sorted = new ArrayList<>(endpoints);
    sorted.sort(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method));
    for (Endpoint endpoint : sorted) {
      rows.append("| `")
          .append(endpoint.method())
          .append(' ')
          .append(endpoint.path())
          .append("` | ")
          .append(endpoint.action())
          .append(" |");
      for (RoleBook.Role role : book.roles()) {
        rows.append(' ').append(judged(policy, role, endpoint, counts)).append(" |");
      }
      rows.append('\n');
    }
    StringBuilder page = new StringBuilder();
    page.append("# Permission matrix\n\n")
        .append("Made by `PermissionMatrixTest` from the endpoints and ")
        .append("`packs/base/permissions.yaml`; do not edit.\n\n")
        .append("A cell says whose things a role may do it with: ")
        .append("**D** of its own department, **d** of another's, **P** one's own, ")
        .append("**p** another person's, **C** the city's; an empty cell says nobody's.\n\n")
        .append(endpoints.size())
        .append(" endpoints × ")
        .append(book.roles().size())
        .append(" roles × 5 owners = ")
        .append(counts.values().stream().mapToInt(Integer::intValue).sum())
        .append(" judgements:");
    counts.forEach(
        (verdict, count) ->
            page.append(' ')
                .append(count)
                .append(' ')
                .append(
                    switch (verdict) {
                      case ALLOWED -> "allowed,";
                      case ROLE_MISSING -> "refused by role (401 or 403),";
                      case ANOTHERS -> "refused by owner (404).";
                    }));
    page.append("\n\n| endpoint | action |");
    book.roles().forEach(role -> page.append(' ').append(role.id()).append(" |"));
    page.append("\n|---|---|").append("---|".repeat(book.roles().size())).append('\n');
    return page.append(rows).toString();
  }

  private static String judged(
      RolePolicy policy, RoleBook.Role role, Endpoint endpoint, Map<Verdict, Integer> counts) {
    boolean isAnyone = role.id().equals(RoleBook.ANYONE);
    Caller caller = isAnyone ? Caller.ANYONE : new Caller("me", role.id(), holdings(role), null);
    Map<String, Owner> owners = new LinkedHashMap<>();
    owners.put("D", Owner.department("obras"));
    owners.put("d", Owner.department("agua"));
    owners.put("P", Owner.person("me"));
    owners.put("p", Owner.person("another"));
    owners.put("C", Owner.CITY);
    StringBuilder cell = new StringBuilder();
    owners.forEach(
        (letter, owner) -> {
          Verdict verdict = policy.judge(caller, new Permission(endpoint.action(), owner));
          counts.merge(verdict, 1, Integer::sum);
          if (verdict == Verdict.ALLOWED) {
            cell.append(letter);
          }
        });
    return cell.toString();
  }
}
