package org.tequio.harvest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.ImportReport;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.harvest.fetch.Manners;
import org.tequio.http.Egress;
import org.tequio.http.EgressRules;
import org.tequio.storage.CitySettings;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.testing.StandingClock;
import org.tequio.testing.stores.TestStores;

/**
 * A city that pulls from this machine: a real store and importer, little patience, and a clock that
 * goes when it is told to.
 */
final class TrialHarvest implements AutoCloseable {
  static final Manners HASTY =
      new Manners(3, Duration.ofMillis(10), Duration.ofSeconds(2), Duration.ZERO, 64L << 20, 100);

  final SqlCityStore store;
  final CatalogueModule catalogue;
  final StandingClock clock = new StandingClock("2026-03-02T06:00:00Z");
  final Path folder;
  private final Egress egress;
  private HarvestModule module;
  private Delivery delivery = this::deliver;

  /** What departments were told of sources that fail. */
  final List<String> told = new CopyOnWriteArrayList<>();

  TrialHarvest(Path folder) throws IOException {
    this(
        folder,
        new Egress(
            new EgressRules(java.util.Set.of("127.0.0.1"), 8L << 20, Duration.ofSeconds(5), 3)));
  }

  TrialHarvest(Path folder, Egress egress) throws IOException {
    this.folder = folder.resolve("city");
    this.egress = egress;
    Crs crs = Crs.parse("EPSG:6369");
    store = TestStores.create(this.folder, new CitySettings("San Tequio", crs));
    catalogue = new CatalogueModule(store, CrsRegistry.standard(), Clock.systemUTC());
    catalogue.describe("San Tequio", crs, null);
    module = begin();
  }

  private HarvestModule begin() {
    Delivery chosen = (source, files, progress) -> delivery.deliver(source, files, progress);
    return new HarvestModule(
        store,
        folder,
        egress,
        chosen,
        (source, why) -> told.add(source.id() + ": " + why.en()),
        clock,
        HASTY,
        new Random(7));
  }

  /** Hands what is pulled to someone else than the importer. */
  void deliversTo(Delivery other) {
    delivery = other;
  }

  /** The program ends and begins again. */
  void restart() {
    module.close();
    module = begin();
  }

  HarvestModule module() {
    return module;
  }

  private Delivery.Receipt deliver(Source source, List<Path> files, Progress progress)
      throws IOException, HarvestException {
    ImportReport report =
        catalogue.importer().run(ImportRequest.of(files, source.department(), "harvest"), progress);
    if (report.layers().isEmpty()) {
      throw HarvestException.notAccepted(LocalText.same("no layer in it"));
    }
    return report.revision() == 0
        ? new Delivery.Receipt(HarvestRun.Outcome.UNCHANGED, "")
        : new Delivery.Receipt(HarvestRun.Outcome.PUBLISHED, "r" + report.revision());
  }

  /** Adds a source that is pulled on demand. */
  Source add(SourceKind kind, String address, String... names) {
    return add(kind, address, null, names);
  }

  Source add(SourceKind kind, String address, @Nullable Duration every, String... names) {
    return module.add(
        new Source(
            new LayerId("fuente"),
            "Fuente",
            kind,
            address,
            List.of(names),
            "Obras",
            null,
            every,
            Source.Options.STANDARD),
        true);
  }

  HarvestRun pull(Source source) throws IOException {
    return module.pull(source.id(), Progress.NONE).orElseThrow();
  }

  /** Pulls and gives the English reason of the failure. */
  String reason(Source source) throws IOException {
    HarvestRun run = pull(source);
    if (run.reason() == null) {
      throw new AssertionError("it went well: " + run);
    }
    return run.reason().en();
  }

  List<LayerRecord> layers() {
    return catalogue.catalogue().listLayers();
  }

  /** What the public sees: the newest revision and the content of every layer. */
  String published() {
    return store.features().headRevision()
        + layers().stream()
            .map(layer -> layer.id() + " " + layer.contentHash())
            .toList()
            .toString();
  }

  /** The features of the only layer. */
  long count() {
    if (layers().size() != 1) {
      throw new AssertionError(
          "wanted one layer: " + layers().stream().map(LayerRecord::id).toList());
    }
    return layers().getFirst().count();
  }

  Path inbox(String file, String content) throws IOException {
    Path path = folder.resolve("inbox").resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, content);
  }

  @Override
  public void close() throws IOException {
    module.close();
    egress.close();
    store.close();
  }
}
