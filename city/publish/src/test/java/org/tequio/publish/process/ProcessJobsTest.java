package org.tequio.publish.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.testing.StandingClock;
import org.tequio.testing.stores.TestStores;

/** Jobs over a real store, with processes that do what the test wants. */
class ProcessJobsTest {
  private static final ProcessOrder ORDER =
      new ProcessOrder(Map.of(), Language.EN, "", ProcessOrder.Answer.RAW);
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private CityStore store;
  private final List<ProcessJobs> opened = new ArrayList<>();
  private final StandingClock clock = new StandingClock("2026-01-02T03:04:05Z");

  @BeforeEach
  void aCity() throws IOException {
    store = TestStores.create(folder.resolve("city"), new CitySettings("Villa", new Crs(32614)));
  }

  @AfterEach
  void close() {
    opened.forEach(ProcessJobs::close);
    store.close();
  }

  @Test
  void whatAProcessRefusesIsNeverAccepted() {
    ProcessJobs jobs =
        jobs(
            new Scripted(
                "picky",
                true,
                (at, progress) -> {
                  throw new IOException("never reached");
                }) {
              @Override
              public Task prepare(ProcessOrder order) {
                throw new ProblemException(Problem.notFound("minas"));
              }
            });

    assertThatThrownBy(() -> start(jobs, "bruno")).isInstanceOf(ProblemException.class);
    assertThat(jobs.listJobs("bruno")).isEmpty();
  }

  @Test
  void oneClientCannotTakeAllPlacesAndAThousandOrdersDoNotHarm() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    ProcessJobs jobs = jobs(waiting(gate));
    int accepted = 0;
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        jobs.start(jobs.processes().getFirst(), ORDER, null, "10.0.0." + i % 30);
        accepted++;
      } catch (ProblemException e) {
        assertThat(e.problem().status()).isEqualTo(429);
        refused++;
      }
    }
    gate.countDown();

    assertThat(accepted).isEqualTo(ProcessJobs.MOST_WAITING);
    assertThat(refused).isEqualTo(1_000 - ProcessJobs.MOST_WAITING);
  }

  @Test
  void theFourthJobOfOnePersonWaitsForTheOthers() {
    CountDownLatch gate = new CountDownLatch(1);
    ProcessJobs jobs = jobs(waiting(gate));
    ProcessJob first = start(jobs, "bruno");
    start(jobs, "bruno");
    ProcessJob third = start(jobs, "bruno");

    assertThatThrownBy(() -> start(jobs, "bruno")).isInstanceOf(ProblemException.class);
    assertThat(start(jobs, "alicia").state()).isEqualTo(ProcessJob.State.ACCEPTED);
    jobs.dismiss(third);
    assertThat(start(jobs, "bruno").state()).isEqualTo(ProcessJob.State.ACCEPTED);
    gate.countDown();
    assertThat(jobs.await(first, SOON).state()).isEqualTo(ProcessJob.State.SUCCESSFUL);
  }

  @Test
  void aJobThatWaitsIsDismissedWithoutEverBeginning() {
    CountDownLatch gate = new CountDownLatch(1);
    ProcessJobs jobs = jobs(waiting(gate));
    start(jobs, "alicia");
    ProcessJob second = start(jobs, "bruno");

    assertThat(jobs.dismiss(second).state()).isEqualTo(ProcessJob.State.DISMISSED);
    gate.countDown();

    assertThat(jobs.findJob(second.id()).orElseThrow().started()).isNull();
    assertThat(jobs.dismiss(second).state()).isEqualTo(ProcessJob.State.DISMISSED);
  }

  @Test
  void dismissingWhatRunsReallyStopsTheWorkAndRemovesWhatItHadMade() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    ProcessJobs jobs =
        jobs(
            new Scripted(
                "endless",
                true,
                (at, progress) -> {
                  Files.writeString(at.resolve("half"), "half");
                  begun.countDown();
                  try {
                    while (true) {
                      progress.step("parcels", 1, 4);
                      progress.check();
                      Thread.onSpinWait();
                    }
                  } finally {
                    stopped.countDown();
                  }
                }));
    ProcessJob job = start(jobs, "bruno");
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(jobs.dismiss(job).state()).isEqualTo(ProcessJob.State.DISMISSED);
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    jobs.close();
    assertThat(folder.resolve("jobs").resolve(job.id())).doesNotExist();
    assertThat(jobs.findJob(job.id()).orElseThrow().state()).isEqualTo(ProcessJob.State.DISMISSED);
  }

  @Test
  void dismissingWhatHasEndedThrowsItsResultAway() {
    ProcessJobs jobs = jobs(writing("map"));
    ProcessJob done = jobs.await(start(jobs, "bruno"), SOON);
    assertThat(jobs.findFile(done).orElseThrow().path()).hasContent("map");

    ProcessJob gone = jobs.dismiss(done);

    assertThat(gone.state()).isEqualTo(ProcessJob.State.DISMISSED);
    assertThat(done.file()).isNotNull();
    assertThat(folder.resolve("jobs").resolve(done.id())).doesNotExist();
  }

  @Test
  void aFaultIsToldWithAKeyAndADiskThatIsFullIsNotAFault() {
    ProcessJobs jobs =
        jobs(
            new Scripted(
                "faulty",
                true,
                (at, progress) -> {
                  throw new IllegalStateException("a bug");
                }),
            new Scripted(
                "full",
                true,
                (at, progress) -> {
                  throw new IOException("No space left on device");
                }));

    ProcessJob fault = jobs.await(start(jobs, "bruno"), SOON);
    ProcessJob full =
        jobs.await(jobs.start(jobs.processes().get(1), ORDER, "bruno", "bruno"), SOON);

    assertThat(fault.state()).isEqualTo(ProcessJob.State.FAILED);
    Problem told = Objects.requireNonNull(fault.problem());
    assertThat(told.detail().en()).contains(fault.id().substring(0, 8));
    assertThat(full.problem()).isEqualTo(JobProblems.NOT_WRITTEN);
  }

  /** A file of this length that takes no room. */
  private static Path sparse(Path file, long bytes) throws IOException {
    try (var channel = new RandomAccessFile(file.toFile(), "rw")) {
      channel.setLength(bytes);
    }
    return file;
  }

  @Test
  void aResultPastItsLimitIsStoppedWhileItGrowsAndNotKeptWhenItEnds() {
    ProcessJobs jobs =
        jobs(
            new Scripted(
                "growing",
                true,
                (at, progress) -> {
                  sparse(at.resolve("map.txt"), RunningJob.MOST_BYTES + 1);
                  while (true) {
                    progress.step("parcels", 1, 4);
                    Thread.onSpinWait();
                  }
                }),
            new Scripted(
                "sudden",
                true,
                (at, progress) ->
                    new ProcessFile(
                        sparse(at.resolve("map.txt"), RunningJob.MOST_BYTES + 1), "text/plain")),
            new Scripted(
                "fitting",
                true,
                (at, progress) ->
                    new ProcessFile(
                        sparse(at.resolve("map.txt"), RunningJob.MOST_BYTES), "text/plain")));

    for (int i = 0; i < 2; i++) {
      ProcessJob large =
          jobs.await(jobs.start(jobs.processes().get(i), ORDER, "bruno", "bruno"), SOON);
      assertThat(large.state()).isEqualTo(ProcessJob.State.FAILED);
      assertThat(large.problem()).isEqualTo(JobProblems.TOO_LARGE);
      assertThat(jobs.findFile(large)).isEmpty();
    }
    ProcessJob fits =
        jobs.await(jobs.start(jobs.processes().get(2), ORDER, "bruno", "bruno"), SOON);
    assertThat(fits.bytes()).isEqualTo(RunningJob.MOST_BYTES);
  }

  @Test
  void whatRanWhenTheServerStoppedIsRunOnceMoreAndWhatWaitedIsDone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ProcessJobs before =
        jobs(
            new Scripted(
                "repeatable",
                true,
                (at, progress) -> {
                  begun.countDown();
                  while (true) {
                    progress.check();
                    Thread.onSpinWait();
                  }
                }));
    ProcessJob ran = start(before, "bruno");
    ProcessJob waited = start(before, "bruno");
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    before.close();

    ProcessJobs after = jobs(new Scripted("repeatable", true, write("again")));
    after.resume();

    assertThat(after.await(ran, SOON).state()).isEqualTo(ProcessJob.State.SUCCESSFUL);
    assertThat(after.await(waited, SOON).state()).isEqualTo(ProcessJob.State.SUCCESSFUL);
    assertThat(after.findJob(ran.id()).orElseThrow().attempts()).isEqualTo(2);
  }

  @Test
  void whatStopsTheServerTwiceIsNotTriedAThirdTimeNorWhatIsNotRepeatable() {
    JobTable table = new JobTable(store.database(), folder.resolve("jobs"));
    Instant now = clock.instant();
    ProcessJob deadly = keptRunning(table, "deadly-job-0000000000a", "repeatable", 2, now);
    ProcessJob once = keptRunning(table, "once-only-job-0000000b", "once", 1, now);
    ProcessJobs jobs =
        jobs(
            new Scripted("repeatable", true, write("again")),
            new Scripted("once", false, write("again")));

    jobs.resume();

    for (ProcessJob job : List.of(deadly, once)) {
      ProcessJob told = jobs.findJob(job.id()).orElseThrow();
      assertThat(told.state()).isEqualTo(ProcessJob.State.FAILED);
      assertThat(told.problem()).isEqualTo(JobProblems.STOPPED);
    }
  }

  @Test
  void resultsAreGoneAfterADayAndStrangeFoldersWithTheStart() throws Exception {
    ProcessJobs jobs = jobs(writing("map"));
    ProcessJob done = jobs.await(start(jobs, "bruno"), SOON);
    Files.createDirectories(folder.resolve("jobs/left-behind"));
    jobs.resume();
    assertThat(folder.resolve("jobs/left-behind")).doesNotExist();
    assertThat(jobs.findJob(done.id())).isPresent();

    clock.advance(ProcessJobs.KEPT.plusSeconds(1));
    jobs.tidy();

    assertThat(jobs.findJob(done.id())).isEmpty();
    assertThat(folder.resolve("jobs").resolve(done.id())).doesNotExist();
  }

  @Test
  void aResultWhoseFileDidNotComeAlongIsForgottenAtTheStart() throws Exception {
    ProcessJobs jobs = jobs(writing("map"));
    ProcessJob done = jobs.await(start(jobs, "bruno"), SOON);
    Files.delete(jobs.findFile(done).orElseThrow().path());

    jobs.resume();

    assertThat(jobs.findJob(done.id())).isEmpty();
  }

  private ProcessJob keptRunning(
      JobTable table, String id, String process, int attempts, Instant now) {
    ProcessJob job =
        new ProcessJob(
            id,
            process,
            "bruno",
            ORDER,
            ProcessJob.State.ACCEPTED,
            0,
            "",
            now,
            null,
            null,
            now,
            0,
            "",
            null,
            0,
            null);
    table.add(job);
    for (int i = 0; i < attempts; i++) {
      job = job.begun("", now);
    }
    table.update(job);
    return job;
  }

  private ProcessJobs jobs(CityProcess... processes) {
    var catalogue = new CatalogueModule(store, CrsRegistry.standard(), clock);
    ProcessJobs jobs =
        new ProcessJobs(
            List.of(processes),
            new PublicLayers(catalogue.catalogue(), store.features()),
            store,
            folder.resolve("jobs"),
            clock);
    opened.add(jobs);
    return jobs;
  }

  private static ProcessJob start(ProcessJobs jobs, String person) {
    return jobs.start(jobs.processes().getFirst(), ORDER, person, person);
  }

  private static Scripted waiting(CountDownLatch gate) {
    return new Scripted(
        "waiting",
        true,
        (at, progress) -> {
          while (gate.getCount() > 0) {
            progress.check();
            Thread.onSpinWait();
          }
          return write("waited").run(at, progress);
        });
  }

  private static Scripted writing(String text) {
    return new Scripted("writing", true, write(text));
  }

  private static CityProcess.Task write(String text) {
    return (at, progress) -> {
      Path file = Files.writeString(at.resolve("map.txt"), text);
      return new ProcessFile(file, "text/plain");
    };
  }

  /** A process that does what it is told. */
  private static class Scripted implements CityProcess {
    private final String id;
    private final boolean repeatable;
    private final Task task;

    Scripted(String id, boolean repeatable, Task task) {
      this.id = id;
      this.repeatable = repeatable;
      this.task = task;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public LocalText title() {
      return LocalText.same(id);
    }

    @Override
    public LocalText description() {
      return LocalText.same(id);
    }

    @Override
    public List<ProcessInput> inputs() {
      return List.of();
    }

    @Override
    public Map<String, Object> outputSchema() {
      return Map.of();
    }

    @Override
    public boolean isRepeatable() {
      return repeatable;
    }

    @Override
    public List<LayerId> layers(ProcessOrder order) {
      return List.of();
    }

    @Override
    public Task prepare(ProcessOrder order) {
      return task;
    }
  }
}
