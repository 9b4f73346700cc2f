package org.tequio.publish.search;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.storage.FeatureStore;

/**
 * One box for layers, places, streets, addresses, crossings, parcel keys, coordinates and plus
 * codes.
 */
public final class SearchEndpoint {
  private static final Parameter<String> Q = Parameter.text("q", "What was typed.", 200);
  private static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "At most so many results.", 1, 50, 10);
  private static final Parameter<Double> LON =
      Parameter.number("lon", "Longitude near which results come first.", -180, 180);
  private static final Parameter<Double> LAT =
      Parameter.number("lat", "Latitude near which results come first.", -90, 90);
  private static final LocalText COORDINATE =
      new LocalText(
          "Coordenada (latitud, longitud)",
          "Coordenada (latitude, longitude)",
          "Coordinate (latitude, longitude)");
  private static final LocalText CODE = new LocalText("Código plus", "Código plus", "Plus code");

  private final Catalogue catalogue;
  private final PublicLayers layers;
  private final Permissions permissions;
  private final SearchIndexes indexes;

  /** Answers from these. */
  public SearchEndpoint(
      Catalogue catalogue, FeatureStore store, PublicLayers layers, Permissions permissions) {
    this.catalogue = catalogue;
    this.layers = layers;
    this.permissions = permissions;
    this.indexes = new SearchIndexes(store, layers);
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/search", "search", Action.CITY_READ, this::search)
            .summary(
                "Layers, places, streets, addresses, crossings, parcels, coordinates and plus"
                    + " codes, each with how precise it is.")
            .with(Q, LIMIT, LON, LAT)
            .answers("application/json", Results.class));
  }

  /** How many may be meant by the words of an address. */
  private static final int MOST_MEANT = 5;

  /** Some hundred metres: addresses this near are one place twice. */
  private static final double SAME_DEGREES = 0.001;

  /** Makes the index of the newest revision; returns when nothing older is answered any more. */
  public void warmUp() {
    indexes.makeNow();
  }

  /** Bytes of memory that the index takes. */
  public long bytes() {
    return indexes.current().bytes();
  }

  /**
   * The one place that words mean: an address, a crossing, a parcel or coordinates.
   *
   * @return longitude and latitude in WGS 84; nothing where it is none, or could be several
   */
  public Optional<double[]> findPlace(String words) {
    List<Found> found =
        new Search(indexes.current(), catalogue.city(), MOST_MEANT, null)
            .find(words).stream().filter(one -> isOnePlace(one.precision())).toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Found first = found.getFirst();
    boolean isOne =
        found.stream()
            .filter(one -> one.title().equals(first.title()))
            .allMatch(
                one -> Math.hypot(one.lon() - first.lon(), one.lat() - first.lat()) < SAME_DEGREES);
    return isOne ? Optional.of(new double[] {first.lon(), first.lat()}) : Optional.empty();
  }

  private static boolean isOnePlace(Precision precision) {
    return switch (precision) {
      case NUMBER, INTERPOLATED, CROSSING, PARCEL, COORDINATE, CODE -> true;
      case LAYER, PLACE, STREET, NEAREST -> false;
    };
  }

  record Results(String query, List<Result> results) {}

  record Result(
      String kind,
      String title,
      String subtitle,
      @Nullable String layer,
      @Nullable Long feature,
      @Nullable Double lon,
      @Nullable Double lat,
      @Nullable List<Double> bbox,
      String precision,
      String accuracy,
      @Nullable Double meters) {}

  private Reply search(Call call) {
    permissions.require(call, Permission.READ_CITY);
    String q = call.required(Q);
    Optional<Double> lon = call.query(LON);
    Optional<Double> lat = call.query(LAT);
    double[] near = lon.isPresent() && lat.isPresent() ? new double[] {lon.get(), lat.get()} : null;
    CityIndex city = indexes.current();
    List<Found> found =
        new Search(city, catalogue.city(), call.query(LIMIT).orElse(10), near).find(q);
    Language language = call.language();
    return Reply.json(new Results(q, found.stream().map(one -> result(one, language)).toList()))
        .with("Cache-Control", "no-cache");
  }

  private Result result(Found found, Language language) {
    Optional<PublicLayer> layer = Optional.ofNullable(found.layer()).flatMap(layers::find);
    double[] box = found.box();
    boolean placed = Double.isFinite(found.lon());
    boolean point = box[0] == box[2] && box[1] == box[3];
    return new Result(
        found.kind().wireName(),
        found.kind() == SearchKind.LAYER
            ? layer.map(one -> one.record().title().in(language)).orElse("")
            : found.title(),
        subtitle(found, layer, language),
        layer.map(one -> one.id().value()).orElse(null),
        found.feature() == 0 ? null : found.feature(),
        placed ? found.lon() : null,
        placed ? found.lat() : null,
        point || !placed ? null : List.of(box[0], box[1], box[2], box[3]),
        found.precision().text(found.meters()).in(language),
        found.precision().wireName(),
        Double.isNaN(found.meters()) ? null : Math.ceil(found.meters() * 10) / 10);
  }

  private static String subtitle(Found found, Optional<PublicLayer> layer, Language language) {
    String from = layer.map(one -> one.record().title().in(language)).orElse("");
    return switch (found.kind()) {
      case LAYER -> layer.map(one -> one.record().theme().title().in(language)).orElse("");
      case PLACE, PARCEL -> found.area().isEmpty() ? from : from + ", " + found.area();
      case STREET, ADDRESS, CROSSING -> found.area().isEmpty() ? from : found.area();
      case COORDINATE -> with(COORDINATE.in(language), found.area());
      case CODE -> with(CODE.in(language), found.area());
    };
  }

  private static String with(String text, String area) {
    return area.isEmpty() ? text : text + ", " + area;
  }
}
