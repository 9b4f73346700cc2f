package org.tequio.harvest.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.harvest.Delivery;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.HarvestRun;
import org.tequio.harvest.HarvestRun.Outcome;
import org.tequio.harvest.Source;
import org.tequio.harvest.client.Clients;
import org.tequio.harvest.client.Pulled;
import org.tequio.harvest.client.SourceClient;
import org.tequio.harvest.fetch.Fetched.Validator;
import org.tequio.harvest.fetch.Fetcher;
import org.tequio.harvest.fetch.Haul;
import org.tequio.harvest.fetch.HostTurns;
import org.tequio.harvest.fetch.Manners;
import org.tequio.harvest.fetch.RunLog;
import org.tequio.harvest.tables.HarvestTables;
import org.tequio.harvest.tables.SourceRow;
import org.tequio.http.Egress;
import org.tequio.storage.AuditLog;

/**
 * Pulls sources: on demand, and those that fall due by itself. A pull ends in a version handed
 * over, in nothing new, or in a reason; whatever happens before leaves what is published as it is.
 * Thread-safe; one source is never pulled twice at once.
 */
public final class Harvester implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Harvester.class);
  private static final int AT_ONCE = 2;

  /** One night without an answer is nobody\'s concern. */
  private static final int FAILURES_TOLD = 3;

  private final HarvestTables tables;
  private final List<SourceClient> clients;
  private final Egress egress;
  private final Manners manners;
  private final Delivery delivery;
  private final BiConsumer<Source, LocalText> failing;
  private final Path folder;
  private final AuditLog audit;
  private final Clock clock;
  private final RandomGenerator random;
  private final HostTurns turns = new HostTurns();
  private final Set<LayerId> running = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_ONCE, Thread.ofPlatform().name("harvest-", 1).daemon().factory());
  private volatile boolean closing;

  /**
   * Takes up where the last process left off: a pull that it did not end counts as failed and is
   * due at once.
   *
   * @param failing is told of a source that failed {@value #FAILURES_TOLD} times in a row, and why
   * @param folder where pages are kept
   */
  public Harvester(
      HarvestTables tables,
      List<SourceClient> clients,
      Egress egress,
      Manners manners,
      Delivery delivery,
      BiConsumer<Source, LocalText> failing,
      Path folder,
      AuditLog audit,
      Clock clock,
      RandomGenerator random) {
    this.tables = tables;
    this.clients = clients;
    this.egress = egress;
    this.manners = manners;
    this.delivery = delivery;
    this.failing = failing;
    this.folder = folder;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
    recover();
  }

  private void recover() {
    for (SourceRow row : tables.listSources()) {
      Optional<HarvestRun> last = tables.listRuns(row.source().id()).stream().findFirst();
      if (last.isPresent() && last.get().ended() == null) {
        HarvestRun broken = last.get();
        Instant now = clock.instant();
        LocalText why =
            new LocalText(
                "el programa se detuvo a la mitad; se continúa con lo que ya llegó",
                "o programa parou no meio; continua-se com o que já chegou",
                "the program stopped half-way; it goes on with what has come");
        tables.save(
            row.after(row.source().every() == null ? null : now, row.failures(), row.mark()),
            ended(broken, now, Outcome.FAILED, why, null, broken.fetched(), broken.log()));
      }
    }
  }

  /** True while a source is being pulled. */
  public boolean isRunning(LayerId source) {
    return running.contains(source);
  }

  /** Begins all that are due, beside the caller. */
  public void beginDue() {
    Instant now = clock.instant();
    for (SourceRow row : tables.listSources()) {
      Instant next = row.next();
      LayerId id = row.source().id();
      if (row.active() && next != null && !next.isAfter(now) && running.add(id)) {
        threads.execute(() -> pullDue(row));
      }
    }
  }

  private void pullDue(SourceRow row) {
    try {
      pullHeld(
          row,
          new Progress() {
            @Override
            public void step(String what, long done, long total) {}

            @Override
            public boolean isCancelled() {
              return closing;
            }
          });
    } catch (CancellationException e) {
      LOG.info("the pull of {} was stopped", row.source().id());
    } catch (IOException | UncheckedIOException e) {
      LOG.error("the pull of {} failed on this machine", row.source().id(), e);
    } finally {
      running.remove(row.source().id());
    }
  }

  /**
   * Pulls a source now.
   *
   * @return how it went; empty where it is being pulled already
   * @throws CancellationException when the progress says so; the pull is written down
   */
  public Optional<HarvestRun> pull(SourceRow row, Progress progress) throws IOException {
    if (!running.add(row.source().id())) {
      return Optional.empty();
    }
    try {
      return Optional.of(pullHeld(row, progress));
    } finally {
      running.remove(row.source().id());
    }
  }

  private HarvestRun pullHeld(SourceRow row, Progress progress) throws IOException {
    LayerId id = row.source().id();
    RunLog log = new RunLog(clock);
    long number = tables.listRuns(id).stream().mapToLong(HarvestRun::id).max().orElse(0) + 1;
    HarvestRun begun =
        new HarvestRun(
            number, clock.instant(), null, null, null, HarvestRun.Fetched.NOTHING, null, List.of());
    tables.save(row, begun);
    PullFolder place = new PullFolder(folder.resolve(id.value()));
    try {
      return pull(row, begun, place, log, progress);
    } catch (HarvestException e) {
      boolean goesOn =
          e.reason() == HarvestException.Reason.NO_ANSWER
              || e.reason() == HarvestException.Reason.TOO_MUCH;
      if (goesOn) {
        place.keepPages();
      } else {
        place.remove();
      }
      return end(row, begun, Outcome.FAILED, e.text(), null, row.mark(), log);
    } catch (CancellationException e) {
      place.keepPages();
      end(row, begun, Outcome.CANCELLED, null, null, row.mark(), log);
      throw e;
    } catch (IOException | RuntimeException e) {
      // Ours: loud for the one who runs the machine, and written down for the one who waits.
      LocalText why =
          new LocalText(
              "falló algo en este servidor: " + e.getMessage(),
              "algo falhou neste servidor: " + e.getMessage(),
              "something failed on this server: " + e.getMessage());
      end(row, begun, Outcome.FAILED, why, null, row.mark(), log);
      throw e;
    }
  }

  private HarvestRun pull(
      SourceRow row, HarvestRun begun, PullFolder place, RunLog log, Progress progress)
      throws IOException, HarvestException {
    Source source = row.source();
    if (place.begin(source.toString(), clock.instant())) {
      log.note(
          "se continúa con las páginas que ya llegaron",
          "continua-se com as páginas que já chegaram",
          "going on from the pages that have come");
    }
    Fetcher fetcher = new Fetcher(egress, manners, turns, clock, place.pages(), log, progress);
    Validator known = new Validator(row.mark().tag(), row.mark().modified());
    Haul haul = new Haul(fetcher, place.files(), known, log, progress);
    switch (Clients.of(clients, source.kind()).pull(source, haul)) {
      case Pulled.Unchanged _ -> {
        place.remove();
        return end(row, begun, Outcome.UNCHANGED, null, null, row.mark(), log);
      }
      case Pulled.Files pulled -> {
        String sha256 = PullFolder.sha256(pulled.files());
        SourceRow.Mark mark =
            new SourceRow.Mark(pulled.validator().tag(), pulled.validator().modified(), sha256);
        if (sha256.equals(row.mark().sha256())) {
          place.remove();
          return end(row, begun, Outcome.UNCHANGED, null, null, mark, log);
        }
        progress.check();
        Delivery.Receipt receipt = delivery.deliver(source, pulled.files(), progress);
        place.remove();
        String submission = receipt.submission().isEmpty() ? null : receipt.submission();
        return end(row, begun, receipt.outcome(), null, submission, mark, log);
      }
    }
  }

  private HarvestRun end(
      SourceRow row,
      HarvestRun begun,
      Outcome outcome,
      @Nullable LocalText reason,
      @Nullable String submission,
      SourceRow.Mark mark,
      RunLog log) {
    Instant now = clock.instant();
    Source source = row.source();
    int failures =
        switch (outcome) {
          case UNCHANGED, SUBMITTED, PUBLISHED -> 0;
          case FAILED -> row.failures() + 1;
          case CANCELLED -> row.failures();
        };
    Instant next = row.active() ? Rhythm.next(now, source.every(), failures, random) : null;
    HarvestRun run = ended(begun, now, outcome, reason, submission, log.fetched(), log.lines());
    tables.save(row.after(next, failures, mark), run);
    String detail = source.id() + " run " + run.id() + ": " + outcome.wireName();
    audit.append("harvest", "harvest", detail);
    if (reason != null && failures == FAILURES_TOLD) {
      failing.accept(source, reason);
    }
    return run;
  }

  private static HarvestRun ended(
      HarvestRun begun,
      Instant now,
      Outcome outcome,
      @Nullable LocalText reason,
      @Nullable String submission,
      HarvestRun.Fetched fetched,
      List<HarvestRun.Line> log) {
    return new HarvestRun(
        begun.id(), begun.started(), now, outcome, reason, fetched, submission, log);
  }

  @Override
  public void close() {
    closing = true;
    threads.shutdownNow();
    try {
      threads.awaitTermination(30, java.util.concurrent.TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
