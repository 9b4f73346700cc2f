package org.tequio.privacy;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.FieldSettings;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerSettings;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.DataClass;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.http.Caller;
import org.tequio.http.Caller.Holding;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.Jobs;
import org.tequio.http.Owner;
import org.tequio.http.Permissions;
import org.tequio.http.Permissions.Verdict;
import org.tequio.http.StaticSite;
import org.tequio.identity.IdentityConfig;
import org.tequio.identity.IdentityModule;
import org.tequio.storage.CitySettings;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.testing.StandingClock;
import org.tequio.testing.stores.TestStores;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A city whose citizen service keeps reports with names and telephone numbers. Alicia administers
 * the map, Simón is the steward of the citizen service, Olga that of public works, Bruno a
 * neighbour.
 */
final class PeopledCity implements AutoCloseable {
  static final LayerId REPORTS = new LayerId("reportes");
  static final String DOLORES = "Dolores Olmedo Patiño";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final SqlCityStore store;
  final CatalogueModule catalogue;
  final PrivacyModule privacy;
  final StandingClock clock = new StandingClock("2026-03-02T15:00:00Z");
  final Path folder;
  final List<org.tequio.http.Endpoint> endpoints;
  private final Jobs jobs;
  private final HttpServer server;
  private int afterErasure;

  PeopledCity(Path temporary) throws IOException {
    folder = temporary.resolve("city");
    store = TestStores.create(folder, new CitySettings("Villa Prueba", new Crs(32614)));
    catalogue = new CatalogueModule(store, CrsRegistry.standard(), clock);
    catalogue.describe("Villa Prueba", new Crs(32614), null);
    deliver(temporary, "555-123-4567");
    deliver(temporary, "555-765-4321");
    Permissions permissions = new Permissions(PeopledCity::judge);
    jobs = new Jobs(permissions, clock);
    IdentityModule identity =
        new IdentityModule(store, folder, IdentityConfig.DEFAULT, clock, List::of);
    privacy =
        new PrivacyModule(
            store,
            catalogue.catalogue(),
            identity.people(),
            identity.personalData(),
            catalogue::eraseExamples,
            () -> afterErasure++,
            clock);
    endpoints = privacy.endpoints(jobs, permissions);
    server = HttpServer.start(HttpConfig.local(0), served(), StaticSite.NONE, PeopledCity::guard);
  }

  private List<org.tequio.http.Endpoint> served() {
    List<org.tequio.http.Endpoint> all = new ArrayList<>(endpoints);
    all.addAll(jobs.endpoints());
    return all;
  }

  /** How often the search index would have been made anew. */
  int afterErasure() {
    return afterErasure;
  }

  // The same file again and again, as departments send it.
  private void deliver(Path temporary, String telephone) throws IOException {
    StringBuilder csv =
        new StringBuilder("folio,nombre_solicitante,telefono,asunto,fecha,lon,lat\n");
    for (int i = 0; i < 40; i++) {
      csv.append(
          "F-%04d,%s,%s,Bache %d,2025-%02d-15,%f,%f%n"
              .formatted(
                  1000 + i,
                  i == 7
                      ? DOLORES
                      : "Persona Numero" + (char) ('A' + i % 26) + (char) ('A' + i / 26),
                  i == 7 ? telephone : "555-000-%04d".formatted(i),
                  i,
                  1 + i % 12,
                  -99.15 + i * 0.001,
                  18.99 + i * 0.0005));
    }
    Path file = Files.createDirectories(temporary.resolve("atencion")).resolve("reportes.csv");
    Files.write(file, csv.toString().getBytes(StandardCharsets.UTF_8));
    catalogue
        .importer()
        .run(ImportRequest.of(List.of(file), "Atención Ciudadana", "simon"), Progress.NONE);
    catalogue
        .stewardship()
        .save(
            REPORTS,
            LayerSettings.EMPTY.withFields(
                List.of(
                    new FieldSettings("nombre_solicitante", null, null, DataClass.PERSONAL, null),
                    new FieldSettings("telefono", null, null, DataClass.PERSONAL, null),
                    new FieldSettings("asunto", null, null, DataClass.INTERNAL, null))),
            catalogue.stewardship().version(REPORTS),
            "alicia");
  }

  private static Caller guard(HttpServletRequest request) {
    String who = request.getHeader("Who");
    return who == null
        ? Caller.ANYONE
        : switch (who) {
          case "alicia" -> new Caller(who, "Alicia", List.of(new Holding("gis-admin", null)), null);
          case "simon" -> steward(who, "atencion_ciudadana");
          case "olga" -> steward(who, "obras");
          default -> new Caller(who, who, List.of(), null);
        };
  }

  private static Caller steward(String who, String department) {
    return new Caller(who, who, List.of(new Holding("steward", department)), null);
  }

  // As packs/base/permissions.yaml has it.
  private static Verdict judge(Caller caller, org.tequio.http.Permission permission) {
    String action = permission.action().name();
    if (action.equals("job.own")) {
      return permission.owner().equals(Owner.person(String.valueOf(caller.account())))
          ? Verdict.ALLOWED
          : Verdict.ANOTHERS;
    }
    for (Holding holding : caller.holdings()) {
      if (holding.role().equals("gis-admin")) {
        return Verdict.ALLOWED;
      }
      if (action.startsWith("layer.read-")) {
        String own = String.valueOf(holding.organisation());
        return permission.owner().equals(Owner.department(own))
            ? Verdict.ALLOWED
            : Verdict.ANOTHERS;
      }
    }
    return Verdict.ROLE_MISSING;
  }

  HttpResponse<byte[]> send(@Nullable String who, String method, String path, @Nullable String body)
      throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (who != null) {
      request.header("Who", who);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  JsonNode as(String who, String method, String path, @Nullable String body) throws Exception {
    var reply = send(who, method, path, body);
    String text = new String(reply.body(), StandardCharsets.UTF_8);
    if (reply.statusCode() >= 300) {
      throw new AssertionError(
          method + " " + path + " answered " + reply.statusCode() + ": " + text);
    }
    return JSON.readTree(text);
  }

  JsonNode get(String who, String path) throws Exception {
    return as(who, "GET", path, null);
  }

  /** Everything in the city's folder, as one text. */
  String everyByte() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  String audit() throws IOException {
    return Files.readString(folder.resolve("audit/log.jsonl"));
  }

  @Override
  public void close() {
    server.close();
    jobs.close();
    store.close();
  }
}
