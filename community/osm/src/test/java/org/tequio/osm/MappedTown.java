package org.tequio.osm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerSettings;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.formats.osm.OsmElement;
import org.tequio.http.Egress;
import org.tequio.http.EgressRules;
import org.tequio.identity.IdentityConfig;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Organisation;
import org.tequio.osm.changeset.Change;
import org.tequio.osm.changeset.Changesets;
import org.tequio.review.ReviewModule;
import org.tequio.review.Submission;
import org.tequio.review.SubmissionState;
import org.tequio.storage.AsOf;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.storage.Edit;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Revision;
import org.tequio.testing.stores.TestStores;

/**
 * A town with the footprints of four buildings, of which the cadastre knows floors, use and owners,
 * and a community map that Bruno edits. Buildings are squares in a row, numbered from the west.
 */
final class MappedTown implements AutoCloseable {
  static final LayerId BUILDINGS = new LayerId("construcciones");
  static final String MAPPING = "buildings";
  static final Geometry EVERYWHERE =
      new GeometryFactory().toGeometry(new Envelope(-99.2, -99.1, 19.3, 19.4));

  private static final int WEST = -991_700_000;
  private static final int SOUTH = 193_600_000;

  /** About ten metres. */
  private static final int SIDE = 1000;

  private static final Changesets.Mapper BRUNO = new Changesets.Mapper("account-bruno", "Bruno");

  final CityStore store;
  final CatalogueModule catalogue;
  final IdentityModule identity;
  final ReviewModule review;
  final OsmModule map;
  final MapLayers layers;
  final List<ValidatedTask> validated = new ArrayList<>();
  private long placeholder;

  MappedTown(Path folder) throws IOException {
    this(folder, OsmConfig.STANDARD);
  }

  MappedTown(Path folder, OsmConfig config) throws IOException {
    store =
        TestStores.create(
            folder.resolve("city"), new CitySettings("Villa Tequio", Crs.parse("EPSG:32614")));
    catalogue = new CatalogueModule(store, CrsRegistry.standard(), Clock.systemUTC());
    catalogue.describe("Villa Tequio", Crs.parse("EPSG:32614"), null);
    identity =
        new IdentityModule(
            store,
            folder.resolve("city"),
            IdentityConfig.DEFAULT,
            Clock.systemUTC(),
            () -> List.of(Organisation.department("Catastro")));
    Egress egress = new Egress(EgressRules.STANDARD);
    review =
        new ReviewModule(
            store, catalogue, identity, egress, folder.resolve("review"), Clock.systemUTC());
    map = new OsmModule(store, identity, folder.resolve("osm"), egress, config, Clock.systemUTC());
    importBuildings(folder);
    layers =
        new MapLayers(
            store,
            catalogue.catalogue(),
            review,
            map,
            identity,
            (event, limit) -> validated.stream().filter(one -> one.event() > event).toList(),
            folder.resolve("none"));
  }

  private void importBuildings(Path folder) throws IOException {
    StringBuilder features = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      int[] box = box(i);
      features.append(
          String.format(
              Locale.ROOT,
              "%s{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                  + "[[[%f,%f],[%f,%f],[%f,%f],[%f,%f],[%f,%f]]]},\"properties\":"
                  + "{\"id_construccion\":\"C-00%d\",\"niveles\":%d,\"uso\":\"H\",\"altura_m\":%s,"
                  + "\"propietario_curp\":\"GOPA%02d0101HDFRRL0%d\"}}",
              i == 0 ? "" : ",",
              box[0] / 1e7,
              box[1] / 1e7,
              box[2] / 1e7,
              box[1] / 1e7,
              box[2] / 1e7,
              box[3] / 1e7,
              box[0] / 1e7,
              box[3] / 1e7,
              box[0] / 1e7,
              box[1] / 1e7,
              i,
              i + 1,
              i == 3 ? "7.5" : "null",
              60 + i,
              i));
    }
    Path file = folder.resolve("construcciones.geojson");
    Files.writeString(
        file,
        "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}",
        StandardCharsets.UTF_8);
    catalogue.importer().run(ImportRequest.of(List.of(file), "Catastro", "alicia"), Progress.NONE);
    catalogue
        .stewardship()
        .save(BUILDINGS, LayerSettings.EMPTY.withStandard("cat.construccion"), 0, "alicia");
  }

  /** West, south, east, north of a building's square, in 1e-7 degrees. */
  static int[] box(int place) {
    int west = WEST + place * 3 * SIDE;
    return new int[] {west, SOUTH, west + SIDE, SOUTH + SIDE};
  }

  /** Bruno draws a square building; returns the number of the way. */
  long draw(int place, String... tags) {
    int[] box = box(place);
    List<OsmElement> made = new ArrayList<>();
    long first = placeholder;
    for (int[] corner :
        new int[][] {{box[0], box[1]}, {box[2], box[1]}, {box[2], box[3]}, {box[0], box[3]}}) {
      made.add(OsmElement.node(--placeholder, OsmElement.Meta.UNKNOWN, corner[0], corner[1]));
    }
    long[] refs = {first - 1, first - 2, first - 3, first - 4, first - 1};
    made.add(OsmElement.way(--placeholder, OsmElement.Meta.UNKNOWN, refs, tags));
    return edit(Change.Verb.CREATE, made).getLast().newId();
  }

  /** Bruno draws a way whose outline crosses itself. */
  long drawCrossed(int place) {
    int[] box = box(place);
    List<OsmElement> made = new ArrayList<>();
    long first = placeholder;
    for (int[] corner :
        new int[][] {{box[0], box[1]}, {box[2], box[3]}, {box[2], box[1]}, {box[0], box[3]}}) {
      made.add(OsmElement.node(--placeholder, OsmElement.Meta.UNKNOWN, corner[0], corner[1]));
    }
    long[] refs = {first - 1, first - 2, first - 3, first - 4, first - 1};
    made.add(OsmElement.way(--placeholder, OsmElement.Meta.UNKNOWN, refs, "building", "yes"));
    return edit(Change.Verb.CREATE, made).getLast().newId();
  }

  /** Bruno puts a node. */
  long put(int place, String... tags) {
    int[] box = box(place);
    return edit(
            Change.Verb.CREATE,
            List.of(
                OsmElement.node(
                    --placeholder, OsmElement.Meta.UNKNOWN, box[0] + 5, box[1] + 5, tags)))
        .getLast()
        .newId();
  }

  OsmElement way(long id) {
    return map.findElement(OsmElement.Type.WAY, id).orElseThrow();
  }

  /** Bruno gives a way these tags and no others. */
  void retag(long id, String... tags) {
    OsmElement way = way(id);
    edit(
        Change.Verb.MODIFY,
        List.of(
            OsmElement.way(
                id,
                new OsmElement.Meta(way.meta().version(), 0, 0, 0, "", true),
                way.refs(),
                tags)));
  }

  /** Bruno deletes a way. */
  void delete(long id) {
    OsmElement way = way(id);
    edit(
        Change.Verb.DELETE,
        List.of(
            OsmElement.way(
                id, new OsmElement.Meta(way.meta().version(), 0, 0, 0, "", true), new long[0])));
  }

  /** Bruno moves the first corner of a way about two metres to the west. */
  void moveCorner(long id) {
    OsmElement node = map.findElement(OsmElement.Type.NODE, way(id).refs()[0]).orElseThrow();
    edit(
        Change.Verb.MODIFY,
        List.of(
            OsmElement.node(
                node.id(),
                new OsmElement.Meta(node.meta().version(), 0, 0, 0, "", true),
                node.x() - 200,
                node.y())));
  }

  private List<Change.Result> edit(Change.Verb verb, List<OsmElement> elements) {
    long changeset = map.changesets().create(BRUNO, Map.of());
    return map.changesets()
        .upload(
            BRUNO,
            changeset,
            elements.stream()
                .map(
                    one ->
                        new Change(
                            verb,
                            false,
                            one.with(
                                new OsmElement.Meta(
                                    one.meta().version(), 0, changeset, 0, "", true))))
                .toList());
  }

  LayerReport propose() throws IOException {
    return layers.propose(MAPPING, EVERYWHERE, "account-gloria", "Gloria", false, Progress.NONE);
  }

  LayerReport improve() {
    return layers.improve(MAPPING, EVERYWHERE, false, Progress.NONE);
  }

  /** The layer's licence is stated. */
  void license() {
    LayerSettings said = catalogue.catalogue().findLayer(BUILDINGS).orElseThrow().settings();
    catalogue
        .stewardship()
        .save(
            BUILDINGS,
            new LayerSettings(
                said.title(),
                said.description(),
                said.theme(),
                said.department(),
                "CC-BY-4.0",
                said.rhythm(),
                said.contact(),
                said.keywords(),
                said.standard(),
                said.access(),
                said.fields(),
                said.rules(),
                said.style(),
                said.complete()),
            catalogue.catalogue().findLayer(BUILDINGS).orElseThrow().settingsVersion(),
            "alicia");
  }

  /** Alicia publishes what was handed in. */
  Submission approve(LayerReport report) {
    Long submission = report.submission();
    if (submission == null) {
      throw new AssertionError("nothing was handed in: " + report);
    }
    return review
        .submissions()
        .act(submission, SubmissionState.Verb.APPROVE, "alicia", "Alicia", "");
  }

  List<Feature> features() {
    List<Long> ids = new ArrayList<>();
    store.features().scan(BUILDINGS, FeatureQuery.ALL, row -> ids.add(row.id()));
    return ids.stream().map(this::feature).toList();
  }

  Feature feature(long id) {
    return store.features().findFeature(BUILDINGS, new FeatureId(id), AsOf.NOW).orElseThrow();
  }

  @Nullable Object value(long id, String field) {
    return feature(id).properties().get(field);
  }

  /** The feature that stands at a place, by its key. */
  Feature at(int place) {
    return features().stream()
        .filter(one -> ("C-00" + place).equals(one.properties().get("id_construccion")))
        .findFirst()
        .orElseThrow();
  }

  /** The cadastre changes one value. */
  void edit(long id, String field, Object value) {
    Feature before = feature(id);
    Map<String, Object> values = new java.util.LinkedHashMap<>(before.properties());
    values.put(field, value);
    store.revise(
        new Revision.Note("alicia", "test", "the cadastre knows better"),
        transaction ->
            transaction.edit(
                BUILDINGS,
                List.of(
                    new Edit.Replace(
                        new Feature(before.id(), before.geometry(), values),
                        store.features().headRevision()))));
  }

  @Override
  public void close() {
    store.close();
  }
}
