package org.tequio.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.storage.StoredLayer;
import org.tequio.testing.SharedData;

/**
 * The boroughs of Mexico City as six offices publish them, its neighbourhoods as three do, and the
 * census tracts that lost their coordinate system. Skipped where the machine does not have them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MexicoCityTest {
  private @Nullable ReconcileCity open;

  @BeforeAll
  void importTheCity(@TempDir Path folder) throws Exception {
    var data = SharedData.find("data/ciudad-de-mexico");
    if (data.isPresent()) {
      open = new ReconcileCity(folder);
      for (String office :
          List.of(
              "limites",
              "medio-ambiente/predios",
              "agua-vulnerabilidad",
              "resiliencia",
              "seguridad-uso",
              "espacio-publico",
              "alcaldia-cuauhtemoc")) {
        open.bring(data.get().resolve(office));
      }
    }
  }

  @AfterAll
  void close() {
    if (open != null) {
      open.close();
    }
  }

  private ReconcileCity city() {
    assumeThat(open).as("the shared folder with the files of Mexico City").isNotNull();
    return Objects.requireNonNull(open);
  }

  /** The layers of a kind, whatever the importer had to call them. */
  private String[] layers(java.util.function.Predicate<StoredLayer> kind) {
    return city().store.features().listLayers().stream()
        .filter(layer -> layer.schema().hasGeometry() && kind.test(layer))
        .filter(layer -> layer.schema().findField("reconciled").isEmpty())
        .map(layer -> layer.id().value())
        .toArray(String[]::new);
  }

  private String[] boroughs() {
    return layers(
        layer ->
            layer.count() == 16
                && layer.schema().fields().stream()
                    .anyMatch(field -> field.name().matches("(?i)nom_mun|nombre|nomgeo")));
  }

  @Test
  void allSixteenBoroughsAreMatchedInAllSixVersionsAndTheirDifferencesListed() {
    Reconciliation found = city().compared("Alcaldías", boroughs());
    List<GroupItem> items =
        city()
            .reconciliations()
            .listGroups(found.id(), Optional.of(GroupState.MATCHED), Optional.empty(), 0, 100);

    assertThat(found.members()).hasSize(6);
    assertThat(items).hasSize(16).allSatisfy(item -> assertThat(item.members()).hasSize(6));
    assertThat(items).allSatisfy(item -> assertThat(item.score()).isGreaterThan(0.99));
    assertThat(items)
        .allSatisfy(
            item -> {
              assertThat(item.members().stream().map(member -> key(member.key())).distinct())
                  .hasSize(1);
              assertThat(item.differences().getFirst().attribute()).isEqualTo("geometry");
            });
    GroupItem cuajimalpa =
        items.stream()
            .filter(item -> "Cuajimalpa de Morelos".equals(item.members().getFirst().name()))
            .findFirst()
            .orElseThrow();
    assertThat(cuajimalpa.differences().getFirst().areaM2()).isBetween(310_000.0, 312_000.0);
    assertThat(cuajimalpa.differences().getFirst().meters()).isBetween(440.0, 441.0);
  }

  /** The last three characters: what all six keys have in common. */
  private static String key(@Nullable String key) {
    String known = Objects.requireNonNull(key);
    return known.substring(known.length() - 3);
  }

  @Test
  void theMergedBoroughsSayOfEachValueWhereItIsFrom() {
    Reconciliation found = city().compared("Alcaldías conciliadas", boroughs());
    city()
        .reconciliations()
        .chooseAuthority(
            found.id(), Map.of("geometry", new LayerId("limites_deleg_df_2013")), "alicia");

    Reconciliation published =
        city().reconciliations().publish(found.id(), "alicia", Progress.NONE);

    LayerId merged = Objects.requireNonNull(published.merged());
    LayerId provenance = Objects.requireNonNull(published.provenance());
    assertThat(city().layer(merged.value()).count()).isEqualTo(16);
    assertThat(city().values(merged, "NOMBRE").values()).contains("Álvaro Obregón", "Tláhuac");
    assertThat(city().values(merged, "POB1").values()).contains("1815786");
    assertThat(city().values(provenance, "geometry_from").values())
        .containsOnly("limites_deleg_df_2013");
    assertThat(city().values(provenance, "POB1_from").values()).containsOnly("alcaldias");
    assertThat(city().values(provenance, "limites_deleg_df_2013_feature")).hasSize(16);
    assertThat(city().layer(Objects.requireNonNull(published.crosswalk()).value()).count())
        .isEqualTo(16);
    assertThat(city().catalogue.catalogue().findLayer(merged).orElseThrow().sources()).hasSize(6);
  }

  @Test
  void neighbourhoodsOfThreeOfficesAreMatchedAndThoseThatWereDividedAreDoubtful() {
    String[] layers =
        layers(
            layer ->
                List.of(33L, 120L, 1813L).contains(layer.count())
                    && layer.id().value().contains("colonias"));

    Reconciliation found = city().compared("Colonias", layers);

    assertThat(found.members()).hasSize(3);
    Map<GroupState, Long> counts = city().reconciliations().countByState(found);
    assertThat(counts).containsEntry(GroupState.MATCHED, 140L);
    List<GroupItem> doubtful =
        city()
            .reconciliations()
            .listGroups(found.id(), Optional.of(GroupState.DOUBTFUL), Optional.empty(), 0, 100);
    assertThat(doubtful).hasSize(13);
    assertThat(doubtful)
        .anySatisfy(
            item ->
                assertThat(item.members().stream().map(GroupItem.Member::name))
                    .contains("ROMA NORTE", "ROMA NORTE I", "ROMA NORTE II", "ROMA NORTE III"));
  }

  @Test
  void attributesAreJoinedToTheTractsThatLostTheirCoordinateSystem() {
    Reconciliation join =
        city()
            .reconciliations()
            .create(
                "AGEB con vulnerabilidad",
                ReconciliationKind.JOIN,
                ReconcileCity.members("layer_megadapt_oct2018", "megadapt_wgs84"),
                "alicia");

    Reconciliation published = city().reconciliations().publish(join.id(), "alicia", Progress.NONE);

    LayerId joined = Objects.requireNonNull(published.merged());
    assertThat(city().layer(joined.value()).count()).isEqualTo(2428);
    assertThat(city().reconciliations().countByState(published))
        .containsEntry(GroupState.MATCHED, 2428L);
    assertThat(city().values(joined, "income_pc").values()).doesNotContain("null");
    assertThat(city().values(joined, "V_SAGUA")).hasSize(2428);
  }
}
