package org.tequio.publish.ogc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Bbox;
import org.tequio.feature.Language;
import org.tequio.feature.ServiceCrs;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.OpenApi;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.http.Representation;
import org.tequio.publish.html.HtmlPage;
import org.tequio.publish.html.Link;
import org.tequio.publish.layer.LayersEndpoint;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.map.Portrayal;
import org.tequio.publish.record.RecordsEndpoint;

/**
 * OGC API – Features Part 1: Core (OGC 17-069r4), everything but the features themselves: landing
 * page, conformance, API definition, collections.
 */
public final class OgcEndpoint {
  static final String ROOT = "/ogc";

  /** The conformance classes that are met. */
  public static final List<String> CONFORMANCE =
      Stream.of(
              classes("ogcapi-features-1/1.0", "core", "oas30", "html", "geojson"),
              classes("ogcapi-features-2/1.0", "crs"),
              classes("ogcapi-features-3/1.0", "queryables", "filter", "features-filter"),
              classes(
                  "cql2/1.0",
                  "cql2-text",
                  "cql2-json",
                  "basic-cql2",
                  "advanced-comparison-operators",
                  "case-insensitive-comparison",
                  "accent-insensitive-comparison",
                  "basic-spatial-functions",
                  "basic-spatial-functions-plus",
                  "spatial-functions",
                  "temporal-functions",
                  "array-functions",
                  "property-property",
                  "functions",
                  "arithmetic"),
              classes(
                  "ogcapi-features-4/1.0",
                  "create-replace-delete",
                  "update",
                  "features",
                  "optimistic-locking-etags"),
              classes(
                  "ogcapi-features-5/1.0",
                  "schemas",
                  "core-roles-features",
                  "returnables-and-receivables",
                  "queryables",
                  "sortables"),
              classes("ogcapi-features-8/1.0", "sortables", "sorting", "features-sorting"),
              classes(
                  "ogcapi-tiles-1/1.0",
                  "core",
                  "tileset",
                  "tilesets-list",
                  "dataset-tilesets",
                  "geodata-tilesets",
                  "collections-selection",
                  "mvt",
                  "oas30"),
              classes(
                  "tms/2.0",
                  "tilematrixset",
                  "tilematrixsetlimits",
                  "tilesetmetadata",
                  "json-tilematrixset",
                  "json-tilematrixsetlimits",
                  "json-tilesetmetadata"),
              classes(
                  "ogcapi-processes-1/1.0",
                  "core",
                  "ogc-process-description",
                  "json",
                  "html",
                  "oas30",
                  "job-list",
                  "dismiss"),
              RecordsEndpoint.CONFORMANCE.stream(),
              Portrayal.CONFORMANCE.stream())
          .flatMap(one -> one)
          .toList();

  /** What the standards call variables of paths: clients look for paths by these names. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          Parameter.LAYER.name(),
          "collectionId",
          LayersEndpoint.FEATURE.name(),
          "featureId",
          MatrixSetsEndpoint.TILE_MATRIX_SET.name(),
          "tileMatrixSetId",
          "process",
          "processID",
          "job",
          "jobID");

  private static final String OPENAPI = "application/vnd.oai.openapi+json;version=3.0";
  private static final List<Representation> FORMS =
      List.of(Representation.JSON, Representation.HTML);
  private static final List<Representation> API_FORMS =
      List.of(new Representation("json", "application/vnd.oai.openapi+json"), Representation.HTML);

  private final Catalogue catalogue;
  private final PublicLayers layers;
  private final Permissions permissions;
  private final RecordsEndpoint records;
  private final ItemsEndpoint items;
  private final SchemasEndpoint schemas;
  private final TileSetsEndpoint tileSets;
  private final MatrixSetsEndpoint matrixSets;
  private final EditItemsEndpoint edits;
  private final Portrayal portrayal;
  private final ProcessesEndpoint processes;

  /** Answers from these. */
  public OgcEndpoint(
      Catalogue catalogue,
      PublicLayers layers,
      Permissions permissions,
      RecordsEndpoint records,
      ItemsEndpoint items,
      SchemasEndpoint schemas,
      TileSetsEndpoint tileSets,
      MatrixSetsEndpoint matrixSets,
      EditItemsEndpoint edits,
      Portrayal portrayal,
      ProcessesEndpoint processes) {
    this.catalogue = catalogue;
    this.layers = layers;
    this.permissions = permissions;
    this.records = records;
    this.items = items;
    this.schemas = schemas;
    this.tileSets = tileSets;
    this.matrixSets = matrixSets;
    this.edits = edits;
    this.portrayal = portrayal;
    this.processes = processes;
  }

  /** Its operations, and the same landing page without the slash. */
  public List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>(documented());
    all.add(
        Endpoint.get(ROOT, "ogcLandingPageAlias", Action.CITY_READ, this::landing)
            .with(Representation.F));
    return all;
  }

  private List<Endpoint> documented() {
    List<Endpoint> all = new ArrayList<>();
    all.add(
        Endpoint.get(ROOT + "/", "getLandingPage", Action.CITY_READ, this::landing)
            .summary("The landing page: where everything is.")
            .with(Representation.F)
            .answers("application/json", Landing.class)
            .answers("text/html", null));
    all.add(
        Endpoint.get(
                ROOT + "/conformance",
                "getConformanceDeclaration",
                Action.CITY_READ,
                this::conformance)
            .summary("The conformance classes that are met.")
            .with(Representation.F)
            .answers("application/json", Conformance.class)
            .answers("text/html", null));
    all.add(
        Endpoint.get(ROOT + "/api", "getApiDefinition", Action.CITY_READ, this::api)
            .summary("This document.")
            .with(Representation.F)
            .answers(OPENAPI, null)
            .answers("text/html", null));
    all.add(
        Endpoint.get(ROOT + "/collections", "getCollections", Action.CITY_READ, this::collections)
            .summary("The layers.")
            .with(Representation.F)
            .answers("application/json", Collections.class)
            .answers("text/html", null));
    all.addAll(records.endpoints());
    all.add(
        Endpoint.get(
                ROOT + "/collections/{layer}",
                "describeCollection",
                Action.LAYER_READ,
                this::collection)
            .summary("One layer.")
            .with(Parameter.LAYER, Representation.F)
            .answers("application/json", Collection.class)
            .answers("text/html", null));
    all.addAll(items.endpoints());
    all.addAll(edits.endpoints());
    all.addAll(schemas.endpoints());
    all.addAll(tileSets.endpoints());
    all.addAll(matrixSets.endpoints());
    all.addAll(portrayal.endpoints());
    all.addAll(processes.endpoints());
    return all;
  }

  record Landing(String title, String description, List<Link> links) {}

  record Conformance(List<String> conformsTo) {}

  record Collections(List<Link> links, List<Object> collections) {}

  record Collection(
      String id,
      String title,
      String description,
      List<Link> links,
      Map<String, Object> extent,
      String itemType,
      List<String> crs,
      String storageCrs) {}

  private static Stream<String> classes(String standard, String... names) {
    return Stream.of(names)
        .map(name -> "http://www.opengis.net/spec/" + standard + "/conf/" + name);
  }

  private static boolean isHtml(Call call, List<Representation> forms) {
    return call.representation(forms).equals(Representation.HTML);
  }

  private Reply landing(Call call) {
    permissions.require(call, Permission.READ_CITY);
    Language language = call.language();
    String title = OgcTexts.DATA_OF.in(language) + catalogue.city().name();
    List<Link> links = new ArrayList<>(self(call, ROOT + "/"));
    links.add(
        new Link(call.link(ROOT + "/api"), "service-desc", OPENAPI, OgcTexts.API.in(language)));
    links.add(
        new Link(
            call.link(ROOT + "/api", "f", "html"),
            "service-doc",
            "text/html",
            OgcTexts.API.in(language)));
    links.add(
        new Link(
            call.link(ROOT + "/conformance"),
            "conformance",
            "application/json",
            OgcTexts.CONFORMANCE.in(language)));
    links.add(
        new Link(
            call.link(ROOT + "/collections"),
            "data",
            "application/json",
            OgcTexts.COLLECTIONS.in(language)));
    links.add(
        new Link(
            call.link(ROOT + "/collections/" + RecordsEndpoint.COLLECTION),
            "http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog",
            "application/json",
            OgcTexts.CATALOGUE.in(language)));
    links.add(
        new Link(
            call.link(SchemasEndpoint.FUNCTIONS),
            "http://www.opengis.net/def/rel/ogc/1.0/functions",
            "application/json",
            OgcTexts.FUNCTIONS.in(language)));
    links.add(
        new Link(
            call.link(TileSetsEndpoint.DATASET),
            TileSetsEndpoint.RELATION,
            "application/json",
            OgcTexts.TILES.in(language)));
    links.add(
        new Link(
            call.link(MatrixSetsEndpoint.ROOT),
            "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
            "application/json",
            OgcTexts.MATRIX_SETS.in(language)));
    links.addAll(Portrayal.links(call));
    links.add(
        new Link(
            call.link(ProcessesEndpoint.ROOT),
            ProcessesEndpoint.RELATION,
            "application/json",
            OgcTexts.PROCESSES.in(language)));
    links.add(
        new Link(
            call.link(JobsEndpoint.ROOT),
            JobsEndpoint.RELATION,
            "application/json",
            OgcTexts.JOBS.in(language)));
    String about = OgcTexts.ABOUT.in(language);
    if (!isHtml(call, FORMS)) {
      return Reply.json(new Landing(title, about, links));
    }
    return Reply.html(
        new HtmlPage(language, title, trail(call))
            .lead(about)
            .links(
                List.of(
                    page(call, "/collections", OgcTexts.COLLECTIONS.in(language)),
                    new Link(
                        call.link("/catalogue", "lang", language.tag()),
                        "item",
                        "text/html",
                        OgcTexts.CATALOGUE.in(language)),
                    page(call, "/tiles", OgcTexts.TILES.in(language)),
                    page(call, "/processes", OgcTexts.PROCESSES.in(language)),
                    page(call, "/api", OgcTexts.API.in(language)),
                    page(call, "/conformance", OgcTexts.CONFORMANCE.in(language)),
                    new Link("/", "alternate", "text/html", OgcTexts.MAP.in(language))))
            .end());
  }

  private static Link page(Call call, String path, String title) {
    return new Link(
        call.link(ROOT + path, "f", "html", "lang", call.language().tag()),
        "item",
        "text/html",
        title);
  }

  /** The links to a document itself and to its other form. */
  static List<Link> self(Call call, String path) {
    Language language = call.language();
    boolean html = isHtml(call, FORMS);
    return List.of(
        new Link(
            call.link(path, "f", "json"),
            html ? "alternate" : "self",
            "application/json",
            (html ? OgcTexts.AS_JSON : OgcTexts.THIS).in(language)),
        new Link(
            call.link(path, "f", "html"),
            html ? "self" : "alternate",
            "text/html",
            (html ? OgcTexts.THIS : OgcTexts.AS_HTML).in(language)));
  }

  /** Where a page stands, from the landing page down. */
  static Map<String, String> trail(Call call, String... namesAndPaths) {
    Map<String, String> trail = new LinkedHashMap<>();
    String tag = call.language().tag();
    trail.put(OgcTexts.HOME.in(call.language()), call.link(ROOT + "/", "f", "html", "lang", tag));
    for (int i = 0; i < namesAndPaths.length; i += 2) {
      trail.put(namesAndPaths[i], call.link(namesAndPaths[i + 1], "f", "html", "lang", tag));
    }
    return trail;
  }

  private Reply conformance(Call call) {
    permissions.require(call, Permission.READ_CITY);
    if (!isHtml(call, FORMS)) {
      return Reply.json(new Conformance(CONFORMANCE));
    }
    HtmlPage page =
        new HtmlPage(call.language(), OgcTexts.CONFORMANCE.in(call.language()), trail(call))
            .lead("OGC API – Features, Tiles, Records, Processes")
            .table(List.of());
    CONFORMANCE.forEach(one -> page.row().cellLink(one, one));
    return Reply.html(page.endTable().end());
  }

  private Reply api(Call call) {
    permissions.require(call, Permission.READ_CITY);
    Language language = call.language();
    String title = OgcTexts.DATA_OF.in(language) + catalogue.city().name();
    if (!isHtml(call, API_FORMS)) {
      return Reply.json(
          OPENAPI,
          new OpenApi("3.0.3", title, call.link(ROOT), ROOT, VARIABLES).document(documented()));
    }
    HtmlPage page =
        new HtmlPage(language, OgcTexts.API.in(language), trail(call))
            .lead(title)
            .links(
                List.of(
                    new Link(
                        call.link(ROOT + "/api", "f", "json"),
                        "alternate",
                        OPENAPI,
                        "OpenAPI 3.0")))
            .table(List.of("", "", "?"));
    for (Endpoint endpoint : documented()) {
      List<String> names =
          endpoint.parameters().stream()
              .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
              .map(Parameter::name)
              .toList();
      page.row()
          .head(endpoint.method() + " " + endpoint.path())
          .cell(endpoint.summary())
          .cell(String.join(", ", names));
    }
    return Reply.html(page.endTable().end());
  }

  private Reply collections(Call call) {
    permissions.require(call, Permission.READ_CITY);
    Language language = call.language();
    List<PublicLayer> all = layers.list();
    String path = ROOT + "/collections";
    if (!isHtml(call, FORMS)) {
      return Reply.json(
          new Collections(
              self(call, path),
              Stream.<Object>concat(
                      all.stream().map(layer -> collection(call, layer)),
                      Stream.of(RecordsEndpoint.describe(call.base(), catalogue.city(), language)))
                  .toList()));
    }
    HtmlPage page =
        new HtmlPage(language, OgcTexts.COLLECTIONS.in(language), trail(call))
            .lead(catalogue.city().name())
            .table(
                List.of(
                    OgcTexts.COLLECTIONS.in(language),
                    OgcTexts.DEPARTMENT.in(language),
                    OgcTexts.COUNT.in(language)));
    for (PublicLayer layer : all) {
      page.row()
          .cellLink(
              page(call, "/collections/" + layer.id(), "").href(),
              layer.record().title().in(language))
          .cell(layer.record().department())
          .cell(layer.record().count());
    }
    return Reply.html(page.endTable().end());
  }

  private Reply collection(Call call) {
    var id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    PublicLayer layer = layers.get(id);
    Language language = call.language();
    Collection collection = collection(call, layer);
    if (!isHtml(call, FORMS)) {
      return Reply.json(collection);
    }
    String path = ROOT + "/collections";
    HtmlPage page =
        new HtmlPage(
                language, collection.title, trail(call, OgcTexts.COLLECTIONS.in(language), path))
            .lead(collection.description)
            .links(
                List.of(
                    page(call, "/collections/" + id + "/items", OgcTexts.ITEMS.in(language)),
                    new Link(
                        call.link(path + "/" + id, "f", "json"),
                        "alternate",
                        "application/json",
                        OgcTexts.AS_JSON.in(language))))
            .table(List.of());
    page.row().head(OgcTexts.COUNT.in(language)).cell(layer.record().count());
    page.row().head(OgcTexts.DEPARTMENT.in(language)).cell(layer.record().department());
    page.row().head(OgcTexts.UPDATED.in(language)).cell(layer.record().updated().toString());
    page.row().head(OgcTexts.LICENCE.in(language)).cell(layer.record().licence());
    layer.fields().forEach(field -> page.row().head(field.name()).cell(field.label().in(language)));
    return Reply.html(page.endTable().end());
  }

  private static Collection collection(Call call, PublicLayer layer) {
    Language language = call.language();
    var record = layer.record();
    String path = ROOT + "/collections/" + layer.id();
    String title = record.title().in(language);
    List<Link> links = new ArrayList<>(self(call, path));
    links.add(new Link(call.link(path + "/items"), "items", "application/geo+json", title));
    links.add(new Link(call.link(path + "/items", "f", "html"), "items", "text/html", title));
    links.addAll(SchemasEndpoint.links(call, layer));
    if (layer.hasGeometry()) {
      links.add(
          new Link(
              call.link(path + "/tiles"),
              TileSetsEndpoint.RELATION,
              "application/json",
              OgcTexts.TILES.in(language)));
    }
    links.addAll(Portrayal.links(call, layer));
    if (record.licence() != null && record.licence().startsWith("http")) {
      links.add(new Link(record.licence(), "license", "text/html", OgcTexts.LICENCE.in(language)));
    }
    Map<String, Object> extent = new LinkedHashMap<>();
    Bbox box = record.extent();
    if (box != null) {
      extent.put(
          "spatial",
          OpenApi.ordered(
              "bbox",
              List.of(List.of(box.minX(), box.minY(), box.maxX(), box.maxY())),
              "crs",
              ServiceCrs.CRS84.uri()));
    }
    var description = record.description();
    return new Collection(
        layer.id().value(),
        title,
        description == null ? "" : description.in(language),
        links,
        extent,
        "feature",
        LayerCrs.list(layer).stream().map(ServiceCrs::uri).toList(),
        LayerCrs.stored(layer).uri());
  }
}
