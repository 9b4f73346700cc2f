package org.tequio.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;

/** Alicia checks what should hold between the layers of her city. */
class ChecksTest {
  private ReconcileCity city;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    city = new ReconcileCity(folder);
  }

  @AfterEach
  void close() {
    city.close();
  }

  private Check checked(String kind, Map<String, Double> options, String... layers) {
    Checks checks = city.module.checks();
    Check made =
        checks.create(kind, Arrays.stream(layers).map(LayerId::new).toList(), options, "alicia");
    return checks.run(made.id(), Progress.NONE);
  }

  private List<Checks.Finding> findings(Check check) {
    return city.module.checks().listFindings(check.id(), 0, 100);
  }

  /** A file of shapes, each given as its GeoJSON type and coordinates. */
  private void shapes(String layer, String type, String... coordinates) throws Exception {
    String features =
        String.join(
            ",\n",
            Arrays.stream(coordinates)
                .map(
                    each ->
                        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\""
                            + type
                            + "\",\"coordinates\":"
                            + each
                            + "}}")
                .toList());
    city.file(
        "obras/" + layer + ".geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}");
  }

  private static String square(double column, double row, double side) {
    double x = -99.1 + column * 0.001;
    double y = 19.4 + row * 0.001;
    double s = side * 0.001;
    return "[[[%s,%s],[%s,%s],[%s,%s],[%s,%s],[%s,%s]]]"
        .formatted(x, y, x + s, y, x + s, y + s, x, y + s, x, y);
  }

  private static String line(double... columnsAndRows) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < columnsAndRows.length; i += 2) {
      text.append(i == 0 ? "[" : ",[")
          .append(-99.1 + columnsAndRows[i] * 0.001)
          .append(',')
          .append(19.4 + columnsAndRows[i + 1] * 0.001)
          .append(']');
    }
    return text.append(']').toString();
  }

  @Test
  void kindsLayersAndOptionsThatDoNotFitAreRefusedWithWhatWouldFit() throws Exception {
    shapes("predios", "Polygon", square(0, 0, 1));
    Checks checks = city.module.checks();
    List<LayerId> predios = List.of(new LayerId("predios"));

    assertThatThrownBy(() -> checks.create("nada", predios, Map.of(), "a"))
        .isInstanceOf(ReconcileRefused.class)
        .hasMessageContaining("overlaps");
    assertThatThrownBy(() -> checks.create("network", predios, Map.of(), "a"))
        .hasMessageContaining("cannot be");
    assertThatThrownBy(() -> checks.create("not-covered", predios, Map.of(), "a"))
        .hasMessageContaining("2 to 2");
    assertThatThrownBy(
            () -> checks.create("overlaps", predios, Map.of("minAreaM2", Double.NaN), "a"))
        .hasMessageContaining("minAreaM2");
  }

  @Test
  void aPolygonBombIsCountedAsUntoldAndTheRestIsChecked() throws Exception {
    StringBuilder bomb = new StringBuilder("[[");
    java.util.SplittableRandom random = new java.util.SplittableRandom(3);
    String first = "";
    for (int i = 0; i < 20_000; i++) {
      String vertex =
          "["
              + (-99.1 + random.nextDouble() * 0.01)
              + ","
              + (19.4 + random.nextDouble() * 0.01)
              + "]";
      first = i == 0 ? vertex : first;
      bomb.append(vertex).append(',');
    }
    shapes(
        "predios",
        "Polygon",
        bomb.append(first).append("]]").toString(),
        bomb.toString(),
        square(20, 0, 1),
        square(20.5, 0, 1));
    long start = System.nanoTime();

    Check check = checked("overlaps", Map.of(), "predios");
    Check gaps = checked("gaps", Map.of(), "predios");

    assertThat(check.untold()).isPositive();
    assertThat(gaps.untold()).isEqualTo(2);
    assertThat(findings(check)).anyMatch(finding -> finding.lon() > -99.085);
    assertThat(System.nanoTime() - start).isLessThan(60_000_000_000L);
  }

  @Test
  void parcelsThatOverlapAreToldWithPlaceAndAreaAndNeighboursAreNot() throws Exception {
    shapes(
        "predios",
        "Polygon",
        square(0, 0, 1),
        square(1, 0, 1),
        square(0.9, 1.5, 1),
        square(1.8, 1.5, 1));

    Check check = checked("overlaps", Map.of(), "predios");

    assertThat(check.count()).isEqualTo(1);
    Checks.Finding finding = findings(check).getFirst();
    assertThat(finding.features()).extracting(Checks.Concerned::feature).hasSize(2);
    assertThat(finding.measure()).isCloseTo(0.1 * 104.9 * 110.7, within(60.0));
    assertThat(finding.lon()).isCloseTo(-99.1 + 0.00185, within(1e-5));
    assertThat(finding.lat()).isCloseTo(19.402, within(1e-5));
  }

  @Test
  void aHoleInTheZoningIsAGapAndTheWorldAroundIsNot() throws Exception {
    shapes(
        "zonas",
        "Polygon",
        square(0, 0, 1),
        square(1, 0, 1),
        square(2, 0, 1),
        square(0, 1, 1),
        square(2, 1, 1),
        square(0, 2, 1),
        square(1, 2, 1),
        square(2, 2, 1));
    shapes("suelo", "Polygon", square(0, 0, 4));

    Check inside = checked("gaps", Map.of(), "zonas");
    Check ground = checked("gaps", Map.of(), "zonas", "suelo");

    assertThat(inside.count()).isEqualTo(1);
    assertThat(findings(inside).getFirst().measure()).isCloseTo(104.9 * 110.7, within(300.0));
    assertThat(findings(ground)).hasSize(2);
  }

  @Test
  void aParcelThatLeavesItsBlockAndABuildingOnNoParcelAreTold() throws Exception {
    shapes("manzanas", "Polygon", square(0, 0, 2), square(3, 0, 2));
    shapes(
        "predios", "Polygon", square(0, 0, 1), square(1.5, 0, 1), square(8, 8, 1), square(1, 0, 1));

    Check check = checked("not-covered", Map.of(), "predios", "manzanas");

    assertThat(findings(check)).hasSize(2);
    assertThat(findings(check))
        .extracting(finding -> finding.text().en())
        .anyMatch(text -> text.contains("50 %"))
        .anyMatch(text -> text.contains("100 %"));
  }

  @Test
  void aSchoolOutsideTheAreaIsTold() throws Exception {
    shapes("ciudad", "Polygon", square(0, 0, 10));
    shapes("escuelas", "Point", "[-99.095,19.405]", "[-99.2,19.5]", "[-99.0951,19.4051]");

    Check check = checked("outside", Map.of(), "escuelas", "ciudad");

    assertThat(findings(check)).hasSize(1);
    assertThat(findings(check).getFirst().lon()).isCloseTo(-99.2, within(1e-6));
  }

  @Test
  void aStreetThatStopsShortAndAStreetAloneAreTold() throws Exception {
    shapes(
        "calles",
        "LineString",
        line(0, 0, 5, 0),
        line(5, 0, 9, 0),
        line(2, 4, 2, 0),
        line(3, 4, 3, 0.01),
        line(0, 9, 4, 9));

    Check check = checked("network", Map.of(), "calles");

    assertThat(findings(check))
        .extracting(finding -> finding.text().en())
        .anyMatch(text -> text.startsWith("Ends 1.10 m short"))
        .filteredOn(text -> text.startsWith("Island"))
        .hasSize(2);
  }

  @Test
  void whatWasDrawnTwiceIsToldOnce() throws Exception {
    shapes("pozos", "Point", "[-99.1,19.4]", "[-99.11,19.41]", "[-99.1,19.4]", "[-99.1,19.4]");

    Check check = checked("duplicates", Map.of(), "pozos");

    assertThat(findings(check)).hasSize(1);
    assertThat(findings(check).getFirst().features()).hasSize(3);
  }

  @Test
  void aCheckIsStaleOnceItsLayerChanges() throws Exception {
    shapes("pozos", "Point", "[-99.1,19.4]");
    Check check = checked("duplicates", Map.of(), "pozos");
    shapes("pozos", "Point", "[-99.1,19.4]", "[-99.1,19.4]");

    Check after = city.module.checks().find(check.id()).orElseThrow();

    assertThat(after.state()).isEqualTo(Check.State.STALE);
    assertThat(after.count()).isZero();
  }
}
