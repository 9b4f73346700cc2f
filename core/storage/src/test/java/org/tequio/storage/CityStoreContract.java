package org.tequio.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Progress;
import org.tequio.feature.Wkb;

/** What every store promises. Each storage module extends this and supplies an empty city. */
public abstract class CityStoreContract {
  protected static final LayerId WELLS = new LayerId("wells");
  protected static final LayerId MARKETS = new LayerId("markets");
  protected static final Crs UTM14 = new Crs(6369);
  protected static final LayerSchema WELL_SCHEMA =
      new LayerSchema(
          GeometryType.POINT,
          false,
          false,
          List.of(
              Field.of("name", FieldType.TEXT),
              Field.of("depth", FieldType.INTEGER),
              Field.of("flow", FieldType.DECIMAL),
              Field.of("open", FieldType.BOOLEAN),
              Field.of("drilled", FieldType.DATE),
              Field.of("measured", FieldType.INSTANT)),
          "name");
  protected static final Revision.Note ALICIA =
      new Revision.Note("alicia", "api", "works on the wells");
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  @TempDir protected Path folder;
  protected CityStore city;

  /** A new, empty city in a folder that does not exist yet. */
  protected abstract CityStore create(Path folder) throws IOException;

  /** Opens a city that was closed. */
  protected abstract CityStore open(Path folder) throws IOException;

  @BeforeEach
  void createCity() throws IOException {
    city = create(folder.resolve("city"));
  }

  @AfterEach
  void closeCity() {
    city.close();
  }

  protected void reopen() throws IOException {
    city.close();
    city = open(folder.resolve("city"));
  }

  protected static Geometry point(double x, double y) {
    return GEOMETRIES.createPoint(new Coordinate(x, y));
  }

  protected static Map<String, @Nullable Object> properties(String name, @Nullable Long depth) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("name", name);
    properties.put("depth", depth);
    properties.put("flow", 2.5);
    properties.put("open", true);
    properties.put("drilled", LocalDate.of(1985, 9, 19));
    properties.put("measured", Instant.parse("2016-07-01T12:30:15.250Z"));
    return properties;
  }

  /** A feature, with nulls among its properties. */
  @SuppressWarnings(
      "NullAway") // The annotation of the record's component is not in its class file.
  static Feature feature(
      long id, @Nullable Geometry geometry, Map<String, @Nullable Object> properties) {
    return new Feature(new FeatureId(id), geometry, properties);
  }

  protected static Feature well(long id, String name, @Nullable Long depth, double x, double y) {
    return feature(id, point(x, y), properties(name, depth));
  }

  /** Loads features as a new generation, ready to be published. */
  protected StagedLayer stage(LayerId layer, List<Feature> features) {
    StagedLayer staged = city.stage(layer, WELL_SCHEMA, UTM14);
    double[] envelope = new double[4];
    for (Feature feature : features) {
      Geometry geometry = feature.geometry();
      byte[] wkb = geometry == null ? null : Wkb.of(geometry);
      Arrays.fill(envelope, Double.NaN);
      if (wkb != null) {
        Wkb.envelope(wkb, 0, envelope);
      }
      staged.add(feature.id().value(), wkb, envelope, feature.properties().values().toArray());
    }
    staged.finish();
    return staged;
  }

  /** Publishes features as a layer in one revision. */
  protected Revision publish(LayerId layer, Feature... features) {
    try (StagedLayer staged = stage(layer, List.of(features))) {
      return city.revise(
          new Revision.Note("alicia", "import", "loads " + layer), t -> t.publish(staged));
    }
  }

  protected Map<Long, String> names(LayerId layer, FeatureQuery query) {
    Map<Long, String> names = new TreeMap<>();
    city.features()
        .scan(
            layer,
            query,
            row -> {
              names.put(row.id(), String.valueOf(row.value(0)));
              return true;
            });
    return names;
  }

  private List<FeatureId> edit(LayerId layer, Edit... edits) {
    List<FeatureId> created = new ArrayList<>();
    city.revise(ALICIA, t -> created.addAll(t.edit(layer, List.of(edits))));
    return created;
  }

  private Feature feature(LayerId layer, long id) {
    return city.features().findFeature(layer, new FeatureId(id), AsOf.NOW).orElseThrow();
  }

  private void twoWells() {
    publish(WELLS, well(1, "Xotepingo", 120L, 10, 10), well(2, "Tulyehualco", 300L, 20, 20));
  }

  // ---- erasing

  private Map<Long, String> namesAt(long revision) {
    return names(WELLS, FeatureQuery.ALL.at(new AsOf.AtRevision(revision)));
  }

  @Test
  void whatIsErasedComesBackByNoReadingOfThePastAndNoUndo() throws IOException {
    publish(WELLS, well(1, "Dolores", 120L, 10, 10), well(2, "Tulyehualco", 300L, 20, 20));
    edit(WELLS, new Edit.Replace(well(1, "Dolores Olmedo", 121L, 10, 10), 1));
    publish(WELLS, well(1, "Dolores", 122L, 10, 10), well(2, "Tulyehualco", 300L, 20, 20));

    Revision erased =
        city.revise(ALICIA, t -> t.erase(WELLS, List.of(new FeatureId(1)), List.of("NAME")));

    for (long revision = 1; revision <= erased.number(); revision++) {
      assertThat(namesAt(revision).get(1L)).as("revision " + revision).isEqualTo("null");
      assertThat(namesAt(revision).get(2L)).isEqualTo("Tulyehualco");
    }
    assertThat(feature(WELLS, 1).properties()).containsEntry("depth", 122L);
    city.undo(erased.number(), ALICIA);
    assertThat(names(WELLS, FeatureQuery.ALL).get(1L)).isEqualTo("null");
    assertThat(city.verify(Progress.NONE)).isEmpty();
    reopen();
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  @Test
  void erasingThatIsTakenBackErasesNothing() {
    twoWells();
    assertThatThrownBy(
            () ->
                city.revise(
                    ALICIA,
                    t -> {
                      t.erase(WELLS, List.of(new FeatureId(1)), List.of("name"));
                      throw new IllegalStateException("thought better of it");
                    }))
        .hasMessageContaining("thought better");
    assertThat(names(WELLS, FeatureQuery.ALL)).containsEntry(1L, "Xotepingo");
    assertThat(city.features().headRevision()).isEqualTo(1);
  }

  @Test
  void aBlobThatWasRemovedIsGoneAndNoDamage() throws IOException {
    String kept = city.blobs().put(new ByteArrayInputStream(new byte[] {1}));
    String gone = city.blobs().put(new ByteArrayInputStream(new byte[] {2}));
    reopen();

    city.blobs().remove(gone);
    city.blobs().remove(gone);
    city.blobs().remove("../../etc/passwd");

    assertThat(city.blobs().list()).containsExactly(kept);
    assertThatThrownBy(() -> city.blobs().open(gone)).isInstanceOf(NoSuchFileException.class);
    assertThat(city.verify(Progress.NONE)).isEmpty();
    reopen();
    assertThat(city.verify(Progress.NONE)).isEmpty();
    assertThat(city.blobs().put(new ByteArrayInputStream(new byte[] {2}))).isEqualTo(gone);
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  @Test
  void aLayerThatIsNotPublishedIsSeenByNobody() {
    try (StagedLayer staged = stage(WELLS, List.of(well(1, "Xotepingo", 120L, 10, 10)))) {
      assertThat(city.features().listLayers()).isEmpty();
      assertThat(city.features().headRevision()).isZero();
      assertThat(staged.layer()).isEqualTo(WELLS);
    }
    assertThat(city.features().findLayer(WELLS)).isEmpty();
  }

  @Test
  void aPublishedLayerSaysWhatItHolds() {
    twoWells();

    StoredLayer layer = city.features().findLayer(WELLS).orElseThrow();

    assertThat(layer.count()).isEqualTo(2);
    assertThat(layer.extent()).isEqualTo(new Bbox(10, 10, 20, 20));
    assertThat(layer.schema()).isEqualTo(WELL_SCHEMA);
    assertThat(layer.crs()).isEqualTo(UTM14);
    assertThat(layer.revision()).isEqualTo(1);
    assertThat(layer.contentHash()).hasSize(32);
  }

  @Test
  void valuesComeBackAsTheyWereTyped() {
    twoWells();

    Feature well = feature(WELLS, 1);

    assertThat(well.properties()).isEqualTo(properties("Xotepingo", 120L));
    assertThat(well.geometry()).isEqualTo(point(10, 10));
  }

  @Test
  void aGeometryThatNoGeometryEngineTakesComesBackByteForByte() throws IOException {
    LayerSchema areas =
        new LayerSchema(
            GeometryType.POLYGON, false, false, List.of(Field.of("name", FieldType.TEXT)), null);
    byte[] flat = polygon(0, 0, 5, 5, 0, 0);
    byte[] open = polygon(10, 10, 15, 10, 15, 15, 10, 15);
    byte[] whole = polygon(20, 20, 25, 20, 25, 25, 20, 20);
    double[] envelope = new double[4];
    try (StagedLayer staged = city.stage(MARKETS, areas, UTM14)) {
      long id = 1;
      for (byte[] wkb : List.of(flat, open, whole)) {
        Wkb.envelope(wkb, 0, envelope);
        staged.add(id++, wkb, envelope, new Object[] {null});
      }
      staged.finish();
      city.revise(ALICIA, work -> work.publish(staged));
    }
    assertThat(shapes(FeatureQuery.ALL)).containsExactly(flat, open, whole);
    assertThat(shapes(FeatureQuery.touching(new Bbox(1, 1, 12, 12)))).containsExactly(flat, open);
    assertThat(city.features().findLayer(MARKETS).orElseThrow().extent())
        .isEqualTo(new Bbox(0, 0, 25, 25));

    long head = city.features().headRevision();
    Feature mended = feature(1, Wkb.toGeometry(whole, 0, whole.length), Map.of());
    Revision edit =
        city.revise(ALICIA, work -> work.edit(MARKETS, List.of(new Edit.Replace(mended, head))));
    assertThat(shapes(FeatureQuery.ALL)).containsExactly(whole, open, whole);
    assertThat(shapes(FeatureQuery.ALL.at(new AsOf.AtRevision(head))))
        .containsExactly(flat, open, whole);
    city.undo(edit.number(), ALICIA);
    reopen();
    assertThat(shapes(FeatureQuery.ALL)).containsExactly(flat, open, whole);
  }

  private List<byte[]> shapes(FeatureQuery query) {
    List<byte[]> shapes = new ArrayList<>();
    city.features()
        .scan(
            MARKETS,
            query,
            row -> {
              byte[] wkb = java.util.Objects.requireNonNull(row.wkb());
              shapes.add(
                  Arrays.copyOfRange(wkb, row.wkbOffset(), row.wkbOffset() + row.wkbLength()));
              return true;
            });
    return shapes;
  }

  /** A polygon of one ring, whatever that is. */
  private static byte[] polygon(double... xy) {
    ByteBuffer wkb = ByteBuffer.allocate(13 + 8 * xy.length).order(ByteOrder.LITTLE_ENDIAN);
    wkb.put((byte) 1).putInt(3).putInt(1).putInt(xy.length / 2);
    for (double one : xy) {
      wkb.putDouble(one);
    }
    return wkb.array();
  }

  @Test
  void whatIsNotKnownIsNotZero() {
    Map<String, @Nullable Object> nothing = new LinkedHashMap<>();
    WELL_SCHEMA.fields().forEach(field -> nothing.put(field.name(), null));
    Map<String, @Nullable Object> zero = new LinkedHashMap<>(nothing);
    zero.put("name", "");
    zero.put("depth", 0L);
    zero.put("flow", 0.0);
    zero.put("open", false);
    publish(WELLS, feature(1, null, nothing), feature(2, null, zero));

    assertThat(feature(WELLS, 1).properties()).isEqualTo(nothing);
    assertThat(feature(WELLS, 2).properties()).isEqualTo(zero);
    assertThat(
            names(
                WELLS,
                new FeatureQuery(
                    null, List.of(new FeatureQuery.FieldEquals("depth", 0L)), 0, 9, AsOf.NOW)))
        .containsOnlyKeys(2L);
  }

  @Test
  void anEditMadeOnAStaleCopyIsRefusedWholeAndChangesNothing() {
    twoWells();
    edit(WELLS, new Edit.Replace(well(1, "Xotepingo II", 120L, 10, 10), 1));

    assertThatThrownBy(
            () ->
                edit(
                    WELLS,
                    new Edit.Create(well(9, "new", 1L, 5, 5)),
                    new Edit.Replace(well(1, "stale", 1L, 10, 10), 1)))
        .isInstanceOfSatisfying(
            EditConflict.class,
            conflict -> assertThat(conflict.features()).containsExactly(new FeatureId(1)));

    assertThat(names(WELLS, FeatureQuery.ALL))
        .isEqualTo(Map.of(1L, "Xotepingo II", 2L, "Tulyehualco"));
    assertThat(city.features().headRevision()).isEqualTo(2);
  }

  @Test
  void anEditOfAFeatureThatIsGoneIsAConflict() {
    twoWells();
    edit(WELLS, new Edit.Delete(new FeatureId(1), 1));

    assertThatThrownBy(() -> edit(WELLS, new Edit.Replace(well(1, "ghost", 1L, 1, 1), 2)))
        .isInstanceOf(EditConflict.class);
  }

  @Test
  void aFieldOrTypeThatTheSchemaDoesNotHaveIsRefused() {
    twoWells();
    Feature unknown = new Feature(new FeatureId(1), null, Map.of("owner", "x"));
    Feature mistyped = new Feature(new FeatureId(1), null, Map.of("depth", "deep"));

    assertThatThrownBy(() -> edit(WELLS, new Edit.Replace(unknown, 1)))
        .hasMessageContaining("owner");
    assertThatThrownBy(() -> edit(WELLS, new Edit.Replace(mistyped, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("depth");
  }

  @Test
  void laterEditsOfOneTransactionBuildOnEarlierOnes() {
    twoWells();

    edit(
        WELLS,
        new Edit.Replace(well(1, "first", 1L, 1, 1), 1),
        new Edit.Replace(well(1, "second", 1L, 1, 1), 1),
        new Edit.Delete(new FeatureId(2), 1));

    assertThat(names(WELLS, FeatureQuery.ALL)).isEqualTo(Map.of(1L, "second"));
  }

  @Test
  void workThatThrowsLeavesNoTrace() {
    twoWells();
    String before = city.contentHash();

    assertThatThrownBy(
            () ->
                city.revise(
                    ALICIA,
                    t -> {
                      t.edit(WELLS, List.of(new Edit.Delete(new FeatureId(1), 1)));
                      t.withdraw(WELLS);
                      throw new IOException("the clerk's connection broke");
                    }))
        .hasMessageContaining("the clerk's connection broke");

    assertThat(city.features().headRevision()).isEqualTo(1);
    assertThat(city.features().findLayer(WELLS).orElseThrow().count()).isEqualTo(2);
    assertThat(city.contentHash()).isEqualTo(before);
  }

  @Test
  void aReaderSeesNothingOfARevisionThatIsNotDone() {
    twoWells();
    AtomicBoolean seen = new AtomicBoolean();

    city.revise(
        ALICIA,
        t -> {
          t.edit(WELLS, List.of(new Edit.Delete(new FeatureId(1), 1)));
          seen.set(city.features().count(WELLS, FeatureQuery.ALL) != 2);
        });

    assertThat(seen).isFalse();
    assertThat(city.features().count(WELLS, FeatureQuery.ALL)).isEqualTo(1);
  }

  @Test
  void thePastCanBeReadByRevisionAndByInstant() {
    twoWells();
    Revision first = city.features().listRevisions(Optional.empty(), 1).getFirst();
    pause();
    edit(WELLS, new Edit.Replace(well(1, "deeper", 500L, 11, 10), 1));
    edit(WELLS, new Edit.Delete(new FeatureId(2), 2), new Edit.Create(well(7, "new", 1L, 9, 9)));

    assertThat(names(WELLS, FeatureQuery.ALL.at(new AsOf.AtRevision(1))))
        .isEqualTo(Map.of(1L, "Xotepingo", 2L, "Tulyehualco"));
    assertThat(names(WELLS, FeatureQuery.ALL.at(new AsOf.AtInstant(first.instant()))))
        .isEqualTo(Map.of(1L, "Xotepingo", 2L, "Tulyehualco"));
    assertThat(names(WELLS, FeatureQuery.ALL.at(new AsOf.AtRevision(2))))
        .isEqualTo(Map.of(1L, "deeper", 2L, "Tulyehualco"));
    assertThat(names(WELLS, FeatureQuery.ALL)).isEqualTo(Map.of(1L, "deeper", 3L, "new"));
    assertThat(city.features().findLayer(WELLS, new AsOf.AtRevision(1)).orElseThrow().extent())
        .isEqualTo(new Bbox(10, 10, 20, 20));
    assertThat(city.features().findLayer(WELLS).orElseThrow().extent())
        .isEqualTo(new Bbox(9, 9, 11, 10));
  }

  @Test
  void whatChangedBetweenTwoStatesIsNamedWithEveryPlaceThatItHad() {
    twoWells();
    edit(WELLS, new Edit.Replace(well(1, "moved", 120L, 30, 30), 1));
    edit(WELLS, new Edit.Replace(well(1, "moved again", 120L, 40, 40), 2));
    edit(WELLS, new Edit.Delete(new FeatureId(2), 3), new Edit.Create(well(9, "new", 1L, 5, 5)));

    List<FeatureStore.Change> changes = city.features().findChanges(WELLS, 1, 4, 10).orElseThrow();

    assertThat(changes).extracting(change -> change.feature().value()).containsExactly(1L, 2L, 3L);
    assertThat(changes).extracting(FeatureStore.Change::revision).containsExactly(3L, 4L, 4L);
    assertThat(changes.get(0).places())
        .contains(new Bbox(10, 10, 10, 10), new Bbox(30, 30, 30, 30), new Bbox(40, 40, 40, 40));
    assertThat(changes.get(1).places()).contains(new Bbox(20, 20, 20, 20));
    assertThat(changes.get(2).places()).contains(new Bbox(5, 5, 5, 5));
    assertThat(city.features().findChanges(WELLS, 3, 4, 10).orElseThrow()).hasSize(2);
    assertThat(city.features().findChanges(WELLS, 4, 4, 10).orElseThrow()).isEmpty();
  }

  @Test
  void noListOfChangesIsGivenWhereItWouldBeTooLongOrTheLayerWasReplaced() {
    twoWells();
    edit(
        WELLS, new Edit.Replace(well(1, "a", 1L, 10, 10), 1), new Edit.Delete(new FeatureId(2), 1));

    assertThat(city.features().findChanges(WELLS, 1, 2, 1)).isEmpty();
    publish(WELLS, well(1, "Xotepingo", 120L, 10, 10));
    assertThat(city.features().findChanges(WELLS, 2, 3, 10)).isEmpty();
    assertThat(city.features().findChanges(MARKETS, 1, 3, 10)).isEmpty();
    city.undo(3, ALICIA);
    assertThat(city.features().findChanges(WELLS, 2, 4, 10)).isEmpty();
    city.revise(ALICIA, t -> t.erase(WELLS, List.of(new FeatureId(1)), List.of("name")));
    assertThat(city.features().findChanges(WELLS, 4, 5, 10).orElseThrow())
        .extracting(change -> change.feature().value())
        .containsExactly(1L);
  }

  @Test
  void boxesPagesAndConditionsHoldInThePastToo() {
    twoWells();
    edit(WELLS, new Edit.Replace(well(1, "moved", 120L, 20, 20), 1));
    FeatureQuery box = FeatureQuery.touching(new Bbox(0, 0, 15, 15));

    assertThat(names(WELLS, box)).isEmpty();
    assertThat(names(WELLS, box.at(new AsOf.AtRevision(1)))).isEqualTo(Map.of(1L, "Xotepingo"));
    assertThat(names(WELLS, FeatureQuery.ALL.at(new AsOf.AtRevision(1)).page(1, 5)))
        .isEqualTo(Map.of(2L, "Tulyehualco"));
    assertThat(names(WELLS, FeatureQuery.ALL.page(0, 1))).isEqualTo(Map.of(1L, "moved"));
    assertThat(city.features().count(WELLS, box.at(new AsOf.AtRevision(1)))).isEqualTo(1);
  }

  @Test
  void aQueryForAnUnknownLayerOrFieldIsTheCallersMistake() {
    twoWells();
    FeatureQuery query =
        new FeatureQuery(
            null, List.of(new FeatureQuery.FieldEquals("x\" = 1 --", 1L)), 0, 9, AsOf.NOW);

    assertThatThrownBy(() -> names(WELLS, query)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> names(MARKETS, FeatureQuery.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("markets");
  }

  @Test
  void idsAreNeverUsedAgain() throws IOException {
    twoWells();
    assertThat(edit(WELLS, new Edit.Create(well(1, "third", 1L, 1, 1))))
        .containsExactly(new FeatureId(3));
    edit(WELLS, new Edit.Delete(new FeatureId(3), 2));
    city.revise(ALICIA, t -> t.withdraw(WELLS));
    reopen();
    twoWells();

    assertThat(edit(WELLS, new Edit.Create(well(1, "fourth", 1L, 1, 1))))
        .containsExactly(new FeatureId(4));
  }

  @Test
  void aWithdrawnLayerStaysInThePast() {
    twoWells();
    city.revise(ALICIA, t -> t.withdraw(WELLS));

    assertThat(city.features().findLayer(WELLS)).isEmpty();
    assertThat(names(WELLS, FeatureQuery.ALL.at(new AsOf.AtRevision(1)))).hasSize(2);
    assertThatThrownBy(() -> names(WELLS, FeatureQuery.ALL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNewGenerationReplacesTheLayerAndTheOldOneStaysReadable() {
    twoWells();
    edit(WELLS, new Edit.Delete(new FeatureId(2), 1));
    publish(WELLS, well(1, "Xotepingo 2026", 120L, 10, 10), well(5, "Santa Catarina", 9L, 1, 1));

    assertThat(names(WELLS, FeatureQuery.ALL))
        .isEqualTo(Map.of(1L, "Xotepingo 2026", 5L, "Santa Catarina"));
    assertThat(names(WELLS, FeatureQuery.ALL.at(new AsOf.AtRevision(2))))
        .isEqualTo(Map.of(1L, "Xotepingo"));
    assertThat(names(WELLS, FeatureQuery.ALL.at(new AsOf.AtRevision(1)))).hasSize(2);
    assertThat(city.features().listVersions(WELLS, new FeatureId(2)))
        .extracting(v -> v.revision().number() + " " + v.feature().isPresent())
        .containsExactly("1 true", "2 false");
  }

  private static final List<Feature> NEW_WELLS =
      List.of(well(1, "Pozo Uno", 90L, 10, 10), well(7, "Pozo Siete", null, 30, 40));

  private AsOf.Waiting keep(LayerId layer, List<Feature> features) {
    try (StagedLayer staged = stage(layer, features)) {
      return city.keep(staged);
    }
  }

  private List<Feature> read(AsOf asOf) {
    List<Feature> features = new ArrayList<>();
    city.features()
        .scan(
            WELLS,
            FeatureQuery.ALL.at(asOf),
            row ->
                features.add(
                    city.features()
                        .findFeature(WELLS, new FeatureId(row.id()), asOf)
                        .orElseThrow()));
    return features;
  }

  @Test
  void aVersionThatWaitsIsSeenOnlyByWhoAsksForItAndOutlivesTheProcess() throws IOException {
    twoWells();
    String before = city.contentHash();

    AsOf.Waiting version = keep(WELLS, NEW_WELLS);
    reopen();

    assertThat(city.contentHash()).isEqualTo(before);
    assertThat(city.listWaiting()).containsExactly(version);
    assertThat(read(version)).isEqualTo(NEW_WELLS);
    assertThat(city.features().findLayer(WELLS, version).orElseThrow().count()).isEqualTo(2);
    assertThat(city.features().findLayer(MARKETS, version)).isEmpty();
    assertThat(
            city.features()
                .count(
                    WELLS,
                    new FeatureQuery(
                        new Bbox(29, 39, 31, 41), List.of(), 0, Long.MAX_VALUE, version)))
        .isEqualTo(1);
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  @Test
  void aVersionThatWaitedIsPublishedWholeAndUndone() throws IOException {
    twoWells();
    String before = city.features().findLayer(WELLS).orElseThrow().contentHash();
    AsOf.Waiting version = keep(WELLS, NEW_WELLS);

    Revision made = city.revise(ALICIA, transaction -> transaction.publish(version));

    assertThat(read(AsOf.NOW)).isEqualTo(NEW_WELLS);
    assertThatThrownBy(() -> read(version)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> city.revise(ALICIA, transaction -> transaction.publish(version)))
        .isInstanceOf(IllegalArgumentException.class);
    city.undo(made.number(), ALICIA);
    assertThat(city.features().findLayer(WELLS).orElseThrow().contentHash()).isEqualTo(before);
  }

  @Test
  void featuresOfAWaitingVersionExchangeTheirIds() throws IOException {
    twoWells();
    AsOf.Waiting version = keep(WELLS, NEW_WELLS);
    AsOf.Waiting other =
        keep(WELLS, List.of(well(1, "Pozo Siete", null, 30, 40), well(7, "Pozo Uno", 90L, 10, 10)));
    String expected = city.features().findLayer(WELLS, other).orElseThrow().contentHash();

    city.renumber(
        version, Map.of(new FeatureId(1), new FeatureId(7), new FeatureId(7), new FeatureId(1)));

    assertThat(city.features().findLayer(WELLS, version).orElseThrow().contentHash())
        .isEqualTo(expected);
    assertThat(read(version)).isEqualTo(read(other));
    assertThatThrownBy(() -> city.renumber(version, Map.of(new FeatureId(99), new FeatureId(100))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDroppedVersionIsGoneAndAPublishedOneCannotBeDropped() throws IOException {
    twoWells();
    AsOf.Waiting dropped = keep(WELLS, NEW_WELLS);
    AsOf.Waiting published = keep(WELLS, NEW_WELLS);
    city.revise(ALICIA, transaction -> transaction.publish(published));

    city.drop(dropped);
    city.drop(published);

    assertThatThrownBy(() -> read(dropped)).isInstanceOf(IllegalArgumentException.class);
    assertThat(read(AsOf.NOW)).isEqualTo(NEW_WELLS);
  }

  @Test
  void undoOfEditsIsANewRevisionWithTheOldContent() {
    twoWells();
    String before = city.features().findLayer(WELLS).orElseThrow().contentHash();
    edit(
        WELLS,
        new Edit.Replace(well(1, "wrong", 1L, 1, 1), 1),
        new Edit.Delete(new FeatureId(2), 1),
        new Edit.Create(well(1, "extra", 1L, 1, 1)));

    Revision undone = city.undo(2, new Revision.Note("bruno", "undo", "mistake"));

    assertThat(undone.number()).isEqualTo(3);
    assertThat(names(WELLS, FeatureQuery.ALL))
        .isEqualTo(Map.of(1L, "Xotepingo", 2L, "Tulyehualco"));
    assertThat(city.features().findLayer(WELLS).orElseThrow().contentHash()).isEqualTo(before);
    assertThat(city.features().findLayer(WELLS).orElseThrow().extent())
        .isEqualTo(new Bbox(10, 10, 20, 20));
    assertThat(names(WELLS, FeatureQuery.ALL.at(new AsOf.AtRevision(2))))
        .isEqualTo(Map.of(1L, "wrong", 3L, "extra"));
    city.undo(3, ALICIA);
    assertThat(names(WELLS, FeatureQuery.ALL)).isEqualTo(Map.of(1L, "wrong", 3L, "extra"));
  }

  @Test
  void undoIsRefusedWhereLaterRevisionsTouchedTheSame() {
    twoWells();
    edit(WELLS, new Edit.Replace(well(1, "second", 1L, 1, 1), 1));
    edit(WELLS, new Edit.Replace(well(1, "third", 1L, 1, 1), 2));

    assertThatThrownBy(() -> city.undo(2, ALICIA)).isInstanceOf(EditConflict.class);
    assertThatThrownBy(() -> city.undo(1, ALICIA)).isInstanceOf(EditConflict.class);
    assertThatThrownBy(() -> city.undo(99, ALICIA)).isInstanceOf(IllegalArgumentException.class);
    assertThat(city.features().headRevision()).isEqualTo(3);
  }

  @Test
  void undoOfAnImportBringsBackWhatWasThereBefore() {
    twoWells();
    publish(WELLS, well(1, "bad import", 1L, 1, 1));
    publish(MARKETS, well(1, "La Merced", 1L, 1, 1));

    city.undo(2, ALICIA);
    city.undo(3, ALICIA);

    assertThat(names(WELLS, FeatureQuery.ALL)).hasSize(2);
    assertThat(city.features().findLayer(MARKETS)).isEmpty();
    assertThat(edit(WELLS, new Edit.Replace(well(1, "again", 1L, 1, 1), 4))).isEmpty();
  }

  @Test
  void undoOfAWithdrawalBringsTheLayerBack() {
    twoWells();
    city.revise(ALICIA, t -> t.withdraw(WELLS));
    city.undo(2, ALICIA);

    assertThat(names(WELLS, FeatureQuery.ALL)).hasSize(2);
    assertThat(names(WELLS, FeatureQuery.ALL.at(new AsOf.AtRevision(1)))).hasSize(2);
    city.undo(3, ALICIA);
    assertThat(city.features().findLayer(WELLS)).isEmpty();
    assertThat(names(WELLS, FeatureQuery.ALL.at(new AsOf.AtRevision(3)))).hasSize(2);
  }

  @Test
  void oneRevisionMayPublishManyLayersAtOnce() {
    try (StagedLayer wells = stage(WELLS, List.of(well(1, "Xotepingo", 1L, 1, 1)));
        StagedLayer markets = stage(MARKETS, List.of(well(1, "La Merced", 1L, 1, 1)))) {
      city.revise(
          ALICIA,
          t -> {
            t.publish(wells);
            t.publish(markets);
          });
    }

    assertThat(city.features().listLayers())
        .extracting(StoredLayer::id)
        .containsExactly(MARKETS, WELLS);
    assertThat(city.features().listRevisions(Optional.of(WELLS), 9)).hasSize(1);
  }

  @Test
  void modulesTablesCommitWithTheMapOrNotAtAll() {
    twoWells();
    city.database()
        .migrate("cases", List.of(new Migration(1, List.of("CREATE TABLE cases (n INTEGER)"))));
    city.database()
        .migrate("cases", List.of(new Migration(1, List.of("CREATE TABLE cases (n INTEGER)"))));

    assertThatThrownBy(
        () ->
            city.revise(
                ALICIA,
                t -> {
                  try (var insert =
                      t.connection().prepareStatement("INSERT INTO cases VALUES (?)")) {
                    insert.setInt(1, 7);
                    insert.executeUpdate();
                  }
                  t.edit(WELLS, List.of(new Edit.Delete(new FeatureId(99), 1)));
                }));

    assertThat(caseCount()).isZero();
  }

  private int caseCount() {
    return city.database()
        .read(
            connection -> {
              try (var query = connection.prepareStatement("SELECT COUNT(*) FROM cases");
                  ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
              }
            });
  }

  @Test
  void manyThreadsReviseAtOnceAndEachGetsItsOwnNumber() throws Exception {
    twoWells();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> edit(WELLS, new Edit.Create(well(1, "concurrent", 1L, 1, 1)))));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(city.features().headRevision()).isEqualTo(41);
    assertThat(names(WELLS, FeatureQuery.ALL)).hasSize(42);
    assertThat(city.features().findLayer(WELLS).orElseThrow().count()).isEqualTo(42);
  }

  @Test
  void everythingIsThereAfterReopening() throws IOException {
    twoWells();
    edit(WELLS, new Edit.Delete(new FeatureId(1), 1));
    String hash = city.contentHash();
    String blob = city.blobs().put(new ByteArrayInputStream(new byte[] {1, 2, 3}));
    String withBlob = city.contentHash();
    reopen();

    assertThat(withBlob).isNotEqualTo(hash);
    assertThat(city.contentHash()).isEqualTo(withBlob);
    assertThat(names(WELLS, FeatureQuery.ALL.at(new AsOf.AtRevision(1)))).hasSize(2);
    assertThat(city.blobs().open(blob).readAllBytes()).containsExactly(1, 2, 3);
  }

  @Test
  void blobsAreKeptOnceUnderTheirHash() throws IOException {
    Path file = Files.writeString(folder.resolve("upload"), "abc");

    String hash = city.blobs().put(file);

    assertThat(hash).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(city.blobs().put(file)).isEqualTo(hash);
    try (var hashes = city.blobs().list()) {
      assertThat(hashes).containsExactly(hash);
    }
    assertThat(new String(city.blobs().open(hash).readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("abc");
    assertThatThrownBy(() -> city.blobs().open("0".repeat(64)))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> city.blobs().open("../../etc/passwd"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void theAuditLogKeepsItsChainAcrossRestarts() throws IOException {
    city.audit().append("alicia", "import", "wells\nforged line \u001b[31m\"quoted\"");
    reopen();
    city.audit().append("bruno", "undo", "revision 1");

    assertThat(city.audit().findBreak()).isEmpty();
  }

  @Test
  void aHealthyCityVerifiesClean() throws IOException {
    twoWells();
    edit(WELLS, new Edit.Delete(new FeatureId(1), 1));
    assertThat(city.verify(Progress.NONE)).isEmpty();
    reopen();
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void anyHistoryReadsBackAsItHappened(long seed) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    ModelCity model = new ModelCity(WELLS, WELL_SCHEMA);
    for (int step = 0; step < 40; step++) {
      model.step(city, random, this::stage);
      if (random.nextInt(15) == 0) {
        reopen();
      }
    }
    model.check(city);
    reopen();
    model.check(city);
    assertThat(city.verify(Progress.NONE)).isEmpty();
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
