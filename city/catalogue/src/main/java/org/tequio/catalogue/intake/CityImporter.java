package org.tequio.catalogue.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tequio.catalogue.CityProfile;
import org.tequio.catalogue.ImportReport;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.Importer;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.catalogue.tables.CatalogueTables;
import org.tequio.catalogue.tables.LayerRow;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.storage.CityStore;

/** Makes one {@link ImportRun} for each import, one after the other. */
public final class CityImporter implements Importer {
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
  }

  @Override
  public ImportReport run(ImportRequest request, Progress progress) throws IOException {
    for (Path path : request.paths()) {
      if (!Files.exists(path)) {
        throw new java.nio.file.NoSuchFileException(path.toString());
      }
    }
    synchronized (oneAtATime) {
      Instant start = clock.instant();
      Path scratch = Files.createTempDirectory("tequio-import");
      try {
        ImportRun run =
            new ImportRun(
                store,
                registry,
                dictionary,
                city.get(),
                currentRows(),
                tables.listFiles(),
                request,
                progress,
                scratch);
        ImportRun.Outcome outcome = run.run();
        noteHashes(outcome);
        return new ImportReport(
            outcome.revision(),
            outcome.layers(),
            outcome.rasters(),
            outcome.findings(),
            Duration.between(start, clock.instant()));
      } finally {
        delete(scratch);
      }
    }
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

  private void noteHashes(ImportRun.Outcome outcome) {
    Map<String, String> hashes = new HashMap<>();
    for (LayerId id : outcome.changed()) {
      store
          .features()
          .findLayer(id)
          .ifPresent(layer -> hashes.put(id.value(), layer.contentHash()));
    }
    if (!hashes.isEmpty()) {
      tables.noteStoreHashes(outcome.revision(), hashes);
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
