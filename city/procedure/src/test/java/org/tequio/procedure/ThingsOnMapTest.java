package org.tequio.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.tequio.procedure.MappedTown.box;
import static org.tequio.procedure.MappedTown.drawn;
import static org.tequio.procedure.MappedTown.point;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Feature;
import org.tequio.procedure.WriteBack.Change;
import org.tequio.procedure.file.CaseFile;
import org.tequio.procedure.file.CaseRefused;
import org.tequio.procedure.writeback.MapChange;
import org.tequio.storage.AsOf;
import org.tequio.storage.Edit;
import org.tequio.storage.Revision;

/** Trees, buildings and shelters that decisions change, end or bring onto the map. */
class ThingsOnMapTest {
  private static final String TREES = "amb.arbol";
  private static final String TREE = "id_arbol";
  private static final WriteBack PRUNED = new WriteBack(Change.UPDATE, TREES);
  private static final WriteBack FELLED = new WriteBack(Change.REMOVE, TREES);
  private static final WriteBack BUILT = new WriteBack(Change.ADD, "cat.construccion");
  private static final WriteBack REBUILT = new WriteBack(Change.UPDATE, "cat.construccion");
  private static final LocalDate TODAY = LocalDate.now(ZoneId.of("America/Mexico_City"));

  @TempDir static Path folder;
  private static MappedTown town;
  private static String bruno = "";
  private static String alicia = "";

  @BeforeAll
  static void build() throws IOException {
    town = MappedTown.create(folder);
    bruno = town.person("bruno");
    alicia = town.person("alicia", MappedTown.OFFICE, "proteccion_civil");
  }

  @AfterAll
  static void close() {
    town.close();
  }

  private static CaseFile treeAt(String id, double east) {
    Object place = drawn(point(east, -2));
    return town.taken(id, "am.poda_vp", bruno, alicia, Map.of("place", place));
  }

  private static CaseFile finished(String id, String works, Geometry footprint) {
    Map<String, Object> said =
        Map.of("place", drawn(footprint), "works_folio", works, "storeys", 3, "height", 9.5);
    return town.taken(id, "ob.terminacion", bruno, alicia, said);
  }

  private static CaseFile grant(CaseFile file, MapChange... changes) {
    return town.files
        .desk()
        .decisions()
        .decide(file.id(), file.version(), alicia, true, "hecho", List.of(changes));
  }

  private static MapChange change(WriteBack back, long basedOn, String... keys) {
    return new MapChange(back, null, List.of(keys), basedOn, List.of());
  }

  private static long head() {
    return town.store.features().headRevision();
  }

  private static void assertNothingDone(CaseFile file, long head) {
    assertThat(head()).isEqualTo(head);
    assertThat(town.files.desk().tables().find(file.id())).contains(file);
  }

  private static void assertRefused(CaseFile file, String kind, String says, MapChange change) {
    long head = head();
    assertThatThrownBy(() -> grant(file, change))
        .isInstanceOfSatisfying(
            CaseRefused.class, refused -> assertThat(refused.kind()).isEqualTo(kind))
        .hasMessageContaining(says);
    assertNothingDone(file, head);
  }

  private static void revise(Edit edit) {
    town.store.revise(
        new Revision.Note("gloria", "gis tool", "seen in the street"),
        transaction -> transaction.edit(town.layer(TREES).id(), List.of(edit)));
  }

  // ---- trees

  @Test
  void aTreeThatSomebodyRemovedMeanwhileIsAConflictAndNothingIsDecided() {
    CaseFile file = treeAt("gone", 60);
    long seen = head();
    revise(new Edit.Delete(town.getFeature(TREES, TREE, "A-4").id(), seen));

    assertRefused(file, "map-changed", "since you saw it", change(FELLED, seen, "A-4"));
    assertRefused(file, "map-changed", "since you saw it", change(PRUNED, seen));
    assertRefused(file, "map-refused", "0 features", change(FELLED, head(), "A-4"));
  }

  @Test
  void aTreeThatSomebodyMeasuredMeanwhileIsNotFelledUnseen() {
    CaseFile file = treeAt("measured", 40);
    long seen = head();
    revise(new Edit.Replace(town.getFeature(TREES, TREE, "A-3"), seen));

    assertRefused(file, "map-changed", "since you saw it", change(FELLED, seen, "A-3"));
  }

  @Test
  void whereNobodySaysWhatWasDoneTheTreeStaysAsItIs() {
    CaseFile file = treeAt("unsaid", 5);
    long head = head();

    CaseFile done = town.files.desk().decide(file.id(), file.version(), alicia, true, "hecho");

    assertThat(done.version()).isGreaterThan(file.version());
    assertThat(head()).isEqualTo(head);
  }

  @Test
  void betweenTwoTreesTheOfficerSaysWhichAndThePickedOneNeedsNoWord() {
    CaseFile between = treeAt("between", 8.5);
    assertRefused(between, "map-refused", "say the key", change(PRUNED, head()));
    CaseFile picked = treeAt("picked", 12);

    grant(picked, change(PRUNED, head()));

    assertThat(pruned("A-2")).isEqualTo(TODAY);
    assertThat(pruned("A-1")).isEqualTo(LocalDate.of(2020, 5, 1));
  }

  private static Object pruned(String key) {
    return Objects.requireNonNull(
        town.getFeature(TREES, TREE, key).properties().get("ult_poda"), key);
  }

  @Test
  void aFelledTreeEndsItsPastStaysAndAnUndoBringsItBack() {
    CaseFile file = treeAt("felled", 5.2);
    long before = head();

    grant(file, change(FELLED, before, "A-1"));

    assertThat(town.features(TREES, TREE)).doesNotContainKey("A-1");
    assertThat(town.features(TREES, TREE, new AsOf.AtRevision(before))).containsKey("A-1");
    assertThat(head()).isEqualTo(before + 1);

    town.store.undo(head(), new Revision.Note("gloria", "undo", "it still stands"));

    assertThat(town.features(TREES, TREE)).containsKey("A-1");
  }

  // ---- buildings

  @Test
  void worksThatAreNotInTheRegisterFinishNothing() {
    CaseFile file = finished("unknown", "O-9", box(22, 5, 32, 15));

    CaseFile done = grant(file, change(BUILT, head()));

    // The building is there, for the officer saw it; of works nobody knows nothing is said.
    assertThat(done.state().wireName()).isEqualTo("granted");
    assertThat(town.features("pub.obra", "folio")).containsOnlyKeys("O-1", "O-2");
  }

  @Test
  void aNewBuildingAndTheEndOfItsWorksAreOneRevision() {
    CaseFile file = finished("new", "O-1", box(24, 18, 36, 28));
    long before = head();

    CaseFile done = grant(file, change(BUILT, before));

    String folio = Objects.requireNonNull(done.filing()).folio();
    Feature building = town.getFeature("cat.construccion", "id_construccion", folio);
    assertThat(town.area(building)).isCloseTo(120, within(1.0));
    assertThat(building.properties()).containsEntry("niveles", 3L).containsEntry("altura_m", 9.5);
    Feature works = town.getFeature("pub.obra", "folio", "O-1");
    assertThat(works.properties()).containsEntry("estatus", "terminada");
    assertThat(works.properties()).containsEntry("fin", TODAY).containsEntry("niveles", 2L);
    assertThat(head()).isEqualTo(before + 1);
  }

  @Test
  void aBuildingThatWasEnlargedTakesTheOutlineThatWasDrawnAndKeepsItsKey() {
    CaseFile file = finished("enlarged", "O-2", box(45.5, 4, 62, 24));
    long before = head();

    grant(file, change(REBUILT, before));

    Feature now = town.getFeature("cat.construccion", "id_construccion", "E-1");
    Map<String, Feature> then =
        town.features("cat.construccion", "id_construccion", new AsOf.AtRevision(before));
    assertThat(town.area(now)).isCloseTo(330, within(1.0));
    assertThat(now.properties()).containsEntry("anio", 1990L).containsEntry("niveles", 3L);
    assertThat(town.area(Objects.requireNonNull(then.get("E-1")))).isCloseTo(210, within(1.0));
  }

  // ---- shelters

  @Test
  void aShelterIsOnTheMapByNameAndOpenToWhoeverLooksForOne() {
    Map<String, Object> said =
        Map.of("place", drawn(point(300, 0)), "capacity", 120, "shelter_name", "Salón ejidal");
    CaseFile file = town.taken("shelter", "pc.evac", bruno, alicia, said);

    CaseFile done = town.files.desk().decide(file.id(), file.version(), alicia, true, "apto");

    String folio = Objects.requireNonNull(done.filing()).folio();
    assertThat(town.getFeature("risk.refugio", "id_refugio", folio).properties())
        .containsEntry("nombre", "Salón ejidal")
        .containsEntry("capacidad", 120L)
        .containsEntry("activo", true);
  }
}
