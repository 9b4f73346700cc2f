package org.tequio.publish.layer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.Contact;
import org.tequio.catalogue.LayerGaps;
import org.tequio.catalogue.LayerMetadata;
import org.tequio.catalogue.MetadataRecords;
import org.tequio.catalogue.Quality;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Language;
import org.tequio.feature.ServiceCrs;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The city, its layers, and single features, for the web application and other programs. */
public final class LayersEndpoint {
  /** The identifier of a feature in the path. */
  public static final Parameter<FeatureId> FEATURE =
      new Parameter<>(
          Parameter.Place.PATH,
          "feature",
          "Identifier of a feature.",
          new org.tequio.feature.LocalText("un elemento", "um elemento", "a feature"),
          Parameter.schema("string", "pattern", "^[1-9][0-9]{0,17}$"),
          text ->
              text.matches("[1-9][0-9]{0,17}")
                  ? Optional.of(new FeatureId(Long.parseLong(text)))
                  : Optional.empty());

  private static final int HISTORY = 50;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Catalogue catalogue;
  private final FeatureStore store;
  private final PublicLayers layers;
  private final Permissions permissions;
  private final MetadataRecords records;
  private final LayerGaps gaps;
  private final int maxZoom;

  /** Answers from these. */
  public LayersEndpoint(
      Catalogue catalogue,
      FeatureStore store,
      PublicLayers layers,
      Permissions permissions,
      MetadataRecords records,
      LayerGaps gaps,
      int maxZoom) {
    this.catalogue = catalogue;
    this.store = store;
    this.layers = layers;
    this.permissions = permissions;
    this.records = records;
    this.gaps = gaps;
    this.maxZoom = maxZoom;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/health", "health", Action.CITY_READ, this::health)
            .summary("Answers 200 once the city can be served.")
            .answers("application/json", Health.class),
        Endpoint.get("/api/city", "city", Action.CITY_READ, this::city)
            .summary("The city and the size of its catalogue.")
            .answers("application/json", City.class),
        Endpoint.get("/api/layers", "layers", Action.CITY_READ, this::list)
            .summary("All layers with their themes and departments.")
            .answers("application/json", Layers.class),
        Endpoint.get("/api/layers/{layer}", "layer", Action.LAYER_READ, this::layer)
            .summary("One layer, where it has something to say, and its history.")
            .with(Parameter.LAYER)
            .answers("application/json", LayerDetail.class),
        Endpoint.get(
                "/api/layers/{layer}/features/{feature}",
                "layerFeature",
                Action.LAYER_READ,
                this::feature)
            .summary("One feature with its public properties.")
            .with(Parameter.LAYER, FEATURE, Moment.AS_OF)
            .answers("application/geo+json", null));
  }

  record Health(String status, long revision) {}

  record City(
      String name,
      String crs,
      @Nullable List<Double> bbox,
      long revision,
      @Nullable String updated,
      CityCounts counts,
      List<String> languages) {}

  record CityCounts(int layers, long features, int departments, int findings) {}

  record Layers(List<LayerJson> layers, List<ThemeJson> themes, List<String> departments) {}

  record ThemeJson(String id, String title) {}

  /** The members of a layer and more, in one object. */
  record LayerDetail(
      @com.fasterxml.jackson.annotation.JsonUnwrapped LayerJson layer,
      @Nullable JsonNode coverage,
      @Nullable String key,
      List<HistoryJson> history,
      AboutJson about,
      @Nullable GapJson gap) {}

  /**
   * What people are at work to map for the layer.
   *
   * @param openTasks whose ground is still a gap
   * @param closedTasks that were found good
   */
  record GapJson(int openTasks, int closedTasks, long openSquareMeters, long closedSquareMeters) {
    static GapJson of(LayerGaps.Gap gap) {
      return new GapJson(
          gap.openTasks(),
          gap.closedTasks(),
          Math.round(gap.openSquareMeters()),
          Math.round(gap.closedSquareMeters()));
    }
  }

  /**
   * What the catalogue record says beyond the list of layers.
   *
   * @param grade A to D; null where nobody checked the layer
   * @param freshness {@code fresh}, {@code due}, {@code overdue} or {@code unknown}
   * @param due when the next version is due; null where no rhythm was declared
   * @param contact the office that answers for it
   * @param style how a steward wants it drawn; null where nobody said so
   * @param page the record for people
   */
  record AboutJson(
      @Nullable String grade,
      List<ReasonJson> reasons,
      String freshness,
      String freshnessTitle,
      @Nullable String due,
      @Nullable String rhythm,
      @Nullable String licenceTitle,
      @Nullable String licenceUrl,
      @Nullable ContactJson contact,
      List<String> keywords,
      @Nullable JsonNode style,
      String page) {

    static AboutJson of(LayerMetadata metadata, Language language) {
      var settings = metadata.layer().settings();
      var quality = metadata.quality();
      var licence = metadata.licence();
      return new AboutJson(
          quality.grade() == null ? null : quality.grade().name(),
          quality.reasons().stream().map(reason -> ReasonJson.of(reason, language)).toList(),
          metadata.freshness().name().toLowerCase(Locale.ROOT),
          metadata.freshness().title().in(language),
          metadata.due() == null ? null : metadata.due().toString(),
          settings.rhythm() == null ? null : settings.rhythm().toString(),
          licence == null ? null : licence.title().in(language),
          licence == null || !licence.url().startsWith("http") ? null : licence.url(),
          ContactJson.of(settings.contact()),
          settings.keywords(),
          settings.style() == null ? null : MAPPER.readTree(settings.style()),
          "/catalogue/" + metadata.layer().id());
    }
  }

  record ReasonJson(String question, String title, String answer, String text) {
    static ReasonJson of(Quality.Reason reason, Language language) {
      return new ReasonJson(
          reason.question().name().toLowerCase(Locale.ROOT),
          reason.question().title().in(language),
          reason.answer().name().toLowerCase(Locale.ROOT),
          reason.text().in(language));
    }
  }

  record ContactJson(
      @Nullable String office,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String url) {
    static @Nullable ContactJson of(@Nullable Contact contact) {
      return contact == null
          ? null
          : new ContactJson(contact.office(), contact.email(), contact.phone(), contact.url());
    }
  }

  record HistoryJson(long revision, String instant, String author, String message) {}

  private Reply health(Call call) {
    permissions.require(call, Permission.READ_CITY);
    return Reply.json(new Health("up", store.headRevision())).with("Cache-Control", "no-store");
  }

  private Reply city(Call call) {
    permissions.require(call, Permission.READ_CITY);
    var city = catalogue.city();
    List<PublicLayer> all = layers.list();
    Optional<Instant> updated =
        all.stream().map(layer -> layer.record().updated()).max(Instant::compareTo);
    return Reply.json(
            new City(
                city.name(),
                city.crs().toString(),
                LayerJson.box(city.bounds()),
                layers.revision(),
                updated.map(LayerJson::instant).orElse(null),
                new CityCounts(
                    all.size(),
                    all.stream().mapToLong(layer -> layer.record().count()).sum(),
                    departments(all).size(),
                    layers.listFindings().size()),
                List.of("es", "pt", "en")))
        .tagged("city-" + layers.tag());
  }

  private Reply list(Call call) {
    permissions.require(call, Permission.READ_CITY);
    Language language = call.language();
    List<PublicLayer> all = layers.list();
    return Reply.json(
            new Layers(
                all.stream().map(layer -> LayerJson.of(layer, language, maxZoom)).toList(),
                layers.themes().stream()
                    .map(theme -> new ThemeJson(theme.id(), theme.title().in(language)))
                    .toList(),
                departments(all)))
        .tagged("layers-" + layers.tag() + "-" + language.tag());
  }

  private static List<String> departments(List<PublicLayer> all) {
    return all.stream()
        .map(layer -> layer.record().department())
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  private Reply layer(Call call) {
    var id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    PublicLayer layer = layers.get(id);
    // Before what it is the version of: an answer may be newer than its tag, never older.
    String version = gaps.version();
    List<HistoryJson> history = new ArrayList<>();
    for (var revision : store.listRevisions(Optional.of(id), HISTORY)) {
      history.add(
          new HistoryJson(
              revision.number(),
              LayerJson.instant(revision.instant()),
              revision.note().author(),
              revision.note().message()));
    }
    var coverage = layer.record().coverage();
    AboutJson about = AboutJson.of(records.of(layer.record()), call.language());
    return Reply.json(
            new LayerDetail(
                LayerJson.of(layer, call.language(), maxZoom),
                coverage == null ? null : MAPPER.readTree(CoverageJson.of(coverage)),
                layer.key(),
                history,
                about,
                gaps.find(id).map(GapJson::of).orElse(null)))
        .tagged(
            String.join(
                "-", "layer", layers.tag(), about.freshness, version, call.language().tag()));
  }

  private Reply feature(Call call) {
    var id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    PublicLayer layer = layers.get(id, Moment.of(call));
    FeatureId feature = call.path(FEATURE);
    byte[] json =
        featureJson(store, layer, feature, ServiceCrs.CRS84, "")
            .orElseThrow(() -> new ProblemException(Problem.notFound(feature.toString())));
    return Reply.text("application/geo+json", json).tagged(layer.version() + "-" + feature);
  }

  /** One feature as GeoJSON; {@code links} is raw JSON that follows its properties. */
  public static Optional<byte[]> featureJson(
      FeatureStore store, PublicLayer layer, FeatureId feature, ServiceCrs crs, String links) {
    GeoJsonBytes json = new GeoJsonBytes(layer, crs);
    FeatureQuery one = FeatureQuery.ALL.at(layer.asOf()).page(feature.value() - 1, 1);
    boolean[] found = new boolean[1];
    store.scan(
        layer.id(),
        one,
        row -> {
          if (row.id() == feature.value()) {
            json.feature(row, links);
            found[0] = true;
          }
          return false;
        });
    if (!found[0]) {
      return Optional.empty();
    }
    var out = new ByteArrayOutputStream(json.size());
    try {
      json.flushTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(out.toByteArray());
  }
}
