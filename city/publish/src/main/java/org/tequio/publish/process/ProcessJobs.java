package org.tequio.publish.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.feature.LayerId;
import org.tequio.http.Chore;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.storage.CityStore;

/**
 * The jobs of processes. Accepted is durable: a job that waited when the server stopped is done
 * after the next start, one that ran is run once more where its process is repeatable, and fails
 * with that reason else. One job runs at a time, so that the map stays quick; so many wait. Results
 * are kept for a day, and less long where they take too much room: the oldest go first.
 * Thread-safe.
 */
public final class ProcessJobs implements AutoCloseable {
  /** How long results and states are kept after the end. */
  public static final Duration KEPT = Duration.ofDays(1);

  /** Jobs that wait or run, of everybody. */
  static final int MOST_WAITING = 50;

  /** Jobs that wait or run, of one account or address. */
  static final int MOST_OF_ONE = 3;

  private static final Logger LOG = LoggerFactory.getLogger(ProcessJobs.class);
  private static final long MOST_BYTES = 4L << 30;
  private static final int MOST_KEPT = 5_000;
  private static final int MOST_ATTEMPTS = 2;
  private static final Duration TIDYING = Duration.ofMinutes(10);

  private final List<CityProcess> processes;
  private final JobTable table;
  private final PublicLayers layers;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, RunningJob> live = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          // Jobs of the last run come before the limits of new ones.
          new ArrayBlockingQueue<>(MOST_WAITING * 20),
          Thread.ofPlatform().daemon().name("process-", 0).factory());
  private volatile boolean closing;

  /**
   * Jobs of these processes.
   *
   * @param layers what is public
   * @param folder where results lie
   */
  public ProcessJobs(
      List<CityProcess> processes, PublicLayers layers, CityStore store, Path folder, Clock clock) {
    this.processes = List.copyOf(processes);
    this.layers = layers;
    this.table = new JobTable(store.database(), folder);
    this.clock = clock;
  }

  /** What there is to ask for, in the order in which people should see it. */
  public List<CityProcess> processes() {
    return processes;
  }

  /** The process of an identifier. */
  public Optional<CityProcess> findProcess(String id) {
    return processes.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  /** Goes on where the last run of the server ended. Call it once, when this one serves. */
  public void resume() {
    Set<String> known = new HashSet<>();
    for (ProcessJob job : table.list()) {
      known.add(job.id());
      switch (job.state()) {
        case ACCEPTED -> run(job, "");
        case RUNNING -> runAgain(job);
        case SUCCESSFUL -> {
          ProcessFile file = job.file();
          // Moving a city may leave behind what was kept for a while.
          if (file == null || !Files.isRegularFile(file.path())) {
            forget(job);
          }
        }
        case FAILED, DISMISSED -> {}
      }
    }
    removeStrangers(known);
    tidy();
  }

  private void runAgain(ProcessJob job) {
    boolean repeatable = findProcess(job.process()).filter(CityProcess::isRepeatable).isPresent();
    if (repeatable && job.attempts() < MOST_ATTEMPTS) {
      run(job, "");
    } else {
      clear(table.folderOf(job.id()));
      table.update(job.failed(JobProblems.STOPPED, clock.instant()));
    }
  }

  private void removeStrangers(Set<String> known) {
    if (!Files.isDirectory(table.folder())) {
      return;
    }
    try (Stream<Path> folders = Files.list(table.folder())) {
      folders.filter(one -> !known.contains(one.getFileName().toString())).forEach(this::clear);
    } catch (IOException e) {
      LOG.warn("the folder of results could not be tidied", e);
    }
  }

  /** Lets go of what is too old or too large, again and again. */
  public Chore chore() {
    return new Chore("process-results", TIDYING, this::tidy);
  }

  /**
   * Accepts a job; it is durable when this returns.
   *
   * @param owner the account that asks; null where nobody has signed in
   * @param client who counts for it: the account, else the address of the network
   * @throws ProblemException 429 where too many wait, and what the process refuses
   */
  public ProcessJob start(
      CityProcess process, ProcessOrder order, @Nullable String owner, String client) {
    process.prepare(order);
    Instant now = clock.instant();
    ProcessJob job =
        new ProcessJob(
            id(),
            process.id(),
            owner,
            order,
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
    RunningJob running = new RunningJob(job, client, table.folderOf(job.id()), this::work);
    synchronized (live) {
      List<RunningJob> active = live.values().stream().filter(RunningJob::isActive).toList();
      long own = active.stream().filter(one -> one.client().equals(client)).count();
      if (closing || own >= MOST_OF_ONE || active.size() >= MOST_WAITING) {
        throw new ProblemException(JobProblems.TOO_MANY);
      }
      live.put(job.id(), running);
    }
    try {
      table.add(job);
    } catch (RuntimeException e) {
      live.remove(job.id());
      throw e;
    }
    worker.execute(running);
    return job;
  }

  private String id() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void run(ProcessJob job, String client) {
    RunningJob running = new RunningJob(job, client, table.folderOf(job.id()), this::work);
    live.put(job.id(), running);
    worker.execute(running);
  }

  /** A job as it stands. */
  public Optional<ProcessJob> findJob(String id) {
    RunningJob running = live.get(id);
    return running != null ? Optional.of(running.job()) : table.find(id);
  }

  /**
   * The result of a job that ended well; none where something of its layers was closed since, or
   * said otherwise.
   */
  public Optional<ProcessFile> findFile(ProcessJob job) {
    return Optional.ofNullable(job.file())
        .filter(file -> job.openness().equals(openness(job)) && Files.isRegularFile(file.path()));
  }

  /** What is public of the layers of a job. */
  private String openness(ProcessJob job) {
    Optional<CityProcess> process = findProcess(job.process());
    if (process.isEmpty()) {
      return "";
    }
    StringBuilder all = new StringBuilder();
    for (LayerId id : process.get().layers(job.order())) {
      layers
          .find(id)
          .ifPresent(
              layer -> {
                all.append(id).append(' ').append(layer.record().settingsVersion());
                layer.fields().forEach(field -> all.append(' ').append(field.name()));
                all.append('\n');
              });
    }
    return all.toString();
  }

  /** The jobs of an account, newest first. */
  public List<ProcessJob> listJobs(String owner) {
    return table.list(owner).stream()
        .map(job -> Optional.ofNullable(live.get(job.id())).map(RunningJob::job).orElse(job))
        .toList();
  }

  /**
   * Waits for a job's end.
   *
   * @return the job as it stands then, or when the time is over
   */
  public ProcessJob await(ProcessJob job, Duration patience) {
    RunningJob running = live.get(job.id());
    if (running != null) {
      running.await(patience.toMillis());
      return running.job();
    }
    return table.find(job.id()).orElse(job);
  }

  /** Ends a job, or throws its result away. Doing it again changes nothing. */
  public ProcessJob dismiss(ProcessJob job) {
    RunningJob running = live.get(job.id());
    if (running != null && dismiss(running)) {
      return running.job();
    }
    ProcessJob kept = table.find(job.id()).orElse(job);
    if (kept.state() == ProcessJob.State.DISMISSED) {
      return kept;
    }
    ProcessJob gone = kept.dismissed(clock.instant());
    table.update(gone);
    clear(table.folderOf(job.id()));
    return gone;
  }

  /** False where it had ended already. */
  private boolean dismiss(RunningJob running) {
    synchronized (running) {
      if (!running.isActive()) {
        return running.job().state() == ProcessJob.State.DISMISSED;
      }
      ProcessJob gone = running.job().dismissed(clock.instant());
      table.update(gone);
      running.set(gone);
    }
    running.cancel();
    if (worker.remove(running)) {
      live.remove(running.job().id());
    }
    return true;
  }

  private void work(RunningJob running) {
    Path folder = table.folderOf(running.job().id());
    try {
      if (begin(running)) {
        end(running, made(running, folder));
      }
    } catch (ProblemException e) {
      fail(running, e.problem());
    } catch (CancellationException e) {
      // Dismissed, which is kept already; or the server stops, and the job waits for the next
      // start.
      if (!closing) {
        fail(running, JobProblems.STOPPED);
      }
    } catch (IOException e) {
      LOG.warn("a job of {} could not write its result", running.job().process(), e);
      fail(running, JobProblems.NOT_WRITTEN);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // The boundary of a thread: whatever it is, the person who waits is told.
      String key = running.job().id().substring(0, 8);
      LOG.error("fault {} in a job of {}", key, running.job().process(), e);
      fail(running, Problem.fault(key));
    } finally {
      ProcessJob last = running.job();
      if (last.state() != ProcessJob.State.SUCCESSFUL) {
        clear(folder);
      }
      live.remove(last.id());
    }
    if (!closing) {
      tidy();
    }
  }

  private boolean begin(RunningJob running) {
    synchronized (running) {
      if (closing || !running.isActive()) {
        return false;
      }
      ProcessJob begun = running.job().begun(openness(running.job()), clock.instant());
      table.update(begun);
      running.set(begun);
      return true;
    }
  }

  private ProcessFile made(RunningJob running, Path folder) throws IOException {
    ProcessJob job = running.job();
    clear(folder);
    Files.createDirectories(folder);
    CityProcess process =
        findProcess(job.process())
            .orElseThrow(() -> new ProblemException(JobProblems.noSuchProcess(job.process())));
    return process.prepare(job.order()).run(folder, running);
  }

  private void end(RunningJob running, ProcessFile file) throws IOException {
    long size = Files.size(file.path());
    if (size > RunningJob.MOST_BYTES) {
      throw new ProblemException(JobProblems.TOO_LARGE);
    }
    synchronized (running) {
      if (running.isActive()) {
        ProcessJob done = running.job().done(file, size, clock.instant());
        table.update(done);
        running.set(done);
      }
    }
  }

  private void fail(RunningJob running, Problem why) {
    synchronized (running) {
      if (running.isActive()) {
        ProcessJob failed = running.job().failed(why, clock.instant());
        try {
          table.update(failed);
        } finally {
          running.set(failed);
        }
      }
    }
  }

  /** Lets go of what ended long ago, and of the oldest results where all are too many. */
  void tidy() {
    Instant before = clock.instant().minus(KEPT);
    List<ProcessJob> ended =
        new ArrayList<>(table.list().stream().filter(job -> job.state().isFinal()).toList());
    ended.sort(Comparator.comparing(ProcessJob::updated));
    long bytes = ended.stream().mapToLong(ProcessJob::bytes).sum();
    int left = ended.size();
    for (ProcessJob job : ended) {
      if (job.updated().isBefore(before) || bytes > MOST_BYTES || left > MOST_KEPT) {
        forget(job);
        bytes -= job.bytes();
        left--;
      }
    }
  }

  /** Lets go of every job that has ended: something in its results is to be nowhere any more. */
  public void forgetEnded() {
    table.list().stream().filter(job -> job.state().isFinal()).toList().forEach(this::forget);
  }

  private void forget(ProcessJob job) {
    table.remove(job.id());
    clear(table.folderOf(job.id()));
  }

  private void clear(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("a result could not be removed: {}", folder.getFileName(), e);
    }
  }

  /** Stops what runs; it goes on after the next start. */
  @Override
  public void close() {
    closing = true;
    live.values().forEach(RunningJob::cancel);
    worker.shutdownNow();
    try {
      if (!worker.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("a job did not stop within 30 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
