package org.tequio.storage.geopackage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Progress;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;

/** Whatever bit of a city's folder changes, verify finds it and names the file. */
class DamageTest {
  private static final int FLIPS = 100;

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void createCity() throws IOException {
    folder = temporary.resolve("city");
    try (GeoPackageCityStore city = SmallCity.create(folder)) {
      SmallCity.fill(city);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(path -> Files.isRegularFile(path) && path.toFile().length() > 0)
          .map(folder::relativize)
          .sorted()
          .toList();
    }
  }

  private static void flip(Path file, long bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    Files.write(file, bytes);
  }

  @Test
  void everyFlippedBitIsFoundAndItsFileNamed() throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261121);
    List<Path> files = files();
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < FLIPS; i++) {
      // Half of the flips go into the largest file, half into any.
      Path file = i % 2 == 0 ? Path.of("city.gpkg") : files.get(random.nextInt(files.size()));
      Path damaged = temporary.resolve("damaged-" + i);
      copyTree(folder, damaged);
      long bit = random.nextLong(damaged.resolve(file).toFile().length() * 8);
      flip(damaged.resolve(file), bit);

      List<String> problems = GeoPackageCityStore.verify(damaged, Progress.NONE);

      if (problems.stream().noneMatch(problem -> problem.contains(file.toString()))) {
        missed.add(file + " bit " + bit + ": " + problems);
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void aFlippedBitIsFoundWhileTheCityIsOpen() throws IOException {
    try (GeoPackageCityStore city = GeoPackageCityStore.open(folder)) {
      SmallCity.publish(city, 200);
      assertThat(city.verify(Progress.NONE)).isEmpty();
      flip(folder.resolve("city.gpkg"), 8 * (30 * 4096L + 1000));

      assertThat(city.verify(Progress.NONE)).anyMatch(problem -> problem.contains("page 31 "));
    }
  }

  @Test
  void anIntactCityVerifiesCleanTwice() throws IOException {
    assertThat(GeoPackageCityStore.verify(folder, Progress.NONE)).isEmpty();
    assertThat(GeoPackageCityStore.verify(folder, Progress.NONE)).isEmpty();
  }

  @Test
  void aPageNamesItsTable() throws Exception {
    long page;
    try (var connection = SmallCity.otherProgram(folder)) {
      page = Sql.number(connection, "SELECT MAX(pageno) FROM dbstat WHERE name = 'trees'");
    }
    flip(folder.resolve("city.gpkg"), 8 * ((page - 1) * 4096 + 4000));

    assertThat(GeoPackageCityStore.verify(folder, Progress.NONE))
        .anyMatch(problem -> problem.contains("page " + page + " ") && problem.contains("trees"));
  }

  @Test
  void aFileThatWasCutShortIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("city.gpkg"));
    Files.write(folder.resolve("city.gpkg"), Arrays.copyOf(bytes, bytes.length - 5000));

    assertThat(GeoPackageCityStore.verify(folder, Progress.NONE))
        .anyMatch(problem -> problem.startsWith("city.gpkg"));
  }

  @Test
  void aBlobThatIsGoneIsMissed() throws IOException {
    Path blob = files().stream().filter(file -> file.startsWith("blobs")).findFirst().orElseThrow();
    Files.delete(folder.resolve(blob));

    assertThat(GeoPackageCityStore.verify(folder, Progress.NONE))
        .containsExactly("blobs: 1 of 3 files are missing");
  }

  @Test
  void aLineTakenOutOfTheAuditLogIsFoundAndSoIsTheLastOne() throws IOException {
    Path log = folder.resolve("audit/log.jsonl");
    List<String> lines = Files.readAllLines(log);

    Files.write(log, List.of(lines.get(0), lines.get(2)));
    assertThat(GeoPackageCityStore.verify(folder, Progress.NONE))
        .anyMatch(problem -> problem.contains("log.jsonl") && problem.contains("line 2"));

    Files.write(log, lines.subList(0, 2));
    createFresh();
  }

  private void createFresh() throws IOException {
    Path other = temporary.resolve("other");
    try (GeoPackageCityStore city = SmallCity.create(other)) {
      SmallCity.fill(city);
    }
    Path log = other.resolve("audit/log.jsonl");
    List<String> lines = Files.readAllLines(log);
    Files.write(log, lines.subList(0, lines.size() - 1));

    assertThat(GeoPackageCityStore.verify(other, Progress.NONE))
        .anyMatch(problem -> problem.contains("log.jsonl"));
  }

  @Test
  void aTornLastLineOfTheAuditLogIsRepairedAndALineSaysSo() throws IOException {
    Path log = folder.resolve("audit/log.jsonl");
    String text = Files.readString(log);
    Files.writeString(log, text + "{\"n\":4,\"at\":\"2026-");

    try (GeoPackageCityStore city = GeoPackageCityStore.open(folder)) {
      assertThat(city.audit().findBreak()).isEmpty();
      assertThat(Files.readString(log, StandardCharsets.UTF_8))
          .contains("the last line was cut short by a crash");
    }
  }

  @Test
  void aFolderThatIsNoCityIsRefused() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    assertThatThrownBy(() -> GeoPackageCityStore.open(empty))
        .isInstanceOf(StoreFault.class)
        .hasMessageContaining("no city.gpkg");
    Files.writeString(empty.resolve("city.gpkg"), "this is no database, only a text ".repeat(99));
    assertThatThrownBy(() -> GeoPackageCityStore.open(empty)).isInstanceOf(StoreFault.class);
    assertThatThrownBy(() -> SmallCity.create(empty)).hasMessageContaining("not empty");
  }

  @Test
  void aSecondOpeningIsRefusedWhileTheFirstLasts() throws IOException {
    try (GeoPackageCityStore city = GeoPackageCityStore.open(folder)) {
      assertThatThrownBy(() -> GeoPackageCityStore.open(folder))
          .isInstanceOf(StoreFault.class)
          .hasMessageContaining("another Tequio process");
      assertThat(city.features().headRevision()).isEqualTo(3);
    }
  }
}
