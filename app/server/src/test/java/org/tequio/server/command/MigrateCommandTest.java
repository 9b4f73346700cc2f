package org.tequio.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Language;
import org.tequio.server.City;
import org.tequio.testing.PostgresCluster;

/** Alicia moves her city into the database of the GIS staff, and takes a copy home. */
class MigrateCommandTest {
  private static final String WELLS =
      """
      {"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"clave":"P-1","nombre":"El Sabino"},"geometry":{"type":"Point","coordinates":[-99.13,19.43]}},
      {"type":"Feature","properties":{"clave":"P-2","nombre":"La Noria"},"geometry":{"type":"Point","coordinates":[-99.12,19.42]}}]}
      """;

  @TempDir Path folder;
  private String store = "";
  private Prompt.Answer last = new Prompt.Answer(0, "", "");

  @BeforeEach
  void theStaffHasADatabase() throws IOException {
    Optional<PostgresCluster> server = PostgresCluster.shared();
    assumeThat(server).as(PostgresCluster.absence()).isPresent();
    store = server.orElseThrow().newCity();
    Files.writeString(folder.resolve("pozos.geojson"), WELLS);
  }

  private Prompt.Answer run(String... arguments) {
    last = new Prompt(folder).run(Language.EN, arguments);
    return last;
  }

  private String contentHash(String city) throws IOException {
    try (City opened = City.open(folder.resolve(city))) {
      return opened.store().contentHash();
    }
  }

  @Test
  void aCityWithItsPastGoesThereAndACopyComesBack() throws IOException {
    run("init", "city", "--crs", "EPSG:6369");
    run("import", "city", "pozos.geojson");
    Files.writeString(folder.resolve("pozos.geojson"), WELLS.replace("La Noria", "La Noria II"));
    run("import", "city", "pozos.geojson");
    String hash = contentHash("city");

    assertThat(run("migrate", "city", store).code()).as(last.err()).isZero();

    assertThat(last.out()).contains(hash);
    assertThat(folder.resolve("city/city.gpkg")).doesNotExist();
    assertThat(Files.readString(folder.resolve("city/tequio.yaml"))).contains(store);
    assertThat(contentHash("city")).isEqualTo(hash);
    assertThat(run("verify", "city").code()).as(last.out()).isZero();
    assertThat(run("audit", "verify", "city").code()).as(last.out()).isZero();

    assertThat(run("undo", "city", "2").code()).as(last.err()).isZero();
    assertThat(run("migrate", "city", "home").code()).as(last.err()).isZero();

    assertThat(contentHash("home")).isEqualTo(contentHash("city"));
    assertThat(run("history", "home", "--json").out()).contains("undo of revision 2");
    assertThat(run("verify", "home").code()).as(last.out()).isZero();
    assertThat(run("export", "home", "pozos", "pozos.csv").code()).isZero();
    assertThat(Files.readString(folder.resolve("pozos.csv"))).contains("La Noria");
  }

  @Test
  void aCityThatBeginsThereImportsExportsAndIsBackedUpIntoAFolder() throws IOException {
    assertThat(run("init", "city", "--crs", "EPSG:6369", "--store", store).code())
        .as(last.err())
        .isZero();
    assertThat(run("import", "city", "pozos.geojson").code()).as(last.err()).isLessThan(2);
    assertThat(run("export", "city", "pozos", "pozos.csv").code()).isZero();
    assertThat(Files.readString(folder.resolve("pozos.csv"))).contains("El Sabino");

    assertThat(run("backup", "city", "city.tequio").code()).as(last.err()).isZero();
    assertThat(run("restore", "city.tequio", "restored").code()).as(last.err()).isZero();

    assertThat(contentHash("restored")).isEqualTo(contentHash("city"));
  }

  @Test
  void whatStandsInTheWayIsSaidAndTheCityIsWhatItWas() throws IOException {
    run("init", "city", "--crs", "EPSG:6369");
    String hash = contentHash("city");
    Files.createDirectories(folder.resolve("full"));
    Files.writeString(folder.resolve("full/mine.txt"), "mine");

    assertThat(run("migrate", "nowhere", store).code()).isEqualTo(3);
    assertThat(run("migrate", "city", "full").code()).isEqualTo(4);
    assertThat(last.err()).contains("not empty");
    assertThat(run("migrate", "city", "postgres://ana:s3cret@127.0.0.1/x").code()).isEqualTo(4);
    assertThat(last.err()).contains("PGPASSFILE").doesNotContain("s3cret");
    assertThat(run("migrate", "city", "postgres://ana@127.0.0.1:1/x").code()).isEqualTo(4);
    assertThat(run("migrate", "city", "mysql://ana@127.0.0.1/x").code()).isEqualTo(4);

    assertThat(contentHash("city")).isEqualTo(hash);
    assertThat(folder.resolve("city/tequio.yaml")).doesNotExist();
  }
}
