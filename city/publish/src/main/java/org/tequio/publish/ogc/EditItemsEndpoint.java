package org.tequio.publish.ogc;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.Wkb;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.publish.edit.Content;
import org.tequio.publish.edit.EditRefused;
import org.tequio.publish.edit.Edited;
import org.tequio.publish.edit.LayerEdit;
import org.tequio.publish.edit.LayerEditing;
import org.tequio.publish.layer.LayersEndpoint;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OGC API – Features Part 4 (OGC 20-002): makes, replaces, changes and deletes features. Whoever
 * changes a feature says by {@code If-Match} which state of it they saw; each request is one
 * revision.
 */
public final class EditItemsEndpoint {
  private static final String ITEMS = OgcEndpoint.ROOT + "/collections/{layer}/items";
  private static final String ITEM = ITEMS + "/{feature}";
  private static final String GEOJSON = "application/geo+json";
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final CityStore store;
  private final PublicLayers layers;
  private final LayerEditing editing;
  private final Permissions permissions;

  /** Edits through this service. */
  public EditItemsEndpoint(
      CityStore store, PublicLayers layers, LayerEditing editing, Permissions permissions) {
    this.store = store;
    this.layers = layers;
    this.editing = editing;
    this.permissions = permissions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(ITEMS, "createFeature", LayerEditing.EDIT, this::create)
            .summary("Makes a feature; coordinates in the CRS that Content-Crs names.")
            .with(Parameter.LAYER)
            .takes(GEOJSON, null)
            .answers(GEOJSON, null),
        Endpoint.put(ITEM, "replaceFeature", LayerEditing.EDIT, this::replace)
            .summary("Replaces a feature whose state If-Match names.")
            .with(Parameter.LAYER, LayersEndpoint.FEATURE)
            .takes(GEOJSON, null)
            .answers(GEOJSON, null),
        Endpoint.patch(ITEM, "updateFeature", LayerEditing.EDIT, this::update)
            .summary("Changes parts of a feature whose state If-Match names (RFC 7396).")
            .with(Parameter.LAYER, LayersEndpoint.FEATURE)
            .takes(MERGE_PATCH, null)
            .answers(GEOJSON, null),
        Endpoint.delete(ITEM, "deleteFeature", LayerEditing.EDIT, this::delete)
            .summary("Deletes a feature whose state If-Match names.")
            .with(Parameter.LAYER, LayersEndpoint.FEATURE));
  }

  private PublicLayer layer(Call call) {
    PublicLayer layer = layers.get(call.path(Parameter.LAYER));
    permissions.require(call, LayerEditing.permission(layer));
    return layer;
  }

  private Reply create(Call call) throws IOException {
    PublicLayer layer = layer(call);
    requireMediaType(call, GEOJSON, "application/json");
    ServiceCrs crs = contentCrs(call, layer);
    Content content = new GeoJsonBody(layer, crs).feature(GeoJsonBody.read(call));
    Edited edited = apply(call, new LayerEdit.Insert(layer.id(), content));
    FeatureId made = edited.inserted().getFirst();
    return state(call, layer.id(), made, crs)
        .status(201)
        .with("Location", call.link(ITEMS.replace("{layer}", layer.id().value()) + "/" + made));
  }

  private Reply replace(Call call) throws IOException {
    PublicLayer layer = layer(call);
    requireMediaType(call, GEOJSON, "application/json");
    ServiceCrs crs = contentCrs(call, layer);
    FeatureId id = call.path(LayersEndpoint.FEATURE);
    long basedOn = basedOn(call, layer, id);
    JsonNode json = GeoJsonBody.read(call);
    Content content = unmoved(new GeoJsonBody(layer, crs).feature(json), layer, id, crs);
    apply(call, new LayerEdit.Replace(layer.id(), id, content, basedOn));
    return state(call, layer.id(), id, crs);
  }

  private Reply update(Call call) throws IOException {
    PublicLayer layer = layer(call);
    requireMediaType(call, MERGE_PATCH, GEOJSON, "application/json");
    ServiceCrs crs = contentCrs(call, layer);
    FeatureId id = call.path(LayersEndpoint.FEATURE);
    long basedOn = basedOn(call, layer, id);
    JsonNode json = GeoJsonBody.read(call);
    Content content = unmoved(new GeoJsonBody(layer, crs).patch(json), layer, id, crs);
    apply(call, new LayerEdit.Update(layer.id(), id, content, basedOn));
    return state(call, layer.id(), id, crs);
  }

  private Reply delete(Call call) {
    PublicLayer layer = layer(call);
    FeatureId id = call.path(LayersEndpoint.FEATURE);
    apply(call, new LayerEdit.Delete(layer.id(), id, basedOn(call, layer, id)));
    return Reply.empty();
  }

  private Edited apply(Call call, LayerEdit edit) {
    try {
      return editing.apply(call, state -> List.of(edit), "api", "");
    } catch (EditRefused e) {
      throw new ProblemException(
          e.problem().type().equals(EditRefused.CONFLICT)
              ? changed(e.problem().detail())
              : e.problem());
    }
  }

  /** The feature as it stands now, with the tag of this state. */
  private Reply state(Call call, LayerId layer, FeatureId id, ServiceCrs crs) {
    PublicLayer now = layers.get(layer);
    String tag = FeatureTag.of(call, store.features(), now, id, crs);
    byte[] json =
        LayersEndpoint.featureJson(store.features(), now, id, crs, "")
            .orElseThrow(() -> new ProblemException(Problem.notFound(id.toString())));
    return Reply.bytes(GEOJSON, json)
        .with("ETag", '"' + tag + '"')
        .with("Content-Crs", LayerCrs.header(crs))
        .with("Cache-Control", "no-store");
  }

  /**
   * The revision in which the state that the caller saw was made.
   *
   * @throws ProblemException 428 where the caller does not say, 412 where it is another one now
   */
  private long basedOn(Call call, PublicLayer layer, FeatureId id) {
    Optional<String> match = call.header("If-Match");
    Optional<Feature> now = store.features().findFeature(layer.id(), id, AsOf.NOW);
    if (now.isEmpty()) {
      throw new ProblemException(
          match.isPresent()
              ? changed(
                  new LocalText(
                      "el elemento " + id + " ya no existe",
                      "o elemento " + id + " já não existe",
                      "there is no feature " + id + " any more"))
              : Problem.notFound(id.toString()));
    }
    if (match.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              428,
              "precondition-required",
              new LocalText("Falta If-Match", "Falta If-Match", "If-Match is missing"),
              new LocalText(
                  "diga en If-Match el ETag del elemento que leyó",
                  "diga em If-Match o ETag do elemento que leu",
                  "say in If-Match the ETag of the feature that you read")));
    }
    long revision = FeatureTag.revision(store.features(), layer.id(), id);
    boolean seen =
        Arrays.stream(match.get().split(","))
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || FeatureTag.isOf(tag, revision));
    if (!seen) {
      throw new ProblemException(
          changed(
              new LocalText(
                  "el elemento " + id + " cambió desde que usted lo leyó",
                  "o elemento " + id + " mudou desde que você o leu",
                  "feature " + id + " has changed since you read it")));
    }
    return revision;
  }

  private static Problem changed(LocalText why) {
    return Problem.of(
        412,
        "precondition-failed",
        new LocalText("Cambió entretanto", "Mudou entretanto", "Changed in the meantime"),
        why);
  }

  /**
   * Coordinates are published rounded: who sends back what was read did not move the feature, which
   * keeps the place that it has.
   */
  private Content unmoved(Content said, PublicLayer layer, FeatureId id, ServiceCrs crs) {
    Content.Place place = said.place();
    byte[] sent = place == null ? null : place.wkb();
    byte[] published = sent == null ? null : published(layer, id, crs);
    if (!Arrays.equals(sent, published) || sent == null) {
      return said;
    }
    return store
        .features()
        .findFeature(layer.id(), id, AsOf.NOW)
        .map(Feature::geometry)
        .map(Wkb::of)
        .map(kept -> new Content(said.values(), new Content.Place(kept, layer.stored().crs())))
        .orElse(said);
  }

  private byte @Nullable [] published(PublicLayer layer, FeatureId id, ServiceCrs crs) {
    return LayersEndpoint.featureJson(store.features(), layer, id, crs, "")
        .map(json -> new GeoJsonBody(layer, crs).feature(MAPPER.readTree(json)))
        .map(Content::place)
        .flatMap(place -> Optional.ofNullable(place.wkb()))
        .orElse(null);
  }

  private static ServiceCrs contentCrs(Call call, PublicLayer layer) {
    String named = call.header("Content-Crs").orElse(null);
    if (named == null) {
      return ServiceCrs.CRS84;
    }
    String uri = named.strip().replaceFirst("^<(.*)>$", "$1");
    return ServiceCrs.find(uri)
        .filter(LayerCrs.list(layer)::contains)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalidParameter(
                        "Content-Crs", LocalText.same(LayerCrs.names(layer)), named)));
  }

  private static void requireMediaType(Call call, String... accepted) {
    String type = call.header("Content-Type").orElse("").split(";", 2)[0].strip();
    if (!List.of(accepted).contains(type.toLowerCase(Locale.ROOT))) {
      throw new ProblemException(Problem.unsupportedMediaType(String.join(", ", accepted), type));
    }
  }
}
