package org.tequio.publish;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.CityProfile;
import org.tequio.catalogue.CommunityLinks;
import org.tequio.catalogue.FindingCounts;
import org.tequio.catalogue.LayerFinding;
import org.tequio.catalogue.LayerGaps;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.LayerSource;
import org.tequio.catalogue.Theme;
import org.tequio.feature.Bbox;
import org.tequio.feature.Code;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.DataClass;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;
import org.tequio.http.Caller;
import org.tequio.http.EgressRules;
import org.tequio.http.Endpoint;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.OpenApi;
import org.tequio.http.Owner;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.StaticSite;
import org.tequio.storage.AsOf;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.storage.Revision;
import org.tequio.storage.StagedLayer;
import org.tequio.storage.StoredLayer;
import org.tequio.testing.stores.TestStores;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A village in UTM zone 14N around 484000, 2100000 with a few layers, behind a real server. The
 * owner's name of a parcel is closed; texts hold what an attacker would write.
 */
final class TestCity implements AutoCloseable {
  static final String XSS = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'>";
  static final String OWNER = "Dolores Closedname";
  static final Crs UTM = new Crs(32614);
  static final double X = 484_000;
  static final double Y = 2_100_000;
  static final int PARCELS = 60;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  static final Permissions PERMISSIONS = new Permissions(TestCity::judge);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  final CityStore store;
  final Catalogue catalogue = new FixedCatalogue();

  /** Where a test may put what inputs of processes name by address. */
  static final String OTHERS = "127.0.0.7";

  private static final EgressRules REFERENCES = EgressRules.STANDARD.allowing(OTHERS + "/32");

  /** What people are at work to map, at whichever place. */
  final List<LayerGaps.OpenTask> tasks = new CopyOnWriteArrayList<>();

  /** The elements of the community map that parcels are, by the parcels' numbers. */
  final Map<Long, CommunityLinks.Element> elements = new ConcurrentHashMap<>();

  /** Those tasks as a mapping module would tell of them. */
  private final class Mapped implements LayerGaps {
    @Override
    public String version() {
      return "" + tasks.hashCode();
    }

    @Override
    public Optional<Gap> find(LayerId layer) {
      int open = (int) tasks.stream().filter(task -> task.layer().equals(layer)).count();
      return open == 0 ? Optional.empty() : Optional.of(new Gap(open, 2, 1000.4 * open, 2000));
    }

    @Override
    public List<OpenTask> at(double lon, double lat) {
      return List.copyOf(tasks);
    }
  }

  final PublishModule module;
  private final HttpServer server;
  private final List<Described> described = new ArrayList<>();
  private final Map<LayerId, LayerSettings> said = new HashMap<>();
  private long settingsVersion;

  private record Described(
      LayerId id, String title, String standard, @Nullable String department, boolean covered) {}

  private TestCity(Path folder, PublishConfig config) throws IOException {
    store = TestStores.create(folder.resolve("city"), new CitySettings("Villa Prueba", UTM));
    fill();
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    CatalogueModule real = new CatalogueModule(store, CrsRegistry.standard(), clock);
    real.describe("Villa Prueba", UTM, catalogue.city().area());
    module =
        new PublishModule(
            catalogue,
            store,
            real.mappings(),
            real.metadata(),
            PERMISSIONS,
            clock,
            config,
            REFERENCES,
            folder,
            new Mapped(),
            (layer, features) -> layer.value().equals("predios") ? elements : Map.of());
    List<Endpoint> endpoints = new ArrayList<>(module.endpoints());
    endpoints.add(OpenApi.endpoint(module.endpoints(), PERMISSIONS));
    server = HttpServer.start(HttpConfig.local(0), endpoints, StaticSite.NONE, TestCity::caller);
  }

  /** Alicia keeps Catastro's layers, Gerardo runs the map, Bruno the neighbour has an account. */
  private static Caller caller(HttpServletRequest request) {
    String name = request.getHeader("As");
    String basic = request.getHeader("Authorization");
    if (basic != null) {
      byte[] pair = Base64.getDecoder().decode(basic.substring("Basic ".length()));
      name = new String(pair, StandardCharsets.UTF_8).split(":", 2)[0];
    }
    return name == null ? Caller.ANYONE : new Caller(name, name, List.of(), null);
  }

  private static Permissions.Verdict judge(Caller caller, Permission permission) {
    String action = permission.action().name();
    boolean may =
        action.endsWith(".read")
            || action.startsWith("process.")
            || "gerardo".equals(caller.account())
            || "alicia".equals(caller.account())
                && action.equals("layer.edit")
                && permission.owner().equals(Owner.department("catastro"));
    return may ? Permissions.Verdict.ALLOWED : Permissions.Verdict.ROLE_MISSING;
  }

  /** An answer to a body of XML. */
  HttpResponse<String> post(String path, String xml, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(base() + path))
            .header("Content-Type", "application/xml")
            .POST(HttpRequest.BodyPublishers.ofString(xml));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  /** An answer to a request of any method. */
  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  static TestCity start(Path folder) {
    return start(folder, PublishConfig.DEFAULT);
  }

  static TestCity start(Path folder, PublishConfig config) {
    try {
      return new TestCity(Files.createDirectories(folder), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a steward says of a layer from now on. */
  void say(String layer, LayerSettings settings) {
    said.put(new LayerId(layer), settings);
    settingsVersion++;
  }

  private void fill() {
    Field use =
        new Field(
            "uso",
            FieldType.TEXT,
            new LocalText("Uso", "Uso", "Use"),
            null,
            DataClass.PUBLIC,
            List.of(new Code("H", new LocalText("Habitacional", "Residencial", "Housing"))));
    List<Field> parcel =
        List.of(
            Field.of("clave", FieldType.TEXT),
            use,
            Field.of("superficie", FieldType.DECIMAL),
            Field.of("propietario", FieldType.TEXT).withDataClass(DataClass.PERSONAL),
            Field.of("fecha", FieldType.DATE),
            Field.of("nota", FieldType.TEXT));
    List<Object[]> parcels = new ArrayList<>();
    for (int i = 0; i < PARCELS; i++) {
      double x = X + i % 10 * 20;
      double y = Y + i / 10 * 30;
      parcels.add(
          new Object[] {
            "POLYGON(("
                + x
                + " "
                + y
                + ","
                + (x + 20)
                + " "
                + y
                + ","
                + (x + 20)
                + " "
                + (y + 30)
                + ","
                + x
                + " "
                + (y + 30)
                + ","
                + x
                + " "
                + y
                + "))",
            String.format("%03d-%02d", i / 10, i % 10),
            i % 3 == 0 ? "C" : "H",
            600.5,
            OWNER + " " + i,
            LocalDate.of(2020, 1, 1).plusDays(i),
            XSS
          });
    }
    layer(
        "predios",
        "Predios " + XSS,
        "cat.predio",
        "Catastro",
        true,
        new LayerSchema(GeometryType.POLYGON, false, false, parcel, "clave"),
        parcels);
    layer(
        "calles",
        "Calles",
        "ref.vialidad",
        "Obras",
        true,
        new LayerSchema(
            GeometryType.LINESTRING,
            false,
            false,
            List.of(Field.of("nombre", FieldType.TEXT)),
            null),
        List.of(
            new Object[] {line(X, Y - 5, X + 200, Y - 5), "Avenida Insurgentes"},
            new Object[] {line(X + 200, Y - 5, X + 400, Y - 5), "Avenida Insurgentes"},
            new Object[] {line(X - 5, Y, X - 5, Y + 200), "Cerrada de la Peña"}));
    List<Object[]> trees = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      trees.add(new Object[] {"POINT(" + (X + i * 8) + " " + (Y - 3) + ")", "Fresno", (long) i});
    }
    trees.add(new Object[] {null, "Sin lugar", 99L});
    layer(
        "arboles",
        "Árboles",
        "amb.arbol",
        null,
        true,
        new LayerSchema(
            GeometryType.POINT,
            false,
            false,
            List.of(Field.of("especie", FieldType.TEXT), Field.of("altura", FieldType.INTEGER)),
            null),
        trees);
    layer(
        "domicilios",
        "Domicilios",
        "ref.domicilio",
        "Catastro",
        true,
        new LayerSchema(
            GeometryType.POINT,
            false,
            false,
            List.of(Field.of("calle", FieldType.TEXT), Field.of("numero", FieldType.TEXT)),
            null),
        List.<Object[]>of(
            new Object[] {"POINT(" + (X + 10) + " " + (Y + 2) + ")", "Av. Insurgentes", "12"}));
    layer(
        "zonas",
        "Zonas",
        "plan.zonif",
        "Planeación",
        true,
        new LayerSchema(
            GeometryType.MULTIPOLYGON,
            false,
            false,
            List.of(Field.of("zona", FieldType.TEXT)),
            null),
        List.<Object[]>of(
            new Object[] {
              "MULTIPOLYGON(((484100 2100100,484300 2100100,484300 2100300,484100 2100300,484100"
                  + " 2100100),(484150 2100150,484150 2100200,484200 2100200,484200 2100150,484150"
                  + " 2100150)))",
              "ZU"
            }));
    layer(
        "riesgo",
        "Riesgo lejano",
        "risk.ladera",
        "Protección Civil",
        false,
        new LayerSchema(
            GeometryType.POLYGON, false, false, List.of(Field.of("grado", FieldType.TEXT)), null),
        List.<Object[]>of(
            new Object[] {
              "POLYGON((489000 2109000,489100 2109000,489100 2109100,489000 2109100,489000"
                  + " 2109000))",
              "alto"
            }));
    layer(
        "tarifas",
        "Tarifas",
        "other",
        "Tesorería",
        true,
        new LayerSchema(
            GeometryType.NONE, false, false, List.of(Field.of("concepto", FieldType.TEXT)), null),
        List.<Object[]>of(new Object[] {null, "Predial"}));
    layer(
        "vacia",
        "Vacía",
        "pub.obra",
        "Obras",
        true,
        new LayerSchema(
            GeometryType.POLYGON, false, false, List.of(Field.of("obra", FieldType.TEXT)), null),
        List.of());
  }

  private static String line(double ax, double ay, double bx, double by) {
    return "LINESTRING(" + ax + " " + ay + "," + bx + " " + by + ")";
  }

  /** Publishes one more layer; its rows are a geometry in WKT, then the values. */
  void layer(
      String name,
      String title,
      String standard,
      @Nullable String department,
      boolean covered,
      LayerSchema schema,
      List<Object[]> rows) {
    LayerId id = new LayerId(name);
    try (StagedLayer staged = store.stage(id, schema, UTM)) {
      long fid = 1;
      for (Object[] row : rows) {
        byte[] wkb = row[0] == null ? null : Wkb.of(geometry((String) row[0]));
        double[] envelope = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        if (wkb != null) {
          Wkb.envelope(wkb, 0, envelope);
        }
        staged.add(fid++, wkb, envelope, java.util.Arrays.copyOfRange(row, 1, row.length));
      }
      staged.finish();
      store.revise(
          new Revision.Note("alicia", "import", "import " + name), work -> work.publish(staged));
    }
    described.add(new Described(id, title, standard, department, covered));
  }

  static Geometry geometry(String wkt) {
    try {
      return new WKTReader().read(wkt);
    } catch (ParseException e) {
      throw new IllegalArgumentException(wkt, e);
    }
  }

  /** Longitude and latitude of a place of the village. */
  static double[] lonLat(double x, double y) {
    double[] xy = {x, y};
    CrsRegistry.standard().operation(UTM, Crs.CRS84).apply(xy, 1);
    return xy;
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  JsonNode json(String path) throws Exception {
    var reply = get(path, "Accept", "application/json");
    if (reply.statusCode() != 200) {
      throw new AssertionError(path + " answered " + reply.statusCode() + ": " + reply.body());
    }
    return MAPPER.readTree(reply.body());
  }

  HttpResponse<byte[]> bytes(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(base() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> head(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(base() + path)).HEAD().build(),
        BodyHandlers.ofByteArray());
  }

  String base() {
    return "http://127.0.0.1:" + server.port();
  }

  @Override
  public void close() {
    server.close();
    module.close();
    store.close();
  }

  /** What a person would have written about these layers. */
  private final class FixedCatalogue implements Catalogue {
    private static final Theme THEME =
        new Theme("cadastre", LocalText.same("Catastro"), "planningCadastre", "REGI");

    @Override
    public CityProfile city() {
      Bbox box = bounds();
      return new CityProfile("Villa Prueba", UTM, box, rectangle(box));
    }

    private Bbox bounds() {
      double[] sw = lonLat(X - 500, Y - 500);
      double[] ne = lonLat(X + 1000, Y + 1000);
      return new Bbox(sw[0], sw[1], ne[0], ne[1]);
    }

    private Geometry rectangle(Bbox b) {
      return geometry(
          "POLYGON(("
              + b.minX()
              + " "
              + b.minY()
              + ","
              + b.maxX()
              + " "
              + b.minY()
              + ","
              + b.maxX()
              + " "
              + b.maxY()
              + ","
              + b.minX()
              + " "
              + b.maxY()
              + ","
              + b.minX()
              + " "
              + b.minY()
              + "))");
    }

    @Override
    public List<LayerRecord> listLayers() {
      return described.stream().map(this::record).toList();
    }

    @Override
    public Optional<LayerRecord> findLayer(LayerId id, AsOf asOf) {
      return described.stream()
          .filter(one -> one.id.equals(id))
          .findFirst()
          .flatMap(one -> store.features().findLayer(id, asOf).map(past -> record(one, past)));
    }

    private LayerRecord record(Described one) {
      return record(one, store.features().findLayer(one.id).orElseThrow());
    }

    private LayerRecord record(Described one, StoredLayer stored) {
      Bbox extent =
          stored.extent() == null || !stored.schema().hasGeometry()
              ? null
              : CrsRegistry.standard().operation(UTM, Crs.CRS84).apply(stored.extent());
      Geometry coverage = null;
      if (extent != null) {
        coverage = rectangle(one.covered ? bounds() : extent);
      }
      return new LayerRecord(
          one.id,
          LocalText.same(one.title),
          LocalText.same(XSS),
          THEME,
          one.department,
          one.standard,
          stored.schema(),
          UTM,
          stored.count(),
          extent,
          coverage,
          LocalDate.of(2025, 6, 1),
          stored.revision(),
          Instant.parse("2026-01-01T00:00:00Z"),
          "CC-BY-4.0",
          List.of(new LayerSource(one.id + ".shp", "Shapefile", "00", UTM, "none", Double.NaN)),
          new FindingCounts(0, 1, 0),
          stored.contentHash(),
          said.getOrDefault(one.id, LayerSettings.EMPTY),
          settingsVersion);
    }

    @Override
    public Optional<LayerRecord> findLayer(LayerId id) {
      return listLayers().stream().filter(layer -> layer.id().equals(id)).findFirst();
    }

    @Override
    public List<LayerFinding> listFindings() {
      return listFindings(new LayerId("predios"));
    }

    @Override
    public List<LayerFinding> listFindings(LayerId id) {
      return List.of(
          new LayerFinding(
              id,
              new Finding(
                  FindingCode.PERSONAL_DATA,
                  FindingCode.PERSONAL_DATA.severity(),
                  "predios.shp",
                  "propietario",
                  60,
                  "names such as " + OWNER,
                  Finding.Action.CLOSED,
                  List.of(Finding.Example.of(1, OWNER))),
              1),
          new LayerFinding(
              id,
              new Finding(
                  FindingCode.ROW_UNREADABLE,
                  FindingCode.ROW_UNREADABLE.severity(),
                  "predios.shp",
                  null,
                  1,
                  OWNER,
                  Finding.Action.SET_ASIDE,
                  List.of(Finding.Example.of(7, OWNER))),
              1));
    }

    @Override
    public List<Theme> themes() {
      return List.of(THEME);
    }

    @Override
    public long revision() {
      return store.features().headRevision();
    }

    @Override
    public long settingsVersion() {
      return settingsVersion;
    }
  }
}
