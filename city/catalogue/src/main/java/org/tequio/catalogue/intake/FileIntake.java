package org.tequio.catalogue.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.catalogue.ImportReport;
import org.tequio.catalogue.LayerSource;
import org.tequio.catalogue.dictionary.Words;
import org.tequio.catalogue.tables.LayerRow;
import org.tequio.feature.Crs;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.LayerId;
import org.tequio.formats.Dataset;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.SourceRaster;
import org.tequio.formats.SourceScan;
import org.tequio.storage.StoredLayer;

/**
 * The files of one import: kept as received, known again by name and bytes, opened, and each of
 * their layers read once. Not thread-safe.
 */
final class FileIntake implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(FileIntake.class);

  /** Changes when the importer would make another layer of the same bytes. */
  private static final String VERSION = "1";

  private final ImportContext run;
  private final ReadContext context;
  private final Placement placement;
  private final Map<String, String> hashes = new LinkedHashMap<>();
  private final List<Reading> readings = new ArrayList<>();
  private final Set<Dataset> unchanged = new HashSet<>();
  private final Map<Dataset, SourceDataset> open = new LinkedHashMap<>();
  private final List<ImportReport.ImportedLayer> imported = new ArrayList<>();
  private final List<ImportReport.ImportedRaster> rasters = new ArrayList<>();

  FileIntake(ImportContext run, ReadContext context, Placement placement) {
    this.run = run;
    this.context = context;
    this.placement = placement;
  }

  void receive(SourceScan scan) throws IOException {
    int done = 0;
    for (SourceFile file : scan.received()) {
      run.progress().check();
      run.progress().step(file.displayName(), done++, scan.received().size());
      hashes.put(file.displayName(), run.store().blobs().put(file.path()));
    }
  }

  /** The hash of the file as received: a file out of an archive is known by its archive. */
  private String receivedHash(SourceFile file) {
    String hash = hashes.get(file.displayName());
    if (hash != null) {
      return hash;
    }
    String name = file.displayName();
    for (int at = name.lastIndexOf("!/"); at > 0; at = name.lastIndexOf("!/", at - 1)) {
      String archive = hashes.get(name.substring(0, at));
      if (archive != null) {
        return archive;
      }
    }
    return "";
  }

  private String inputHash(Dataset dataset) {
    StringBuilder inputs = new StringBuilder(VERSION);
    inputs.append('\n').append(run.city().crs());
    run.request().repairs().stream().sorted().forEach(repair -> inputs.append('\n').append(repair));
    for (SourceFile file : dataset.files()) {
      inputs.append('\n').append(file.displayName()).append('\t').append(receivedHash(file));
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(inputs.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void open(Dataset dataset) {
    String name = dataset.primary().displayName();
    String inputHash = inputHash(dataset);
    if (isUnchanged(dataset, inputHash)) {
      return;
    }
    try {
      SourceDataset source = dataset.format().open(dataset, context);
      open.put(dataset, source);
      boolean several = source.layers().size() > 1;
      for (SourceLayer layer : source.layers()) {
        String layerSource = several ? name + "#" + layer.name() : name;
        Reading reading =
            new Reading(
                dataset,
                layer,
                layerSource,
                key(layerSource),
                inputHash,
                receivedHash(dataset.primary()),
                department(dataset.primary()));
        readings.add(reading);
        placement.first(reading);
      }
      for (SourceRaster raster : source.rasters()) {
        rasters.add(
            raster(source.rasters().size() > 1 ? name + "#" + raster.name() : name, raster));
      }
      if (readings.stream().noneMatch(r -> r.dataset.equals(dataset) && r.rows == null)) {
        open.remove(dataset);
        source.close();
      }
    } catch (FormatException e) {
      refuse(name, e.code(), e.getMessage());
    } catch (IOException e) {
      refuse(name, FindingCode.FILE_UNREADABLE, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException | CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      // One file that a reader did not expect must not cost the others their import: it is
      // reported with what happened, and nothing of it is kept. The fault is the reader's, so that
      // who mends readers finds it in the log.
      LOG.error("a reader failed on {}", name, e);
      readings.removeIf(r -> r.dataset.equals(dataset) && r.rows == null);
      refuse(name, FindingCode.FILE_UNREADABLE, e.toString());
    }
  }

  private void refuse(String name, FindingCode code, @Nullable String evidence) {
    run.findings()
        .add(
            Finding.of(code, name, null, evidence == null ? "" : evidence, Finding.Action.REFUSED));
  }

  private boolean isUnchanged(Dataset dataset, String inputHash) {
    String name = key(dataset.primary().displayName());
    if (run.request().into() != null) {
      return false; // someone wants to see what would change, also where nothing would
    }
    List<LayerRow> before =
        run.knownRows().stream()
            .filter(row -> row.source().equals(name) || row.source().startsWith(name + "#"))
            .toList();
    if (before.isEmpty() || !before.stream().allMatch(r -> r.inputHash().equals(inputHash))) {
      return false;
    }
    unchanged.add(dataset);
    for (LayerRow row : before) {
      LayerId id = new LayerId(row.layer());
      StoredLayer stored = run.store().features().findLayer(id).orElse(null);
      if (stored == null) {
        unchanged.remove(dataset);
        return false;
      }
      LayerSource source = row.entry().sources().getFirst();
      imported.add(
          new ImportReport.ImportedLayer(
              id,
              source.file(),
              source.format(),
              ImportReport.Outcome.UNCHANGED,
              !stored.schema().hasGeometry(),
              stored.count(),
              0,
              source.crs(),
              source.operation()));
    }
    return true;
  }

  /** The name under which the same layer would come again. */
  private String key(String source) {
    String owner = owner(source);
    return owner == null ? source : owner + "|" + source;
  }

  /**
   * The department that was named for a source: in this request, or, where this one names none, in
   * the one import before that brought a source of this name.
   */
  private @Nullable String owner(String source) {
    if (run.request().department() != null) {
      return run.request().department();
    }
    Set<String> owners = new HashSet<>();
    for (LayerRow row : run.knownRows()) {
      int bar = row.source().indexOf('|');
      String name = row.source().substring(bar + 1);
      if (name.equals(source) || name.startsWith(source + "#")) {
        owners.add(bar < 0 ? "" : row.source().substring(0, bar));
      }
    }
    String only = owners.size() == 1 ? owners.iterator().next() : "";
    return only.isEmpty() ? null : only;
  }

  private @Nullable String department(SourceFile file) {
    String owner = owner(file.displayName());
    if (owner != null) {
      return owner;
    }
    for (String folder : file.folder().split("/")) {
      if (!folder.isEmpty() && !folder.endsWith("!")) {
        return Words.title(folder);
      }
    }
    return null;
  }

  private ImportReport.ImportedRaster raster(String source, SourceRaster raster)
      throws IOException {
    SourceRaster.Statistics statistics = raster.statistics();
    Crs crs = raster.crs() instanceof SourceCrs.Declared declared ? declared.crs() : null;
    return new ImportReport.ImportedRaster(
        source,
        raster.columns(),
        raster.rows(),
        raster.bands(),
        raster.extent(),
        crs,
        statistics.min(),
        statistics.max(),
        statistics.noData());
  }

  /** The layers that are not as they were, in reading order. */
  List<Reading> readings() {
    return readings;
  }

  /** The layers whose files are the same bytes as last time. */
  List<ImportReport.ImportedLayer> unchangedLayers() {
    return imported;
  }

  List<ImportReport.ImportedRaster> rasters() {
    return rasters;
  }

  /** SHA-256 of each file received, by its name. */
  Map<String, String> hashes() {
    return hashes;
  }

  /** Lets go of the files. */
  @Override
  public void close() throws IOException {
    for (SourceDataset dataset : open.values()) {
      dataset.close();
    }
    open.clear();
  }
}
