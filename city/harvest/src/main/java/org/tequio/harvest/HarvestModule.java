package org.tequio.harvest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.harvest.client.Clients;
import org.tequio.harvest.client.Glance;
import org.tequio.harvest.client.SourceClient;
import org.tequio.harvest.fetch.Fetcher;
import org.tequio.harvest.fetch.HostTurns;
import org.tequio.harvest.fetch.Manners;
import org.tequio.harvest.fetch.RunLog;
import org.tequio.harvest.run.Harvester;
import org.tequio.harvest.tables.HarvestTables;
import org.tequio.harvest.tables.SourceRow;
import org.tequio.harvest.web.SourcesEndpoint;
import org.tequio.http.Chore;
import org.tequio.http.Egress;
import org.tequio.http.Endpoint;
import org.tequio.http.Jobs;
import org.tequio.http.Permissions;
import org.tequio.identity.Notices;
import org.tequio.identity.People;
import org.tequio.storage.CityStore;

/**
 * The sources of one city: what is pulled, how it stands, and the pulling. Thread-safe.
 *
 * <p>Two folders of the city's are its own: {@code harvest} keeps the pages of pulls that were
 * broken off, {@code inbox} is where other systems of the house leave files for it.
 */
public final class HarvestModule implements AutoCloseable {
  private static final Duration LOOK_FOR_DUE_EVERY = Duration.ofSeconds(30);

  private final HarvestTables tables;
  private final List<SourceClient> clients;
  private final Harvester harvester;
  private final Egress egress;
  private final Manners manners;
  private final Path folder;
  private final Clock clock;

  /**
   * Opens the sources of a store, creating or upgrading its tables.
   *
   * @param city the city's folder
   */
  public HarvestModule(
      CityStore store,
      Path city,
      Egress egress,
      Delivery delivery,
      People people,
      Notices notices,
      Clock clock) {
    this(
        store,
        city,
        egress,
        delivery,
        new Tidings(people, notices)::failing,
        clock,
        Manners.STANDARD,
        RandomGenerator.getDefault());
  }

  /** As above, with other manners and dice. */
  HarvestModule(
      CityStore store,
      Path city,
      Egress egress,
      Delivery delivery,
      BiConsumer<Source, LocalText> failing,
      Clock clock,
      Manners manners,
      RandomGenerator random) {
    this.tables = new HarvestTables(store.database());
    this.clients = Clients.all(city.resolve("inbox"));
    this.egress = egress;
    this.manners = manners;
    this.folder = city.resolve("harvest");
    this.clock = clock;
    this.harvester =
        new Harvester(
            tables,
            clients,
            egress,
            manners,
            delivery,
            failing,
            folder,
            store.audit(),
            clock,
            random);
  }

  /** Its operations. */
  public List<Endpoint> endpoints(Permissions permissions, Jobs jobs) {
    return new SourcesEndpoint(this, permissions, jobs).endpoints();
  }

  /** What a serving city does by itself. */
  public List<Chore> chores() {
    return List.of(new Chore("harvest", LOOK_FOR_DUE_EVERY, harvester::beginDue));
  }

  /** All sources and how they stand. */
  public List<SourceStatus> listSources() {
    return tables.listSources().stream().map(this::status).toList();
  }

  /** One source and how it stands. */
  public Optional<SourceStatus> findSource(LayerId id) {
    return tables.findSource(id).map(this::status);
  }

  private SourceStatus status(SourceRow row) {
    List<HarvestRun> runs = tables.listRuns(row.source().id());
    HarvestRun last = runs.stream().filter(run -> run.ended() != null).findFirst().orElse(null);
    Instant since = runs.isEmpty() ? clock.instant() : runs.getFirst().started();
    SourceState state;
    if (harvester.isRunning(row.source().id())) {
      state = new SourceState.Running(since);
    } else if (!row.active()) {
      state = new SourceState.Off();
    } else if (row.failures() > 0) {
      state = new SourceState.Failing(row.failures(), row.next());
    } else {
      state = new SourceState.Idle(row.next());
    }
    return new SourceStatus(row.source(), state, last);
  }

  /** The pulls of a source, newest first. */
  public List<HarvestRun> listRuns(LayerId id) {
    return tables.listRuns(id);
  }

  /**
   * Adds a source; the first pull is due at once where it has a rhythm.
   *
   * @return the source under an id of its own, made of its title
   */
  public synchronized Source add(Source wanted, boolean active) {
    LayerId id = wanted.id();
    for (int n = 2; tables.findSource(id).isPresent(); n++) {
      id = LayerId.ofName(shortened(wanted.id().value()) + "_" + n);
    }
    Source source = withId(wanted, id);
    tables.save(new SourceRow(source, active, due(source, active), 0, SourceRow.Mark.NONE));
    return source;
  }

  private static String shortened(String id) {
    return id.length() > LayerId.MAX_LENGTH - 6 ? id.substring(0, LayerId.MAX_LENGTH - 6) : id;
  }

  private static Source withId(Source source, LayerId id) {
    return new Source(
        id,
        source.title(),
        source.kind(),
        source.address(),
        source.names(),
        source.department(),
        source.layer(),
        source.every(),
        source.options());
  }

  private @Nullable Instant due(Source source, boolean active) {
    return active && source.every() != null ? clock.instant() : null;
  }

  /** Replaces a source; what was known of it counts only as long as it is the same thing. */
  public synchronized void replace(Source source, boolean active) {
    SourceRow before = tables.findSource(source.id()).orElseThrow();
    boolean same =
        before.source().address().equals(source.address())
            && before.source().names().equals(source.names())
            && before.source().kind() == source.kind();
    tables.save(
        new SourceRow(
            source,
            active,
            due(source, active),
            same ? before.failures() : 0,
            same ? before.mark() : SourceRow.Mark.NONE));
  }

  /** Forgets a source and its pulls; what came of them stays. False while it is being pulled. */
  public synchronized boolean remove(LayerId id) throws IOException {
    if (harvester.isRunning(id)) {
      return false;
    }
    tables.delete(id);
    delete(folder.resolve(id.value()));
    return true;
  }

  /**
   * Pulls a source now and waits for the end.
   *
   * @return how it went; empty where it is being pulled already
   * @throws java.util.concurrent.CancellationException when it was cancelled
   */
  public Optional<HarvestRun> pull(LayerId id, Progress progress) throws IOException {
    return harvester.pull(tables.findSource(id).orElseThrow(), progress);
  }

  /**
   * Looks what an address offers.
   *
   * @param kind what it is said to be; null to find out
   * @throws HarvestException when nothing can be pulled from there, saying why
   */
  public Offer preview(@Nullable SourceKind kind, String address, Progress progress)
      throws IOException, HarvestException {
    Path scratch = Files.createDirectories(folder);
    scratch = Files.createTempDirectory(scratch, "preview-");
    try {
      Fetcher fetcher =
          new Fetcher(
              egress,
              manners.hurried(),
              new HostTurns(),
              clock,
              scratch,
              new RunLog(clock),
              progress);
      Glance glance = new Glance(address.strip(), kind, fetcher);
      for (SourceClient client : clients) {
        if (kind == null || client.kind() == kind) {
          Optional<Offer> offer = client.look(glance);
          if (offer.isPresent()) {
            return offer.get();
          }
        }
      }
      throw HarvestException.notUnderstood(address, "GIS");
    } finally {
      delete(scratch);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() {
    harvester.close();
  }
}
