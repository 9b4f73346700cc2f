package org.tequio.publish.place;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CommunityLinks;
import org.tequio.catalogue.LayerGaps;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.publish.layer.Moment;
import org.tequio.publish.layer.OnTheMap;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.place.PlaceJson.AbsentJson;
import org.tequio.publish.place.PlaceJson.DepartmentJson;
import org.tequio.publish.place.PlaceJson.ElementJson;
import org.tequio.publish.place.PlaceJson.NoDataJson;
import org.tequio.publish.place.PlaceJson.ParcelJson;
import org.tequio.publish.place.PlaceJson.PlaceFeatureJson;
import org.tequio.publish.place.PlaceJson.PlaceLayerJson;
import org.tequio.publish.place.PlaceJson.PlaceTaskJson;
import org.tequio.publish.place.PlaceJson.PropertyJson;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureStore;

/**
 * Everything that every layer says about one point. Areas are asked whether they hold it, lines and
 * points whether they are near. A layer that says nothing is listed too: as having nothing here
 * where its coverage holds the point, as having no data where it does not or nobody knows.
 */
public final class PlaceEndpoint {
  private static final int MOST_FEATURES = 10;

  private static final Parameter<Double> LON =
      Parameter.number("lon", "Longitude in degrees (WGS 84).", -180, 180);
  private static final Parameter<Double> LAT =
      Parameter.number("lat", "Latitude in degrees (WGS 84).", -90, 90);

  private static final LocalText NO_DEPARTMENT =
      new LocalText("Sin dependencia declarada", "Sem órgão declarado", "No department stated");
  private static final LocalText OUTSIDE =
      new LocalText(
          "la capa no cubre este lugar",
          "a camada não cobre este lugar",
          "the layer does not cover this place");
  private static final LocalText UNKNOWN =
      new LocalText(
          "no se sabe qué zona cubre la capa",
          "não se sabe que área a camada cobre",
          "it is not known what the layer covers");
  private static final LocalText PLACE = new LocalText("Lugar", "Lugar", "Place");

  private final Catalogue catalogue;
  private final AtPoint atPoint;
  private final PublicLayers layers;
  private final LayerGaps gaps;
  private final CommunityLinks links;
  private final Permissions permissions;
  // By identity of the geometry that the catalogue keeps while the revision stays.
  private final Map<Geometry, IndexedPointInAreaLocator> locators = new WeakHashMap<>();

  /** Answers from these. */
  public PlaceEndpoint(
      Catalogue catalogue,
      FeatureStore store,
      PublicLayers layers,
      LayerGaps gaps,
      CommunityLinks links,
      Permissions permissions) {
    this.gaps = gaps;
    this.links = links;
    this.catalogue = catalogue;
    this.atPoint = new AtPoint(store);
    this.layers = layers;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/place", "place", Action.CITY_READ, this::place)
            .summary("Everything that every layer says about a point, by department.")
            .with(LON, LAT, Moment.AS_OF)
            .answers("application/json", PlaceJson.class));
  }

  private Reply place(Call call) {
    permissions.require(call, Permission.READ_CITY);
    double lon = call.required(LON);
    double lat = call.required(LAT);
    AsOf moment = Moment.of(call);
    // Before what it is the version of: an answer may be newer than its tag, never older.
    String version = gaps.version();
    PlaceJson place = at(layers.list(moment), lon, lat, call.language());
    return Reply.json(place)
        .tagged(
            "place-"
                + layers.tag()
                + "-"
                + version
                + "-"
                + elements(place).hashCode()
                + "-"
                + call.language().tag());
  }

  /** What is told of the community map, which changes without the layers. */
  private static List<ElementJson> elements(PlaceJson place) {
    return place.departments().stream()
        .flatMap(department -> department.layers().stream())
        .flatMap(layer -> layer.features().stream())
        .flatMap(feature -> Stream.ofNullable(feature.element()))
        .toList();
  }

  /** A feature that was found, and the layer's words for it. */
  private record Found(PublicLayer layer, PlaceFeatureJson feature, @Nullable Object key) {
    Found linked(CommunityLinks.@Nullable Element element, Language language) {
      return element == null
          ? this
          : new Found(
              layer,
              new PlaceFeatureJson(
                  feature.id(),
                  feature.title(),
                  feature.distanceMeters(),
                  feature.properties(),
                  new ElementJson(
                      element.type(),
                      element.id(),
                      element.version(),
                      OnTheMap.text(element).in(language))),
              key);
    }
  }

  private PlaceJson at(List<PublicLayer> there, double lon, double lat, Language language) {
    Map<String, List<PlaceLayerJson>> departments = new TreeMap<>();
    List<AbsentJson> nothing = new ArrayList<>();
    List<NoDataJson> noData = new ArrayList<>();
    List<Found> nearest = new ArrayList<>();
    for (PublicLayer layer : there) {
      if (!layer.hasGeometry()) {
        continue;
      }
      List<Found> found = near(layer, lon, lat, language);
      var record = layer.record();
      String title = record.title().in(language);
      if (!found.isEmpty()) {
        nearest.add(found.getFirst());
        String department = record.department();
        departments
            .computeIfAbsent(
                department == null ? NO_DEPARTMENT.in(language) : department,
                name -> new ArrayList<>())
            .add(
                new PlaceLayerJson(
                    layer.id().value(),
                    title,
                    record.theme().id(),
                    record.date() == null ? null : record.date().toString(),
                    record.sources().isEmpty() ? null : record.sources().getFirst().file(),
                    record.revision(),
                    found.stream().map(Found::feature).toList()));
      } else if (record.coverage() == null) {
        noData.add(noData(layer, title, UNKNOWN.in(language)));
      } else if (holds(record.coverage(), lon, lat)) {
        nothing.add(new AbsentJson(layer.id().value(), title, record.department()));
      } else {
        noData.add(noData(layer, title, OUTSIDE.in(language)));
      }
    }
    Geometry area = catalogue.city().area();
    List<DepartmentJson> groups = new ArrayList<>();
    departments.forEach((name, list) -> groups.add(new DepartmentJson(name, list)));
    return new PlaceJson(
        lon,
        lat,
        area == null ? null : holds(area, lon, lat),
        title(nearest, lon, lat, language),
        parcel(nearest),
        groups,
        nothing,
        noData,
        tasks(there, lon, lat, language));
  }

  /** What is to be mapped here, of layers that the reader may know of. */
  private List<PlaceTaskJson> tasks(
      List<PublicLayer> there, double lon, double lat, Language language) {
    List<PlaceTaskJson> tasks = new ArrayList<>();
    for (LayerGaps.OpenTask task : gaps.at(lon, lat)) {
      there.stream()
          .filter(layer -> layer.id().equals(task.layer()))
          .map(layer -> layer.record().title().in(language))
          .findFirst()
          .ifPresent(
              title ->
                  tasks.add(
                      new PlaceTaskJson(task.layer().value(), title, task.project(), task.task())));
    }
    return tasks;
  }

  private static NoDataJson noData(PublicLayer layer, String title, String reason) {
    return new NoDataJson(layer.id().value(), title, layer.record().department(), reason);
  }

  private static @Nullable ParcelJson parcel(List<Found> nearest) {
    return of(nearest, "cat.predio")
        .filter(found -> found.feature.distanceMeters() == 0)
        .map(f -> new ParcelJson(f.layer.id().value(), f.feature.id(), f.key))
        .orElse(null);
  }

  private static Optional<Found> of(List<Found> nearest, String standard) {
    return nearest.stream()
        .filter(found -> standard.equals(found.layer.record().standard()))
        .findFirst();
  }

  private static String title(List<Found> nearest, double lon, double lat, Language language) {
    for (String standard : List.of("ref.domicilio", "cat.predio", "adm.colonia")) {
      Optional<Found> found = of(nearest, standard);
      if (found.isPresent()) {
        String words =
            AddressWords.of(found.get().layer, found.get().feature)
                .orElse(found.get().feature.title());
        if (words != null && !words.isBlank()) {
          return words;
        }
      }
    }
    return String.format(java.util.Locale.ROOT, "%s %.5f, %.5f", PLACE.in(language), lat, lon);
  }

  private boolean holds(Geometry area, double lon, double lat) {
    IndexedPointInAreaLocator locator;
    synchronized (locators) {
      locator = locators.computeIfAbsent(area, IndexedPointInAreaLocator::new);
    }
    return locator.locate(new Coordinate(lon, lat)) != Location.EXTERIOR;
  }

  private List<Found> near(PublicLayer layer, double lon, double lat, Language language) {
    List<Found> found = new ArrayList<>();
    atPoint.scan(layer, lon, lat, (row, meters) -> found.add(found(layer, row, meters, language)));
    found.sort(Comparator.comparingDouble(one -> one.feature.distanceMeters()));
    return linked(
        layer, found.size() > MOST_FEATURES ? found.subList(0, MOST_FEATURES) : found, language);
  }

  /** Those that are elements of the community map say so; links are of now, not of the past. */
  private List<Found> linked(PublicLayer layer, List<Found> found, Language language) {
    if (found.isEmpty() || !(layer.asOf() instanceof AsOf.Now)) {
      return found;
    }
    Map<Long, CommunityLinks.Element> elements =
        links.find(layer.id(), found.stream().map(one -> one.feature.id()).toList());
    return found.stream().map(one -> one.linked(elements.get(one.feature.id()), language)).toList();
  }

  private static Found found(PublicLayer layer, FeatureRow row, double meters, Language language) {
    List<PropertyJson> properties = new ArrayList<>();
    List<Field> fields = layer.fields();
    String name = layer.titleField().map(Field::name).orElse("");
    String key = layer.key();
    String title = null;
    Object keyValue = null;
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      Object value = wire(row.value(layer.positions()[i]));
      properties.add(
          new PropertyJson(
              field.name(),
              field.label().in(language),
              coded(field, value, language),
              field.unit()));
      title = field.name().equals(name) && value != null ? value.toString() : title;
      keyValue = field.name().equals(key) ? value : keyValue;
    }
    double rounded = Math.round(meters * 10) / 10.0;
    return new Found(
        layer, new PlaceFeatureJson(row.id(), title, rounded, properties, null), keyValue);
  }

  private static @Nullable Object coded(Field field, @Nullable Object value, Language language) {
    if (value == null) {
      return null;
    }
    String text = value.toString();
    return field.codes().stream()
        .filter(code -> code.value().equals(text))
        .findFirst()
        .<Object>map(code -> code.label().in(language))
        .orElse(value);
  }

  private static @Nullable Object wire(@Nullable Object value) {
    return switch (value) {
      case LocalDate day -> day.toString();
      case Instant instant -> instant.toString();
      case null, default -> value;
    };
  }
}
