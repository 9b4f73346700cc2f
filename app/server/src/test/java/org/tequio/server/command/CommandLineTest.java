package org.tequio.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Language;
import org.tequio.server.City;

/** The command line as Alicia of the works department uses it; nothing is mocked. */
class CommandLineTest {
  private static final String WELLS =
      """
      {"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"clave":"P-1","nombre":"El Sabino"},"geometry":{"type":"Point","coordinates":[-99.13,19.43]}},
      {"type":"Feature","properties":{"clave":"P-2","nombre":"La Noria"},"geometry":{"type":"Point","coordinates":[-99.12,19.42]}}]}
      """;

  @TempDir Path folder;
  private Prompt.Answer last = new Prompt.Answer(0, "", "");

  @BeforeEach
  void aliciaHasAFileOfWells() throws IOException {
    Files.writeString(folder.resolve("pozos.geojson"), WELLS);
  }

  @Test
  void anUnknownCommandIsAUsageErrorWithAHint() {
    assertThat(run("improt", "city").code()).isEqualTo(2);
    assertThat(last.err()).contains("import");
  }

  @Test
  void everyCommandHasHelpWithAnExampleInEveryLanguage() {
    List<String> commands =
        List.of(
            "demo",
            "init",
            "import",
            "layers",
            "findings",
            "serve",
            "export",
            "tiles",
            "print",
            "history",
            "undo",
            "submit",
            "diff",
            "verify",
            "backup",
            "restore",
            "migrate",
            "people",
            "admin-link",
            "audit",
            "privacy",
            "harvest",
            "reconcile");
    for (String command : commands) {
      for (Language language : Language.values()) {
        assertThat(run(language, command, "--help").code()).isZero();
        assertThat(last.out()).contains("./tequio " + command).contains("--json");
      }
    }
  }

  @Test
  void aSheetThatCannotBePrintedIsRefusedAndTheOldFileStays() throws IOException {
    city();
    run("import", "city", "pozos.geojson");
    Path old = Files.writeString(folder.resolve("pozos.pdf"), "old");

    assertThat(print("pozos.doc").code()).isEqualTo(2);
    assertThat(print("pozos.pdf", "--paper", "a0").code()).isEqualTo(2);
    assertThat(print("pozos.pdf", "--dpi", "30").code()).isEqualTo(2);
    assertThat(print("pozos.pdf", "--scale", "NaN").code()).isEqualTo(2);
    assertThat(print("pozos.pdf", "--bbox", "1,2,3").code()).isEqualTo(2);
    assertThat(print("pozos.pdf", "--bbox", "3,2,1,4").code()).isEqualTo(2);
    assertThat(print("pozos.pdf", "--center", "-99.13,19.43").code()).isEqualTo(2);
    assertThat(last.err()).contains("--scale");
    assertThat(print("pozos.pdf", "--landscape", "--portrait").code()).isEqualTo(2);
    assertThat(run("print", "city", "pozos.pdf", "--layers", "parques").code()).isEqualTo(4);
    assertThat(old).hasContent("old");
  }

  @Test
  void aliciaPrintsHerWells() throws IOException {
    city();
    run("import", "city", "pozos.geojson");

    assertThat(print("pozos.pdf", "--centre", "-99.13,19.43", "--scale", "5000").code()).isZero();
    assertThat(print("pozos.png", "--portrait", "--dpi", "72", "--paper", "A3").code()).isZero();

    assertThat(Files.readAllBytes(folder.resolve("pozos.pdf"))).startsWith('%', 'P', 'D', 'F');
    assertThat(Files.readAllBytes(folder.resolve("pozos.png"))).startsWith(0x89, 'P', 'N', 'G');
    assertThat(folder.resolve("pozos.pdf.part")).doesNotExist();
  }

  private Prompt.Answer print(String file, String... options) {
    List<String> words = new ArrayList<>(List.of("print", "city", file, "--layers", "pozos"));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }

  @Test
  void aFolderWithoutACityIsSaidToHaveNone() {
    for (String command : List.of("layers", "findings", "history", "verify")) {
      assertThat(run(command, "nowhere").code()).isEqualTo(3);
      assertThat(last.err()).contains("init");
    }
  }

  @Test
  void anUnknownCoordinateSystemIsRefusedBeforeAnythingIsMade() {
    assertThat(run("init", "city", "--crs", "EPSG:1").code()).isEqualTo(2);
    assertThat(run("init", "city", "--crs", "Helmert").code()).isEqualTo(2);
    assertThat(folder.resolve("city")).doesNotExist();
  }

  @Test
  void aFolderThatIsNotEmptyIsLeftAlone() {
    assertThat(run("init", ".", "--crs", "EPSG:6369").code()).isEqualTo(4);
    assertThat(folder.resolve("city.gpkg")).doesNotExist();
  }

  @Test
  void filesThatDoNotExistAreRefusedAndChangeNothing() {
    city();
    assertThat(run("import", "city", "pozos.shp").code()).isEqualTo(4);
    assertThat(last.err()).contains("pozos.shp");
    assertThat(run("history", "city", "--json").out()).contains("\"revisions\" : [ ]");
  }

  @Test
  void aLayerOrFormatThatIsNotThereIsNamed() {
    city();
    run("import", "city", "pozos.geojson");
    assertThat(run("export", "city", "parques", "parques.gpkg").code()).isEqualTo(4);
    assertThat(last.err()).contains("parques");
    assertThat(run("export", "city", "pozos", "pozos.dwg").code()).isEqualTo(4);
    assertThat(last.err()).contains("geojson");
  }

  @Test
  void anImportShowsInLayersHistoryAndExportAndCanBeTakenBack() throws IOException {
    city();
    assertThat(run("import", "city", "pozos.geojson", "--department", "Aguas").code()).isZero();
    assertThat(run("layers", "city").out()).contains("pozos").contains("Aguas");
    assertThat(run("import", "city", "pozos.geojson").out()).contains("Unchanged");
    assertThat(run("export", "city", "pozos", "copia.geojson").code()).isZero();
    assertThat(Files.readString(folder.resolve("copia.geojson"))).contains("El Sabino");
    assertThat(run("undo", "city", "1").code()).isZero();
    assertThat(run("layers", "city", "--json").out()).contains("\"layers\" : [ ]");
    assertThat(run("history", "city").out()).contains("import").contains("undo");
  }

  @Test
  void aPartOfALayerIsExportedAndWhatIsWrongLeavesTheOldFile() throws IOException {
    city();
    run("import", "city", "pozos.geojson");
    Path old = Files.writeString(folder.resolve("parte.csv"), "old");
    for (String[] wrong :
        List.of(
            new String[] {"--filter", "nombre ="},
            new String[] {"--filter", "nada = 1"},
            new String[] {"--bbox", "1,2"},
            new String[] {"--properties", "nada"})) {
      assertThat(run("export", "city", "pozos", "parte.csv", wrong[0], wrong[1]).code())
          .isEqualTo(4);
      assertThat(old).hasContent("old");
    }
    Files.writeString(
        folder.resolve("norte.geojson"),
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
            + "[[[-99.14,19.425],[-99.11,19.425],[-99.11,19.44],[-99.14,19.425]]]}}");

    assertThat(run("export", "city", "pozos", "norte.fgb", "--area", "norte.geojson").out())
        .contains("1 features");
    run(
        "export",
        "city",
        "pozos",
        "parte.csv",
        "--filter",
        "clave = 'P-2'",
        "--properties",
        "clave");
    assertThat(old).content().contains("P-2").doesNotContain("P-1", "La Noria", "old");
    assertThat(last.out()).contains("Left out: nombre");
    assertThat(run("export", "city", "pozos", "pozos.gpx").code()).isZero();
  }

  @Test
  void tilesThatCannotBeMadeLeaveNoFileBehind() {
    city();
    run("import", "city", "pozos.geojson");
    assertThat(run("tiles", "city", "pozos", "pozos.zip").code()).isEqualTo(4);
    assertThat(last.err()).contains("pmtiles, mbtiles");
    assertThat(run("tiles", "city", "pozos", "no/pozos.pmtiles").code()).isEqualTo(4);
    assertThat(run("tiles", "city", "pozos,parques", "x.pmtiles").code()).isEqualTo(4);
    assertThat(last.err()).contains("parques");
    assertThat(run("tiles", "city", "pozos", "x.pmtiles", "--zooms", "9-5").code()).isEqualTo(2);
    assertThat(run("tiles", "city", "pozos", "x.pmtiles", "--zooms", "0-19").code()).isEqualTo(2);
    assertThat(run("tiles", "city", "pozos", "x.pmtiles", "--bbox=1,2,NaN,4").code()).isEqualTo(2);
    assertThat(run("tiles", "city", "pozos", "x.pmtiles", "--bbox=-58,-35,-57,-34").code())
        .isEqualTo(4);
    assertThat(last.err()).contains("none of the layers has anything");
    assertThat(folder).isDirectoryNotContaining("glob:**x.pmtiles*");
  }

  @Test
  void theTilesOfALayerBecomeOneFile() {
    city();
    run("import", "city", "pozos.geojson", "--department", "Aguas");
    assertThat(run("tiles", "city", "pozos", "pozos.pmtiles", "--zooms", "0-12", "--json").code())
        .isZero();
    assertThat(last.out()).contains("\"tiles\" : 14").contains("\"maxZoom\" : 12");
    assertThat(folder.resolve("pozos.pmtiles")).isNotEmptyFile();
    assertThat(
            run("tiles", "city", "pozos", "p.mbtiles", "--bbox=-99.125,19.4,-99.1,19.425").code())
        .isZero();
    assertThat(folder.resolve("p.mbtiles")).isNotEmptyFile();
  }

  @Test
  void aNewVersionIsComparedHandedInPublishedAndTakenBack() throws IOException {
    city();
    run("import", "city", "pozos.geojson", "--department", "Aguas");
    Files.writeString(
        folder.resolve("entrega final (2).geojson"), WELLS.replace("La Noria", "La Noria Vieja"));
    String file = "entrega final (2).geojson";

    assertThat(run("diff", "city", "pozos", file, "--json").out())
        .contains("\"attributes\" : 1", "\"unchanged\" : 1");
    assertThat(run("submit", "city", file, "--layer", "pozos", "--json").out())
        .contains("\"state\" : \"in-review\"");
    assertThat(run("layers", "city").out()).doesNotContain("entrega");
    assertThat(run("submit", "city", file, "--layer", "pozos", "--publish", "--json").out())
        .contains("\"state\" : \"published\"", "\"revision\" : 2");
    assertThat(run("diff", "city", "pozos", "1", "2").out()).contains("attributes 2");
    assertThat(run("undo", "city", "2").code()).isZero();
    assertThat(run("diff", "city", "pozos", "1", "--json").out()).contains("\"unchanged\" : 2");
  }

  @Test
  void whatCannotBeSubmittedOrComparedSaysWhy() {
    city();
    run("import", "city", "pozos.geojson", "--department", "Aguas");
    assertThat(run("submit", "city", "pozos.geojson").code()).isEqualTo(2);
    assertThat(last.err()).contains("--layer");
    assertThat(run("submit", "city", "nada.zip", "--layer", "pozos").code()).isEqualTo(4);
    assertThat(run("submit", "city", "pozos.geojson", "--layer", "pozos").code()).isEqualTo(4);
    assertThat(last.out()).contains("changes nothing");
    assertThat(run("submit", "city", "http://127.0.0.1/x.zip", "--layer", "pozos").code())
        .isEqualTo(4);
    assertThat(last.err()).contains("egress");
    assertThat(run("diff", "city", "pozos", "ayer").code()).isEqualTo(2);
  }

  @Test
  void aFlippedBitIsNamedByVerify() throws IOException {
    city();
    run("import", "city", "pozos.geojson");
    assertThat(run("verify", "city").code()).isZero();
    Path file = folder.resolve("city/city.gpkg");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    assertThat(run("verify", "city").code()).isEqualTo(1);
    assertThat(last.out()).contains("city.gpkg");
  }

  @Test
  void aTamperedAuditLogIsNamedByItsLineInEveryLanguage() throws IOException {
    city();
    run("import", "city", "pozos.geojson", "--department", "Aguas");
    run("people", "invite", "city", "Alicia", "alicia@aguas.example", "--role", "steward@aguas");
    assertThat(run("audit", "verify", "city").code()).isZero();
    assertThat(last.out()).contains("whole");
    Path log = folder.resolve("city/audit/log.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(log));
    assertThat(lines).hasSizeGreaterThan(1);
    lines.set(1, lines.get(1).replace("\"action\":\"", "\"action\":\"not-"));
    Files.write(log, lines);

    assertThat(run("audit", "verify", "city").code()).isEqualTo(1);
    assertThat(last.out()).contains("not what it was", "line 2");
    assertThat(run(Language.ES, "audit", "verify", "city").out()).contains("bitácora", "line 2");
    assertThat(run(Language.PT, "audit", "verify", "city").out()).contains("registro", "line 2");
    assertThat(run("audit", "verify", "city", "--json").out())
        .contains("\"whole\" : false", "line 2");

    Files.write(log, List.of(lines.getFirst()));
    assertThat(run("layers", "city").code()).isZero();
    assertThat(run("audit", "verify", "city").code()).isEqualTo(1);
    assertThat(last.out()).contains("line 2");
  }

  @Test
  void aRestoredBackupHasTheSameContentHash() {
    city();
    run("import", "city", "pozos.geojson");
    String hash =
        run("backup", "city", "city.tequio").out().replaceAll("(?s).*hash (\\w+).*", "$1");
    assertThat(run("restore", "city.tequio", "copy").code()).isZero();
    assertThat(hash).hasSize(64);
    assertThat(last.out()).contains(hash);
    assertThat(run("restore", "city.tequio", "copy").code()).isEqualTo(4);
    assertThat(run("restore", "pozos.geojson", "other").code()).isEqualTo(4);
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void aCityThatIsBeingServedTakesCommandsFromOtherProcesses() throws IOException {
    city();
    try (City served = City.open(folder.resolve("city"));
        CommandSocket socket = CommandSocket.listen(served)) {
      assertThat(run("import", "city", "pozos.geojson").code()).isZero();
      assertThat(run("layers", "city").out()).contains("pozos");
      assertThat(run("verify", "city").code()).isZero();
      assertThat(run("backup", "city", "live.tequio").code()).isZero();
      assertThat(folder.resolve("live.tequio")).exists();
      assertThat(run("export", "city", "parques", "x.gpkg").code()).isEqualTo(4);
      assertThat(served.store().features().headRevision()).isEqualTo(1);
      assertThat(socket).isNotNull();
    }
    assertThat(folder.resolve("city/city.control")).doesNotExist();
  }

  @Test
  void aCityInUseByAProcessWithoutEarsIsSaidToBeInUse() throws IOException {
    city();
    try (City busy = City.open(folder.resolve("city"))) {
      assertThat(run("layers", "city").code()).isEqualTo(3);
      assertThat(last.err()).contains("in use");
      assertThat(busy.catalogue().listLayers()).isEmpty();
    }
  }

  private void city() {
    assertThat(run("init", "city", "--name", "Prueba", "--crs", "EPSG:6369").code()).isZero();
  }

  private Prompt.Answer run(String... arguments) {
    return run(Language.EN, arguments);
  }

  private Prompt.Answer run(Language language, String... arguments) {
    last = new Prompt(folder).run(language, arguments);
    return last;
  }
}
