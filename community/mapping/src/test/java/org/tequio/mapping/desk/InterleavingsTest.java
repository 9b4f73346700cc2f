package org.tequio.mapping.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.locationtech.jts.geom.Envelope;
import org.tequio.feature.Crs;
import org.tequio.mapping.area.Ground;
import org.tequio.mapping.area.Polygons;
import org.tequio.mapping.area.TaskShape;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.ProjectPatch;
import org.tequio.mapping.project.ProjectSettings;
import org.tequio.mapping.project.ProjectStatus;
import org.tequio.mapping.tables.EventTable;
import org.tequio.mapping.tables.LeaseTable;
import org.tequio.mapping.tables.MappingTables;
import org.tequio.mapping.tables.TaskEvent;
import org.tequio.mapping.tables.TaskRow;
import org.tequio.mapping.tables.TaskTable;
import org.tequio.mapping.task.TaskAction;
import org.tequio.mapping.task.TaskRefused;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;
import org.tequio.testing.stores.TestStores;

/**
 * Two people at one task at the same time: whatever they do and however it interleaves, the outcome
 * is that of some order in which one did it after the other. {@code -Dtequio.test.rounds} asks for
 * more rounds.
 */
class InterleavingsTest {
  private static final int ROUNDS = Integer.getInteger("tequio.test.rounds", 8);
  private static final int STEPS = 3;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-10T16:00:00Z"), ZoneOffset.UTC);

  @TempDir(factory = Memory.class)
  Path folder;

  /** Thousands of durable steps want no disk, where the machine has something faster. */
  static final class Memory implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
        throws IOException {
      Path memory = Path.of("/dev/shm");
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "tequio")
          : Files.createTempDirectory("tequio");
    }
  }

  /** One thing somebody does; gives what came of it in a word. */
  private record Step(String name, Deed deed) {
    String run(TaskDesk desk, long project, Actor actor) {
      try {
        deed.on(desk, project, actor);
        return "ok";
      } catch (TaskRefused e) {
        return e.refusal().name();
      } catch (NotThere e) {
        return e.code();
      }
    }
  }

  private interface Deed {
    void on(TaskDesk desk, long project, Actor actor);
  }

  private static final List<Step> STEPS_KNOWN =
      List.of(
          new Step(
              "lock", (desk, project, who) -> desk.lockForMapping(who, project, List.of(1), "")),
          new Step("stop", (desk, project, who) -> desk.stopMapping(who, project, 1, "")),
          new Step(
              "mapped",
              (desk, project, who) ->
                  desk.finishMapping(who, project, 1, TaskAction.FINISH_MAPPED, "")),
          new Step(
              "validate",
              (desk, project, who) -> desk.lockForValidation(who, project, List.of(1), "")),
          new Step("valid", (desk, project, who) -> judge(desk, project, who, true)),
          new Step("invalid", (desk, project, who) -> judge(desk, project, who, false)),
          new Step("undo", (desk, project, who) -> desk.undo(who, project, 1)),
          new Step("split", (desk, project, who) -> desk.split(who, project, 1)),
          new Step("reset", (desk, project, who) -> desk.all(who, project, TaskAction.RESET)));

  private static void judge(TaskDesk desk, long project, Actor who, boolean isGood) {
    TaskAction action = isGood ? TaskAction.FINISH_VALIDATED : TaskAction.FINISH_INVALIDATED;
    desk.finishValidation(who, project, List.of(new TaskDesk.Verdict(1, action, "", List.of())));
  }

  /** What became of it: what each step gave, and the tasks, leases and history as they stand. */
  private record Result(List<String> bruno, List<String> vera, List<String> state) {}

  @Test
  void everyOutcomeIsThatOfSomeSerialOrder() throws Exception {
    long seed = Long.getLong("tequio.test.seed", 6);
    Random random = new Random(seed);
    try (CityStore store = store();
        ExecutorService people = Executors.newFixedThreadPool(2)) {
      Database database = store.database();
      MappingTables.migrate(database);
      TaskDesk desk = new TaskDesk(database, CLOCK, project -> {});
      ProjectDesk projects = new ProjectDesk(database, CLOCK);
      for (int round = 0; round < ROUNDS; round++) {
        List<Step> bruno = steps(random);
        List<Step> vera = steps(random);
        Result raced = race(people, desk, database, project(projects), bruno, vera);
        boolean isSerial = false;
        for (int order = 0; order < 1 << 2 * STEPS && !isSerial; order++) {
          if (Integer.bitCount(order) == STEPS) {
            isSerial = serial(desk, database, project(projects), bruno, vera, order).equals(raced);
          }
        }
        assertThat(isSerial)
            .as(
                "seed %s, round %s: %s and %s gave %s",
                seed, round, names(bruno), names(vera), raced)
            .isTrue();
      }
    }
  }

  private CityStore store() throws IOException {
    return TestStores.create(
        folder.resolve("city"), new CitySettings("Villa Tequio", Crs.parse("EPSG:32614")));
  }

  private static List<String> names(List<Step> steps) {
    return steps.stream().map(Step::name).toList();
  }

  private static List<Step> steps(Random random) {
    List<Step> steps = new ArrayList<>();
    // Half of the time something that makes sense, or nothing would ever be mapped.
    if (random.nextBoolean()) {
      steps.add(STEPS_KNOWN.get(0));
    }
    while (steps.size() < STEPS) {
      steps.add(STEPS_KNOWN.get(random.nextInt(STEPS_KNOWN.size())));
    }
    return steps;
  }

  private static long project(ProjectDesk projects) {
    var ground = Polygons.of(Polygons.FACTORY.toGeometry(new Envelope(-99.2, -99.19, 19.3, 19.31)));
    return projects
        .create(
            "alicia",
            ProjectSettings.draft("universidad", "es", "Canales")
                .with(ProjectPatch.of(Map.of("status", ProjectStatus.PUBLISHED))),
            new Ground(ground, List.of(new TaskShape(null, false, ground, Map.of())), false))
        .id();
  }

  // Vera runs projects, so that no action is refused to her for who she is.
  private static final Actor VERA = new Actor("vera", any -> true, any -> true);
  private static final Actor BRUNO = Actor.plain("bruno");

  private static Result race(
      ExecutorService people,
      TaskDesk desk,
      Database database,
      long project,
      List<Step> bruno,
      List<Step> vera)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    Future<List<String>> one = people.submit(running(start, desk, project, BRUNO, bruno));
    Future<List<String>> other = people.submit(running(start, desk, project, VERA, vera));
    Result result = new Result(one.get(), other.get(), state(database, project));
    release(database);
    return result;
  }

  private static Callable<List<String>> running(
      CyclicBarrier start, TaskDesk desk, long project, Actor who, List<Step> steps) {
    return () -> {
      start.await();
      List<String> gave = new ArrayList<>();
      for (Step step : steps) {
        gave.add(step.run(desk, project, who));
      }
      return gave;
    };
  }

  private static Result serial(
      TaskDesk desk,
      Database database,
      long project,
      List<Step> bruno,
      List<Step> vera,
      int order) {
    List<String> brunoGave = new ArrayList<>();
    List<String> veraGave = new ArrayList<>();
    for (int i = 0; i < 2 * STEPS; i++) {
      if ((order >> i & 1) == 0) {
        brunoGave.add(bruno.get(brunoGave.size()).run(desk, project, BRUNO));
      } else {
        veraGave.add(vera.get(veraGave.size()).run(desk, project, VERA));
      }
    }
    Result result = new Result(brunoGave, veraGave, state(database, project));
    release(database);
    return result;
  }

  /** Nobody holds anything when the next round begins. */
  private static void release(Database database) {
    database.write(
        connection -> {
          Sql.run(connection, "DELETE FROM mapping_leased");
          Sql.run(connection, "DELETE FROM mapping_lease");
          return true;
        });
  }

  private static List<String> state(Database database, long project) {
    return database.read(
        connection -> {
          List<String> lines = new ArrayList<>();
          for (TaskRow row : TaskTable.list(connection, project)) {
            lines.add(
                row.id() + " " + row.state() + " " + row.mappedBy() + " " + row.validatedBy());
            requireOneHolder(connection, project, row);
          }
          LeaseTable.byTask(connection, project, CLOCK.millis())
              .forEach((task, lease) -> lines.add(task + " held by " + lease.account()));
          for (TaskEvent event : EventTable.history(connection, project, 1)) {
            lines.add(event.account() + " " + event.kind() + " " + event.text());
          }
          return lines;
        });
  }

  private static void requireOneHolder(Connection connection, long project, TaskRow row)
      throws SQLException {
    Set<String> holders =
        Set.copyOf(
            Sql.list(
                connection,
                one -> one.getString(1),
                "SELECT account FROM mapping_leased WHERE project = ? AND task = ?",
                project,
                row.id()));
    assertThat(holders.size()).isLessThanOrEqualTo(1);
  }
}
