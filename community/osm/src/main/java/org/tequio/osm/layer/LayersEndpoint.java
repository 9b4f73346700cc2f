package org.tequio.osm.layer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Bbox;
import org.tequio.feature.Finding;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.formats.osm.OsmElement;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Jobs;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.osm.LayerConflict;
import org.tequio.osm.LayerReport;
import org.tequio.osm.LayerStatus;
import org.tequio.osm.MapLayers;
import org.tequio.osm.MapRefused;
import org.tequio.osm.OsmModule;
import org.tequio.osm.Settlement;
import org.tequio.osm.api.ElementPage;
import org.tequio.osm.api.OsmAction;

/** The community map beside the city's layers, over HTTP. */
public final class LayersEndpoint {
  /** Bringing elements to layers and features to the community map. */
  public static final Action EXCHANGE = new Action("map.exchange");

  private static final GeometryFactory FACTORY = new GeometryFactory();
  private static final Parameter<String> MAPPING =
      Parameter.pathId(
          "mapping",
          "Identifier of a mapping between tags and a layer.",
          new LocalText("una relación", "uma relação", "a mapping"));
  private static final Parameter<OsmElement.Type> TYPE =
      new Parameter<>(
          Parameter.Place.PATH,
          "type",
          "The kind of element.",
          LocalText.same("node|way|relation"),
          Parameter.schema("string", "enum", List.of("node", "way", "relation")),
          LayersEndpoint::type);
  private static final Parameter<Long> ELEMENT =
      number("element", "The number of an element among those of its kind.");
  private static final Parameter<Long> FEATURE = number("feature", "The number of a feature.");

  private final MapLayers desk;
  private final OsmModule map;
  private final MappedLayers layers;
  private final Catalogue catalogue;
  private final Permissions permissions;
  private final Jobs jobs;

  /** Answers from these. */
  public LayersEndpoint(
      MapLayers desk,
      OsmModule map,
      MappedLayers layers,
      Catalogue catalogue,
      Permissions permissions,
      Jobs jobs) {
    this.desk = desk;
    this.map = map;
    this.layers = layers;
    this.catalogue = catalogue;
    this.permissions = permissions;
    this.jobs = jobs;
  }

  private static Parameter<Long> number(String name, String description) {
    return new Parameter<>(
        Parameter.Place.PATH,
        name,
        description,
        new LocalText("un número", "um número", "a number"),
        Parameter.schema("integer"),
        text ->
            text.matches("[1-9][0-9]{0,15}") ? Optional.of(Long.valueOf(text)) : Optional.empty());
  }

  private static Optional<OsmElement.Type> type(String word) {
    for (OsmElement.Type type : OsmElement.Type.values()) {
      if (type.word().equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    List<Endpoint> all =
        new ArrayList<>(
            List.of(
                Endpoint.get("/api/map/layers", "mapLayers", OsmAction.READ, this::list)
                    .summary(
                        "Which tags of the community map are which fields of the city's layers.")
                    .answers("application/json", MappingList.class),
                Endpoint.post(
                        "/api/map/layers/{mapping}/propose",
                        "proposeElements",
                        EXCHANGE,
                        this::propose)
                    .summary("Proposes what the elements of a box make of a layer, for its review.")
                    .with(MAPPING)
                    .takes("application/json", BoxJson.class)
                    .answers("application/json", null),
                Endpoint.post(
                        "/api/map/layers/{mapping}/improve",
                        "improveElements",
                        EXCHANGE,
                        this::improve)
                    .summary("Makes elements of the features of a box, where none stands.")
                    .with(MAPPING)
                    .takes("application/json", BoxJson.class)
                    .answers("application/json", null),
                Endpoint.get(
                        "/api/map/layers/{mapping}/conflicts",
                        "layerConflicts",
                        EXCHANGE,
                        this::conflicts)
                    .summary("In what a layer and the community map contradict each other.")
                    .with(MAPPING)
                    .answers("application/json", ConflictList.class),
                Endpoint.post(
                        "/api/map/layers/{mapping}/settle",
                        "settleConflict",
                        EXCHANGE,
                        this::settle)
                    .summary(
                        "Says which side of a contradiction is right, or that nobody knows yet.")
                    .with(MAPPING)
                    .takes("application/json", SettleJson.class)
                    .answers("application/json", ConflictList.class),
                Endpoint.get(
                        "/api/map/links/{type}/{element}",
                        "elementLinks",
                        OsmAction.READ,
                        this::ofElement)
                    .summary("The features of the city's layers that an element is.")
                    .with(TYPE, ELEMENT)
                    .answers("application/json", LinkList.class),
                Endpoint.get(
                        "/api/map/features/{layer}/{feature}",
                        "featureLink",
                        OsmAction.READ,
                        this::ofFeature)
                    .summary("The element of the community map that a feature is.")
                    .with(Parameter.LAYER, FEATURE)
                    .answers("application/json", LinkJson.class)));
    for (OsmElement.Type type : OsmElement.Type.values()) {
      all.add(page(type));
    }
    return all;
  }

  /** A page for people, at the address that editors of OpenStreetMap lead to. */
  private Endpoint page(OsmElement.Type type) {
    return Endpoint.get(
            "/" + type.word() + "/{element}",
            type.word() + "Page",
            OsmAction.READ,
            call -> page(call, type))
        .summary("What people read of a " + type.word() + " of the community map.")
        .with(ELEMENT)
        .withOpenQuery()
        .answers("application/xhtml+xml", null);
  }

  private Reply page(Call call, OsmElement.Type type) {
    permissions.require(call, Permission.of(OsmAction.READ));
    long id = call.path(ELEMENT);
    OsmElement element =
        map.findElement(type, id)
            .orElseThrow(() -> new ProblemException(Problem.notFound(call.path())));
    List<ElementPage.LinkedFeature> features = new ArrayList<>();
    for (LayerStatus.Link link : desk.linksOf(type, id)) {
      catalogue
          .findLayer(link.layer())
          .filter(layer -> isShown(call, link.layer()))
          .ifPresent(
              layer ->
                  features.add(
                      new ElementPage.LinkedFeature(layer.title().in(call.language()), link)));
    }
    boolean hasChangeset = map.findChangeset(element.meta().changeset()).isPresent();
    return ElementPage.of(call.language(), element, hasChangeset, features);
  }

  /** A box; the whole city where it is left out. */
  record BoxJson(@Nullable List<Double> bbox, @Nullable Boolean dryRun) {}

  record SettleJson(String element, String right) {}

  record MappingJson(
      String id,
      String title,
      @Nullable String layer,
      List<String> fields,
      long linked,
      long conflicts) {}

  record MappingList(List<MappingJson> items) {}

  record LinkJson(
      String layer,
      long feature,
      String element,
      @Nullable Integer version,
      @Nullable Long changeset,
      @Nullable String mapper,
      @Nullable String validator,
      @Nullable Long revision,
      @Nullable String submission,
      List<String> conflicts,
      @Nullable String since) {}

  record LinkList(List<LinkJson> items) {}

  /** What both say of a field, and which of them a person said to be right. */
  record DifferenceJson(
      String field, @Nullable String inLayer, @Nullable String onMap, @Nullable String right) {}

  record ConflictJson(
      String layer, long feature, String element, List<DifferenceJson> differences) {}

  record ConflictList(List<ConflictJson> items) {}

  /** A report, whose submission is named as everywhere in the API. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReportJson(
      String mapping,
      String layer,
      @JsonUnwrapped LayerReport.Counts counts,
      List<Finding> findings,
      @Nullable String submission,
      @Nullable String state,
      List<Long> changesets) {
    static ReportJson of(LayerReport report) {
      Long submission = report.submission();
      return new ReportJson(
          report.mapping(),
          report.layer(),
          report.counts(),
          report.findings(),
          submission == null ? null : Long.toString(submission),
          submission == null ? null : report.state(),
          report.changesets());
    }
  }

  private Reply list(Call call) {
    permissions.require(call, Permission.of(OsmAction.READ));
    List<MappingJson> all = new ArrayList<>();
    for (LayerStatus status : desk.list()) {
      LayerId layer = status.layer();
      boolean shown = layer != null && isShown(call, layer);
      all.add(
          new MappingJson(
              status.mapping(),
              status.title().in(call.language()),
              shown ? String.valueOf(layer) : null,
              shown ? status.fields() : List.of(),
              shown ? status.linked() : 0,
              shown ? status.conflicts() : 0));
    }
    return Reply.json(new MappingList(all));
  }

  private boolean isShown(Call call, LayerId layer) {
    Optional<LayerRecord> known = catalogue.findLayer(layer);
    return known.isPresent()
        && (known.get().isPublic() || permissions.allows(call, permission(known.get())));
  }

  private static Permission permission(LayerRecord layer) {
    String department = layer.department();
    return department == null
        ? Permission.of(EXCHANGE)
        : Permission.ofDepartment(EXCHANGE, LayerId.ofName(department).value());
  }

  private void require(Call call) {
    permissions.requireSome(call, EXCHANGE);
    LayerRecord layer = told(() -> layers.layer(call.path(MAPPING)));
    permissions.require(call, permission(layer));
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (MapRefused e) {
      throw new ProblemException(Problem.conflict(e));
    }
  }

  private Reply propose(Call call) {
    require(call);
    BoxJson wanted = call.json(BoxJson.class);
    String mapping = call.path(MAPPING);
    Geometry area = area(wanted);
    String account = call.account();
    String name = call.caller().name();
    boolean dry = Boolean.TRUE.equals(wanted.dryRun());
    return started(
        call,
        "map-propose",
        new LocalText(
            "Proponer lo mapeado: " + mapping,
            "Propor o mapeado: " + mapping,
            "Propose what was mapped: " + mapping),
        progress -> {
          try {
            return ReportJson.of(desk.propose(mapping, area, account, name, dry, progress));
          } catch (MapRefused e) {
            throw new ProblemException(Problem.conflict(e));
          }
        });
  }

  private Reply improve(Call call) {
    require(call);
    BoxJson wanted = call.json(BoxJson.class);
    String mapping = call.path(MAPPING);
    Geometry area = area(wanted);
    boolean dry = Boolean.TRUE.equals(wanted.dryRun());
    return started(
        call,
        "map-improve",
        new LocalText(
            "Llevar al mapa comunitario: " + mapping,
            "Levar ao mapa comunitário: " + mapping,
            "Bring to the community map: " + mapping),
        progress -> {
          try {
            return ReportJson.of(desk.improve(mapping, area, dry, progress));
          } catch (MapRefused e) {
            throw new ProblemException(Problem.conflict(e));
          }
        });
  }

  private Reply started(Call call, String kind, LocalText title, Jobs.Work work) {
    return Jobs.accepted(call, jobs.start(call.account(), kind, title, work), Map.of());
  }

  private Geometry area(BoxJson wanted) {
    List<Double> box = wanted.bbox();
    if (box == null) {
      Bbox city = catalogue.city().bounds();
      if (city == null) {
        throw wantedBox();
      }
      return box(city.minX(), city.minY(), city.maxX(), city.maxY());
    }
    boolean whole =
        box.size() == 4
            && box.stream().allMatch(one -> one != null && Double.isFinite(one))
            && Math.abs(box.get(0)) <= 180
            && Math.abs(box.get(2)) <= 180
            && Math.abs(box.get(1)) <= 90
            && Math.abs(box.get(3)) <= 90
            && box.get(0) < box.get(2)
            && box.get(1) < box.get(3);
    if (!whole) {
      throw wantedBox();
    }
    return box(box.get(0), box.get(1), box.get(2), box.get(3));
  }

  private static Geometry box(double west, double south, double east, double north) {
    return FACTORY.toGeometry(new Envelope(west, east, south, north));
  }

  private static ProblemException wantedBox() {
    return new ProblemException(
        Problem.invalidBody(
            new LocalText(
                "'bbox': se esperaba [oeste, sur, este, norte] en grados",
                "'bbox': esperava-se [oeste, sul, leste, norte] em graus",
                "'bbox': wanted [west, south, east, north] in degrees")));
  }

  private Reply conflicts(Call call) {
    require(call);
    return listed(call);
  }

  private Reply listed(Call call) {
    return Reply.json(
        new ConflictList(
            desk.listConflicts(call.path(MAPPING)).stream().map(LayersEndpoint::json).toList()));
  }

  private static ConflictJson json(LayerConflict conflict) {
    LayerStatus.Link link = conflict.link();
    return new ConflictJson(
        link.layer().value(),
        link.feature(),
        link.element(),
        conflict.differences().stream()
            .map(
                one ->
                    new DifferenceJson(
                        one.field(),
                        one.inLayer(),
                        one.onMap(),
                        one.settled() == Settlement.OPEN ? null : word(one.settled())))
            .toList());
  }

  private static String word(Settlement right) {
    return right.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Settlement> settlement(String word) {
    return Arrays.stream(Settlement.values()).filter(one -> word(one).equals(word)).findFirst();
  }

  private Reply settle(Call call) {
    require(call);
    SettleJson wanted = call.json(SettleJson.class);
    String[] parts = String.valueOf(wanted.element()).split("/", 3);
    Optional<OsmElement.Type> type = type(parts[0]);
    boolean isNamed = parts.length == 2 && type.isPresent() && parts[1].matches("[1-9][0-9]{0,15}");
    Optional<Settlement> right = settlement(String.valueOf(wanted.right()));
    if (!isNamed || right.isEmpty()) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "se esperaba 'element' como way/17 y 'right' como element, layer u open",
                  "esperava-se 'element' como way/17 e 'right' como element, layer ou open",
                  "wanted 'element' such as way/17, and 'right' as element, layer or open")));
    }
    long element = Long.parseLong(parts[1]);
    if (!desk.settle(call.path(MAPPING), type.get(), element, right.get())) {
      throw new ProblemException(Problem.notFound(wanted.element()));
    }
    return listed(call);
  }

  private Reply ofElement(Call call) {
    permissions.require(call, Permission.of(OsmAction.READ));
    List<LayerStatus.Link> all =
        desk.linksOf(call.path(TYPE), call.path(ELEMENT)).stream()
            .filter(link -> isShown(call, link.layer()))
            .toList();
    return links(all);
  }

  private Reply ofFeature(Call call) {
    permissions.require(call, Permission.of(OsmAction.READ));
    LayerId layer = call.path(Parameter.LAYER);
    return desk.linkOf(layer, call.path(FEATURE))
        .filter(link -> isShown(call, layer))
        .map(link -> Reply.json(json(link)))
        .orElseThrow(() -> new ProblemException(Problem.notFound(call.path())));
  }

  private static Reply links(List<LayerStatus.Link> links) {
    return Reply.json(new LinkList(links.stream().map(LayersEndpoint::json).toList()));
  }

  private static LinkJson json(LayerStatus.Link link) {
    Long submission = link.submission();
    var since = link.since();
    return new LinkJson(
        link.layer().value(),
        link.feature(),
        link.element(),
        link.version(),
        link.changeset(),
        link.mapper(),
        link.validator(),
        link.revision(),
        submission == null ? null : Long.toString(submission),
        link.conflicts(),
        since == null ? null : since.toString());
  }
}
