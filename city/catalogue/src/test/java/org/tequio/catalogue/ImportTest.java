package org.tequio.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tequio.catalogue.TrialCity.codes;
import static org.tequio.catalogue.TrialCity.feature;
import static org.tequio.catalogue.TrialCity.finding;
import static org.tequio.catalogue.TrialCity.point;
import static org.tequio.catalogue.TrialCity.polygon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.ImportReport.Outcome;
import org.tequio.feature.DataClass;
import org.tequio.feature.FieldType;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.feature.Severity;

/** What departments hand in, and what the catalogue says about it. */
class ImportTest {
  @TempDir Path folder;

  @Test
  void aPathThatIsNotThereIsTheCallersMistake() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      assertThatThrownBy(
              () ->
                  city.module
                      .importer()
                      .run(
                          ImportRequest.of(List.of(Path.of("nowhere")), null, "alicia"),
                          Progress.NONE))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void oneBrokenFileDoesNotCostTheOthersTheirImport() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      city.file("roto.geojson", "{\"type\":\"FeatureCollection\",\"features\":[");

      ImportReport report = city.run();

      assertThat(report.layers()).hasSize(1);
      assertThat(city.layer("arboles").count()).isEqualTo(200);
      assertThat(report.findings())
          .anyMatch(
              f ->
                  f.finding().source().equals("roto.geojson")
                      && f.finding().severity() == Severity.ERROR
                      && f.layer() == null);
    }
  }

  @Test
  void aCancelledImportLeavesNothing() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      Progress cancelled =
          new Progress() {
            private int steps;

            @Override
            public void step(String what, long done, long total) {
              steps++;
            }

            @Override
            public boolean isCancelled() {
              return steps > 2;
            }
          };
      assertThatThrownBy(
              () ->
                  city.module
                      .importer()
                      .run(ImportRequest.of(List.of(city.files), null, "alicia"), cancelled))
          .isInstanceOf(CancellationException.class);

      assertThat(city.module.catalogue().listLayers()).isEmpty();
      assertThat(city.store.features().headRevision()).isZero();
    }
  }

  @Test
  void theSameFilesAgainChangeNothing() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      assertThat(city.run().revision()).isEqualTo(1);

      ImportReport again = city.run();

      assertThat(again.revision()).isZero();
      assertThat(again.layers()).allMatch(layer -> layer.outcome() == Outcome.UNCHANGED);
      assertThat(city.store.features().headRevision()).isEqualTo(1);
    }
  }

  @Test
  void aChangedFileKeepsTheIdsOfWhatHasTheSameKey() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      city.features(
          "pozos.geojson",
          point(-99.1, 19.4, "\"clave\":\"P-1\",\"estado\":\"activo\""),
          point(-99.2, 19.5, "\"clave\":\"P-2\",\"estado\":\"activo\""));
      city.run();
      var before = city.values("pozos", "clave");
      city.features(
          "pozos.geojson",
          point(-99.2, 19.5, "\"clave\":\"P-2\",\"estado\":\"seco\""),
          point(-99.15, 19.45, "\"clave\":\"P-3\",\"estado\":\"activo\""));

      ImportReport report = city.run();

      assertThat(report.layers()).extracting(l -> l.outcome()).containsExactly(Outcome.REPLACED);
      var after = city.values("pozos", "clave");
      assertThat(after).hasSize(2).containsValues("P-2", "P-3");
      after.forEach(
          (id, clave) ->
              assertThat(before.get(id)).isIn(clave.equals("P-2") ? "P-2" : null, (Object) null));
      assertThat(before.values()).contains("P-2");
      long idOfTwo =
          before.entrySet().stream()
              .filter(e -> e.getValue().equals("P-2"))
              .findFirst()
              .orElseThrow()
              .getKey();
      assertThat(after.get(idOfTwo)).isEqualTo("P-2");
      assertThat(after.keySet()).doesNotContain(idOfTwo == 1 ? 2L : 1L);
    }
  }

  @Test
  void anUndoneImportShowsTheCatalogueAsItWas() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      city.run();
      city.features("parques/arboles.geojson", point(-99.1, 19.4, "\"id_arbol\":\"Z\""));
      long second = city.run().revision();
      assertThat(city.layer("arboles").findings().errors()).isZero();

      city.store.undo(second, new org.tequio.storage.Revision.Note("alicia", "undo", "wrong file"));

      assertThat(city.layer("arboles").count()).isEqualTo(200);
      assertThat(city.layer("arboles").schema().key()).isEqualTo("id_arbol");
      assertThat(city.run().layers())
          .as("what was undone is not there, so it comes again")
          .extracting(ImportReport.ImportedLayer::outcome)
          .containsExactly(Outcome.REPLACED);
    }
  }

  @Test
  void twoFilesOfOneNameBecomeTwoLayersNamedByTheirFolders() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      city.features("agua/puntos.geojson", point(-99.1, 19.4, "\"a\":1"));
      city.features("obras/puntos.geojson", point(-99.1, 19.5, "\"b\":2"));

      city.run();

      assertThat(city.layer("puntos").department()).isEqualTo("Agua");
      assertThat(city.layer("obras_puntos").department()).isEqualTo("Obras");
    }
  }

  @Test
  void everyKindOfInvalidGeometryIsToldAndKept() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      city.features(
          "lotes.geojson",
          polygon("[-99.1,19.4],[-99.2,19.5],[-99.2,19.4],[-99.1,19.5],[-99.1,19.4]", "\"n\":1"),
          polygon("[-99.1,19.4],[-99.2,19.4],[-99.2,19.5],[-99.1,19.4]", "\"n\":2"),
          feature("null", "\"n\":3"));

      ImportReport report = city.run();

      Finding crossing = finding(report, FindingCode.GEOMETRY_SELF_INTERSECTION);
      assertThat(crossing).isNotNull().extracting(Finding::count).isEqualTo(1L);
      assertThat(finding(report, FindingCode.GEOMETRY_NULL)).isNotNull();
      assertThat(city.layer("lotes").count()).isEqualTo(3);
    }
  }

  @Test
  void mixedTypesAndDimensionsAreToldAndKept() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      city.features(
          "varios.geojson",
          point(-99.1, 19.4, "\"n\":1"),
          feature("{\"type\":\"Point\",\"coordinates\":[-99.1,19.41,2240]}", "\"n\":2"),
          polygon("[-99.1,19.4],[-99.2,19.4],[-99.2,19.5],[-99.1,19.4]", "\"n\":3"));

      assertThat(codes(city.run()))
          .contains(FindingCode.GEOMETRY_MIXED_TYPES, FindingCode.GEOMETRY_MIXED_DIMENSIONS);
      assertThat(city.layer("varios").schema().geometry()).isEqualTo(GeometryType.GEOMETRY);
    }
  }

  @Test
  void duplicateFeaturesAreCountedAndKept() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      city.features(
          "bancas.geojson",
          point(-99.1, 19.4, "\"tipo\":\"madera\""),
          point(-99.1, 19.4, "\"tipo\":\"madera\""),
          point(-99.1, 19.4, "\"tipo\":\"metal\""));

      Finding duplicates = finding(city.run(), FindingCode.FEATURE_DUPLICATE);

      assertThat(duplicates).isNotNull().extracting(Finding::count).isEqualTo(1L);
      assertThat(city.layer("bancas").count()).isEqualTo(3);
    }
  }

  @Test
  void theSameContentUnderTwoNamesIsTold() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      city.features("uno.geojson", point(-99.1, 19.4, "\"a\":1"), point(-99.2, 19.4, "\"a\":2"));
      city.features("dos.geojson", point(-99.2, 19.4, "\"a\":2"), point(-99.1, 19.4, "\"a\":1"));

      Finding same = finding(city.run(), FindingCode.LAYER_DUPLICATE);

      assertThat(same).isNotNull();
      assertThat(Set.of(same.source(), String.valueOf(same.subject())))
          .containsExactlyInAnyOrder("uno.geojson", "dos.geojson");
    }
  }

  @Test
  void suppressedCellsBecomeNullAndAreCounted() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      List<String> tracts = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String people = i % 10 == 0 ? "\"*\"" : i % 10 == 1 ? "-9999" : Integer.toString(100 + i);
        tracts.add(point(-99.1 - i * 0.001, 19.4, "\"cve\":\"T" + i + "\",\"pob\":" + people));
      }
      city.features("ageb.geojson", tracts.toArray(String[]::new));

      Finding suppressed = finding(city.run(), FindingCode.VALUE_SUPPRESSED);

      assertThat(suppressed).isNotNull();
      assertThat(suppressed.count()).isEqualTo(12);
      assertThat(suppressed.action()).isEqualTo(Finding.Action.NULLED);
      assertThat(city.values("ageb", "pob").values()).filteredOn("(null)"::equals).hasSize(12);
    }
  }

  @Test
  void personalColumnsAreClosedAndInstitutionsAreNot() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      city.features(
          "tramites.geojson",
          point(-99.1, 19.4, "\"folio\":\"F1\",\"nombre_solicitante\":\"Bruno\",\"nombre\":\"x\""),
          point(-99.2, 19.4, "\"folio\":\"F2\",\"nombre_solicitante\":\"Alba\",\"nombre\":\"y\""));

      Finding personal = finding(city.run(), FindingCode.PERSONAL_DATA);

      assertThat(personal).isNotNull();
      assertThat(personal.subject()).isEqualTo("nombre_solicitante");
      assertThat(personal.examples()).isEmpty();
      var schema = city.layer("tramites").schema();
      assertThat(schema.findField("nombre_solicitante").orElseThrow().dataClass())
          .isEqualTo(DataClass.PERSONAL);
      assertThat(schema.findField("nombre").orElseThrow().dataClass()).isEqualTo(DataClass.PUBLIC);
    }
  }

  @Test
  void aTextWithACharacterThatEndsTextsIsStoredWithoutItAndToldOf() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      city.features(
          "calles.geojson",
          point(-99.1, 19.4, "\"clave\":\"1a\",\"via\":\"Rio\\u0000Churubusco\""),
          point(-99.2, 19.4, "\"clave\":\"2b\",\"via\":\"Juarez\""));
      Finding told = finding(city.run(), FindingCode.TEXT_NUL);
      assertThat(told).isNotNull();
      assertThat(told.action()).isEqualTo(Finding.Action.REPAIRED);
      assertThat(told.examples().getFirst().text()).contains("Rio␀Churubusco");
      assertThat(city.values("calles", "via")).containsValues("RioChurubusco", "Juarez");
    }
  }

  @Test
  void mojibakeIsKeptUntilSomeoneChoosesItsRepair() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      city.features(
          "calles.geojson",
          point(-99.1, 19.4, "\"clave\":\"1a\",\"via\":\"RÃ­o Churubusco\""),
          point(-99.2, 19.4, "\"clave\":\"2b\",\"via\":\"Ju?rez\""));
      ImportReport report = city.run();
      assertThat(codes(report))
          .contains(FindingCode.MOJIBAKE_REPAIRABLE, FindingCode.MOJIBAKE_IRREPARABLE);
      assertThat(city.values("calles", "via")).containsValue("RÃ­o Churubusco");

      Finding repaired =
          finding(
              city.run(Set.of(FindingCode.MOJIBAKE_REPAIRABLE)), FindingCode.MOJIBAKE_REPAIRABLE);

      assertThat(repaired).isNotNull();
      assertThat(repaired.action()).isEqualTo(Finding.Action.REPAIRED);
      assertThat(repaired.examples().getFirst().text()).contains("→ Río Churubusco");
      assertThat(city.values("calles", "via")).containsValues("Río Churubusco", "Ju?rez");
    }
  }

  @Test
  void positionsWithLatitudeFirstAreToldAndRepairedOnlyOnRequest() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      city.features(
          "luminarias.geojson",
          point(-99.11, 19.41, "\"id\":\"L1\""),
          point(19.42, -99.12, "\"id\":\"L2\""));
      Finding swapped = finding(city.run(), FindingCode.LAT_LON_SWAPPED);
      assertThat(swapped).isNotNull().extracting(Finding::count).isEqualTo(1L);

      city.run(Set.of(FindingCode.LAT_LON_SWAPPED));

      assertThat(city.extent("luminarias").maxX()).isLessThan(-99);
      assertThat(city.extent("luminarias").minX()).isGreaterThan(-100);
    }
  }

  @Test
  void straysOutsideTheCityAreToldWithTheirPlace() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      List<String> reports = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        reports.add(point(-99.1 + i * 0.0005, 19.4, "\"folio\":\"R" + i + "\""));
      }
      reports.add(point(-103.3, 20.7, "\"folio\":\"R99\""));
      city.features("baches.geojson", reports.toArray(String[]::new));

      Finding outside = finding(city.run(), FindingCode.OUTSIDE_CITY);

      assertThat(outside).isNotNull().extracting(Finding::count).isEqualTo(1L);
      assertThat(outside.examples().getFirst().x()).isBetween(-103.31, -103.29);
    }
  }

  @Test
  void coordinatesInMetresAreReadAsWhatBringsThemIntoTheCity() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      city.features(
          "mercados.geojson",
          point(485000, 2145000, "\"id\":\"M1\""),
          point(488000, 2146000, "\"id\":\"M2\""));

      Finding guessed = finding(city.run(), FindingCode.CRS_GUESSED);

      assertThat(guessed.action()).isEqualTo(Finding.Action.ASSUMED);
      assertThat(guessed.evidence()).contains("2 of 2 positions");
      assertThat(city.extent("mercados").minX()).isBetween(-99.2, -99.0);
    }
  }

  @Test
  void coordinatesThatFitNothingStayOffTheMap() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      city.features("plano.geojson", point(100_000_000, 5_000_000, "\"id\":\"X\""));

      assertThat(codes(city.run())).contains(FindingCode.CRS_MISSING);
      assertThat(city.layer("plano").extent()).isNull();
      assertThat(city.layer("plano").coverage()).isNull();
      assertThat(city.layer("plano").count()).isEqualTo(1);
    }
  }

  @Test
  void keysAreFoundAndFaultyOnesNamed() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String clave = i == 39 ? "C-1" : "C-" + i;
        rows.add(
            point(
                -99.1 - i * 0.001,
                19.4,
                "\"OBJECTID\":" + (i + 1) + ",\"clave\":\"" + clave + "\""));
      }
      city.features("predios.geojson", rows.toArray(String[]::new));

      Finding twice = finding(city.run(), FindingCode.KEY_NOT_UNIQUE);

      assertThat(twice).isNotNull().extracting(Finding::subject).isEqualTo("clave");
      assertThat(twice.examples().getFirst().text()).contains("C-1").contains("row 2");
      assertThat(city.layer("predios").schema().key()).isNull();
    }
  }

  @Test
  void aCleanFileLeavesNoFindings() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      assertThat(codes(city.run())).containsExactly(FindingCode.CITY_AREA_GUESSED);
      LayerRecord trees = city.layer("arboles");
      assertThat(trees.standard()).isEqualTo("amb.arbol");
      assertThat(trees.title().pt()).isEqualTo("Árvores urbanas");
      assertThat(trees.theme().id()).isEqualTo("environment");
      assertThat(trees.department()).isEqualTo("Parques");
      assertThat(trees.schema().key()).isEqualTo("id_arbol");
      assertThat(trees.schema().findField("altura").orElseThrow().type())
          .isEqualTo(FieldType.INTEGER);
      assertThat(trees.coverage()).isNotNull();
      assertThat(trees.sources()).hasSize(1);
      assertThat(Files.exists(folder.resolve("city/blobs"))).isTrue();
      assertThat(city.module.catalogue().findLayer(new LayerId("nothing"))).isEmpty();
    }
  }
}
