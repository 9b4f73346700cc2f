package org.tequio.osm.changeset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tequio.osm.changeset.TrialMap.ALICIA;
import static org.tequio.osm.changeset.TrialMap.create;
import static org.tequio.osm.changeset.TrialMap.modify;
import static org.tequio.osm.changeset.TrialMap.node;
import static org.tequio.osm.changeset.TrialMap.way;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Progress;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.Sql;
import org.tequio.testing.KilledProgram;

/**
 * The process is killed while two mappers upload, again and again on the same city: what was
 * acknowledged is there, and no upload is there by half. {@code -Dtequio.kills=200} for more
 * rounds.
 */
class UploadCrashTest {
  private static final int KILLS = Integer.getInteger("tequio.kills", 3);

  /** Elements of one upload: nodes, one way through them, and the first node again. */
  private static final int NODES = 40;

  @TempDir Path folder;

  /** What the victim does: uploads without an end, and says which changesets were acknowledged. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      TrialMap map = TrialMap.open(Path.of(arguments[0]));
      System.out.println("ready");
      for (int i = 0; i < 2; i++) {
        Thread.ofPlatform()
            .start(
                () -> {
                  while (true) {
                    long changeset = map.begin(ALICIA);
                    map.upload(ALICIA, changeset, house());
                    KilledProgram.say(System.out, "uploaded " + changeset);
                  }
                });
      }
    }
  }

  static Change[] house() {
    List<Change> changes = new ArrayList<>();
    long[] refs = new long[NODES];
    for (int i = 0; i < NODES; i++) {
      refs[i] = -i - 1;
      changes.add(create(node(-i - 1, 0, i, i)));
    }
    changes.add(create(way(-1, 0, refs)));
    changes.add(modify(node(-1, 1, 1, 0)));
    return changes.toArray(Change[]::new);
  }

  @Test
  void killedAtAnyMomentEveryChangesetIsWholeOrEmpty() throws Exception {
    Random random = new Random(20261126);
    TrialMap.create(folder).close();
    int acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> said =
          KilledProgram.promisesOf(
              Victim.class, List.of(folder.toString()), 1 + random.nextInt(8), random.nextInt(20));
      acknowledged += said.size();
      try (TrialMap map = TrialMap.open(folder)) {
        for (String line : said) {
          long changeset = Long.parseLong(line.split(" ")[1]);
          assertThat(map.changeset(changeset).changes()).as(line).isEqualTo(NODES + 2);
        }
        assertWhole(map);
        if (kill == KILLS - 1) {
          assertThat(map.store.verify(Progress.NONE)).isEmpty();
        }
      }
    }
    assertThat(acknowledged).isGreaterThanOrEqualTo(KILLS);
    System.err.println(KILLS + " kills, " + acknowledged + " uploads acknowledged, none lost");
  }

  private static void assertWhole(TrialMap map) {
    List<Long> sizes =
        map.store
            .database()
            .read(
                c ->
                    Sql.list(
                        c,
                        row -> row.getLong(1),
                        "SELECT DISTINCT changes FROM osm_changeset ORDER BY changes"));
    assertThat(sizes).isSubsetOf(0L, NODES + 2L);
    long uploads =
        map.store
            .database()
            .read(c -> Sql.number(c, "SELECT COUNT(*) FROM osm_changeset WHERE changes > 0"));
    assertThat(map.count("osm_edit")).isEqualTo(uploads * (NODES + 2));
    assertThat(map.count("osm_element")).isEqualTo(uploads * (NODES + 1));
    assertThat(map.count("osm_past")).isEqualTo(uploads);
    assertThat(map.count("osm_way_node")).isEqualTo(uploads * NODES);
    long last = map.store.database().read(c -> OsmTables.last(c, "node"));
    assertThat(last - OsmTables.FIRST_ELEMENT).as("ids without a gap").isEqualTo(uploads * NODES);
  }
}
