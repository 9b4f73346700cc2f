package org.tequio.osm.changeset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tequio.osm.changeset.TrialMap.ALICIA;
import static org.tequio.osm.changeset.TrialMap.BRUNO;
import static org.tequio.osm.changeset.TrialMap.create;
import static org.tequio.osm.changeset.TrialMap.delete;
import static org.tequio.osm.changeset.TrialMap.deleteIfUnused;
import static org.tequio.osm.changeset.TrialMap.modify;
import static org.tequio.osm.changeset.TrialMap.node;
import static org.tequio.osm.changeset.TrialMap.relation;
import static org.tequio.osm.changeset.TrialMap.way;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.Box;
import org.tequio.osm.Changeset;
import org.tequio.osm.OsmConfig;
import org.tequio.osm.element.Cells;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.Sql;

class ChangesetsTest {
  private static final long FIRST = OsmTables.FIRST_ELEMENT + 1;

  @TempDir Path folder;
  private TrialMap map;

  @BeforeEach
  void begin() {
    map = TrialMap.create(folder);
  }

  @AfterEach
  void end() {
    map.close();
  }

  private void assertRefused(int status, String text, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            OsmRefused.class, refused -> assertThat(refused.status()).isEqualTo(status))
        .hasMessage(text);
  }

  /** Two nodes and the street between them. */
  private void drawStreet() {
    map.draw(
        ALICIA, create(node(-1, 0, 0, 0)), create(node(-2, 0, 1, 1)), create(way(-1, 0, -1, -2)));
  }

  // ---- what is refused

  @Test
  void whoDoesNotKnowThePresentVersionIsToldBoth() {
    drawStreet();
    map.draw(ALICIA, modify(node(FIRST, 1, 0.1, 0)));
    assertRefused(
        409,
        "Version mismatch: Provided 1, server had: 2 of Node " + FIRST,
        () -> map.draw(BRUNO, modify(node(FIRST, 1, 5, 5))));
  }

  @Test
  void whatIsUsedStays() {
    drawStreet();
    assertRefused(
        412,
        "Precondition failed: Node " + FIRST + " is still used by ways " + FIRST + ".",
        () -> map.draw(BRUNO, delete(Type.NODE, FIRST, 1)));
    map.draw(
        ALICIA,
        create(relation(-1, 0, new long[] {FIRST}, new Type[] {Type.WAY}, "type", "route")));
    assertRefused(
        412,
        "Precondition failed: Way " + FIRST + " is still used by relations " + FIRST + ".",
        () -> map.draw(BRUNO, delete(Type.WAY, FIRST, 1)));
  }

  @Test
  void whatIsDeletedCannotBeDeletedAgainButComesBackWithTheRightVersion() {
    map.draw(ALICIA, create(node(-1, 0, 0, 0, "amenity", "bench")));
    map.draw(ALICIA, delete(Type.NODE, FIRST, 1));
    assertRefused(
        410,
        "The node with the id " + FIRST + " has already been deleted",
        () -> map.draw(BRUNO, delete(Type.NODE, FIRST, 2)));
    map.draw(BRUNO, modify(node(FIRST, 2, 0, 0, "amenity", "bench")));
    assertThat(map.history(Type.NODE, FIRST))
        .extracting(one -> one.meta().version() + " " + one.meta().visible())
        .containsExactly("1 true", "2 false", "3 true");
  }

  @Test
  void aWayNeedsItsNodesAndARelationItsMembers() {
    drawStreet();
    map.draw(ALICIA, create(node(-1, 0, 2, 2)));
    long gone = FIRST + 2;
    map.draw(ALICIA, delete(Type.NODE, gone, 1));
    assertRefused(
        412,
        "Precondition failed: Way -1 requires the nodes with id in (7,"
            + gone
            + "), which either do not exist, or are not visible.",
        () -> map.draw(BRUNO, create(way(-1, 0, FIRST, 7, gone, 7))));
    assertRefused(
        412,
        "Precondition failed: Relation with id -1 cannot be saved due to Way with id 5",
        () -> map.draw(BRUNO, create(relation(-1, 0, new long[] {5}, new Type[] {Type.WAY}))));
  }

  @Test
  void placeholdersMustBeNegativeUniqueAndKnown() {
    assertRefused(
        400,
        "Placeholder IDs must be negative for created elements.",
        () -> map.draw(BRUNO, create(node(1, 0, 0, 0))));
    assertRefused(
        400,
        "Placeholder IDs must be unique for created elements.",
        () -> map.draw(BRUNO, create(node(-1, 0, 0, 0)), create(node(-1, 0, 1, 0))));
    assertRefused(
        400,
        "Placeholder node not found for reference -2 in way -1",
        () -> map.draw(BRUNO, create(node(-1, 0, 0, 0)), create(way(-1, 0, -1, -2))));
    assertRefused(
        400,
        "Placeholder Relation not found for reference -2 in relation -1.",
        () ->
            map.draw(
                BRUNO,
                create(relation(-1, 0, new long[] {-2}, new Type[] {Type.RELATION})),
                create(relation(-2, 0, new long[] {-1}, new Type[] {Type.RELATION}))));
  }

  @Test
  void aRefusedUploadLeavesNothingBehind() {
    long changeset = map.begin(BRUNO);
    assertThatThrownBy(
            () ->
                map.upload(
                    BRUNO,
                    changeset,
                    create(node(-1, 0, 0, 0)),
                    create(node(-2, 0, 1, 0)),
                    create(way(-1, 0, -1, -2)),
                    modify(node(77, 1, 0, 0))))
        .hasMessage("The node with the id 77 was not found");
    for (String table :
        new String[] {"osm_element", "osm_past", "osm_way_node", "osm_way_cell", "osm_edit"}) {
      assertThat(map.count(table)).as(table).isZero();
    }
    assertThat(map.changeset(changeset).changes()).isZero();
    assertThat(map.told).isEmpty();
    map.draw(ALICIA, create(node(-1, 0, 0, 0)));
    assertThat(map.get(Type.NODE, FIRST).meta().version()).as("no number was lost").isEqualTo(1);
  }

  @Test
  void aChangesetIsItsOwnersAndMustBeOpen() {
    long changeset = map.begin(ALICIA);
    assertRefused(
        409,
        "The user doesn't own that changeset",
        () -> map.upload(BRUNO, changeset, create(node(-1, 0, 0, 0))));
    assertRefused(
        404,
        "The changeset with the id 5 was not found",
        () -> map.upload(BRUNO, 5, create(node(-1, 0, 0, 0))));
    map.changesets.close(ALICIA, changeset);
    assertRefused(
        409,
        "The changeset " + changeset + " was closed at 2026-03-10 16:00:00 UTC",
        () -> map.upload(ALICIA, changeset, create(node(-1, 0, 0, 0))));
    assertRefused(
        409,
        "The changeset " + changeset + " was closed at 2026-03-10 16:00:00 UTC",
        () -> map.changesets.close(ALICIA, changeset));
  }

  @Test
  void anElementMustNameTheChangesetOfTheUpload() {
    long mine = map.begin(ALICIA);
    long other = map.begin(ALICIA);
    Change change =
        new Change(
            Change.Verb.CREATE,
            false,
            OsmElement.node(-1, new OsmElement.Meta(0, 0, other, 0, "", true), 0, 0));
    assertRefused(
        409,
        "Changeset mismatch: Provided " + other + " but only " + mine + " is allowed",
        () -> map.changesets.upload(ALICIA, mine, List.of(change)));
  }

  @Test
  void aChangesetClosesAfterAnHourOfSilenceAndAfterADayInAnyCase() {
    long changeset = map.begin(ALICIA);
    map.clock.advance(Duration.ofMinutes(59));
    map.upload(ALICIA, changeset, create(node(-1, 0, 0, 0)));
    map.clock.advance(Duration.ofMinutes(61));
    assertRefused(
        409,
        "The changeset " + changeset + " was closed at 2026-03-10 17:59:00 UTC",
        () -> map.upload(ALICIA, changeset, create(node(-1, 0, 0, 0))));
    long slow = map.begin(ALICIA);
    for (int i = 0; i < 30; i++) {
      map.clock.advance(Duration.ofMinutes(50));
      if (!map.changeset(slow).isOpen(map.clock.instant())) {
        break;
      }
      map.upload(ALICIA, slow, create(node(-1, 0, 0, 0)));
    }
    Changeset closed = map.changeset(slow);
    assertThat(Duration.between(closed.created(), closed.closes())).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void aNodeDraggedAcrossTheWorldIsRefused() {
    drawStreet();
    assertRefused(
        413,
        "Changeset bounding box size limit exceeded.",
        () -> map.draw(BRUNO, modify(node(FIRST, 1, 90_000, 0))));
  }

  @Test
  void whoEditsTooMuchInAnHourIsToldToWait(@TempDir Path other) {
    try (TrialMap strict = TrialMap.create(other, new OsmConfig(2, 50_000_000, 1, 1))) {
      strict.draw(BRUNO, create(node(-1, 0, 0, 0)), create(node(-2, 0, 0, 0)));
      assertRefused(
          429,
          "Upload has been blocked due to rate limiting. Please try again later.",
          () -> strict.draw(BRUNO, create(node(-1, 0, 0, 0))));
      strict.draw(ALICIA, create(node(-1, 0, 0, 0)));
      strict.clock.advance(Duration.ofMinutes(61));
      strict.draw(BRUNO, create(node(-1, 0, 0, 0)));
    }
  }

  // ---- what is done

  @Test
  void placeholdersBecomeIdsAndEachChangeIsAnswered() {
    var results =
        map.draw(
            ALICIA,
            create(node(-1, 0, 0, 0)),
            create(node(-2, 0, 1, 1)),
            create(way(-1, 0, -1, -2)),
            modify(node(-1, 1, 0.5, 0)),
            create(node(-3, 0, 2, 2)),
            delete(Type.NODE, -3, 1));
    assertThat(results)
        .containsExactly(
            new Change.Result(Type.NODE, -1, FIRST, 1),
            new Change.Result(Type.NODE, -2, FIRST + 1, 1),
            new Change.Result(Type.WAY, -1, FIRST, 1),
            new Change.Result(Type.NODE, -1, FIRST, 2),
            new Change.Result(Type.NODE, -3, FIRST + 2, 1),
            new Change.Result(Type.NODE, -3, 0, 0));
    assertThat(map.get(Type.WAY, FIRST).refs()).containsExactly(FIRST, FIRST + 1);
    assertThat(map.history(Type.NODE, FIRST)).hasSize(2);
    assertThat(map.get(Type.NODE, FIRST).meta().user()).isEqualTo("Alicia");
    assertThat(map.get(Type.NODE, FIRST + 2).meta().visible()).isFalse();
    assertThat(map.told.getFirst().elements()).hasSize(6);
  }

  @Test
  void aBlockIfUnusedKeepsWhatIsUsedAndSaysWhatItIs() {
    drawStreet();
    var results =
        map.draw(
            BRUNO,
            deleteIfUnused(Type.NODE, FIRST, 1),
            deleteIfUnused(Type.WAY, FIRST, 1),
            deleteIfUnused(Type.NODE, FIRST, 1));
    assertThat(results)
        .containsExactly(
            new Change.Result(Type.NODE, FIRST, FIRST, 1),
            new Change.Result(Type.WAY, FIRST, 0, 0),
            new Change.Result(Type.NODE, FIRST, 0, 0));
    assertThat(map.get(Type.NODE, FIRST).meta().visible()).isFalse();
    assertThat(map.count("osm_way_node")).isZero();
    assertThat(map.count("osm_way_cell")).isZero();
  }

  @Test
  void theBoxCoversWhatWasThereBeforeAndWhatIsThereNow() {
    drawStreet();
    long changeset = map.begin(BRUNO);
    map.upload(BRUNO, changeset, modify(node(FIRST, 1, -3, 0)));
    assertThat(map.changeset(changeset).box())
        .isEqualTo(new Box(TrialMap.LON - 30_000, TrialMap.LAT, TrialMap.LON, TrialMap.LAT));
    map.upload(BRUNO, changeset, modify(way(FIRST, 1, FIRST + 1, FIRST)));
    assertThat(map.changeset(changeset).box())
        .isEqualTo(
            new Box(
                TrialMap.LON - 30_000, TrialMap.LAT, TrialMap.LON + 10_000, TrialMap.LAT + 10_000));
    assertThat(map.changeset(changeset).changes()).isEqualTo(2);
  }

  @Test
  void aRelationTouchesTheMembersThatCameOrWentAndAllWhenItsTagsChange() {
    drawStreet();
    map.draw(ALICIA, create(node(-1, 0, 5, 5)));
    long far = FIRST + 2;
    Type[] both = {Type.WAY, Type.NODE};
    map.draw(
        ALICIA, create(relation(-1, 0, new long[] {FIRST}, new Type[] {Type.WAY}, "type", "site")));
    long changeset = map.begin(BRUNO);
    map.upload(
        BRUNO,
        changeset,
        modify(relation(FIRST, 1, new long[] {FIRST, far}, both, "type", "site")));
    Box one = Box.of(TrialMap.LON + 50_000, TrialMap.LAT + 50_000);
    assertThat(map.changeset(changeset).box()).isEqualTo(one);
    map.upload(
        BRUNO,
        changeset,
        modify(relation(FIRST, 2, new long[] {FIRST, far}, both, "type", "route")));
    assertThat(map.changeset(changeset).box())
        .isEqualTo(
            new Box(TrialMap.LON, TrialMap.LAT, TrialMap.LON + 50_000, TrialMap.LAT + 50_000));
  }

  @Test
  void whoUsesWhomAndWhereWaysLieFollowsEveryChange() {
    drawStreet();
    map.draw(ALICIA, create(node(-1, 0, 40, 40)));
    map.draw(
        ALICIA,
        modify(node(FIRST + 1, 1, 80, 80)),
        modify(way(FIRST, 1, FIRST, FIRST + 1, FIRST + 2)));
    map.draw(BRUNO, modify(node(FIRST, 1, -80, 0)));
    Set<Long> cells =
        Set.of(
            cell(map.get(Type.NODE, FIRST)),
            cell(map.get(Type.NODE, FIRST + 1)),
            cell(map.get(Type.NODE, FIRST + 2)));
    assertThat(cells).hasSize(3);
    List<Long> placed =
        map.store
            .database()
            .read(c -> Sql.list(c, row -> row.getLong(1), "SELECT cell FROM osm_way_cell"));
    assertThat(placed).containsExactlyInAnyOrderElementsOf(cells);
    Map<Long, Set<Long>> ways =
        map.store.database().read(c -> Elements.waysOf(c, List.of(FIRST, FIRST + 1, FIRST + 2)));
    assertThat(ways)
        .hasSize(3)
        .allSatisfy((node, users) -> assertThat(users).containsExactly(FIRST));
  }

  private static long cell(OsmElement node) {
    return Cells.of(node.x(), node.y());
  }

  @Test
  void whatIsSaidOfAChangesetCanBeMendedWhileItIsOpen() {
    long changeset = map.begin(ALICIA);
    map.changesets.update(
        ALICIA, changeset, Map.of("comment", "Calle Molino: 12", "source", "ñ:3"));
    assertThat(map.changeset(changeset).tags())
        .containsExactlyInAnyOrderEntriesOf(Map.of("comment", "Calle Molino: 12", "source", "ñ:3"));
  }

  @Test
  void tenThousandElementsAreOneUploadAndOneMoreIsTooMany() {
    Change[] changes = new Change[10_000];
    for (int i = 0; i < changes.length; i++) {
      changes[i] =
          i % 10 == 9
              ? create(way(-i - 1, 0, -i, -i + 1, -i + 2))
              : create(node(-i - 1, 0, i % 100, i / 100.0, "name", "Árbol " + i));
    }
    long changeset = map.begin(ALICIA);
    long begun = System.nanoTime();
    map.upload(ALICIA, changeset, changes);
    System.err.println("10,000 elements: " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    assertThat(map.count("osm_element")).isEqualTo(10_000);
    assertRefused(
        409,
        "The changeset " + changeset + " was closed at 2026-03-10 16:00:00 UTC",
        () -> map.upload(ALICIA, changeset, create(node(-1, 0, 0, 0))));
  }

  @Test
  void anElementReadsBackAsItWasWritten() {
    map.draw(ALICIA, create(node(-1, 0, -0.0001, 0.0001, "name", "Ñandú 🐦", "note", "")));
    map.draw(
        ALICIA,
        create(
            OsmElement.relation(
                -1,
                OsmElement.Meta.UNKNOWN,
                new long[] {FIRST, FIRST},
                new Type[] {Type.NODE, Type.NODE},
                new String[] {"stop", ""},
                "type",
                "route")));
    OsmElement node = map.get(Type.NODE, FIRST);
    assertThat(node.tags()).containsExactly("name", "Ñandú 🐦", "note", "");
    assertThat(node.x()).isEqualTo(TrialMap.LON - 1);
    OsmElement relation = map.get(Type.RELATION, FIRST);
    assertThat(relation.roles()).containsExactly("stop", "");
    assertThat(relation.types()).containsExactly(Type.NODE, Type.NODE);
    assertThat(ElementKey.id(ElementKey.of(relation))).isEqualTo(FIRST);
  }
}
