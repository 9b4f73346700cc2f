package org.tequio.storage.geopackage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.tequio.storage.geopackage.SmallCity.TREES;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Progress;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Revision;
import org.tequio.storage.Sql;

/** GDAL opens and edits city.gpkg as it is. */
class GisToolsTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void createCity() throws IOException {
    folder = temporary.resolve("city");
    try (GeoPackageCityStore city = SmallCity.create(folder)) {
      SmallCity.publish(city, 300);
      SmallCity.publish(city, 250);
    }
  }

  private static String run(String... command) throws Exception {
    Path program =
        List.of(System.getenv("PATH").split(":")).stream()
            .map(part -> Path.of(part, command[0]))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of("absent"));
    assumeThat(program)
        .as("%s is not installed (Debian package gdal-bin): nothing was tested", command[0])
        .exists();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private String gpkg() {
    return folder.resolve("city.gpkg").toString();
  }

  @Test
  void ogrinfoListsTheLayersAndNoneOfOurTables() throws Exception {
    String layers = run("ogrinfo", "-ro", gpkg());

    assertThat(layers).contains("trees (Point)").doesNotContain("tq_g").doesNotContain("tq_change");
  }

  @Test
  void ogrinfoReadsCountExtentAndSpatialIndex() throws Exception {
    String summary = run("ogrinfo", "-ro", "-so", gpkg(), "trees");
    String some =
        run(
            "ogrinfo", "-ro", "-q", gpkg(), "trees", "-spat", "500000", "2100000", "500001",
            "2100001");

    assertThat(summary).contains("Feature Count: 250", "species: String", "height: Real");
    assertThat(some).contains("tree 0").doesNotContain("tree 1\n");
  }

  @Test
  void anEditOfOgrShowsInTheHistory() throws Exception {
    run("ogrinfo", "-q", gpkg(), "-sql", "UPDATE trees SET species = 'ahuehuete' WHERE fid = 3");
    Path more = temporary.resolve("more.csv");
    Files.writeString(more, "species,height,x,y\nfresno,7.5,500500,2100500\n");
    run(
        "ogr2ogr",
        "-append",
        "-nln",
        "trees",
        gpkg(),
        more.toString(),
        "-oo",
        "X_POSSIBLE_NAMES=x",
        "-oo",
        "Y_POSSIBLE_NAMES=y",
        "-oo",
        "AUTODETECT_TYPE=YES");

    try (GeoPackageCityStore city = GeoPackageCityStore.open(folder)) {
      Revision newest = city.features().listRevisions(Optional.of(TREES), 1).getFirst();
      assertThat(newest.note().author()).isEqualTo(Revision.OUTSIDE);
      assertThat(SmallCity.species(city, FeatureQuery.ALL))
          .containsEntry(3L, "ahuehuete")
          .containsEntry(301L, "fresno")
          .hasSize(251);
      assertThat(city.verify(Progress.NONE)).isEmpty();
    }
  }

  @Test
  void theFileSaysThatItIsAGeoPackageOfVersionOneFour() throws Exception {
    try (Connection connection = SmallCity.otherProgram(folder)) {
      assertThat(Sql.number(connection, "PRAGMA application_id")).isEqualTo(0x47504B47);
      assertThat(Sql.number(connection, "PRAGMA user_version")).isEqualTo(10300);
      assertThat(texts(connection, "PRAGMA foreign_key_check")).isEmpty();
      assertThat(texts(connection, "SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1"))
          .containsExactly("-1", "0", "4326", "32614");
      assertThat(texts(connection, "SELECT last_change FROM gpkg_contents"))
          .allMatch(text -> text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
      assertThat(
              texts(
                  connection,
                  "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'rtree%'"))
          .hasSize(7);
    }
  }

  private static List<String> texts(Connection connection, String sql) throws Exception {
    List<String> texts = new ArrayList<>();
    Sql.each(connection, row -> texts.add(row.getString(1)), sql);
    return texts;
  }
}
