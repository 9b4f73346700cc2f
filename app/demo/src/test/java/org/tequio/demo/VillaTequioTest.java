package org.tequio.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Progress;

/** The whole small city: refusals, sameness to the byte, and what is planted in it. */
class VillaTequioTest {
  private static final int SIZE = 2_500;
  private static final long SEED = 7;

  @TempDir static Path folder;
  private static PlantedDefects planted = new PlantedDefects(List.of());

  @BeforeAll
  static void generate() throws IOException {
    planted = VillaTequio.generate(folder.resolve("first"), SEED, SIZE, Progress.NONE);
  }

  @Test
  void aCityTooSmallToHaveEverythingIsRefusedWithTheLimits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VillaTequio.generate(folder.resolve("none"), 1, 10, Progress.NONE))
        .withMessageContaining("1500")
        .withMessageContaining("10");
  }

  @Test
  void aCancelledGenerationStops() {
    Progress cancelled =
        new Progress() {
          @Override
          public void step(String what, long done, long total) {}

          @Override
          public boolean isCancelled() {
            return true;
          }
        };
    assertThatThrownBy(() -> VillaTequio.generate(folder.resolve("cancelled"), 1, SIZE, cancelled))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void theSameSeedGivesTheSameBytesHoweverTheThreadsRun() throws IOException {
    Progress slow =
        new Progress() {
          @Override
          public void step(String what, long done, long total) {
            Thread.yield();
          }

          @Override
          public boolean isCancelled() {
            Thread.onSpinWait();
            return false;
          }
        };
    PlantedDefects again = VillaTequio.generate(folder.resolve("second"), SEED, SIZE, slow);

    assertThat(again).isEqualTo(planted);
    assertThat(bytes("second")).isEqualTo(bytes("first"));
  }

  @Test
  void aYearLaterTheCadastreSendsTheSameParcelsButForTheChangesItTells() throws Exception {
    Path next = folder.resolve("next");
    List<PlantedChange> changes = VillaTequio.generateNext(next, SEED, SIZE, Progress.NONE);

    Map<String, String> before = parcels(folder.resolve("first"));
    Map<String, String> after = parcels(next);
    List<PlantedChange> seen = new ArrayList<>();
    after.forEach(
        (key, row) -> {
          if (!before.containsKey(key)) {
            seen.add(new PlantedChange(PlantedChange.Kind.ADDED, key));
          } else if (!row.equals(before.get(key))) {
            seen.add(new PlantedChange(kind(before.get(key), row), key));
          }
        });
    before.forEach(
        (key, row) -> {
          if (!after.containsKey(key)) {
            seen.add(new PlantedChange(PlantedChange.Kind.REMOVED, key));
          }
        });
    assertThat(seen).containsExactlyInAnyOrderElementsOf(changes);
    assertThat(changes.stream().map(PlantedChange::kind).distinct())
        .hasSize(PlantedChange.Kind.values().length);
    assertThat(changes.size()).isBetween(SIZE / 200, SIZE / 50);
  }

  private static PlantedChange.Kind kind(String before, String after) {
    boolean sameShape = before.split("\\|")[0].equals(after.split("\\|")[0]);
    boolean sameValues = before.split("\\|")[1].equals(after.split("\\|")[1]);
    return sameShape
        ? PlantedChange.Kind.ATTRIBUTES
        : sameValues ? PlantedChange.Kind.GEOMETRY : PlantedChange.Kind.BOTH;
  }

  private static Map<String, String> parcels(Path files) throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + files.resolve("Catastro").resolve("predios.gpkg"));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT clave, hex(geom), uso_construccion || superficie_terreno FROM predios")) {
      while (row.next()) {
        rows.put(row.getString(1), row.getString(2) + '|' + row.getString(3));
      }
    }
    return rows;
  }

  @Test
  void anotherSeedGivesAnotherCity() {
    assertThat(VillaTequio.settings(8, SIZE).area())
        .isNotEqualTo(VillaTequio.settings(SEED, SIZE).area());
  }

  @Test
  void theCityKnowsItsNameSystemAndOutline() {
    VillaTequio.Settings settings = VillaTequio.settings(SEED, SIZE);

    assertThat(settings.name()).isEqualTo("Villa Tequio");
    assertThat(settings.crs().epsg()).isEqualTo(6369);
    assertThat(settings.area().getFirst()).isEqualTo(settings.area().getLast());
    assertThat(settings.area())
        .allMatch(p -> p[0] > -99 && p[0] < -98.4 && p[1] > 18.9 && p[1] < 19.3);
  }

  @Test
  void everyKindOfDefectThatDepartmentsSendIsPlanted() {
    Set<FindingCode> elsewhere =
        EnumSet.of(
            // needs an attack, a grid or a city without settings
            FindingCode.FILE_REFUSED,
            FindingCode.LINK_IGNORED,
            FindingCode.FILE_UNREADABLE,
            FindingCode.GEOMETRY_TOO_COMPLEX,
            // no office of the demo sends one (city/catalogue: ImportTest)
            FindingCode.TEXT_NUL,
            // needs a mapping that a steward confirmed (city/catalogue: MappingTest)
            FindingCode.FIELD_MAPPED_LOST,
            // what the community mapped, not a file (community/osm: MapLayersTest)
            FindingCode.ELEMENT_UNFIT,
            FindingCode.ELEMENT_CONFLICT,
            FindingCode.CRS_NEEDS_GRID,
            FindingCode.CITY_AREA_GUESSED);

    assertThat(planted.codes()).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(elsewhere)));
    assertThat(planted.all())
        .allMatch(defect -> defect.count() > 0 || defect.count() == PlantedDefect.ANY);
  }

  @Test
  void everyPlantedDefectIsInAFileThatExists() {
    assertThat(planted.all())
        .allSatisfy(
            defect ->
                assertThat(
                        folder.resolve("first").resolve(defect.source().replaceAll("(!/|#).*", "")))
                    .exists());
  }

  @Test
  void theManifestSurvivesItsFile() throws IOException {
    Path file = folder.resolve("planted.tsv");

    planted.write(file);

    assertThat(PlantedDefects.read(file)).isEqualTo(planted);
  }

  @Test
  void theListOfLayersNamesEveryFileAndEnoughDepartments() throws IOException {
    var rows = VillaTequio.layers();

    assertThat(rows.stream().map(VillaTequio.PublishedLayer::file).distinct())
        .allSatisfy(file -> assertThat(folder.resolve("first").resolve(file)).exists());
    assertThat(rows.stream().map(VillaTequio.PublishedLayer::department).distinct().count())
        .isGreaterThanOrEqualTo(14);
    assertThat(
            rows.stream()
                .map(VillaTequio.PublishedLayer::standard)
                .filter(s -> !s.isEmpty())
                .distinct()
                .count())
        .isGreaterThanOrEqualTo(40);
  }

  private static Map<String, Integer> bytes(String run) throws IOException {
    Path root = folder.resolve(run);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> root.relativize(file).toString(),
                  file -> {
                    try {
                      return java.util.Arrays.hashCode(Files.readAllBytes(file));
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  },
                  (a, b) -> a,
                  TreeMap::new));
    }
  }
}
