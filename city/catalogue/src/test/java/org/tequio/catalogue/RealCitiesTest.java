package org.tequio.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.tequio.feature.FindingCode;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.feature.Wkb;
import org.tequio.storage.FeatureQuery;
import org.tequio.testing.SharedData;

/**
 * The files of real cities, as their departments publish them. Skipped where the machine does not
 * have them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealCitiesTest {
  private static final Set<String> KNOWN_TO_OGR = Set.of("shp", "geojson", "gpkg");

  private @Nullable TrialCity open;
  private @Nullable ImportReport report;

  @BeforeAll
  void importMexicoCity(@TempDir Path folder) throws IOException {
    var data = SharedData.find("data/ciudad-de-mexico");
    if (data.isPresent()) {
      TrialCity city = new TrialCity(folder, "EPSG:6369");
      open = city;
      report =
          city.module
              .importer()
              .run(ImportRequest.of(List.of(data.get()), null, "alicia"), Progress.NONE);
    }
  }

  @AfterAll
  void close() {
    if (open != null) {
      open.close();
    }
  }

  private TrialCity city() {
    assumeThat(open).as("the shared folder with the files of Mexico City").isNotNull();
    return java.util.Objects.requireNonNull(open);
  }

  private ImportReport report() {
    city();
    return java.util.Objects.requireNonNull(report);
  }

  @Test
  void everyLayerThatGdalOpensIsInTheCatalogueWithTheSameCount() throws Exception {
    TrialCity city = city();
    assumeThat(run("ogrinfo", "--version")).as("ogrinfo of gdal-bin").isNotEmpty();
    Path data = SharedData.find("data/ciudad-de-mexico").orElseThrow();
    Map<String, Long> ours = new HashMap<>();
    for (LayerRecord layer : city.module.catalogue().listLayers()) {
      ours.put(layer.sources().getFirst().file(), layer.count());
    }
    Map<String, Long> theirs = new TreeMap<>();
    for (Path file : vectorFiles(data)) {
      String name = data.relativize(file).toString();
      Map<String, Long> counts = ogrCounts(file);
      counts.forEach(
          (layer, count) -> theirs.put(counts.size() > 1 ? name + "#" + layer : name, count));
    }
    assertThat(theirs).hasSizeGreaterThanOrEqualTo(59);
    assertThat(ours).containsAllEntriesOf(theirs);
  }

  @Test
  void thePopulationOfTheCensusTractsIsWhole() {
    double people =
        city().values("megadapt_wgs84", "poblacion").values().stream()
            .mapToDouble(value -> ((Number) value).doubleValue())
            .sum();
    assertThat(people).isEqualTo(8_810_090);
  }

  @Test
  void sixtyOneWellsLieInTheConservationLand() {
    List<Geometry> land = geometries("suelo_de_conservacion_2020");
    long inside =
        geometries("pozos_sacmex2").stream()
            .filter(well -> land.stream().anyMatch(part -> part.intersects(well)))
            .count();
    assertThat(city().layer("pozos_sacmex2").count()).isEqualTo(526);
    assertThat(inside).isEqualTo(61);
  }

  @Test
  void pondingReportsFallIntoTheirBoroughs() {
    Map<String, Integer> byBorough = new TreeMap<>();
    List<Geometry> reports = geometries("encharcamientos2016");
    int outside = reports.size();
    List<Geometry> boroughs = geometries("cdmx");
    List<Object> names = List.copyOf(city().values("cdmx", "nom_mun").values());
    for (int i = 0; i < boroughs.size(); i++) {
      var prepared = PreparedGeometryFactory.prepare(boroughs.get(i));
      int inside = (int) reports.stream().filter(prepared::intersects).count();
      byBorough.put((String) names.get(i), inside);
      outside -= inside;
    }
    assertThat(byBorough)
        .containsEntry("Iztapalapa", 131)
        .containsEntry("Gustavo A. Madero", 73)
        .containsEntry("Venustiano Carranza", 70);
    assertThat(outside).isEqualTo(5);
  }

  @Test
  void streetMarketsInMetresFallInsideTheCity() {
    LayerRecord markets = city().layer("tianguis");
    Geometry limits = geometries("cdmx_sa").getFirst();
    long inside = geometries("tianguis").stream().filter(limits::intersects).count();
    assertThat(markets.count()).isEqualTo(1367);
    assertThat(inside).isGreaterThan(1350);
  }

  @ParameterizedTest
  @CsvSource({
    "CRS_GUESSED, agua-vulnerabilidad/Layer_MEGADAPT_Oct2018.shp",
    "CRS_GUESSED, economia/tianguis.csv",
    "CRS_CONTRADICTED, movilidad/practicas/waypoints.shp",
    "FILE_DUPLICATE, resiliencia/RiosGrandes.geojson",
    "LAYER_DUPLICATE, resiliencia/Ciudad_de_Mexico.shp",
    "CRS_MIXED, seguridad-uso/criminologia_capas.gpkg",
    "MOJIBAKE_IRREPARABLE, movilidad/practicas/terminales.shp",
    "MOJIBAKE_IRREPARABLE, resiliencia/Pozos_Sacmex2.geojson",
    "FILE_TRUNCATED, resiliencia/Estaciones_Meteorologicas_ZMVM.geojson",
    "FIELD_NAME_TRUNCATED, agua-vulnerabilidad/Join_pozosColoniasAgebs.shp",
    "FILE_MISSING_PART, movilidad/practicas/colonias.dbf",
    "OUTSIDE_CITY, resiliencia/Pozos_Sacmex2.geojson",
    "PERSONAL_DATA, movilidad/VerificentrosLocation.json"
  })
  void theKnownFaultsAreNamed(FindingCode code, String source) {
    assertThat(report().findings())
        .anyMatch(f -> f.finding().code() == code && f.finding().source().equals(source));
  }

  @Test
  void nothingOfTheCityIsMistakenForAnotherPlace() {
    var bounds = java.util.Objects.requireNonNull(city().module.catalogue().city().bounds());
    assertThat(bounds.minX()).isBetween(-99.40, -99.33);
    assertThat(bounds.maxX()).isBetween(-98.96, -98.93);
    assertThat(bounds.minY()).isBetween(19.04, 19.13);
    assertThat(bounds.maxY()).isBetween(19.57, 19.61);
  }

  @ParameterizedTest
  @CsvSource({
    "lima, EPSG:32718, 5",
    "chascomus, EPSG:5347, 13",
    "montevideo, EPSG:32721, 4",
    "leon, EPSG:6369, 8",
    "colombia, EPSG:9377, 2"
  })
  void otherCitiesGoThroughTheSameCode(String name, String crs, int layers, @TempDir Path folder)
      throws IOException {
    var data = SharedData.find("data/" + name);
    assumeThat(data).as("the shared folder with the files of " + name).isPresent();
    try (TrialCity city = new TrialCity(folder, crs)) {
      ImportReport imported =
          city.module
              .importer()
              .run(ImportRequest.of(List.of(data.orElseThrow()), null, "alicia"), Progress.NONE);
      assertThat(imported.layers()).hasSizeGreaterThanOrEqualTo(layers);
      assertThat(city.module.catalogue().listLayers()).hasSameSizeAs(imported.layers());
    }
  }

  private List<Geometry> geometries(String layer) {
    List<Geometry> all = new ArrayList<>();
    city()
        .store
        .features()
        .scan(
            new LayerId(layer),
            FeatureQuery.ALL,
            row -> {
              byte[] wkb = row.wkb();
              if (wkb != null) {
                all.add(Wkb.toGeometry(wkb, row.wkbOffset(), row.wkbLength()));
              }
              return true;
            });
    return all;
  }

  private static List<Path> vectorFiles(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> KNOWN_TO_OGR.contains(extension(file.toString())))
          .sorted()
          .toList();
    }
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Layers and their counts; none where GDAL cannot open the file. */
  private static Map<String, Long> ogrCounts(Path file) throws Exception {
    Map<String, Long> counts = new TreeMap<>();
    String layer = "";
    for (String line : run("ogrinfo", "-ro", "-so", "-al", file.toString()).split("\n")) {
      if (line.startsWith("Layer name: ")) {
        layer = line.substring("Layer name: ".length()).strip();
      } else if (line.startsWith("Feature Count: ")) {
        counts.put(layer, Long.valueOf(line.substring("Feature Count: ".length()).strip()));
      }
    }
    return counts;
  }

  private static String run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      if (command.length == 2) {
        return ""; // the program is not on this machine
      }
      throw new UncheckedIOException(e);
    }
  }
}
