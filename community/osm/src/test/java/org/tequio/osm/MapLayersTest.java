package org.tequio.osm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Feature;
import org.tequio.feature.Finding;
import org.tequio.feature.Progress;
import org.tequio.formats.osm.OsmElement;
import org.tequio.review.Submission;
import org.tequio.review.SubmissionState;
import org.tequio.storage.Revision;

/** Bruno maps, Gloria looks at it, Alicia keeps the layer of the cadastre. */
class MapLayersTest {
  @TempDir Path folder;
  private MappedTown town;

  @BeforeEach
  void open() throws IOException {
    town = new MappedTown(folder);
  }

  @AfterEach
  void close() {
    town.close();
  }

  private static String examples(LayerReport report) {
    return report.findings().stream()
        .flatMap(finding -> finding.examples().stream())
        .map(Finding.Example::text)
        .toList()
        .toString();
  }

  @Test
  void aMappingThatTheCityHasNoLayerForSaysSo() {
    assertThatThrownBy(
            () ->
                town.layers.propose(
                    "street_trees", MappedTown.EVERYWHERE, "g", "Gloria", false, Progress.NONE))
        .isInstanceOf(MapRefused.class)
        .hasMessageContaining("amb.arbol");
    assertThatThrownBy(
            () ->
                town.layers.propose(
                    "castles", MappedTown.EVERYWHERE, "g", "Gloria", false, Progress.NONE))
        .hasMessageContaining("buildings");
  }

  @Test
  void whatDoesNotFitIsNamedAndSinksNoOther() throws IOException {
    long crossed = town.drawCrossed(10);
    long node = town.put(11, "building", "yes");
    town.draw(12, "building", "house", "building:levels", "dos");

    LayerReport report = town.propose();

    assertThat(report.counts().unfit()).isEqualTo(2);
    assertThat(report.counts().created()).isEqualTo(1);
    assertThat(examples(report)).contains("way/" + crossed, "node/" + node, "levels=dos");
    assertThat(report.findings())
        .flatExtracting(Finding::examples)
        .allSatisfy(example -> assertThat(example.x()).isBetween(-99.2, -99.1));
    town.approve(report);
    assertThat(town.features()).hasSize(5);
    assertThat(town.features().getLast().properties())
        .containsEntry("niveles", null)
        .containsEntry("uso", "H");
  }

  @Test
  void nothingReachesTheLayerBeforeSomebodyPublishesItAndARejectionLeavesNoLink()
      throws IOException {
    long way = town.draw(10, "building", "yes");

    LayerReport report = town.propose();

    assertThat(town.features()).hasSize(4);
    assertThat(report.state()).isEqualTo("in-review");
    assertThat(town.propose().counts().waiting()).isEqualTo(1);
    town.review
        .submissions()
        .act(
            java.util.Objects.requireNonNull(report.submission()),
            SubmissionState.Verb.REJECT,
            "alicia",
            "Alicia",
            "no");
    assertThat(town.features()).hasSize(4);
    assertThat(town.layers.linksOf(OsmElement.Type.WAY, way)).isEmpty();
  }

  @Test
  void aBuildingThatWasMappedBecomesAFeatureOnceAndBothKnowEachOther() throws IOException {
    long way = town.draw(10, "building", "office", "building:levels", "12", "height", "40'");

    LayerReport report = town.propose();
    Submission published = town.approve(report);

    assertThat(published.state()).isEqualTo(SubmissionState.PUBLISHED);
    Feature made = town.features().getLast();
    assertThat(made.properties())
        .containsEntry("niveles", 12L)
        .containsEntry("uso", "O")
        .containsEntry("altura_m", 12.192)
        .containsEntry("propietario_curp", null);
    assertThat(town.layers.linksOf(OsmElement.Type.WAY, way))
        .singleElement()
        .satisfies(
            link -> {
              assertThat(link.feature()).isEqualTo(made.id().value());
              assertThat(link.mapper()).isEqualTo("Bruno");
              assertThat(link.submission()).isEqualTo(report.submission());
              assertThat(link.revision()).isEqualTo(published.revision());
              assertThat(link.conflicts()).isEmpty();
            });
    LayerReport again = town.propose();
    assertThat(again.isNothing()).isTrue();
    assertThat(again.counts().same()).isEqualTo(1);
    assertThat(again.submission()).isNull();
  }

  @Test
  void whatStandsInOnePlaceIsOneThingAndOnlyWhatTheLayerLacksIsTaken() throws IOException {
    long way = town.draw(0, "building", "office", "building:levels", "1", "height", "9");
    long id = town.at(0).id().value();

    LayerReport report = town.propose();

    assertThat(report.counts().found()).isEqualTo(1);
    assertThat(report.counts().created()).isZero();
    assertThat(report.counts().changed()).isEqualTo(1);
    assertThat(report.counts().conflicts()).isEqualTo(1);
    town.approve(report);
    assertThat(town.value(id, "altura_m")).isEqualTo(9.0);
    assertThat(town.value(id, "uso")).isEqualTo("H");
    assertThat(town.layers.listConflicts(MappedTown.MAPPING))
        .singleElement()
        .satisfies(
            link -> {
              assertThat(link.link().element()).isEqualTo("way/" + way);
              assertThat(link.differences())
                  .containsExactly(new LayerConflict.Difference("uso", "H", "O", Settlement.OPEN));
            });
  }

  @Test
  void closedFieldsStayAsTheyAreAndAreInNoFileThatIsHandedIn() throws IOException {
    Object owner = town.at(0).properties().get("propietario_curp");
    town.draw(0, "building", "yes", "height", "9", "propietario_curp", "XXXX");

    LayerReport report = town.propose();
    town.approve(report);

    assertThat(town.at(0).properties()).containsEntry("propietario_curp", owner);
    Submission handedIn =
        town.review
            .submissions()
            .find(java.util.Objects.requireNonNull(report.submission()))
            .orElseThrow();
    String file;
    try (var in = town.store.blobs().open(handedIn.blob())) {
      file = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    assertThat(file).contains("altura_m").doesNotContain("curp").doesNotContain("XXXX");
  }

  @Test
  void whatBothSidesChangedIsAConflictUntilSomebodyChooses() throws IOException {
    long way = town.draw(10, "building", "house", "building:levels", "2");
    town.approve(town.propose());
    long id = town.features().getLast().id().value();
    town.retag(way, "building", "house", "building:levels", "3", "height", "8");
    town.edit(id, "niveles", 5L);

    LayerReport report = town.propose();
    town.approve(report);

    assertThat(report.counts().conflicts()).isEqualTo(1);
    assertThat(town.value(id, "niveles")).isEqualTo(5L);
    assertThat(town.value(id, "altura_m")).isEqualTo(8.0);
    assertThat(town.way(way).tag("building:levels")).isEqualTo("3");
    assertThat(town.propose().counts().conflicts()).isEqualTo(1);

    assertThat(town.layers.settle(MappedTown.MAPPING, OsmElement.Type.WAY, way, Settlement.ELEMENT))
        .isTrue();
    town.approve(town.propose());

    assertThat(town.value(id, "niveles")).isEqualTo(3L);
    assertThat(town.layers.listConflicts(MappedTown.MAPPING)).isEmpty();
  }

  @Test
  void aChoiceThatIsTakenBackWaitsAgainForAPerson() throws IOException {
    long way = town.draw(0, "building", "office");
    town.propose();

    town.layers.settle(MappedTown.MAPPING, OsmElement.Type.WAY, way, Settlement.ELEMENT);
    assertThat(settled()).containsExactly(Settlement.ELEMENT);
    town.layers.settle(MappedTown.MAPPING, OsmElement.Type.WAY, way, Settlement.OPEN);

    assertThat(settled()).containsExactly(Settlement.OPEN);
    LayerReport report = town.propose();
    assertThat(report.counts().conflicts()).isEqualTo(1);
    assertThat(report.counts().changed()).isZero();
  }

  private List<Settlement> settled() {
    return town.layers.listConflicts(MappedTown.MAPPING).stream()
        .flatMap(one -> one.differences().stream())
        .map(LayerConflict.Difference::settled)
        .toList();
  }

  @Test
  void aFeatureThatChangedAfterTheProposalIsNotOverwrittenByIt() throws IOException {
    long way = town.draw(10, "building", "house", "building:levels", "2");
    town.approve(town.propose());
    long id = town.features().getLast().id().value();
    town.retag(way, "building", "house", "building:levels", "3");
    LayerReport report = town.propose();
    town.edit(id, "niveles", 5L);

    assertThatThrownBy(() -> town.approve(report)).hasMessageContaining("check it again");
    Submission checked =
        town.review
            .submissions()
            .check(java.util.Objects.requireNonNull(report.submission()), Progress.NONE);

    assertThat(checked.state()).isEqualTo(SubmissionState.FAILED);
    assertThat(checked.reasons().getFirst().en()).contains("propose them again");
    assertThat(town.value(id, "niveles")).isEqualTo(5L);
  }

  @Test
  void anElementThatWasDeletedProposesTheDeletionAndNothingHappensByItself() throws IOException {
    long way = town.draw(10, "building", "house");
    town.approve(town.propose());
    town.delete(way);

    LayerReport report = town.propose();

    assertThat(report.counts().gone()).isEqualTo(1);
    assertThat(town.features()).hasSize(5);
    town.approve(report);
    assertThat(town.features()).hasSize(4);
    assertThat(town.layers.linksOf(OsmElement.Type.WAY, way)).isEmpty();
  }

  @Test
  void aPlaceThatWasMovedThereIsProposedAndCanBeTakenBack() throws IOException {
    long way = town.draw(10, "building", "house");
    town.approve(town.propose());
    Feature before = town.features().getLast();
    town.moveCorner(way);

    Submission published = town.approve(town.propose());

    Feature after = town.feature(before.id().value());
    assertThat(java.util.Objects.requireNonNull(after.geometry()).getArea())
        .isGreaterThan(java.util.Objects.requireNonNull(before.geometry()).getArea());
    town.store.undo(
        published.revision(), new Revision.Note("alicia", "test", "it was right before"));
    assertThat(town.feature(before.id().value())).isEqualTo(before);
  }

  @Test
  void aLayerWithoutALicenceDoesNotLeave() {
    assertThatThrownBy(town::improve)
        .isInstanceOf(MapRefused.class)
        .hasMessageContaining("licence");
  }

  @Test
  void featuresBecomeElementsOnceAndNotWhereOneStands() throws IOException {
    town.license();
    town.draw(0, "building", "yes");

    LayerReport report = town.improve();

    assertThat(report.counts().created()).isEqualTo(3);
    assertThat(report.counts().found()).isEqualTo(1);
    assertThat(report.changesets()).hasSize(1);
    Changeset changeset = town.map.findChangeset(report.changesets().getFirst()).orElseThrow();
    assertThat(changeset.user()).isEqualTo("Villa Tequio");
    assertThat(changeset.tags())
        .containsEntry("source:license", "CC-BY-4.0")
        .hasEntrySatisfying("source", source -> assertThat(source).contains("Catastro"));
    assertThat(town.layers.linkOf(MappedTown.BUILDINGS, town.at(2).id().value()))
        .get()
        .satisfies(
            link -> {
              long way = Long.parseLong(link.element().substring("way/".length()));
              assertThat(List.of(town.way(way).tags()))
                  .containsExactlyInAnyOrder("building", "residential", "building:levels", "3");
            });
    assertThat(town.improve().isNothing()).isTrue();
    assertThat(town.propose().isNothing()).isTrue();
  }

  @Test
  void aLayerLargerThanAPersonMayMapInAnHourIsBroughtWhole(@TempDir Path other) throws IOException {
    OsmConfig narrow = new OsmConfig(6, 50_000_000, 1, 1);
    try (MappedTown small = new MappedTown(other, narrow)) {
      small.license();
      small.draw(10, "building", "yes");
      assertThatThrownBy(() -> small.draw(11, "building", "yes")).hasMessageContaining("rate");

      assertThat(small.improve().counts().created()).isEqualTo(4);
    }
  }

  @Test
  void whatTheCadastreChangedReachesTheElement() throws IOException {
    town.license();
    town.improve();
    long id = town.at(1).id().value();
    String element = town.layers.linkOf(MappedTown.BUILDINGS, id).orElseThrow().element();
    long way = Long.parseLong(element.substring("way/".length()));
    town.edit(id, "niveles", 9L);

    assertThat(town.propose().isNothing()).isTrue();
    LayerReport report = town.improve();

    assertThat(report.counts().changed()).isEqualTo(1);
    assertThat(town.way(way).tag("building:levels")).isEqualTo("9");
    assertThat(town.improve().isNothing()).isTrue();
  }

  @Test
  void tasksThatWereFoundGoodAreProposedTogetherWithWhatWaitsAndWhatWasDecidedStaysDecided()
      throws IOException {
    town.draw(10, "building", "house");
    task(1, 10);
    town.layers.followTasks();
    Submission first = waiting().getFirst();
    town.draw(11, "building", "house");
    task(2, 11);

    town.layers.followTasks();
    town.layers.followTasks();

    assertThat(town.review.submissions().find(first.id()).orElseThrow().state())
        .isEqualTo(SubmissionState.WITHDRAWN);
    assertThat(waiting())
        .singleElement()
        .satisfies(one -> assertThat(one.message()).contains("+2", "#7/1", "#7/2"));
    town.review
        .submissions()
        .act(waiting().getFirst().id(), SubmissionState.Verb.APPROVE, "alicia", "Alicia", "");
    town.layers.followTasks();
    assertThat(waiting()).isEmpty();
    assertThat(town.features()).hasSize(6);
  }

  private List<Submission> waiting() {
    return town.review
        .submissions()
        .list(SubmissionState.IN_REVIEW, null, MappedTown.BUILDINGS, null, Long.MAX_VALUE, 10);
  }

  private void task(int number, int place) {
    int[] box = MappedTown.box(place);
    var area =
        new org.locationtech.jts.geom.GeometryFactory()
            .toGeometry(
                new org.locationtech.jts.geom.Envelope(
                    box[0] / 1e7 - 1e-5,
                    box[2] / 1e7 + 1e-5,
                    box[1] / 1e7 - 1e-5,
                    box[3] / 1e7 + 1e-5));
    town.validated.add(new ValidatedTask(number, "7/" + number, "account-gloria", area));
  }
}
