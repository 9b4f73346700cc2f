package org.tequio.catalogue.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tequio.catalogue.CheckedImport;
import org.tequio.catalogue.CheckedImports;
import org.tequio.catalogue.CityProfile;
import org.tequio.catalogue.ImportReport;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.Importer;
import org.tequio.catalogue.LayerChanges;
import org.tequio.catalogue.LayerFinding;
import org.tequio.catalogue.LayerSource;
import org.tequio.catalogue.UnsuitableFiles;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.catalogue.tables.CatalogueTables;
import org.tequio.catalogue.tables.CheckedTable;
import org.tequio.catalogue.tables.LayerRow;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Findings;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.Revision;
import org.tequio.storage.StagedLayer;
import org.tequio.storage.StoredLayer;

/** Makes one {@link ImportRun} for each import, one after the other. */
public final class CityImporter implements Importer, CheckedImports {
  private final CityStore store;
  private final CrsRegistry registry;
  private final CatalogueTables tables;
  private final LayerDictionary dictionary;
  private final Supplier<CityProfile> city;
  private final Clock clock;
  private final Object oneAtATime = new Object();

  /**
   * An importer.
   *
   * @param city asked anew before each import
   */
  public CityImporter(
      CityStore store,
      CrsRegistry registry,
      CatalogueTables tables,
      LayerDictionary dictionary,
      Supplier<CityProfile> city,
      Clock clock) {
    this.store = store;
    this.registry = registry;
    this.tables = tables;
    this.dictionary = dictionary;
    this.city = city;
    this.clock = clock;
    dropForgotten();
  }

  /** What a crash left between loading a version and writing down what it belongs to. */
  private void dropForgotten() {
    List<AsOf.Waiting> waiting = store.listWaiting();
    if (!waiting.isEmpty()) {
      Set<AsOf.Waiting> known = store.database().read(CheckedTable::listVersions);
      waiting.stream().filter(version -> !known.contains(version)).forEach(store::drop);
    }
  }

  @Override
  public ImportReport run(ImportRequest request, Progress progress) throws IOException {
    Instant start = clock.instant();
    return with(
        request,
        progress,
        run -> {
          ImportRun.Outcome outcome = run.publish();
          noteHashes(outcome.revision(), outcome.changed());
          return new ImportReport(
              outcome.revision(),
              outcome.layers(),
              outcome.rasters(),
              outcome.findings(),
              Duration.between(start, clock.instant()));
        });
  }

  @Override
  public CheckedImport check(ImportRequest request, Progress progress) throws IOException {
    return with(request, progress, ImportRun::keep);
  }

  @Override
  public CheckedImport check(LayerChanges changes, String author, Progress progress) {
    synchronized (oneAtATime) {
      StoredLayer layer =
          store
              .features()
              .findLayer(changes.layer())
              .filter(one -> one.schema().hasGeometry())
              .orElseThrow(
                  () ->
                      new UnsuitableFiles(
                          new LocalText(
                              "no existe la capa '" + changes.layer() + "' en el mapa",
                              "não existe a camada '" + changes.layer() + "' no mapa",
                              "there is no layer '" + changes.layer() + "' on the map")));
      LayerRow row =
          currentRows().stream()
              .filter(one -> one.layer().equals(layer.id().value()))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalStateException("nothing says what " + layer.id() + " is"));
      try (ChangedVersion version = new ChangedVersion(store, registry, layer, changes)) {
        StagedLayer staged = version.load(FreeIds.first(store, layer.id(), author), progress);
        return keep(changes, layer, row, version, staged);
      }
    }
  }

  /** What the catalogue said of the layer stands; what was seen of it, too. */
  private CheckedImport keep(
      LayerChanges changes,
      StoredLayer layer,
      LayerRow row,
      ChangedVersion version,
      StagedLayer staged) {
    AsOf.Waiting kept = store.keep(staged);
    try {
      String hash = "changes " + UUID.randomUUID();
      LayerRow next =
          new LayerRow(
              row.layer(), 0, row.source(), hash, hash, null, row.entry().around(version.places()));
      List<LayerFinding> findings = new ArrayList<>();
      for (LayerFinding known : tables.listFindings()) {
        if (layer.id().equals(known.layer()) && known.revision() == row.revision()) {
          findings.add(known);
        }
      }
      changes.findings().forEach(one -> findings.add(new LayerFinding(layer.id(), one, 0)));
      var aside = tables.listSetAside(row.layer(), row.revision());
      List<LayerSource> sources = row.entry().sources();
      ImportReport.ImportedLayer imported =
          new ImportReport.ImportedLayer(
              layer.id(),
              row.source(),
              "changes",
              ImportReport.Outcome.REPLACED,
              false,
              version.count(),
              aside.size(),
              sources.isEmpty() ? null : sources.getFirst().crs(),
              "");
      return store
          .database()
          .write(
              connection -> {
                long number = CheckedTable.nextNumber(connection);
                CheckedImport checked =
                    new CheckedImport(
                        number,
                        List.of(
                            new CheckedImport.CheckedLayer(
                                layer.id(), kept, layer.revision(), imported, List.of())),
                        List.of(),
                        findings);
                CheckedTable.write(connection, checked);
                CatalogueTables.write(
                    connection,
                    CheckedTable.revisionOf(number),
                    List.of(next.at(CheckedTable.revisionOf(number))),
                    findings,
                    aside,
                    Map.of());
                return checked;
              });
    } catch (RuntimeException e) {
      store.drop(kept);
      throw e;
    }
  }

  private <T> T with(ImportRequest request, Progress progress, Function<ImportRun, T> end)
      throws IOException {
    for (Path path : request.paths()) {
      if (!Files.exists(path)) {
        throw new java.nio.file.NoSuchFileException(path.toString());
      }
    }
    synchronized (oneAtATime) {
      Path scratch = Files.createTempDirectory("tequio-import");
      ImportContext context =
          new ImportContext(
              store,
              registry,
              dictionary,
              city.get(),
              currentRows(),
              tables.listFiles(),
              request,
              progress,
              scratch,
              new Findings());
      try (ImportRun run = new ImportRun(context)) {
        run.load();
        return end.apply(run);
      } finally {
        delete(scratch);
      }
    }
  }

  @Override
  public Optional<CheckedImport> find(long number) {
    return store
        .database()
        .read(
            connection -> {
              Optional<CheckedImport> found = CheckedTable.find(connection, number);
              if (found.isEmpty()) {
                return found;
              }
              CheckedImport checked = found.get();
              return Optional.of(
                  new CheckedImport(
                      number,
                      checked.layers(),
                      checked.unchanged(),
                      CatalogueTables.listFindings(connection, CheckedTable.revisionOf(number))));
            });
  }

  @Override
  public Revision publish(long number, Revision.Note note, CityStore.Work alongside) {
    List<LayerId> changed = new ArrayList<>();
    Revision revision =
        store.revise(
            note,
            transaction -> {
              // Asked inside the transaction, so that nobody publishes it twice.
              CheckedImport checked =
                  CheckedTable.find(transaction.connection(), number)
                      .orElseThrow(
                          () -> new IllegalArgumentException("no import " + number + " waits"));
              for (CheckedImport.CheckedLayer layer : checked.layers()) {
                long last = transaction.lastChange(layer.layer());
                if (last != layer.basis()) {
                  throw new StaleVersion(layer.layer(), last);
                }
                transaction.publish(layer.version());
                changed.add(layer.layer());
              }
              CheckedTable.publish(transaction.connection(), number, transaction.revision());
              alongside.in(transaction);
            });
    noteHashes(revision.number(), changed);
    store
        .audit()
        .append(
            note.author(), note.source(), "revision " + revision.number() + ": " + note.message());
    return revision;
  }

  @Override
  public void drop(long number) {
    List<AsOf.Waiting> versions =
        store
            .database()
            .write(
                connection -> {
                  List<AsOf.Waiting> waiting =
                      CheckedTable.find(connection, number).stream()
                          .flatMap(checked -> checked.layers().stream())
                          .map(CheckedImport.CheckedLayer::version)
                          .toList();
                  CheckedTable.drop(connection, number);
                  return waiting;
                });
    versions.forEach(store::drop);
  }

  /** For every layer that ever was, the import that made it what it is now, else the newest. */
  private List<LayerRow> currentRows() {
    Map<String, LayerRow> current = new LinkedHashMap<>();
    Set<String> certain = new HashSet<>();
    for (LayerRow row : tables.listLayerRows()) {
      boolean isCurrent =
          row.storeHash() != null
              && store
                  .features()
                  .findLayer(new LayerId(row.layer()))
                  .filter(layer -> layer.contentHash().equals(row.storeHash()))
                  .isPresent();
      if (isCurrent && certain.add(row.layer())) {
        current.put(row.layer(), row);
      } else {
        current.putIfAbsent(row.layer(), row);
      }
    }
    return List.copyOf(current.values());
  }

  private void noteHashes(long revision, List<LayerId> changed) {
    Map<String, String> hashes = new HashMap<>();
    for (LayerId id : changed) {
      store
          .features()
          .findLayer(id)
          .ifPresent(layer -> hashes.put(id.value(), layer.contentHash()));
    }
    if (!hashes.isEmpty()) {
      tables.noteStoreHashes(revision, hashes);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
