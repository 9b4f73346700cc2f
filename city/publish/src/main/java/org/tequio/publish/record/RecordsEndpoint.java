package org.tequio.publish.record;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CityProfile;
import org.tequio.catalogue.MetadataRecords;
import org.tequio.feature.Bbox;
import org.tequio.feature.Language;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.http.Representation;
import org.tequio.publish.layer.PublicLayers;

/**
 * OGC API – Records Part 1: Core (OGC 20-004r1): the catalogue as one collection of records. For
 * people the same records are the pages under {@code /catalogue}.
 */
public final class RecordsEndpoint {
  /** Has a hyphen, which no layer's identifier has. */
  public static final String COLLECTION = "city-records";

  /** The conformance classes that are met. */
  public static final List<String> CONFORMANCE =
      List.of(
          RecordJson.CORE,
          "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-collection",
          "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core-query-parameters",
          "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-api",
          "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/sorting",
          "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/json",
          "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/html");

  private static final String PATH = "/ogc/collections/" + COLLECTION;
  private static final String GEOJSON = "application/geo+json";
  private static final List<Representation> FORMS =
      List.of(Representation.JSON, Representation.HTML);
  private static final List<Representation> ITEM_FORMS =
      List.of(Representation.GEOJSON, Representation.HTML);

  private final RecordShelf shelf;
  private final CataloguePages pages;
  private final Permissions permissions;
  private final Clock clock;

  /** Answers from these. */
  public RecordsEndpoint(
      Catalogue catalogue,
      PublicLayers layers,
      MetadataRecords records,
      Permissions permissions,
      Clock clock) {
    this.shelf = new RecordShelf(catalogue, layers, records);
    this.pages = new CataloguePages(shelf);
    this.permissions = permissions;
    this.clock = clock;
  }

  /** Its operations; they must come before those of layers, whose paths they look like. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(PATH, "describeRecords", Action.CITY_READ, this::collection)
            .summary("The catalogue as a collection of records.")
            .with(Representation.F)
            .answers("application/json", null)
            .answers("text/html", null),
        Endpoint.get(PATH + "/items", "getRecords", Action.CITY_READ, this::items)
            .summary("Records of layers, page by page.")
            .with(RecordQuery.PARAMETERS)
            .with(Representation.F)
            .answers(GEOJSON, null)
            .answers("text/html", null),
        Endpoint.get(PATH + "/items/{layer}", "getRecord", Action.LAYER_READ, this::item)
            .summary("The record of one layer.")
            .with(Parameter.LAYER, Representation.F)
            .answers(GEOJSON, null)
            .answers("text/html", null));
  }

  private Reply collection(Call call) {
    permissions.require(call, Permission.READ_CITY);
    if (call.representation(FORMS).equals(Representation.HTML)) {
      return pages.list(call, shelf.list(call));
    }
    return Reply.json(describe(call.base(), shelf.profile(), call.language()))
        .tagged(tag(call, "c"));
  }

  /** The collection, as the list of all collections shows it. */
  public static Map<String, Object> describe(String base, CityProfile city, Language language) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", COLLECTION);
    json.put("title", RecordTexts.CATALOGUE.in(language) + ", " + city.name());
    json.put("description", RecordTexts.LEAD.in(language));
    json.put("itemType", "record");
    json.put("crs", List.of("http://www.opengis.net/def/crs/OGC/1.3/CRS84"));
    Bbox box = city.bounds();
    if (box != null) {
      json.put(
          "extent",
          Map.of(
              "spatial",
              Map.of("bbox", List.of(List.of(box.minX(), box.minY(), box.maxX(), box.maxY())))));
    }
    json.put("type", "Collection");
    json.put("conformsTo", CONFORMANCE);
    json.put(
        "links",
        List.of(
            RecordJson.link(base + PATH, "self", "application/json", "JSON"),
            RecordJson.link(base + PATH + "/items", "items", GEOJSON, "GeoJSON"),
            RecordJson.link(base + "/catalogue", "alternate", "text/html", "HTML"),
            RecordJson.link(base + "/catalogue.jsonld", "alternate", "application/ld+json", "DCAT"),
            RecordJson.link(base + "/catalogue.rdf", "alternate", "application/rdf+xml", "DCAT")));
    return json;
  }

  private Reply items(Call call) {
    permissions.require(call, Permission.READ_CITY);
    RecordQuery query = RecordQuery.of(call);
    List<LayerFacts> matching = query.matching(shelf.list(call));
    int from = Math.min(query.offset(), matching.size());
    int to = Math.min(from + query.limit(), matching.size());
    List<LayerFacts> page = matching.subList(from, to);
    if (call.representation(ITEM_FORMS).equals(Representation.HTML)) {
      return pages.list(call, page);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "FeatureCollection");
    json.put(
        "features",
        page.stream()
            .map(facts -> RecordJson.of(facts, call.language(), own(call, facts)))
            .toList());
    json.put("numberMatched", matching.size());
    json.put("numberReturned", page.size());
    json.put("timeStamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    List<Map<String, Object>> links = new ArrayList<>();
    links.add(RecordJson.link(call.linkWith(Map.of()), "self", GEOJSON, "GeoJSON"));
    links.add(
        RecordJson.link(call.linkWith(Map.of("f", "html")), "alternate", "text/html", "HTML"));
    links.add(RecordJson.link(call.link(PATH), "collection", "application/json", "JSON"));
    if (to < matching.size()) {
      links.add(offset(call, to, "next"));
    }
    if (from > 0) {
      links.add(offset(call, Math.max(0, from - query.limit()), "prev"));
    }
    json.put("links", links);
    return Reply.json(GEOJSON, json);
  }

  private static Map<String, Object> offset(Call call, int offset, String rel) {
    return RecordJson.link(
        call.linkWith(Map.of("offset", Integer.toString(offset))), rel, GEOJSON, rel);
  }

  private static List<Map<String, Object>> own(Call call, LayerFacts facts) {
    String self = call.link(PATH + "/items/" + facts.id());
    return List.of(
        RecordJson.link(self, "self", GEOJSON, "GeoJSON"),
        RecordJson.link(self + "?f=html", "alternate", "text/html", "HTML"),
        RecordJson.link(call.link(PATH), "collection", "application/json", "JSON"));
  }

  private Reply item(Call call) {
    permissions.require(call, Permission.READ_LAYER);
    LayerFacts facts = shelf.get(call, call.path(Parameter.LAYER));
    if (call.representation(ITEM_FORMS).equals(Representation.HTML)) {
      return pages.page(call, facts);
    }
    return Reply.json(GEOJSON, RecordJson.of(facts, call.language(), own(call, facts)));
  }

  private String tag(Call call, String what) {
    return "records-" + what + shelf.tag() + "-" + call.language().tag();
  }
}
