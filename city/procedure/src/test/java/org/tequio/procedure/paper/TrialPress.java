package org.tequio.procedure.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.cartography.MapPictures;
import org.tequio.cartography.PictureFormat;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Language;
import org.tequio.http.Caller;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.StaticSite;
import org.tequio.identity.IdentityConfig;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Organisation;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.file.CaseTables;
import org.tequio.procedure.pack.Town;
import org.tequio.procedure.rule.AskedLayer;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.signing.OfficeKeys;
import org.tequio.procedure.term.Offices;
import org.tequio.procedure.term.OfficesFile;
import org.tequio.storage.CitySettings;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.testing.stores.TestStores;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A city that issues papers over the little town of the Mexican pack, in which one certificate is
 * free.
 */
final class TrialPress implements AutoCloseable {
  static final String CERTIFICATE = "ud.cuzus_d";
  static final String SITE = "https://villa.example";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  final Path folder;
  final SqlCityStore store;
  final CatalogueModule catalogue;
  final Procedures procedures;
  final TownLayers layers;
  final OfficeKeys keys;
  final Papers papers;
  private final HttpServer server;
  private volatile Instant now = Instant.parse("2026-11-26T16:00:00Z");

  /** The town's layers, of which some can be taken away. */
  static final class TownLayers implements Layers {
    private final Town town;
    private Set<String> missing = Set.of();

    TownLayers(Town town) {
      this.town = town;
    }

    void lose(String... standards) {
      missing = Set.of(standards);
    }

    @Override
    public Crs crs() {
      return Town.CRS;
    }

    @Override
    public long revision() {
      return 1;
    }

    @Override
    public List<AskedLayer> find(String standard, java.time.@Nullable LocalDate asOf) {
      return town.without(missing).find(standard, asOf);
    }
  }

  TrialPress(Path folder) {
    try {
      this.folder = folder;
      this.store =
          TestStores.create(
              folder.resolve("city"), new CitySettings("Villa Tequio", new Crs(32614)));
      new CaseTables(store.database()); // where folios are counted
      this.catalogue = new CatalogueModule(store, CrsRegistry.standard(), Clock.systemUTC());
      catalogue.describe(
          "Villa Tequio",
          new Crs(32614),
          new GeometryFactory().toGeometry(new Envelope(-99.0, -98.9, 19.0, 19.1)));
      Path own = folder.resolve("packs");
      writeOwnPack("2026.11-villa", "{free: true, basis: cfcdmx_235}");
      this.procedures = new Procedures(catalogue.catalogue(), own);
      this.layers =
          new TownLayers(
              Objects.requireNonNull(
                  procedures
                      .findPack(new ProcedureId(CERTIFICATE))
                      .orElseThrow()
                      .towns()
                      .get("town")));
      this.keys = new OfficeKeys(folder.resolve("keys"), clock());
      this.papers = papers(procedures);
      this.server = serve();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Offices offices() {
    try {
      return OfficesFile.read(
          "offices.yaml", Files.readString(Path.of("../../packs/mx/offices.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Papers papers(Procedures by) {
    return new Papers(
        store,
        catalogue.catalogue(),
        by,
        TrialPress::offices,
        layers,
        (view, shown, language) ->
            MapPictures.blank(view.width(), view.height(), PictureFormat.PNG, 0xFFEFE8E4),
        keys,
        null,
        clock());
  }

  Replay replay() {
    return new Replay(papers, procedures, (revision, moment) -> layers, store.blobs());
  }

  /** The same after the city was opened again, by the packs that it has now. */
  Replay replayAfterOpening() {
    Procedures now = new Procedures(catalogue.catalogue(), folder.resolve("packs"));
    return new Replay(papers(now), now, (revision, moment) -> layers, store.blobs());
  }

  /** The city's own pack: the Mexican one with one certificate at another price. */
  void writeOwnPack(String version, String fee) throws IOException {
    Path pack = folder.resolve("packs/villa");
    Files.createDirectories(pack.resolve("procedures"));
    Files.writeString(
        pack.resolve("pack.yaml"),
        "id: villa\nversion: \""
            + version
            + "\"\nextends: mx\nname: {es: Villa, pt: Villa, en: Villa}\n"
            + "box: [-99.2, 18.9, -98.7, 19.3]\n");
    Files.createDirectories(pack.resolve("examples"));
    Files.copy(
        Path.of("../../packs/mx/examples/town.yaml"),
        pack.resolve("examples/town.yaml"),
        StandardCopyOption.REPLACE_EXISTING);
    String written =
        Files.readString(Path.of("../../packs/mx/procedures/" + CERTIFICATE + ".yaml"));
    Files.writeString(
        pack.resolve("procedures/" + CERTIFICATE + ".yaml"),
        written.replaceAll("(?m)^fee: .*$", "fee: " + fee).replaceAll("(?s)\nexamples:.*", "\n"));
  }

  Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  void moveTo(String instant) {
    now = Instant.parse(instant);
  }

  /** A position of the town as people give it. */
  static Map<String, JsonNode> at(double x, double y) {
    double[] lonLat = {x, y};
    CrsRegistry.standard().operation(Town.CRS, Crs.CRS84).apply(lonLat, 1);
    return Map.of(
        "place",
        MAPPER.readTree(
            "{\"type\":\"Point\",\"coordinates\":[" + lonLat[0] + "," + lonLat[1] + "]}"));
  }

  Paper issue(
      String procedure, Map<String, JsonNode> inputs, @Nullable String owner, Language language) {
    return papers.issue(
        procedures.findCompiled(new ProcedureId(procedure)).orElseThrow(),
        inputs,
        owner,
        language,
        SITE);
  }

  byte[] bytes(Paper paper) {
    try (var in = papers.open(paper)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  // ---- over HTTP

  private HttpServer serve() throws IOException {
    IdentityModule identity =
        new IdentityModule(
            store,
            folder,
            IdentityConfig.DEFAULT,
            clock(),
            () -> List.of(Organisation.department("Desarrollo urbano")));
    return HttpServer.start(
        new HttpConfig("127.0.0.1", 0, null),
        new PapersEndpoint(papers, procedures, identity.permissions(), new PaperSite(null))
            .endpoints().stream().map(identity.permissions()::closed).toList(),
        StaticSite.NONE,
        request -> caller(String.valueOf(request.getHeader("As"))));
  }

  /** Residents by their names, roles by theirs, officers by their office's. */
  private static Caller caller(String name) {
    return switch (name) {
      case "null", "" -> Caller.ANYONE;
      case "gis-admin", "auditor" ->
          new Caller(name, name, List.of(new Caller.Holding(name, null)), null);
      case "steward" ->
          new Caller(name, name, List.of(new Caller.Holding("steward", "desarrollo_urbano")), null);
      case "planning" ->
          new Caller(name, name, List.of(new Caller.Holding("officer", "desarrollo_urbano")), null);
      case "water" -> new Caller(name, name, List.of(new Caller.Holding("officer", "agua")), null);
      default -> new Caller(name, name, List.of(), null);
    };
  }

  HttpResponse<String> get(String who, String path) {
    return send(who, path, HttpRequest.newBuilder().GET());
  }

  HttpResponse<String> post(String who, String path, String type, byte[] body) {
    return send(
        who,
        path,
        HttpRequest.newBuilder()
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<String> send(String who, String path, HttpRequest.Builder request) {
    try {
      return HttpClient.newHttpClient()
          .send(
              request
                  .uri(URI.create("http://127.0.0.1:" + server.port() + path))
                  .header("As", who)
                  .header("Accept-Language", "en")
                  .build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
