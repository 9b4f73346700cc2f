package org.tequio.catalogue.intake;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.CheckedImport;
import org.tequio.catalogue.ImportReport;
import org.tequio.catalogue.LayerFinding;
import org.tequio.catalogue.UnsuitableFiles;
import org.tequio.catalogue.tables.CatalogueTables;
import org.tequio.catalogue.tables.CheckedTable;
import org.tequio.catalogue.tables.LayerRow;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.formats.Dataset;
import org.tequio.formats.Limits;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceScan;
import org.tequio.storage.AsOf;
import org.tequio.storage.EditConflict;
import org.tequio.storage.Revision;
import org.tequio.storage.StagedLayer;

/**
 * One import: its files are read, placed and loaded, and then published as a revision or kept until
 * someone does. Used once, by one thread; closing it throws away what was neither published nor
 * kept.
 */
final class ImportRun implements Closeable {
  private final ImportContext run;
  private final Placement placement;
  private final FileIntake files;
  private final LayerMaking making;

  ImportRun(ImportContext run) {
    this.run = run;
    this.placement = new Placement(run);
    this.files =
        new FileIntake(
            run, new ReadContext(run.findings(), Limits.STANDARD, run.progress()), placement);
    this.making = new LayerMaking(run, placement, files.readings(), files.unchangedLayers());
  }

  /**
   * What came of it.
   *
   * @param revision the revision it made; 0 where nothing had changed
   */
  record Outcome(
      long revision,
      List<ImportReport.ImportedLayer> layers,
      List<ImportReport.ImportedRaster> rasters,
      List<LayerFinding> findings,
      List<LayerId> changed) {}

  /** Reads the files and loads their layers beside the published ones. */
  void load() throws IOException {
    try (SourceScan scan =
        SourceScan.of(run.request().paths(), run.scratch(), Limits.STANDARD, run.findings())) {
      files.receive(scan);
      int done = 0;
      for (Dataset dataset : scan.datasets()) {
        run.progress().check();
        run.progress().step(dataset.primary().displayName(), done++, scan.datasets().size());
        files.open(dataset);
      }
      List<Reading> readings = chosen();
      placement.findArea(readings);
      for (Reading reading : readings) {
        placement.again(reading);
      }
      files.close();
      placement.findArea(readings);
      for (Reading reading : readings) {
        if (!reading.broken) {
          making.load(reading);
        }
      }
      tellOfArea();
    }
  }

  /** All layers of the files, or the one that becomes the layer that was named. */
  private List<Reading> chosen() {
    LayerId into = run.request().into();
    List<Reading> all = files.readings();
    if (into == null || all.isEmpty()) {
      return all;
    }
    List<Reading> named =
        all.stream().filter(r -> LayerId.ofName(r.layer.name()).equals(into)).toList();
    if (named.size() == 1) {
      return named;
    }
    if (all.size() == 1) {
      return all;
    }
    String names =
        all.stream().map(reading -> reading.layer.name()).collect(Collectors.joining(", "));
    throw new UnsuitableFiles(
        new LocalText(
            "el archivo trae varias capas (" + names + ") y ninguna se llama '" + into + "'",
            "o arquivo traz várias camadas (" + names + ") e nenhuma se chama '" + into + "'",
            "the file brings several layers (" + names + ") and none is named '" + into + "'"));
  }

  private void tellOfArea() {
    CityArea known = placement.area();
    if (known != null && !known.isDeclared() && !making.rows().isEmpty()) {
      boolean same = run.city().bounds() != null && run.city().bounds().equals(known.bounds());
      String source = String.valueOf(run.request().paths().getFirst().getFileName());
      if (!same) {
        run.findings()
            .add(
                Finding.of(
                    FindingCode.CITY_AREA_GUESSED,
                    source,
                    null,
                    known.evidence(),
                    Finding.Action.ASSUMED));
      }
    }
  }

  /** Publishes what was loaded as one revision. */
  Outcome publish() {
    run.progress().check();
    List<LayerRow> rows = making.rows();
    List<LayerId> changed = rows.stream().map(row -> new LayerId(row.layer())).toList();
    if (rows.isEmpty() && nothingNew()) {
      return outcome(0, changed);
    }
    String author = run.request().author();
    Revision revision =
        run.store()
            .revise(
                new Revision.Note(author, "import", message()),
                transaction -> {
                  for (StagedLayer layer : making.staged()) {
                    LayerId id = layer.layer();
                    // An edit made while the import ran would be lost without a word.
                    if (transaction.lastChange(id) != making.basis().getOrDefault(id, 0L)) {
                      throw new EditConflict(id, List.of());
                    }
                    transaction.publish(layer);
                  }
                  write(transaction.connection(), transaction.revision());
                });
    making.staged().clear();
    run.store()
        .audit()
        .append(author, "import", "revision " + revision.number() + ": " + message());
    return outcome(revision.number(), changed);
  }

  private Outcome outcome(long revision, List<LayerId> changed) {
    return new Outcome(
        revision, files.unchangedLayers(), files.rasters(), attributed(revision), changed);
  }

  private void write(java.sql.Connection connection, long revision) throws java.sql.SQLException {
    CatalogueTables.write(
        connection,
        revision,
        making.rows().stream().map(row -> row.at(revision)).toList(),
        attributed(revision),
        making.setAside(),
        files.hashes());
  }

  /** Keeps what was loaded until someone publishes it. */
  CheckedImport keep() {
    run.progress().check();
    List<AsOf.Waiting> versions = new ArrayList<>();
    try {
      for (StagedLayer layer : making.staged()) {
        versions.add(run.store().keep(layer));
      }
      CheckedImport kept =
          run.store()
              .database()
              .write(
                  connection -> {
                    CheckedImport checked = checked(CheckedTable.nextNumber(connection), versions);
                    CheckedTable.write(connection, checked);
                    write(connection, CheckedTable.revisionOf(checked.number()));
                    return checked;
                  });
      making.staged().clear();
      return kept;
    } catch (RuntimeException e) {
      versions.forEach(run.store()::drop);
      throw e;
    }
  }

  private CheckedImport checked(long number, List<AsOf.Waiting> versions) {
    List<ImportReport.ImportedLayer> all = files.unchangedLayers();
    List<ImportReport.ImportedLayer> unchanged =
        all.stream().filter(l -> l.outcome() == ImportReport.Outcome.UNCHANGED).toList();
    List<CheckedImport.CheckedLayer> layers = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      LayerId id = making.staged().get(i).layer();
      layers.add(
          new CheckedImport.CheckedLayer(
              id,
              versions.get(i),
              making.basis().getOrDefault(id, 0L),
              all.stream()
                  .filter(l -> l.id().equals(id) && !unchanged.contains(l))
                  .findFirst()
                  .orElseThrow(),
              making.doubts().getOrDefault(id, List.of())));
    }
    return new CheckedImport(
        number, layers, unchanged, attributed(CheckedTable.revisionOf(number)));
  }

  private boolean nothingNew() {
    return files.hashes().entrySet().stream()
        .allMatch(
            file -> {
              CatalogueTables.SeenFile seen = run.seenFiles().get(file.getKey());
              return seen != null && seen.sha256().equals(file.getValue());
            });
  }

  private String message() {
    String from =
        String.join(
            ", ",
            run.request().paths().stream()
                .map(path -> String.valueOf(path.getFileName()))
                .toList());
    return making.rows().size() + " layers from " + from;
  }

  private List<LayerFinding> attributed(long revision) {
    List<LayerFinding> all = new ArrayList<>();
    for (Finding finding : run.findings().list()) {
      @Nullable LayerId layer = making.layerOf(finding.source());
      all.add(new LayerFinding(layer, finding, revision));
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    files.close();
    making.close();
  }
}
