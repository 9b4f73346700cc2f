package org.tequio.procedure.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.Access;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.FieldSettings;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.LayerSettings;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.DataClass;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.feature.Wkb;
import org.tequio.procedure.Answer;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Procedures;
import org.tequio.storage.CitySettings;
import org.tequio.storage.geopackage.GeoPackageCityStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real city's layers as rules ask them: a plan that was replaced, a register with telephones, a
 * layer in degrees, one without a single place. Alicia is its steward; Bruno asks.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CityLayersTest {
  private static final Crs UTM = Crs.parse("EPSG:32614");
  private static final double EAST = 480_000;
  private static final double NORTH = 2_140_000;
  private static final Instant OLD = Instant.parse("2015-03-01T18:00:00Z");
  private static final Instant NEW = Instant.parse("2020-09-15T18:00:00Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

  @TempDir static Path folder;
  private static final SteppingClock CLOCK = new SteppingClock();
  private static GeoPackageCityStore store;
  private static CatalogueModule catalogue;
  private static CityLayers layers;
  private static CompiledProcedure procedure;
  private static long oldRevision;

  /** Stands still until it is told. */
  private static final class SteppingClock extends Clock {
    private Instant now = OLD;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeAll
  static void build() throws IOException {
    store =
        GeoPackageCityStore.create(
            folder.resolve("city"), new CitySettings("Villa Tequio", UTM), CLOCK);
    catalogue = new CatalogueModule(store, CrsRegistry.standard(), CLOCK);
    catalogue.describe("Villa Tequio", UTM, null);
    // The plan of 2015 has housing west of the middle and shops east of it.
    bring("zonificacion.geojson", zone("Z-1", "H", 0, 500), zone("Z-2", "HM", 500, 1000));
    bring(
        "siapem.geojson",
        feature(box(0, 0, 10, 10), "\"folio_siapem\":\"E-1\",\"giro\":\"bar\",\"tel\":\"555\""));
    bring("medidores.csv.geojson", feature(null, "\"medidor\":\"M-1\",\"lectura\":12"));
    oldRevision = store.features().headRevision();
    layers = new CityLayers(catalogue.catalogue(), store.features());
    procedure =
        new Procedures(catalogue.catalogue(), folder.resolve("packs"))
            .findCompiled(new ProcedureId("ud.da"))
            .orElseThrow();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static void bring(String name, String... features) throws IOException {
    Path file = Files.createDirectories(folder.resolve("in")).resolve(name);
    Files.writeString(
        file, "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}");
    catalogue
        .importer()
        .run(ImportRequest.of(List.of(file), "Planeación", "alicia"), Progress.NONE);
  }

  private static String zone(String key, String use, double west, double east) {
    return feature(
        box(west, 0, east, 1000),
        "\"id_predio\":\"%s\",\"uso\":\"%s\",\"niveles\":3".formatted(key, use));
  }

  private static Geometry box(double west, double south, double east, double north) {
    return new GeometryFactory()
        .createPolygon(
            new Coordinate[] {
              new Coordinate(EAST + west, NORTH + south),
              new Coordinate(EAST + east, NORTH + south),
              new Coordinate(EAST + east, NORTH + north),
              new Coordinate(EAST + west, NORTH + north),
              new Coordinate(EAST + west, NORTH + south)
            });
  }

  /** In degrees, as GeoJSON is. */
  private static String feature(@Nullable Geometry meters, String said) {
    return "{\"type\":\"Feature\",\"geometry\":%s,\"properties\":{%s}}"
        .formatted(meters == null ? "null" : geoJson(meters), said);
  }

  private static String geoJson(Geometry meters) {
    byte[] wkb = Wkb.of(meters);
    CrsRegistry.standard().operation(UTM, Crs.CRS84).apply(wkb, 0);
    List<String> corners = new ArrayList<>();
    for (Coordinate one : Wkb.toGeometry(wkb, 0, wkb.length).getCoordinates()) {
      corners.add("[" + one.x + "," + one.y + "]");
    }
    return meters.getDimension() == 0
        ? "{\"type\":\"Point\",\"coordinates\":" + corners.getFirst() + "}"
        : "{\"type\":\"Polygon\",\"coordinates\":[[" + String.join(",", corners) + "]]}";
  }

  private static void say(String layer, LayerSettings settings) {
    LayerId id = new LayerId(layer);
    catalogue.stewardship().save(id, settings, catalogue.stewardship().version(id), "alicia");
  }

  private static AskedLayer only(Layers asked, String standard) {
    List<AskedLayer> found = asked.find(standard, null);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static List<String> uses(AskedLayer layer, double x, double y) {
    int use = layer.position("uso");
    List<String> uses = new ArrayList<>();
    layer.scan(
        new Bbox(EAST + x, NORTH + y, EAST + x, NORTH + y),
        row -> uses.add(String.valueOf(row.value(use))));
    return uses;
  }

  // ---- what may be asked

  @Test
  @Order(1)
  void aKindOfLayerThatTheCityLacksIsEmptyAndAClosedOneMayNotBeAsked() {
    assertThat(layers.find("risk.ladera", null)).isEmpty();
    String id = only(layers, "plan.zonif").id();

    say(id, LayerSettings.EMPTY.withAccess(Access.INTERNAL));

    assertThatThrownBy(() -> layers.find("plan.zonif", null)).isInstanceOf(Unknown.class);
    assertThatThrownBy(() -> layers.at(oldRevision, OLD).find("plan.zonif", null))
        .isInstanceOf(Unknown.class);
    say(id, LayerSettings.EMPTY);
    assertThat(layers.find("plan.zonif", null)).hasSize(1);
  }

  @Test
  @Order(2)
  void aClosedColumnIsNeverReadUnderAnyOfItsNamesNowOrThen() {
    AskedLayer open = only(layers, "eco.estab");
    assertThat(open.position("tel")).isGreaterThanOrEqualTo(0);

    say(
        open.id(),
        LayerSettings.EMPTY.withFields(
            List.of(
                new FieldSettings("tel", null, null, DataClass.PERSONAL, "horario"),
                new FieldSettings("folio_siapem", null, null, DataClass.INTERNAL, null))));

    for (Layers asked : List.of(layers, layers.at(oldRevision, OLD), layers.with(Map.of()))) {
      AskedLayer closed = only(asked, "eco.estab");
      assertThat(closed.position("tel")).isEqualTo(AskedLayer.CLOSED);
      assertThat(closed.position("horario")).isEqualTo(AskedLayer.CLOSED);
      assertThat(closed.keyPosition()).isEqualTo(-1);
      assertThat(closed.position("giro")).isGreaterThanOrEqualTo(0);
    }
  }

  @Test
  @Order(3)
  void aColumnThatNobodyExplainedIsUnsaidAndOneThatTheStewardRuledOutIsAbsent() {
    AskedLayer zoning = only(layers, "plan.zonif");
    assertThat(zoning.position("densidad")).isEqualTo(AskedLayer.UNSAID);

    say(
        zoning.id(),
        LayerSettings.EMPTY.withFields(
            List.of(
                new FieldSettings("id_predio", null, null, null, "id_predio"),
                new FieldSettings("uso", null, null, null, "uso"),
                new FieldSettings("niveles", null, null, null, LayerSettings.NONE))));

    assertThat(only(layers, "plan.zonif").position("densidad")).isEqualTo(AskedLayer.ABSENT);
    say(zoning.id(), LayerSettings.EMPTY);
  }

  // ---- where

  @Test
  @Order(4)
  void degreesAreAskedInMetresAndTheFileNeedNotBeInTheCitysSystem() {
    AskedLayer zoning = only(layers, "plan.zonif");

    assertThat(layers.crs()).isEqualTo(UTM);
    assertThat(uses(zoning, 499, 500)).containsExactly("H");
    assertThat(uses(zoning, 501, 500)).containsExactly("HM");
    assertThat(uses(zoning, 1500, 500)).isEmpty();
  }

  @Test
  @Order(5)
  void aCityThatKeepsDegreesIsAskedInTheZoneOfItsMiddleSouthOfTheEquatorToo() throws IOException {
    CitySettings lima = new CitySettings("Miraflores", Crs.parse("EPSG:4326"));
    try (GeoPackageCityStore other =
        GeoPackageCityStore.create(folder.resolve("lima"), lima, CLOCK)) {
      CatalogueModule module = new CatalogueModule(other, CrsRegistry.standard(), CLOCK);
      Geometry area = new GeometryFactory().toGeometry(new Envelope(-77.05, -77.01, -12.14, -12.1));
      module.describe("Miraflores", lima.crs(), area);

      Layers asked = new CityLayers(module.catalogue(), other.features());

      assertThat(asked.crs()).isEqualTo(Crs.parse("EPSG:32718"));
    }
  }

  @Test
  @Order(6)
  void whereALayerWasNeverDrawnItSaysNothingAndWithoutPlacesItCoversNone() {
    Geometry inside = box(400, 400, 410, 410);
    Geometry outside = box(4000, 400, 4010, 410);
    AskedLayer zoning = only(layers, "plan.zonif");
    assertThat(zoning.covers(inside)).isTrue();
    assertThat(zoning.covers(outside)).isFalse();
    LayerRecord placeless =
        catalogue.catalogue().listLayers().stream()
            .filter(one -> one.id().value().startsWith("medidores"))
            .findFirst()
            .orElseThrow();

    say(placeless.id().value(), LayerSettings.EMPTY.withStandard("risk.ladera"));

    AskedLayer empty = only(layers, "risk.ladera");
    assertThat(empty.covers(inside)).isFalse();
    assertThat(uses(empty, 1, 1)).isEmpty();
    say(placeless.id().value(), LayerSettings.EMPTY);
  }

  // ---- when: the rest happens after a new plan

  @Test
  @Order(7)
  void aNewPlanLeavesTheOldOneToWhoeverAsksForItsRevisionOrItsDay() throws IOException {
    CLOCK.now = NEW;
    bring("zonificacion.geojson", zone("Z-1", "E", 0, 500), zone("Z-2", "E", 500, 1000));

    assertThat(uses(only(layers, "plan.zonif"), 100, 100)).containsExactly("E");
    assertThat(uses(only(layers.at(oldRevision, OLD), "plan.zonif"), 100, 100))
        .containsExactly("H");
    assertThat(uses(on(LocalDate.of(2018, 1, 1)), 100, 100)).containsExactly("H");
    assertThat(uses(on(LocalDate.of(2020, 9, 15)), 100, 100)).containsExactly("E");
    assertThatThrownBy(() -> on(LocalDate.of(2015, 2, 28))).isInstanceOf(Unknown.class);
  }

  private static AskedLayer on(LocalDate day) {
    List<AskedLayer> found = layers.find("plan.zonif", day);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  @Order(8)
  void anEarlierAnswerIsNotChangedByWhatCameAfterIt() {
    Layers then = layers.at(oldRevision, OLD);

    assertThat(then.revision()).isEqualTo(oldRevision);
    assertThat(uses(then.find("plan.zonif", LocalDate.of(2026, 1, 1)).getFirst(), 100, 100))
        .containsExactly("H");
  }

  // ---- rights that were acquired under an earlier plan

  private static ProcedureAnswer acquired(double x, String used, String since) {
    Geometry at = box(x, 100, x + 1, 101).getCentroid();
    JsonNode place = JsonMapper.shared().readTree(geoJson(at));
    Map<String, JsonNode> said =
        Map.of(
            "place", place,
            "since", JsonMapper.shared().valueToTree(since),
            "used_as", JsonMapper.shared().valueToTree(used));
    return procedure.answer(
        layers, EntryReader.read(procedure, said, PlaceReader.ofDegrees(layers.crs())), TODAY);
  }

  private static String answers(ProcedureAnswer answer) {
    List<String> all = new ArrayList<>();
    answer.rules().forEach(one -> all.add(one.rule().id() + " " + one.answer().wireName()));
    all.add(answer.outcome().wireName());
    return String.join(", ", all);
  }

  @Test
  @Order(9)
  void aUseThatTheOldPlanAllowedIsARightAndOneThatItDidNotIsNone() {
    // Housing was lawful west of the middle until 2020; today the plan has facilities everywhere.
    assertThat(answers(acquired(100, "H", "2018-01-01")))
        .isEqualTo("was_lawful applies, is_lawful does-not-apply, possible");
    assertThat(answers(acquired(600, "H", "2018-01-01")))
        .isEqualTo("was_lawful does-not-apply, is_lawful does-not-apply, not-possible");
    assertThat(answers(acquired(100, "H", "2021-01-01")))
        .isEqualTo("was_lawful does-not-apply, is_lawful does-not-apply, not-possible");
    assertThat(answers(acquired(100, "H", "2010-01-01"))).contains("undecided");

    ProcedureAnswer.RuleAnswer proof = acquired(100, "H", "2018-01-01").rules().getFirst();
    assertThat(proof.answer()).isEqualTo(Answer.APPLIES);
    assertThat(proof.evidence())
        .anySatisfy(
            seen -> {
              assertThat(seen.revision()).isLessThanOrEqualTo(oldRevision);
              assertThat(seen.features()).hasSize(1);
            });
  }

  @Test
  @Order(10)
  void aPlanThatSaysItselfSinceWhenItHoldsIsBelievedBeyondTheDayOnWhichItCame() throws IOException {
    bring(
        "zonificacion.geojson",
        dated("Z-1", "I", "1998-01-01", "2009-12-31"),
        dated("Z-2", "H", "2010-01-01", "2019-12-31"),
        dated("Z-3", "E", "2020-01-01", null));

    assertThat(answers(acquired(100, "I", "2009-12-31")))
        .isEqualTo("was_lawful applies, is_lawful does-not-apply, possible");
    assertThat(answers(acquired(100, "I", "2010-01-01"))).contains("not-possible");
    assertThat(answers(acquired(100, "H", "2019-12-31"))).contains("was_lawful applies");
    assertThat(answers(acquired(100, "E", "2020-01-01")))
        .isEqualTo("was_lawful applies, is_lawful applies, possible");
    assertThat(answers(acquired(100, "I", "1997-12-31"))).contains("undecided");
  }

  private static String dated(String key, String use, String from, @Nullable String until) {
    return feature(
        box(0, 0, 1000, 1000),
        "\"id_predio\":\"%s\",\"uso\":\"%s\",\"vigente_desde\":\"%s\",\"vigente_hasta\":%s"
            .formatted(key, use, from, until == null ? null : "\"" + until + "\""));
  }
}
