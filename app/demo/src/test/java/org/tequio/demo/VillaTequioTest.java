package org.tequio.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
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
  private static PlantedDefects planted = new PlantedDefects(java.util.List.of());

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
