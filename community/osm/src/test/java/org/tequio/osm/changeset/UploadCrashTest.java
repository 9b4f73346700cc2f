package org.tequio.osm.changeset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tequio.osm.changeset.TrialMap.ALICIA;
import static org.tequio.osm.changeset.TrialMap.create;
import static org.tequio.osm.changeset.TrialMap.delete;
import static org.tequio.osm.changeset.TrialMap.modify;
import static org.tequio.osm.changeset.TrialMap.node;
import static org.tequio.osm.changeset.TrialMap.way;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Findings;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.formats.osm.OsmSource;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.replication.Replication;
import org.tequio.storage.Sql;
import org.tequio.testing.KilledProgram;
import org.tequio.testing.stores.TestStores;

/**
 * The process is killed while two mappers upload and what they uploaded is told to those who follow
 * the map, again and again on the same city: what was acknowledged is there, no upload is there by
 * half, all tables say the same, and the files tell every version once. {@code -Dtequio.kills=200}
 * for more rounds.
 */
class UploadCrashTest {
  private static final int KILLS = Integer.getInteger("tequio.kills", 3);

  /** Elements of a house: nodes, one way through them, and the first node again. */
  private static final int NODES = 40;

  private static final int DRAWN = NODES + 2;
  private static final int MENDED = 3;

  @TempDir Path folder;

  /** What the victim does without an end, saying which changesets were acknowledged. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      TrialMap map = TrialMap.open(folder, arguments[1]);
      Replication series = series(map, folder);
      System.out.println("ready");
      for (int i = 0; i < 2; i++) {
        forever(
            () -> {
              long drawn = map.begin(ALICIA);
              List<Change.Result> house = map.upload(ALICIA, drawn, house());
              KilledProgram.say(System.out, "uploaded " + drawn + " " + DRAWN);
              long mended = map.begin(ALICIA);
              map.upload(ALICIA, mended, mending(house));
              KilledProgram.say(System.out, "uploaded " + mended + " " + MENDED);
            });
      }
      forever(() -> publish(series));
    }

    private static void forever(Runnable step) {
      Thread.ofPlatform()
          .start(
              () -> {
                while (true) {
                  step.run();
                }
              });
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

  /** The first corner moves far away, the last one is taken out of the way and deleted. */
  static Change[] mending(List<Change.Result> house) {
    long[] nodes = house.stream().limit(NODES).mapToLong(Change.Result::newId).toArray();
    return new Change[] {
      modify(node(nodes[0], 2, 100, 100)),
      modify(way(house.get(NODES).newId(), 1, Arrays.copyOf(nodes, NODES - 1))),
      delete(Type.NODE, nodes[NODES - 1], 1)
    };
  }

  private static Replication series(TrialMap map, Path folder) {
    return new Replication(map.store.database(), folder.resolve("replication"), Clock.systemUTC());
  }

  private static long publish(Replication series) {
    try {
      return series.publish().sequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void killedAtAnyMomentEveryChangesetIsWholeOrEmptyAndToldOnce() throws Exception {
    Random random = new Random(20261126);
    TrialMap.create(folder).close();
    String address = TestStores.address(folder);
    int acknowledged = 0;
    long sequence = 0;
    List<String> told = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> said =
          KilledProgram.promisesOf(
              Victim.class,
              List.of(folder.toString(), address),
              1 + random.nextInt(8),
              random.nextInt(20));
      acknowledged += said.size();
      try (TrialMap map = TrialMap.open(folder, address)) {
        for (String line : said) {
          String[] words = line.split(" ");
          assertThat(map.changeset(Long.parseLong(words[1])).changes())
              .as(line)
              .isEqualTo(Integer.parseInt(words[2]));
        }
        assertThat(sizes(map)).isSubsetOf(0L, (long) DRAWN, (long) MENDED);
        WholeMap.assertWhole(map);
        Replication series = series(map, folder);
        for (long last = publish(series); sequence < last; ) {
          addVersions(series.changeFile(++sequence), told);
        }
        assertThat(told).isEqualTo(WholeMap.edits(map));
        if (kill == KILLS - 1) {
          assertThat(map.store.verify(Progress.NONE)).isEmpty();
        }
      }
    }
    assertThat(acknowledged).isGreaterThanOrEqualTo(KILLS);
    System.err.println(
        KILLS
            + " kills, "
            + acknowledged
            + " uploads acknowledged, none lost; "
            + told.size()
            + " versions told in "
            + sequence
            + " files");
  }

  private static List<Long> sizes(TrialMap map) {
    return map.store
        .database()
        .read(
            c -> Sql.list(c, row -> row.getLong(1), "SELECT DISTINCT changes FROM osm_changeset"));
  }

  private static void addVersions(Path change, List<String> told)
      throws IOException, FormatException {
    OsmSource.of(change, ReadContext.collecting(new Findings()))
        .forEach(one -> told.add(ElementKey.of(one) + " v" + one.meta().version()));
  }
}
