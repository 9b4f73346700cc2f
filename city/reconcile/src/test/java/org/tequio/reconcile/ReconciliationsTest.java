package org.tequio.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.Access;
import org.tequio.catalogue.LayerSettings;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.storage.Revision;

/** Alicia brings together what two offices drew of the same quarters. */
class ReconciliationsTest {
  private static final String[] WORKS = {
    "09-001|Centro|0|0", "09-002|San Juan|1|0", "09-003|Santa Fe|2|0", "09-004|Roma Norte|3|0"
  };
  private static final String[] PLANNING = {
    "1|CENTRO|0|0", "2|Sn. Juan|1|0", "3|Sta. Fé|2.1|0", "9|Tepito|7|7"
  };

  private ReconcileCity city;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    city = new ReconcileCity(folder);
    city.squares("obras/barrios_obras.geojson", "cve", "nombre", WORKS);
    city.squares("planeacion/barrios_plan.geojson", "clave", "nom_barrio", PLANNING);
  }

  @AfterEach
  void close() {
    city.close();
  }

  private Reconciliation compared() {
    return city.compared("Barrios", "barrios_obras", "barrios_plan");
  }

  private Reconciliation published() {
    return city.reconciliations().publish(compared().id(), "alicia", Progress.NONE);
  }

  private static LayerId merged(Reconciliation reconciliation) {
    return Objects.requireNonNull(reconciliation.merged());
  }

  @Test
  void aLayerThatDoesNotExistOrComesTwiceIsRefused() {
    var reconciliations = city.reconciliations();

    assertThatThrownBy(() -> city.compared("Barrios", "barrios_obras", "nada"))
        .isInstanceOf(ReconcileRefused.class)
        .hasMessageContaining("nada");
    assertThatThrownBy(() -> city.compared("Barrios", "barrios_obras", "barrios_obras"))
        .isInstanceOf(ReconcileRefused.class)
        .hasMessageContaining("itself");
    assertThat(reconciliations.list()).isEmpty();
  }

  @Test
  void aLayerThatWasWithdrawnFailsTheRunAndLeavesWhatWasPublished() {
    Reconciliation published = published();
    city.store.revise(
        new Revision.Note("bruno", "test", ""),
        transaction -> transaction.withdraw(new LayerId("barrios_plan")));

    assertThatThrownBy(() -> city.reconciliations().run(published.id(), Progress.NONE))
        .isInstanceOf(ReconcileRefused.class)
        .hasMessageContaining("withdrawn");
    assertThat(city.reconciliations().refresh(Progress.NONE)).isEmpty();

    Reconciliation after = city.reconciliations().find(published.id()).orElseThrow();
    assertThat(after.state()).isEqualTo(Reconciliation.State.FAILED);
    assertThat(Objects.requireNonNull(after.problem()).es()).contains("barrios_plan");
    assertThat(city.layer(merged(published).value()).count()).isEqualTo(5);
    assertThat(
            city.reconciliations()
                .listGroups(published.id(), Optional.empty(), Optional.empty(), 0, 10))
        .hasSize(5);
  }

  @Test
  void whatIsMadeOfAnInternalLayerIsNotPublishedAndWhatWasIsClosed() {
    Reconciliation published = published();
    city.catalogue
        .stewardship()
        .save(
            new LayerId("barrios_obras"),
            LayerSettings.EMPTY.withAccess(Access.INTERNAL),
            0,
            "alicia");

    assertThatThrownBy(
            () -> city.reconciliations().publish(published.id(), "alicia", Progress.NONE))
        .isInstanceOf(ReconcileRefused.class)
        .hasMessageContaining("internal");

    assertThat(city.catalogue.catalogue().findLayer(merged(published)).orElseThrow().isPublic())
        .isFalse();
  }

  @Test
  void aRunThatIsCancelledChangesNothing() {
    Reconciliation before = compared();

    assertThatThrownBy(() -> city.reconciliations().run(before.id(), new Cancelled()))
        .isInstanceOf(CancellationException.class);

    assertThat(city.reconciliations().find(before.id())).contains(before);
  }

  @Test
  void keysInOtherWritingsNamesAndPlacesSayWhatIsOneThing() {
    Reconciliation found = compared();

    assertThat(city.reconciliations().countByState(found))
        .containsEntry(GroupState.MATCHED, 3L)
        .containsEntry(GroupState.SINGLE, 2L);
    GroupItem juan =
        city
            .reconciliations()
            .listGroups(found.id(), Optional.of(GroupState.MATCHED), Optional.empty(), 0, 10)
            .stream()
            .filter(item -> "San Juan".equals(item.members().getFirst().name()))
            .findFirst()
            .orElseThrow();
    assertThat(juan.members()).extracting(GroupItem.Member::key).containsExactly("09-002", "2");
    assertThat(juan.evidence()).extracting(GroupItem.Reason::kind).contains("key", "name");
    assertThat(juan.differences())
        .extracting(GroupItem.Difference::attribute)
        .doesNotContain("geometry");
  }

  @Test
  void theMergedLayerLosesNothingAndSaysWhereEachValueIsFrom() {
    Reconciliation found = compared();
    city.reconciliations()
        .chooseAuthority(found.id(), Map.of("nombre", new LayerId("barrios_plan")), "alicia");

    Reconciliation published = city.reconciliations().publish(found.id(), "alicia", Progress.NONE);

    assertThat(city.values(merged(published), "nombre").values())
        .containsExactlyInAnyOrder("CENTRO", "Sn. Juan", "Sta. Fé", "Roma Norte", "Tepito");
    assertThat(city.values(Objects.requireNonNull(published.provenance()), "nombre_from").values())
        .containsExactlyInAnyOrder(
            "barrios_plan", "barrios_plan", "barrios_plan", "barrios_obras", "barrios_plan");
  }

  @Test
  void anAuthorityThatSaysNothingOfAnAttributeIsRefused() {
    Reconciliation found = compared();

    assertThatThrownBy(
            () ->
                city.reconciliations()
                    .chooseAuthority(
                        found.id(), Map.of("altura", new LayerId("barrios_plan")), "a"))
        .isInstanceOf(ReconcileRefused.class);
  }

  @Test
  void whatAliciaDecidedHoldsInEveryLaterRunAndVersion() throws Exception {
    Reconciliation found = compared();
    List<GroupItem> singles =
        city.reconciliations()
            .listGroups(found.id(), Optional.of(GroupState.SINGLE), Optional.empty(), 0, 10);
    List<Reconciliations.DecidedFeature> both =
        singles.stream()
            .flatMap(item -> item.members().stream())
            .map(member -> new Reconciliations.DecidedFeature(member.layer(), member.feature()))
            .toList();
    city.reconciliations()
        .decide(
            found.id(),
            List.of(
                new Reconciliations.Verdict(
                    singles.getFirst().number(), both, true, "son el mismo barrio")),
            "alicia");
    assertThat(city.reconciliations().countByState(found)).containsEntry(GroupState.SETTLED, 1L);

    city.squares(
        "planeacion/barrios_plan.geojson",
        "clave",
        "nom_barrio",
        "9|Tepito el Bravo|7|7.01",
        "1|CENTRO|0|0",
        "2|Sn. Juan|1|0",
        "3|Sta. Fé|2.1|0");
    Reconciliation again = city.reconciliations().run(found.id(), Progress.NONE);

    assertThat(city.reconciliations().countByState(again))
        .containsEntry(GroupState.SETTLED, 1L)
        .containsEntry(GroupState.SINGLE, 0L);
  }

  @Test
  void aNewVersionOfASourceIsFollowedAndFeaturesKeepTheirIds() throws Exception {
    Reconciliation published = published();
    Map<Long, String> before = city.values(merged(published), "nombre");
    city.squares(
        "planeacion/barrios_plan.geojson",
        "clave",
        "nom_barrio",
        "5|Doctores|5|5",
        "1|CENTRO|0|0",
        "2|Sn. Juan|1|0",
        "3|Sta. Fé|2.1|0",
        "9|Tepito|7|7");

    assertThat(city.reconciliations().refresh(Progress.NONE))
        .singleElement()
        .satisfies(
            followed -> {
              assertThat(followed.problem()).isNull();
              assertThat(followed.reconciliation().id()).isEqualTo(published.id());
            });

    Map<Long, String> after = city.values(merged(published), "nombre");
    assertThat(after).containsAllEntriesOf(before).hasSize(6).containsValue("Doctores");
    assertThat(after.keySet().stream().max(Long::compare)).contains(6L);
  }

  @Test
  void refreshingWithoutANewVersionMakesNoRevision() {
    published();
    long head = city.store.features().headRevision();

    assertThat(city.reconciliations().refresh(Progress.NONE)).isEmpty();

    assertThat(city.store.features().headRevision()).isEqualTo(head);
  }

  @Test
  void aTableIsJoinedByKeyAndWhatDoesNotJoinIsTold() throws Exception {
    city.file("catastro/padron.csv", "cve,valor\n1,100\n2,\n2,300\n77,400\n");
    Reconciliation join =
        city.reconciliations()
            .create(
                "Barrios con valor",
                ReconciliationKind.JOIN,
                ReconcileCity.members("barrios_obras", "padron"),
                "alicia");

    Reconciliation published = city.reconciliations().publish(join.id(), "alicia", Progress.NONE);

    Map<Long, String> values = city.values(merged(published), "valor");
    assertThat(values).hasSize(4);
    assertThat(values.values()).containsExactlyInAnyOrder("100", "null", "null", "null");
    Map<GroupState, Long> counts = city.reconciliations().countByState(published);
    assertThat(counts).containsEntry(GroupState.MATCHED, 1L).containsEntry(GroupState.DOUBTFUL, 1L);
    assertThat(Objects.requireNonNull(published.found()).singles()).containsExactly(2L, 1L);
  }

  @Test
  void aFeatureThatIsHalfTheCityAndOneThatIsBrokenHinderNobody() throws Exception {
    city.file(
        "otra/barrios_otra.geojson",
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"A1","nombre":"Todo"},"geometry":{"type":"Polygon",
        "coordinates":[[[-99.2,19.3],[-99,19.3],[-99,19.5],[-99.2,19.5],[-99.2,19.3]]]}},
        {"type":"Feature","properties":{"id":"A2","nombre":"San Juan"},"geometry":{"type":"Polygon",
        "coordinates":[[[-99.099,19.4],[-99.0981,19.4009],[-99.0981,19.4],[-99.099,19.4009],
        [-99.099,19.4]]]}},
        {"type":"Feature","properties":{"id":"A3","nombre":"Centro"},"geometry":null}]}
        """);

    Reconciliation found = city.compared("Barrios", "barrios_obras", "barrios_otra");

    assertThat(city.reconciliations().countByState(found)).containsEntry(GroupState.MATCHED, 1L);
    assertThat(Objects.requireNonNull(found.found()).singles()).hasSize(2);
  }

  /** Someone pressed Ctrl-C at once. */
  private static final class Cancelled implements Progress {
    @Override
    public void step(String what, long done, long total) {}

    @Override
    public boolean isCancelled() {
      return true;
    }
  }
}
