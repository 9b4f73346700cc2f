package org.tequio.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Point;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.FieldSettings;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.LayerSettings;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Field;
import org.tequio.feature.Progress;
import org.tequio.feature.Wkb;
import org.tequio.procedure.rule.CityLayers;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.EntryReader;
import org.tequio.procedure.rule.PlaceReader;
import org.tequio.storage.CitySettings;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.geopackage.GeoPackageCityStore;
import org.tequio.testing.SharedData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ecological zoning of Mexico City's conservation land as its department publishes it: 534
 * areas and a table of activities, brought in by the importer and asked by the pack.
 */
class EcologicalZoningTest {
  private static final String FILES = "data/ciudad-de-mexico/medio-ambiente/predios";
  private static final LocalDate DAY = LocalDate.of(2026, 11, 26);

  /** A place in the city's north-east, far from conservation land. */
  private static final String AIRPORT = "{\"type\":\"Point\",\"coordinates\":[-99.072,19.436]}";

  @TempDir static Path folder;
  private static Path files;
  private static GeoPackageCityStore store;
  private static CatalogueModule catalogue;
  private static CityLayers layers;
  private static CompiledProcedure query;

  @BeforeAll
  static void build() throws IOException {
    Optional<Path> shared = SharedData.find(FILES);
    assumeThat(shared).as("the files of SEDEMA are not on this machine").isPresent();
    files = shared.orElseThrow();
    Crs utm = Crs.parse("EPSG:6369");
    store = GeoPackageCityStore.create(folder.resolve("city"), new CitySettings("CDMX", utm));
    catalogue = new CatalogueModule(store, CrsRegistry.standard(), Clock.systemUTC());
    catalogue.describe("Ciudad de México", utm, null);
    List<Path> wanted =
        List.of(
            files.resolve("zoonificacion_pgoedf_2000_sin_anp.geojson"),
            files.resolve("tabla_actividades_pgoedf.csv"),
            files.resolve("anp_consolidada.geojson"));
    catalogue.importer().run(ImportRequest.of(wanted, "SEDEMA", "alicia"), Progress.NONE);
    // The steward says which columns hold the zone and the activities.
    confirm("plan.zonif_eco", Map.of("clave", "id_zonif_ecologica"));
    confirm(
        "plan.tabla_eco",
        Map.of(
            "actividad general", "actividad_general",
            "actividad específica", "actividad_especifica"));
    layers = new CityLayers(catalogue.catalogue(), store.features());
    query =
        new Procedures(catalogue.catalogue(), folder.resolve("packs"))
            .findCompiled(new ProcedureId("q.ecologia"))
            .orElseThrow();
  }

  private static void confirm(String standard, Map<String, String> attributes) {
    LayerRecord record = layer(standard);
    List<FieldSettings> fields = new ArrayList<>();
    var stored = store.features().findLayer(record.id()).orElseThrow();
    for (Field field : stored.schema().fields()) {
      String attribute = attributes.get(field.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      if (attribute != null) {
        fields.add(new FieldSettings(field.name(), null, null, null, attribute));
      }
    }
    assertThat(fields).as(stored.schema().toString()).hasSize(attributes.size());
    catalogue
        .stewardship()
        .save(
            record.id(),
            LayerSettings.EMPTY.withFields(fields),
            catalogue.stewardship().version(record.id()),
            "alicia");
  }

  @AfterAll
  static void close() {
    if (store != null) {
      store.close();
    }
  }

  private static LayerRecord layer(String standard) {
    return catalogue.catalogue().listLayers().stream()
        .filter(one -> standard.equals(one.standard()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no layer " + standard));
  }

  private static ProcedureAnswer ask(String place) {
    Map<String, JsonNode> said = Map.of("place", JsonMapper.shared().readTree(place));
    return query.answer(
        layers, EntryReader.read(query, said, PlaceReader.ofDegrees(layers.crs())), DAY);
  }

  private static Map<String, String> answers(ProcedureAnswer answer) {
    Map<String, String> all = new LinkedHashMap<>();
    answer.rules().forEach(one -> all.put(one.rule().id(), one.answer().wireName()));
    return all;
  }

  private static List<?> list(ProcedureAnswer answer, String fact) {
    return (List<?>)
        Objects.requireNonNull(
            answer.facts().stream()
                .filter(one -> one.fact().id().equals(fact))
                .findFirst()
                .orElseThrow()
                .value(),
            fact);
  }

  /** A position inside of the largest area of each zone, in degrees, by the zone's key. */
  private static Map<String, String> places() {
    var stored = store.features().findLayer(layer("plan.zonif_eco").id()).orElseThrow();
    int key = stored.schema().indexOf("clave");
    Map<String, Double> largest = new HashMap<>();
    Map<String, String> places = new LinkedHashMap<>();
    store
        .features()
        .scan(
            stored.id(),
            FeatureQuery.ALL,
            row -> {
              byte[] wkb = Objects.requireNonNull(row.wkb());
              var area = Wkb.toGeometry(wkb, row.wkbOffset(), row.wkbLength());
              String zone = String.valueOf(row.value(key));
              if (area.getArea() > largest.getOrDefault(zone, 0.0)) {
                largest.put(zone, area.getArea());
                places.put(zone, degrees(area.getInteriorPoint()));
              }
              return true;
            });
    return places;
  }

  private static String degrees(Point point) {
    byte[] wkb = Wkb.of(point);
    CrsRegistry.standard().operation(layers.crs(), Crs.CRS84).apply(wkb, 0);
    var at = Wkb.toGeometry(wkb, 0, wkb.length).getCoordinate();
    return "{\"type\":\"Point\",\"coordinates\":[" + at.x + "," + at.y + "]}";
  }

  /** What the department's own file allows in a zone, in its order. */
  private static List<String> listed(String zone, String letter) throws IOException {
    List<String> lines =
        Files.readAllLines(files.resolve("tabla_actividades_pgoedf.csv")).stream()
            .filter(line -> !line.isBlank())
            .toList();
    int column = cells(lines.getFirst()).indexOf(zone);
    List<String> all = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line);
      if (cells.get(column).equals(letter)) {
        all.add(cells.get(0) + ": " + cells.get(1) + ", " + cells.get(2));
      }
    }
    return all;
  }

  /** Cells that commas part, some of them in quotes. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
      cells.add(cell.replaceAll("^\"|\"$", "").strip());
    }
    return cells;
  }

  @Test
  void farFromConservationLandThereIsNoDataNotANo() {
    assertThat(answers(ask(AIRPORT)))
        .containsEntry("in_zone", "no-data-here")
        .containsEntry("urban_programme", "no-data-here");
  }

  @Test
  void inAVillageTheUrbanProgrammeIsAskedAndTheTableSaysNothing() {
    ProcedureAnswer answer = ask(Objects.requireNonNull(places().get("PDU")));

    assertThat(answers(answer))
        .containsEntry("in_zone", "does-not-apply")
        .containsEntry("urban_programme", "applies");
    assertThat(answer.further()).containsExactly(new ProcedureId("q.zona"));
    assertThat(answer.facts()).extracting(one -> one.fact().id()).containsExactly("zone_name");
  }

  @Test
  void inEachOfTheEightZonesEveryActivityOfTheTableIsAllowedOrForbiddenAsTheFileSays()
      throws IOException {
    Map<String, String> places = places();
    assertThat(places).containsOnlyKeys("AEE", "AE", "AFE", "AF", "FPE", "FP", "FCE", "FC", "PDU");
    places.remove("PDU");
    for (Map.Entry<String, String> zone : places.entrySet()) {
      ProcedureAnswer answer = ask(zone.getValue());

      assertThat(answers(answer)).as(zone.getKey()).containsEntry("in_zone", "applies");
      List<?> allowed = list(answer, "allowed_list");
      List<?> forbidden = list(answer, "forbidden_list");
      assertThat(allowed).asList().containsExactlyInAnyOrderElementsOf(listed(zone.getKey(), "A"));
      assertThat(forbidden)
          .asList()
          .containsExactlyInAnyOrderElementsOf(listed(zone.getKey(), "P"));
      assertThat(allowed.size() + forbidden.size()).as(zone.getKey()).isEqualTo(117);
    }
  }
}
