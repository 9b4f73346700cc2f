package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.ImportReport;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerRecord;
import org.tequio.demo.PlantedDefect;
import org.tequio.demo.PlantedDefects;
import org.tequio.demo.VillaTequio;
import org.tequio.feature.Finding;
import org.tequio.feature.Progress;
import org.tequio.procedure.PackCheck;
import org.tequio.procedure.ProcedureTrial;

/**
 * The departments of Villa Tequio hand in their files; the ordinary importer must find every defect
 * that the generator planted, and nothing that it did not.
 */
class VillaTequioImportTest {
  private static final long SEED = 7;
  private static final int PARCELS = 4_000;

  private static PlantedDefects planted = new PlantedDefects(List.of());
  private static List<Finding> found = List.of();
  private static List<LayerRecord> layers = List.of();
  private static List<ProcedureTrial> trials = List.of();

  @BeforeAll
  static void theDepartmentsHandInTheirFiles(@TempDir Path folder) throws Exception {
    Path files = folder.resolve("files");
    planted = VillaTequio.generate(files, SEED, PARCELS, Progress.NONE);
    try (City city =
        City.create(folder.resolve("city"), VillaTequio.NAME, VillaTequio.CRS, area())) {
      ImportReport report =
          city.importer().run(ImportRequest.of(List.of(files), null, "alicia"), Progress.NONE);
      found = report.findings().stream().map(each -> each.finding()).toList();
      layers = city.catalogue().listLayers();
      DemoSteward.confirm(city, "alicia");
      trials =
          PackCheck.find(folder.resolve("no such folder"), "mx")
              .orElseThrow()
              .tryIn(city.procedure().layers(), LocalDate.of(2026, 11, 26), 5);
    }
  }

  @Test
  void everyPlantedDefectIsFound() {
    List<String> missed = new ArrayList<>();
    for (PlantedDefect defect : planted.all()) {
      if (found.stream().noneMatch(finding -> tells(finding, defect))) {
        missed.add(defect + " but found " + around(defect));
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void nothingIsFoundThatWasNotPlanted() {
    List<Finding> surplus =
        found.stream()
            .filter(finding -> planted.all().stream().noneMatch(defect -> tells(finding, defect)))
            .toList();
    assertThat(surplus).isEmpty();
  }

  @Test
  void theCityHasAtLeastFortyLayersOfFourteenDepartments() {
    assertThat(layers).hasSizeGreaterThanOrEqualTo(40);
    assertThat(layers.stream().map(LayerRecord::department).collect(Collectors.toSet()))
        .hasSizeGreaterThanOrEqualTo(14);
    assertThat(layers.stream().map(LayerRecord::standard).filter(id -> id != null).distinct())
        .hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void aLayerHasTheDateThatItsFileDeclaresAndNoOther() {
    assertThat(layer("predios").date()).isNotNull();
    assertThat(layer("luminarias_2024").date()).isNotNull();
    assertThat(layer("cuentas_prediales").date()).isNull();
  }

  @Test
  void everyProcedureOfTheMexicanPackIsAnsweredThereAndNoColumnIsUnexplained() {
    assertThat(trials).hasSizeGreaterThanOrEqualTo(60).allMatch(trial -> trial.asked() > 0);
    assertThat(trials.stream().flatMap(trial -> trial.gaps().keySet().stream()))
        .extracting(gap -> gap.reason().en())
        .noneMatch(reason -> reason.startsWith("nobody has said"))
        .noneMatch(reason -> reason.startsWith("the rule could not be worked out"));
  }

  @Test
  void whatTheDemoCannotDecideIsAnAccountThatItDoesNotHaveOrAPastThatItDoesNotKnow() {
    assertThat(trials.stream().filter(trial -> trial.undecided() > 0))
        .extracting(trial -> trial.procedure().value())
        .isSubsetOf("pr.noadeudo", "ud.da", "q.giro", "em.bajo", "am.corena", "pr.subdiv");
  }

  private static LayerRecord layer(String id) {
    return layers.stream().filter(one -> one.id().value().equals(id)).findFirst().orElseThrow();
  }

  private static boolean tells(Finding finding, PlantedDefect defect) {
    return finding.code() == defect.code()
        && finding.source().equals(defect.source())
        && (defect.subject() == null || defect.subject().equals(finding.subject()))
        && (defect.count() == PlantedDefect.ANY || defect.count() == finding.count());
  }

  private static String around(PlantedDefect defect) {
    return found.stream()
        .filter(f -> f.source().equals(defect.source()) || f.code() == defect.code())
        .map(f -> f.code() + " " + f.source() + " " + f.subject() + " × " + f.count())
        .toList()
        .toString();
  }

  private static Geometry area() {
    return new GeometryFactory()
        .createPolygon(
            VillaTequio.settings(SEED, PARCELS).area().stream()
                .map(xy -> new Coordinate(xy[0], xy[1]))
                .toArray(Coordinate[]::new));
  }
}
