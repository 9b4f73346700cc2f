package org.tequio.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.tequio.procedure.MappedTown.box;
import static org.tequio.procedure.MappedTown.drawn;
import static org.tequio.procedure.MappedTown.point;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Feature;
import org.tequio.procedure.WriteBack.Change;
import org.tequio.procedure.file.CaseFile;
import org.tequio.procedure.file.CaseRefused;
import org.tequio.procedure.file.DecisionDesk;
import org.tequio.procedure.writeback.MapChange;
import org.tequio.storage.AsOf;
import org.tequio.storage.Edit;
import org.tequio.storage.Revision;

/** What decisions do to the map: in the same moment, or not at all. One street, in its order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DecisionOnMapTest {
  private static final WriteBack SPLIT = new WriteBack(Change.SPLIT, "cat.predio");
  private static final WriteBack MERGE = new WriteBack(Change.MERGE, "cat.predio");

  @TempDir static Path folder;
  private static MappedTown town;
  private static String bruno = "";
  private static String alicia = "";

  @BeforeAll
  static void build() throws IOException {
    town = MappedTown.create(folder);
    bruno = town.person("bruno");
    alicia = town.person("alicia", MappedTown.OFFICE);
  }

  @AfterAll
  static void close() {
    town.close();
  }

  private static CaseFile subdivision(String id, Geometry site) {
    return town.taken(id, "pr.subdiv", bruno, alicia, Map.of("place", drawn(site)));
  }

  private static CaseFile grant(CaseFile file, MapChange... changes) {
    DecisionDesk decisions = town.files.desk().decisions();
    return decisions.decide(file.id(), file.version(), alicia, true, "cumple", List.of(changes));
  }

  private static MapChange.Part parcel(String key, Geometry place) {
    return new MapChange.Part(place, Map.of("cuenta_catastral", key));
  }

  private static MapChange change(WriteBack back, MapChange.Part... parts) {
    return new MapChange(
        back, null, List.of(), town.store.features().headRevision(), List.of(parts));
  }

  private static void assertRefused(CaseFile file, String says, MapChange... changes) {
    long head = town.store.features().headRevision();
    assertThatThrownBy(() -> grant(file, changes))
        .isInstanceOf(CaseRefused.class)
        .hasMessageContaining(says);
    assertThat(town.store.features().headRevision()).isEqualTo(head);
    assertThat(town.files.desk().tables().find(file.id())).contains(file);
  }

  @Test
  @Order(1)
  void aSubdivisionThatLeavesLandOverOrTakesTheNeighboursDecidesNothing() {
    CaseFile file = subdivision("wrong", box(0, 0, 20, 30));
    MapChange.Part north = parcel("P-11", box(0, 15, 20, 30));

    assertRefused(file, "do not add up", change(SPLIT, north, parcel("P-12", box(0, 0, 20, 14))));
    assertRefused(file, "beyond", change(SPLIT, north, parcel("P-12", box(0, 0, 21, 15))));
    assertRefused(file, "overlap", change(SPLIT, north, parcel("P-12", box(0, 0, 20, 16))));
    assertRefused(file, "two parts", change(SPLIT, north));
    assertRefused(file, "'P-3' is taken", change(SPLIT, north, parcel("P-3", box(0, 0, 20, 15))));
    assertRefused(
        file, "key of each", change(SPLIT, north, new MapChange.Part(box(0, 0, 20, 15), Map.of())));
    assertRefused(file, "at least two parcels", change(MERGE, parcel("P-9", box(0, 0, 1, 1))));
    assertRefused(file, "does not change", change(new WriteBack(Change.ADD, "amb.arbol")));
    assertThatThrownBy(() -> town.files.desk().decide("wrong", file.version(), alicia, true, "sí"))
        .hasMessageContaining("what becomes of the parcels");
  }

  @Test
  @Order(2)
  void aParcelThatChangedSinceTheOfficerSawItIsAConflictAndNothingIsHalfDone() {
    CaseFile file = subdivision("late", box(0, 0, 20, 29.9));
    MapChange seen =
        change(SPLIT, parcel("P-11", box(0, 0, 20, 15)), parcel("P-12", box(0, 15, 20, 30)));
    Feature parcel = one(town.features("cat.predio", "cuenta_catastral"), "P-1");
    town.store.revise(
        new Revision.Note("gloria", "gis tool", "a corner measured anew"),
        transaction ->
            transaction.edit(
                town.layer("cat.predio").id(),
                List.of(new Edit.Replace(parcel, town.store.features().headRevision()))));

    assertRefused(file, "the map has changed since you saw it", seen);
  }

  @Test
  @Order(3)
  void aSubdivisionMakesParcelsWhoseAreasSumInTheRevisionThatNamesItsFolio() {
    CaseFile file = subdivision("split", box(0, 0, 20, 29.8));
    Map<String, Feature> before = town.features("cat.predio", "cuenta_catastral");
    long head = town.store.features().headRevision();

    CaseFile granted =
        grant(
            file,
            change(SPLIT, parcel("P-11", box(0, 0, 20, 12)), parcel("P-12", box(0, 12, 20, 30))));

    Map<String, Feature> after = town.features("cat.predio", "cuenta_catastral");
    assertThat(granted.state().wireName()).isEqualTo("granted");
    assertThat(after).containsOnlyKeys("P-11", "P-12", "P-2", "P-3");
    assertThat(town.area(one(after, "P-11")) + town.area(one(after, "P-12")))
        .isCloseTo(town.area(one(before, "P-1")), within(2.0));
    assertThat((Double) one(after, "P-11").properties().get("superficie_terreno"))
        .isCloseTo(240, within(1.0));
    Revision revision =
        town.store.features().listRevisions(java.util.Optional.empty(), 1).getFirst();
    assertThat(revision.number()).isEqualTo(head + 1);
    assertThat(revision.note().message())
        .contains(String.valueOf(Objects.requireNonNull(granted.filing()).folio()));
    assertThat(town.features("cat.predio", "cuenta_catastral", new AsOf.AtRevision(head)))
        .containsOnlyKeys("P-1", "P-2", "P-3");
    assertThat(town.files.desk().decisions().successors(layer(), "P-1"))
        .containsExactly("P-11", "P-12");
  }

  private static Feature one(Map<String, Feature> features, String key) {
    return Objects.requireNonNull(features.get(key), key);
  }

  private static String layer() {
    return town.layer("cat.predio").id().value();
  }

  @Test
  @Order(4)
  void aMergerJoinsWhatTouchesAndOldKeysLeadToTheNewest() {
    CaseFile apart = subdivision("apart", box(20, 0, 65, 30));
    MapChange joined = change(MERGE, new MapChange.Part(null, Map.of("cuenta_catastral", "P-4")));
    assertRefused(apart, "do not touch", joined);
    CaseFile file = subdivision("merge", box(0, 0, 40, 30));

    grant(file, change(MERGE, new MapChange.Part(null, Map.of("cuenta_catastral", "P-4"))));

    Map<String, Feature> after = town.features("cat.predio", "cuenta_catastral");
    assertThat(after).containsOnlyKeys("P-3", "P-4");
    assertThat(town.area(one(after, "P-4"))).isCloseTo(1200, within(3.0));
    assertThat(town.files.desk().decisions().successors(layer(), "P-1")).containsExactly("P-4");
    assertThat(town.files.desk().decisions().successors(layer(), "P-3")).isEmpty();
  }

  @Test
  @Order(5)
  void anOfficialNumberEntersTheRegisterOfAddressesWithItsFolio() {
    CaseFile file =
        town.taken("number", "pr.alin", bruno, alicia, Map.of("place", drawn(point(55, 10))));
    MapChange number =
        change(
            new WriteBack(Change.ADD, "ref.domicilio"),
            new MapChange.Part(point(55, 1), Map.of("id_domicilio", "D-3", "num_ext", "5")));

    CaseFile granted = grant(file, number);

    Feature address = one(town.features("ref.domicilio", "id_domicilio"), "D-3");
    assertThat(address.properties().get("num_ext")).isEqualTo("5");
    assertThat(address.properties().get("folio_constancia"))
        .isEqualTo(String.valueOf(Objects.requireNonNull(granted.filing()).folio()));
  }

  @Test
  @Order(6)
  void aPotholeThatIsFilledIsInTheRegisterOfReportsOnceAndWithoutWhatBrunoWrote() {
    CaseFile file =
        town.taken(
            "hole",
            "sr.bache",
            bruno,
            alicia,
            Map.of("place", drawn(point(5, -4)), "description", "frente a mi casa, Bruno"));

    CaseFile done = town.files.desk().decide(file.id(), file.version(), alicia, true, "se tapó");

    Map<String, Feature> reports = town.features("pub.bache", "id_folio");
    String folio = String.valueOf(Objects.requireNonNull(done.filing()).folio());
    assertThat(reports).containsOnlyKeys("R-1", "R-2", folio);
    assertThat(one(reports, folio).properties().toString()).doesNotContain("Bruno");
  }
}
