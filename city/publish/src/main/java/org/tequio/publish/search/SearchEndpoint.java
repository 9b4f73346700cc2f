package org.tequio.publish.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
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
import org.tequio.publish.search.SearchIndex.Entry;
import org.tequio.publish.search.SearchIndex.Kind;
import org.tequio.storage.FeatureStore;

/** One box for layers, places, streets, addresses, parcel keys and coordinates. */
public final class SearchEndpoint {
  private static final Parameter<String> Q = Parameter.text("q", "What was typed.", 200);
  private static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "At most so many results.", 1, 50, 10);
  private static final Parameter<Double> LON =
      Parameter.number("lon", "Longitude near which results come first.", -180, 180);
  private static final Parameter<Double> LAT =
      Parameter.number("lat", "Latitude near which results come first.", -90, 90);

  private final FeatureStore store;
  private final PublicLayers layers;
  private final Permissions permissions;
  private final Map<LayerId, Kept> indexes = new ConcurrentHashMap<>();

  private record Kept(String version, SearchIndex index) {}

  private record Hit(Entry entry, double score) {}

  /** Answers from these. */
  public SearchEndpoint(FeatureStore store, PublicLayers layers, Permissions permissions) {
    this.store = store;
    this.layers = layers;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/search", "search", Action.CITY_READ, this::search)
            .summary("Layers, places, streets, addresses, parcels and coordinates by name.")
            .with(Q, LIMIT, LON, LAT)
            .answers("application/json", Results.class));
  }

  /** Makes the indexes that are missing. */
  public void warmUp() {
    for (PublicLayer layer : layers.list()) {
      index(layer);
    }
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
      String precision) {}

  private Reply search(Call call) {
    permissions.require(call, Permission.READ_CITY);
    String q = call.required(Q);
    int limit = call.query(LIMIT).orElse(10);
    Language language = call.language();
    List<Result> results = new ArrayList<>();
    CoordinateWords.parse(q).ifPresent(lonLat -> results.add(coordinate(lonLat, language)));
    List<String> typed = SearchWords.of(q).stream().map(word -> " " + word).toList();
    if (!typed.isEmpty() && results.isEmpty()) {
      results.addAll(layers(typed, language));
      Best best = new Best(limit, call.query(LON).orElse(null), call.query(LAT).orElse(null));
      collect(q, typed, best);
      best.inOrder().forEach(hit -> results.add(result(hit.entry, language)));
    }
    List<Result> most = results.subList(0, Math.min(limit, results.size()));
    return Reply.json(new Results(q, most)).with("Cache-Control", "no-cache");
  }

  private static Result coordinate(double[] lonLat, Language language) {
    return new Result(
        "coordinate",
        String.format(Locale.ROOT, "%.6f, %.6f", lonLat[1], lonLat[0]),
        new LocalText(
                "Coordenada (latitud, longitud)",
                "Coordenada (latitude, longitude)",
                "Coordinate (latitude, longitude)")
            .in(language),
        null,
        null,
        lonLat[0],
        lonLat[1],
        null,
        precision(Kind.COORDINATE).in(language));
  }

  /** Layers, at most three: the map is searched for places more often. */
  private List<Result> layers(List<String> typed, Language language) {
    record Ranked(PublicLayer layer, int rank) {}
    List<Ranked> ranked = new ArrayList<>();
    for (PublicLayer layer : layers.list()) {
      var title = layer.record().title();
      int best = -1;
      for (Language each : Language.values()) {
        int rank = SearchIndex.rank(SearchWords.line(title.in(each)), typed);
        best = rank >= 0 && (best < 0 || rank < best) ? rank : best;
      }
      if (best >= 0) {
        ranked.add(new Ranked(layer, best));
      }
    }
    ranked.sort(Comparator.comparingInt(Ranked::rank));
    return ranked.stream().limit(3).map(r -> layer(r.layer, language)).toList();
  }

  private static Result layer(PublicLayer layer, Language language) {
    var record = layer.record();
    Bbox box = record.extent();
    return new Result(
        "layer",
        record.title().in(language),
        record.theme().title().in(language),
        layer.id().value(),
        null,
        box == null ? null : (box.minX() + box.maxX()) / 2,
        box == null ? null : (box.minY() + box.maxY()) / 2,
        box == null ? null : List.of(box.minX(), box.minY(), box.maxX(), box.maxY()),
        precision(Kind.LAYER).in(language));
  }

  private void collect(String q, List<String> typed, Best best) {
    for (PublicLayer layer : layers.list()) {
      if (SearchIndex.kindOf(layer).isEmpty()) {
        continue;
      }
      if (layer.record().count() > SearchIndex.MAX_ENTRIES) {
        SearchIndex.byKey(store, layer, q).ifPresent(entry -> best.add(entry, 0));
        continue;
      }
      for (Entry entry : index(layer).entries()) {
        int rank = SearchIndex.rank(entry.words(), typed);
        if (rank >= 0) {
          best.add(entry, rank);
        }
      }
    }
  }

  /** The few best of many, without keeping the others. */
  private static final class Best {
    private static final Comparator<Hit> ORDER =
        Comparator.comparingDouble(Hit::score)
            .thenComparing(hit -> hit.entry.words())
            .thenComparing(hit -> hit.entry.layer())
            .thenComparingLong(hit -> hit.entry.feature());

    private final int most;
    private final @Nullable Double lon;
    private final @Nullable Double lat;
    private final PriorityQueue<Hit> worstFirst = new PriorityQueue<>(ORDER.reversed());

    Best(int most, @Nullable Double lon, @Nullable Double lat) {
      this.most = most;
      this.lon = lon;
      this.lat = lat;
    }

    void add(Entry entry, int rank) {
      double score = rank + entry.kind().ordinal();
      if (lon != null && lat != null) {
        // A kilometre weighs like a word of four letters more.
        score += Math.min(20, Math.hypot(entry.lon() - lon, entry.lat() - lat) * 111);
      }
      Hit worst = worstFirst.peek();
      if (worstFirst.size() < most || worst != null && score <= worst.score) {
        worstFirst.add(new Hit(entry, score));
        if (worstFirst.size() > most) {
          worstFirst.poll();
        }
      }
    }

    List<Hit> inOrder() {
      return worstFirst.stream().sorted(ORDER).toList();
    }
  }

  private SearchIndex index(PublicLayer layer) {
    return indexes.compute(
            layer.id(),
            (id, kept) ->
                kept != null && kept.version.equals(layer.version())
                    ? kept
                    : new Kept(layer.version(), SearchIndex.of(store, layer)))
        .index;
  }

  private Result result(Entry entry, Language language) {
    Optional<PublicLayer> layer = layers.find(entry.layer());
    double[] box = entry.box();
    boolean point = box[0] == box[2] && box[1] == box[3];
    return new Result(
        entry.kind().wireName(),
        entry.title(),
        layer.map(one -> one.record().title().in(language)).orElse(""),
        entry.layer().value(),
        entry.feature(),
        entry.lon(),
        entry.lat(),
        point ? null : List.of(box[0], box[1], box[2], box[3]),
        precision(entry.kind()).in(language));
  }

  private static LocalText precision(Kind kind) {
    return switch (kind) {
      case LAYER -> new LocalText("capa", "camada", "layer");
      case PLACE -> new LocalText("lugar registrado", "lugar registrado", "recorded place");
      case STREET -> new LocalText("calle completa", "rua inteira", "whole street");
      case ADDRESS -> new LocalText("número exacto", "número exato", "exact number");
      case PARCEL -> new LocalText("predio exacto", "lote exato", "exact parcel");
      case COORDINATE -> new LocalText("punto exacto", "ponto exato", "exact point");
    };
  }
}
