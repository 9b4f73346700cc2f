package org.tequio.osm.changeset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tequio.osm.changeset.TrialMap.ALICIA;
import static org.tequio.osm.changeset.TrialMap.BRUNO;
import static org.tequio.osm.changeset.TrialMap.create;
import static org.tequio.osm.changeset.TrialMap.delete;
import static org.tequio.osm.changeset.TrialMap.modify;
import static org.tequio.osm.changeset.TrialMap.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;

/**
 * Alicia and Bruno edit the same node at the same moment, each three times in a row. Whatever came
 * of it must be what some order of the six would have made. {@code -Dtequio.interleavings=1000} for
 * more rounds.
 */
class InterleavingTest {
  private static final int ROUNDS = Integer.getInteger("tequio.interleavings", 40);
  private static final int STEPS = 3;

  @TempDir Path folder;

  /** What somebody tried, and what came of it: a version, 0 for deleted, or the status. */
  private record Tried(boolean deletes, int version, String outcome) {}

  /** The node as a model has it. */
  private record State(int version, boolean visible) {
    String outcome(Tried tried) {
      if (tried.deletes && !visible) {
        return "410";
      }
      if (tried.version != version) {
        return "409";
      }
      return tried.deletes ? "0" : Integer.toString(version + 1);
    }

    State after(Tried tried) {
      return outcome(tried).startsWith("4") && outcome(tried).length() == 3
          ? this
          : new State(version + 1, !tried.deletes);
    }
  }

  @Test
  void whateverTwoMappersDoToOneNodeEqualsSomeOrderOfTheirSteps() throws Exception {
    Random random = new Random(20261126);
    Set<String> seen = new HashSet<>();
    try (TrialMap map = TrialMap.create(folder);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      long alicia = map.begin(ALICIA);
      long bruno = map.begin(BRUNO);
      for (int round = 0; round < ROUNDS; round++) {
        if (map.changeset(alicia).changes() > 9000) {
          alicia = map.begin(ALICIA);
          bruno = map.begin(BRUNO);
        }
        long id = map.upload(ALICIA, alicia, create(node(-1, 0, 0, 0))).getFirst().newId();
        CyclicBarrier start = new CyclicBarrier(2);
        long hers = alicia;
        long his = bruno;
        long seed = random.nextLong();
        Future<List<Tried>> one =
            threads.submit(() -> work(map, ALICIA, hers, id, start, new Random(seed)));
        Future<List<Tried>> other =
            threads.submit(() -> work(map, BRUNO, his, id, start, new Random(~seed)));
        List<Tried> first = one.get();
        List<Tried> second = other.get();
        OsmElement end = map.get(Type.NODE, id);
        State left = new State(end.meta().version(), end.meta().visible());
        assertThat(isSerial(new State(1, true), first, 0, second, 0, left, new HashMap<>()))
            .as("round " + round + ": " + first + " and " + second + " left " + left)
            .isTrue();
        assertThat(map.history(Type.NODE, id)).hasSize(end.meta().version());
        first.forEach(step -> seen.add(step.outcome));
        second.forEach(step -> seen.add(step.outcome));
      }
      WholeMap.assertWhole(map);
    }
    assertThat(seen).as("conflicts did happen").contains("409", "2");
    System.err.println(ROUNDS + " interleavings, outcomes seen: " + seen);
  }

  private static List<Tried> work(
      TrialMap map,
      Changesets.Mapper mapper,
      long changeset,
      long id,
      CyclicBarrier start,
      Random random)
      throws Exception {
    List<Tried> tried = new ArrayList<>();
    start.await();
    int version = 1;
    for (int i = 0; i < STEPS; i++) {
      boolean deletes = random.nextInt(4) == 0;
      String outcome;
      try {
        Change change =
            deletes
                ? delete(Type.NODE, id, version)
                : modify(node(id, version, random.nextInt(100), 0));
        outcome = Integer.toString(map.upload(mapper, changeset, change).getFirst().newVersion());
      } catch (OsmRefused refused) {
        outcome = Integer.toString(refused.status());
      }
      tried.add(new Tried(deletes, version, outcome));
      version = map.get(Type.NODE, id).meta().version();
    }
    return tried;
  }

  /** True where some order of what is left of both leads from one state to the other. */
  private static boolean isSerial(
      State state,
      List<Tried> first,
      int a,
      List<Tried> second,
      int b,
      State end,
      Map<String, Boolean> known) {
    if (a == first.size() && b == second.size()) {
      return state.equals(end);
    }
    String key = state + " " + a + " " + b;
    Boolean before = known.get(key);
    if (before != null) {
      return before;
    }
    boolean found =
        a < first.size()
                && state.outcome(first.get(a)).equals(first.get(a).outcome)
                && isSerial(state.after(first.get(a)), first, a + 1, second, b, end, known)
            || b < second.size()
                && state.outcome(second.get(b)).equals(second.get(b).outcome)
                && isSerial(state.after(second.get(b)), first, a, second, b + 1, end, known);
    known.put(key, found);
    return found;
  }
}
