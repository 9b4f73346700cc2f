package org.tequio.http;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;

/**
 * Long work asked for over HTTP: it runs beside the requests, says how far it is, and can be
 * cancelled. What it makes must be durable by itself; a job is forgotten a day after its end and
 * when the server stops. Thread-safe.
 */
public final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final int AT_ONCE = 2;
  private static final int MOST_WAITING = 200;
  private static final Duration REMEMBERED = Duration.ofDays(1);
  private static final Parameter<String> JOB =
      new Parameter<>(
          Parameter.Place.PATH,
          "job",
          "Identifier of a job.",
          new LocalText("un trabajo", "um trabalho", "a job"),
          Parameter.schema("string"),
          text -> text.matches("[A-Za-z0-9_-]{1,40}") ? Optional.of(text) : Optional.empty());

  private final Permissions permissions;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Running> jobs = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().name("job-", 1).daemon().factory());

  /** Begins without any. */
  public Jobs(Permissions permissions, Clock clock) {
    this.permissions = permissions;
    this.clock = clock;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/jobs", "jobs", Action.JOB_OWN, this::list)
            .summary("The long work that one has started, newest first.")
            .answers("application/json", JobList.class),
        Endpoint.get("/api/jobs/{job}", "job", Action.JOB_OWN, this::one)
            .summary("How far a job is.")
            .with(JOB)
            .answers("application/json", JobDocument.class),
        Endpoint.delete("/api/jobs/{job}", "cancelJob", Action.JOB_OWN, this::cancel)
            .summary("Cancels a job; what it had begun is taken back.")
            .with(JOB)
            .answers("application/json", JobDocument.class));
  }

  /** The work of a job. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it, telling how far it is.
     *
     * @return the result, to be written as JSON
     * @throws ProblemException for what the person who asked is told
     * @throws CancellationException when it was cancelled
     */
    Object run(Progress progress) throws Exception;
  }

  /**
   * Begins a job, or queues it where others run.
   *
   * @param account who will be able to follow it
   * @throws ProblemException 503 where too many are waiting
   */
  public Job start(String account, String kind, LocalText title, Work work) {
    forgetOld();
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Running running = new Running(id, account, kind, title, clock.instant(), work);
    jobs.put(id, running);
    try {
      threads.execute(running);
    } catch (RejectedExecutionException e) {
      jobs.remove(id);
      throw new ProblemException(Problem.busy());
    }
    return running.snapshot();
  }

  /** One job as it stands. */
  public Optional<Job> findJob(String id) {
    return Optional.ofNullable(jobs.get(id)).map(Running::snapshot);
  }

  /**
   * The answer to a request that began a job: 202, with the job's {@code id}, the {@code job} as it
   * stands, and further members if any.
   */
  public static Reply accepted(Call call, Job job, Map<String, Object> members) {
    Map<String, Object> document = new LinkedHashMap<>(members);
    document.putIfAbsent("id", job.id());
    document.put("job", document(job, call));
    return Reply.json(document).status(202).with("Location", "/api/jobs/" + job.id());
  }

  private Reply list(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(Action.JOB_OWN, account));
    List<JobDocument> own =
        jobs.values().stream()
            .map(Running::snapshot)
            .filter(job -> job.account().equals(account))
            .sorted((a, b) -> b.started().compareTo(a.started()))
            .map(job -> document(job, call))
            .toList();
    return Reply.json(new JobList(own));
  }

  private Reply one(Call call) {
    return Reply.json(document(mine(call).snapshot(), call));
  }

  private Reply cancel(Call call) {
    Running running = mine(call);
    running.cancel();
    return Reply.json(document(running.snapshot(), call));
  }

  private Running mine(Call call) {
    String account = call.account();
    Running running = jobs.get(call.path(JOB));
    permissions.require(
        call, Permission.ofPerson(Action.JOB_OWN, running == null ? account : running.account));
    if (running == null) {
      throw new ProblemException(Problem.notFound(call.path(JOB)));
    }
    return running;
  }

  record JobList(List<JobDocument> items) {}

  record JobDocument(
      String id,
      String kind,
      String title,
      String state,
      String started,
      String step,
      long done,
      long total,
      @Nullable Object result,
      @Nullable Map<String, Object> problem) {}

  private static JobDocument document(Job job, Call call) {
    Problem problem = job.problem();
    return new JobDocument(
        job.id(),
        job.kind(),
        job.title().in(call.language()),
        job.state().name().toLowerCase(Locale.ROOT),
        job.started().toString(),
        job.step(),
        job.done(),
        job.total(),
        job.result(),
        problem == null ? null : problem.document(call.language()));
  }

  private void forgetOld() {
    Instant before = clock.instant().minus(REMEMBERED);
    jobs.values().removeIf(job -> job.snapshot().state().isFinal() && job.started.isBefore(before));
  }

  @Override
  public void close() {
    jobs.values().forEach(Running::cancel);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("a job did not stop within 30 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A job and the thread's side of it. */
  private static final class Running implements Runnable, Progress {
    private final String id;
    private final String account;
    private final String kind;
    private final LocalText title;
    private final Instant started;
    private final Work work;
    private volatile boolean cancelled;
    private volatile Job.State state = Job.State.QUEUED;
    private volatile Step step = new Step("", 0, 0);
    private volatile @Nullable Object result;
    private volatile @Nullable Problem problem;

    private record Step(String what, long done, long total) {}

    Running(String id, String account, String kind, LocalText title, Instant started, Work work) {
      this.id = id;
      this.account = account;
      this.kind = kind;
      this.title = title;
      this.started = started;
      this.work = work;
    }

    @Override
    public void run() {
      if (cancelled) {
        state = Job.State.CANCELLED;
        return;
      }
      state = Job.State.RUNNING;
      try {
        result = work.run(this);
        state = Job.State.DONE;
      } catch (CancellationException e) {
        state = Job.State.CANCELLED;
      } catch (ProblemException e) {
        fail(e.problem());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        state = Job.State.CANCELLED;
      } catch (Exception | StackOverflowError | OutOfMemoryError e) {
        // The boundary of a thread: whatever it is, the person who waits is told.
        LOG.error("fault {} in a job of kind {}", id.substring(0, 8), kind, e);
        fail(Problem.fault(id.substring(0, 8)));
      }
    }

    private void fail(Problem told) {
      problem = told;
      state = Job.State.FAILED;
    }

    void cancel() {
      cancelled = true;
      if (state == Job.State.QUEUED) {
        state = Job.State.CANCELLED;
      }
    }

    @Override
    public void step(String what, long done, long total) {
      step = new Step(what, done, total);
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    Job snapshot() {
      Step now = step;
      return new Job(
          id, account, kind, title, state, started, now.what, now.done, now.total, result, problem);
    }
  }
}
