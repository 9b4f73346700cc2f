package org.tequio.catalogue.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.CityProfile;
import org.tequio.catalogue.ImportReport;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerFinding;
import org.tequio.catalogue.LayerSource;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.catalogue.dictionary.Words;
import org.tequio.catalogue.geometry.GeometryBudget;
import org.tequio.catalogue.geometry.GeometryScan;
import org.tequio.catalogue.geometry.Validity;
import org.tequio.catalogue.tables.CatalogueTables;
import org.tequio.catalogue.tables.LayerEntry;
import org.tequio.catalogue.tables.LayerRow;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.feature.Severity;
import org.tequio.feature.Wkb;
import org.tequio.formats.Dataset;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.SourceRaster;
import org.tequio.formats.SourceScan;
import org.tequio.storage.CityStore;
import org.tequio.storage.EditConflict;
import org.tequio.storage.Revision;
import org.tequio.storage.StagedLayer;
import org.tequio.storage.StoredLayer;

/** One import from the files to the revision. Used once, by one thread. */
final class ImportRun {
  /** Changes when the importer would make another layer of the same bytes. */
  private static final String VERSION = "1";

  /** Beginnings of table names that belong to stores and modules. */
  private static final List<String> RESERVED =
      List.of("catalogue_", "gpkg_", "rtree_", "sqlite_", "tq_", "pg_");

  /** From this share of strays on, a layer describes a larger area: no fault of its coordinates. */
  private static final double LARGER_AREA = 0.2;

  private final CityStore store;
  private final CrsRegistry registry;
  private final LayerDictionary dictionary;
  private final CityProfile city;
  private final ImportRequest request;
  private final Progress progress;
  private final Path scratch;
  private final Findings findings = new Findings();
  private final ReadContext context;
  private final Validity validity;
  private final CrsDeduction deduction;
  private final Map<String, String> hashes = new LinkedHashMap<>();
  private final Map<String, LayerRow> knownBySource = new HashMap<>();
  private final Map<String, CatalogueTables.SeenFile> seenFiles;
  private final List<LayerRow> knownRows;
  private final List<Reading> readings = new ArrayList<>();
  private final Set<Dataset> unchanged = new HashSet<>();
  private final Map<Dataset, SourceDataset> open = new LinkedHashMap<>();
  private final List<ImportReport.ImportedLayer> imported = new ArrayList<>();
  private final List<ImportReport.ImportedRaster> rasters = new ArrayList<>();
  private final Map<String, LayerId> layerOfSource = new HashMap<>();
  private final List<StagedLayer> staged = new ArrayList<>();
  private final List<LayerRow> rows = new ArrayList<>();
  private final List<CatalogueTables.SetAside> setAside = new ArrayList<>();
  private final Map<LayerId, Long> basis = new HashMap<>();
  private final Map<String, String> sourceOfContent = new HashMap<>();
  private @Nullable CityArea area;

  /**
   * A run.
   *
   * @param knownRows what the catalogue says of the layers that are there, one row each
   */
  ImportRun(
      CityStore store,
      CrsRegistry registry,
      LayerDictionary dictionary,
      CityProfile city,
      List<LayerRow> knownRows,
      Map<String, CatalogueTables.SeenFile> seenFiles,
      ImportRequest request,
      Progress progress,
      Path scratch) {
    this.store = store;
    this.registry = registry;
    this.dictionary = dictionary;
    this.city = city;
    this.knownRows = knownRows;
    this.seenFiles = seenFiles;
    this.request = request;
    this.progress = progress;
    this.scratch = scratch;
    this.context = new ReadContext(findings, Limits.STANDARD, progress);
    this.validity = new Validity(GeometryBudget.standard(progress));
    this.deduction = new CrsDeduction(registry, city.crs());
    if (city.bounds() != null) {
      area = new CityArea(city.bounds(), city.area() != null, "known before");
    }
    for (LayerRow row : knownRows) {
      knownBySource.putIfAbsent(row.source(), row);
    }
  }

  /** Does it; what it opened is closed whatever happens. */
  Outcome run() throws IOException {
    try (SourceScan scan = SourceScan.of(request.paths(), scratch, Limits.STANDARD, findings)) {
      receive(scan);
      int done = 0;
      for (Dataset dataset : scan.datasets()) {
        progress.check();
        progress.step(dataset.primary().displayName(), done++, scan.datasets().size());
        open(dataset);
      }
      findArea();
      for (Reading reading : readings) {
        again(reading);
      }
      closeSources();
      findArea();
      for (Reading reading : readings) {
        if (!reading.broken) {
          load(reading);
        }
      }
      tellOfArea();
      return publish();
    } finally {
      closeAll();
    }
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

  // ---- files ----

  private void receive(SourceScan scan) throws IOException {
    int done = 0;
    for (SourceFile file : scan.received()) {
      progress.check();
      progress.step(file.displayName(), done++, scan.received().size());
      hashes.put(file.displayName(), store.blobs().put(file.path()));
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
    inputs.append('\n').append(city.crs());
    request.repairs().stream().sorted().forEach(repair -> inputs.append('\n').append(repair));
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

  private void open(Dataset dataset) {
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
        first(reading);
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
      // reported with what happened, and nothing of it is kept.
      readings.removeIf(r -> r.dataset.equals(dataset) && r.rows == null);
      refuse(name, FindingCode.FILE_UNREADABLE, e.toString());
    }
  }

  private void refuse(String name, FindingCode code, @Nullable String evidence) {
    findings.add(
        Finding.of(code, name, null, evidence == null ? "" : evidence, Finding.Action.REFUSED));
  }

  private boolean isUnchanged(Dataset dataset, String inputHash) {
    String name = key(dataset.primary().displayName());
    List<LayerRow> before =
        knownRows.stream()
            .filter(row -> row.source().equals(name) || row.source().startsWith(name + "#"))
            .toList();
    if (before.isEmpty() || !before.stream().allMatch(r -> r.inputHash().equals(inputHash))) {
      return false;
    }
    unchanged.add(dataset);
    for (LayerRow row : before) {
      LayerId id = new LayerId(row.layer());
      StoredLayer stored = store.features().findLayer(id).orElse(null);
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
    if (request.department() != null) {
      return request.department();
    }
    Set<String> owners = new HashSet<>();
    for (LayerRow row : knownRows) {
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

  // ---- reading ----

  private void first(Reading reading) throws IOException {
    switch (reading.layer.crs()) {
      case SourceCrs.Declared declared when registry.knows(declared.crs()) -> {
        spool(reading, declared.crs(), false);
        if (contradicts(reading, declared.crs())) {
          reading.contradicted = true;
          reading.rows().close();
          reading.rows = null;
        }
      }
      case SourceCrs.NotSpatial() -> {
        reading.placed = false;
        spool(reading, null, false);
      }
      case SourceCrs.Declared declared -> reading.contradicted = false;
      case SourceCrs.Unrecognized unrecognized -> reading.contradicted = false;
      case SourceCrs.Missing() -> reading.contradicted = false;
    }
  }

  /** Numbers that cannot be what the declared system says, wherever the city is. */
  private boolean contradicts(Reading reading, Crs declared) {
    Bbox raw = reading.rows().rawExtent().usual().orElse(null);
    if (raw == null) {
      return false;
    }
    double x = Math.max(Math.abs(raw.minX()), Math.abs(raw.maxX()));
    double y = Math.max(Math.abs(raw.minY()), Math.abs(raw.maxY()));
    return registry.isGeographic(declared) ? x > 361 || y > 361 : x <= 180 && y <= 180;
  }

  private void spool(Reading reading, @Nullable Crs crs, boolean swapAxes) throws IOException {
    CrsOperation operation = crs == null ? null : registry.operation(crs, city.crs());
    Wkb.PositionChange change = change(operation, swapAxes);
    Bbox swapInto =
        crs != null
                && registry.isGeographic(crs)
                && request.repairs().contains(FindingCode.LAT_LON_SWAPPED)
                && area != null
            ? area.grown(0.1)
            : null;
    SpooledLayer rows =
        new SpooledLayer(
            new Spool(scratch),
            reading.layer.fields(),
            change,
            swapInto,
            new Degrees(registry, crs == null ? null : city.crs()),
            validity,
            request.repairs().contains(FindingCode.GEOMETRY_RING_NOT_CLOSED));
    reading.rows = rows;
    reading.crs = crs;
    if (operation != null) {
      reading.operation = (swapAxes ? "axes swapped; " : "") + operation.description();
      reading.accuracy = operation.accuracyMeters();
    }
    read(reading, rows);
    rows.finish();
    if (operation != null && operation.gridMissing()) {
      findings.add(
          Finding.of(
              FindingCode.CRS_NEEDS_GRID,
              reading.source,
              registry.name(operation.source()),
              operation.description() + "; accuracy " + operation.accuracyMeters() + " m",
              Finding.Action.ASSUMED));
    }
  }

  private static Wkb.@Nullable PositionChange change(
      @Nullable CrsOperation operation, boolean swapAxes) {
    if (operation == null) {
      return null;
    }
    if (swapAxes) {
      return (xy, pairs) -> {
        SpooledLayer.swap(xy, pairs);
        operation.apply(xy, pairs);
      };
    }
    return operation.isIdentity() ? null : operation.change();
  }

  private void read(Reading reading, SpooledLayer rows) throws IOException {
    RowRelay relay = new RowRelay(rows, progress, reading.source, reading.layer.declaredCount());
    boolean finished = false;
    try {
      reading.layer.read(relay);
      relay.finish();
      finished = true;
    } catch (FormatException e) {
      relay.finish();
      finished = true;
      reading.broken = rows.count() == 0;
      findings.add(
          Finding.of(
              e.code(),
              reading.source,
              null,
              e.getMessage() + "; " + rows.count() + " features before it were read",
              reading.broken ? Finding.Action.REFUSED : Finding.Action.KEPT));
    } finally {
      if (!finished) {
        relay.abandon();
      }
    }
  }

  // ---- coordinate systems ----

  private void findArea() {
    Bbox declared = city.area() == null ? null : city.bounds();
    if (declared != null) {
      area = new CityArea(declared, true, "declared");
      return;
    }
    List<Bbox> extents = new ArrayList<>();
    Set<String> replaced = new HashSet<>();
    for (Reading reading : readings) {
      degrees(reading).ifPresent(extents::add);
      replaced.add(reading.key);
    }
    for (LayerRow row : knownRows) {
      if (row.entry().usualExtent() != null && !replaced.contains(row.source())) {
        extents.add(row.entry().usualExtent());
      }
    }
    area = CityArea.agreed(extents).orElse(null);
  }

  private Optional<Bbox> degrees(Reading reading) {
    SpooledLayer rows = reading.rows;
    if (rows == null || reading.crs == null || !reading.placed) {
      return Optional.empty();
    }
    return rows.extent().usual().flatMap(this::toDegrees);
  }

  private Optional<Bbox> toDegrees(Bbox box) {
    try {
      return Optional.of(registry.operation(city.crs(), Crs.CRS84).apply(box));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the box lies outside the domain of the city's system
    }
  }

  /** Reads what could not be read at first, or not as declared. */
  private void again(Reading reading) throws IOException {
    if (reading.rows != null) {
      if (reading.crs != null) {
        doubt(reading);
      }
      return;
    }
    Extent raw = rawExtent(reading);
    if (raw.isEmpty()) {
      spool(reading, null, false);
      return;
    }
    Bbox where = area != null ? area.grown(0.25) : registry.areaOfUse(city.crs());
    Optional<CrsDeduction.Deduced> deduced = deduction.deduce(raw.centers(), where);
    boolean tableOfNumbers = reading.layer.crs() instanceof SourceCrs.Missing;
    if (deduced.isPresent()) {
      CrsDeduction.Deduced found = deduced.get();
      spool(reading, found.crs(), found.swapped());
      guessed(reading, found);
    } else {
      reading.placed = false;
      spool(reading, null, false);
      lost(reading, raw, tableOfNumbers);
    }
  }

  private void guessed(Reading reading, CrsDeduction.Deduced found) {
    String name = found.crs() + " " + registry.name(found.crs());
    if (reading.layer.crs() instanceof SourceCrs.Declared declared) {
      findings.add(
          Finding.of(
              FindingCode.CRS_CONTRADICTED,
              reading.source,
              declared.crs() + " (" + declared.evidence() + ")",
              "read as " + name + ": " + found.evidence(),
              Finding.Action.ASSUMED));
    } else {
      findings.add(
          Finding.of(
              FindingCode.CRS_GUESSED,
              reading.source,
              name,
              found.evidence(),
              Finding.Action.ASSUMED));
    }
  }

  private void lost(Reading reading, Extent raw, boolean missing) {
    String numbers = raw.usual().map(ImportRun::text).orElse("");
    boolean declared = reading.layer.crs() instanceof SourceCrs.Declared;
    String subject =
        switch (reading.layer.crs()) {
          case SourceCrs.Declared d -> d.crs() + " (" + d.evidence() + ")";
          case SourceCrs.Unrecognized u ->
              u.wkt().length() > 80 ? u.wkt().substring(0, 80) : u.wkt();
          default -> null;
        };
    findings.add(
        Finding.of(
            declared ? FindingCode.CRS_CONTRADICTED : FindingCode.CRS_MISSING,
            reading.source,
            subject,
            "coordinates "
                + numbers
                + " fit none or several of the systems in use here"
                + (missing ? "" : "; kept as they came"),
            Finding.Action.KEPT));
  }

  /** A declared system that puts everything elsewhere, where another puts it into the city. */
  private void doubt(Reading reading) throws IOException {
    CityArea known = area;
    Crs declared = reading.crs;
    if (known == null || declared == null || reading.rows().rawExtent().isEmpty()) {
      return;
    }
    double[] centers = reading.rows().rawExtent().centers();
    if (deduction.share(declared, centers, known.grown(1)) > 0.02) {
      return;
    }
    if (registry.isGeographic(declared)) {
      return; // another city or the whole country: a finding of its own
    }
    Optional<CrsDeduction.Deduced> other = deduction.deduce(centers, known.grown(0.1));
    if (other.isPresent() && !other.get().crs().equals(declared)) {
      reading.rows().close();
      reading.rows = null;
      spool(reading, other.get().crs(), other.get().swapped());
      guessed(reading, other.get());
    }
  }

  private Extent rawExtent(Reading reading) throws IOException {
    Extent extent = new Extent();
    GeometryScan scan = new GeometryScan();
    try {
      reading.layer.read(
          new SourceLayer.FeatureSink() {
            private long seen;

            @Override
            public void accept(SourceFeature feature) {
              if (seen++ % 512 == 0) {
                progress.check();
              }
              if (feature.wkb() != null) {
                scan.read(feature.wkb());
                if (!scan.isEmpty() && scan.isFinite()) {
                  extent.add(scan.envelope());
                }
              }
            }

            @Override
            public void setAside(long row, String reason, String raw) {}
          });
    } catch (FormatException e) {
      return extent; // reported when the rows are read
    }
    return extent;
  }

  private static String text(Bbox box) {
    return String.format(
        Locale.ROOT, "%.4f,%.4f,%.4f,%.4f", box.minX(), box.minY(), box.maxX(), box.maxY());
  }

  // ---- storing ----

  private void load(Reading reading) throws IOException {
    progress.check();
    SpooledLayer spooled = reading.rows();
    LayerRow before = knownBySource.get(reading.key);
    LayerId id = before != null ? new LayerId(before.layer()) : newId(reading);
    reading.id = id;
    layerOfSource.put(reading.source, id);
    Findings own = new Findings();
    LayerPlan plan =
        LayerPlan.of(
            reading, dictionary, request.repairs().contains(FindingCode.MOJIBAKE_REPAIRABLE), own);
    boolean placed = reading.placed && reading.crs != null;
    LayerLoad load =
        new LayerLoad(
            spooled,
            plan.columns(),
            plan.schema(),
            registry,
            plan.schema().hasGeometry() ? city.crs() : Crs.CRS84,
            placed ? area : null);
    Optional<StoredLayer> previous = store.features().findLayer(id);
    previous.ifPresent(layer -> basis.put(id, layer.revision()));
    StagedLayer layer =
        load.load(store, id, previous, firstFreeId(id, previous), placed, progress, reading.source);
    staged.add(layer);
    plan.report(reading, own);
    places(reading, load, own);
    own.list().forEach(findings::add);
    List<SpooledLayer.SetAsideRow> aside = plan.setAside(spooled);
    for (SpooledLayer.SetAsideRow row : aside) {
      setAside.add(new CatalogueTables.SetAside(id.value(), row.row(), row.reason(), row.raw()));
    }
    LayerRow row = row(reading, plan, load, placed);
    rows.add(row);
    duplicate(reading, row, spooled.count());
    imported.add(
        new ImportReport.ImportedLayer(
            id,
            reading.source,
            reading.dataset.format().name(),
            previous.isPresent() ? ImportReport.Outcome.REPLACED : ImportReport.Outcome.NEW,
            !plan.schema().hasGeometry(),
            spooled.count(),
            spooled.setAsideCount() + aside.size() - spooled.setAsideRows().size(),
            reading.crs,
            reading.operation));
    spooled.close();
  }

  private void places(Reading reading, LayerLoad load, Findings own) {
    SpooledLayer spooled = reading.rows();
    long failed = spooled.failedTransforms().count();
    if (load.swapped().count() > 0) {
      own.add(
          new Finding(
              FindingCode.LAT_LON_SWAPPED,
              FindingCode.LAT_LON_SWAPPED.severity(),
              reading.source,
              null,
              load.swapped().count(),
              "these positions lie in the city with x and y exchanged, and only so",
              Finding.Action.KEPT,
              load.swapped().examples()));
    }
    long misplaced = failed - spooled.failedPlaces().size();
    long outside = load.outside().count();
    long strays = Math.max(0, failed - Math.min(failed, load.swapped().count())) + outside;
    if (strays > 0 || misplaced > 0) {
      boolean mostly = strays > spooled.count() * LARGER_AREA;
      List<Finding.Example> examples = new ArrayList<>(load.outside().examples());
      if (load.swapped().count() == 0) {
        examples.addAll(spooled.failedTransforms().examples());
      }
      String where = area == null ? "" : text(area.bounds());
      own.add(
          new Finding(
              FindingCode.OUTSIDE_CITY,
              mostly ? Severity.NOTE : FindingCode.OUTSIDE_CITY.severity(),
              reading.source,
              null,
              Math.max(1, strays),
              (mostly
                      ? "the layer describes a larger area than the city "
                      : "wholly outside the city and a tenth around it ")
                  + where
                  + (failed > 0 ? "; " + failed + " of them have no image in its system" : ""),
              failed > 0 ? Finding.Action.SET_ASIDE : Finding.Action.KEPT,
              mostly ? List.of() : examples));
    }
  }

  private LayerRow row(Reading reading, LayerPlan plan, LayerLoad load, boolean placed) {
    Bbox extent =
        placed ? reading.rows().extent().whole().flatMap(this::toDegrees).orElse(null) : null;
    var coverage = load.coverage();
    LayerEntry entry =
        new LayerEntry(
            plan.title(),
            null,
            plan.theme(dictionary, reading.department),
            reading.department,
            plan.standard().map(LayerDictionary.Entry::id).orElse(null),
            extent,
            degrees(reading).orElse(null),
            coverage == null ? null : HexFormat.of().formatHex(Wkb.of(coverage)),
            reading.date,
            null,
            List.of(
                new LayerSource(
                    reading.source,
                    reading.dataset.format().name(),
                    reading.sha256,
                    reading.crs,
                    reading.operation,
                    reading.accuracy)));
    return new LayerRow(
        reading.id().value(), 0, reading.key, reading.inputHash, load.rowsHash(), null, entry);
  }

  /** Tells of a layer that another name brought already, unless the whole file was a copy. */
  private void duplicate(Reading reading, LayerRow row, int count) {
    if (count == 0) {
      return;
    }
    String content = row.rowsHash();
    String other = sourceOfContent.putIfAbsent(content, reading.source);
    if (other == null) {
      other =
          knownRows.stream()
              .filter(known -> known.rowsHash().equals(content))
              .filter(known -> !known.source().equals(reading.key))
              .map(known -> known.entry().sources().getFirst().file())
              .findFirst()
              .orElse(null);
    }
    if (other != null && !isCopy(reading)) {
      findings.add(
          new Finding(
              FindingCode.LAYER_DUPLICATE,
              FindingCode.LAYER_DUPLICATE.severity(),
              reading.source,
              other,
              1,
              count + " equal features",
              Finding.Action.KEPT,
              List.of()));
    }
  }

  /** The scan has said already that the whole file is a copy. */
  private boolean isCopy(Reading reading) {
    String name = reading.dataset.primary().displayName();
    return findings.list().stream()
        .anyMatch(f -> f.code() == FindingCode.FILE_DUPLICATE && f.source().equals(name));
  }

  /** A stable identifier: the name's own, else with the folder before it, else with a number. */
  private LayerId newId(Reading reading) {
    Set<String> taken = new HashSet<>();
    knownRows.forEach(row -> taken.add(row.layer()));
    store.features().listLayers().forEach(layer -> taken.add(layer.id().value()));
    readings.forEach(
        other -> {
          if (other.id != null) {
            taken.add(other.id.value());
          }
        });
    String name = reading.layer.name();
    if (RESERVED.stream().anyMatch(LayerId.ofName(name).value()::startsWith)) {
      name = "layer " + name;
    }
    LayerId plain = LayerId.ofName(name);
    if (!taken.contains(plain.value())) {
      return plain;
    }
    String folder = reading.department == null ? "layer" : reading.department;
    LayerId prefixed = LayerId.ofName(folder + " " + name);
    if (!taken.contains(prefixed.value())) {
      return prefixed;
    }
    for (int i = 2; ; i++) {
      String base = plain.value();
      String suffix = "_" + i;
      int most = LayerId.MAX_LENGTH - suffix.length();
      String numbered = (base.length() > most ? base.substring(0, most) : base) + suffix;
      if (!taken.contains(numbered)) {
        return new LayerId(numbered);
      }
    }
  }

  /** Thrown to end a revision that only looked. */
  private static final class OnlyLooked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OnlyLooked() {
      super("only looked", null, false, false);
    }
  }

  private long firstFreeId(LayerId id, Optional<StoredLayer> previous) {
    boolean everKnown =
        previous.isPresent() || knownRows.stream().anyMatch(r -> r.layer().equals(id.value()));
    if (!everKnown) {
      return 1;
    }
    long[] first = new long[1];
    try {
      store.revise(
          new Revision.Note(request.author(), "import", "look"),
          transaction -> {
            first[0] = transaction.nextFeatureId(id).value();
            throw new OnlyLooked();
          });
    } catch (OnlyLooked e) {
      return first[0];
    }
    throw new IllegalStateException("the store committed a revision that was to be undone");
  }

  // ---- publishing ----

  private void tellOfArea() {
    CityArea known = area;
    if (known != null && !known.isDeclared() && !rows.isEmpty()) {
      boolean same = city.bounds() != null && city.bounds().equals(known.bounds());
      String source = String.valueOf(request.paths().getFirst().getFileName());
      if (!same) {
        findings.add(
            Finding.of(
                FindingCode.CITY_AREA_GUESSED,
                source,
                null,
                known.evidence(),
                Finding.Action.ASSUMED));
      }
    }
  }

  private Outcome publish() throws IOException {
    progress.check();
    List<LayerId> changed = rows.stream().map(row -> new LayerId(row.layer())).toList();
    if (rows.isEmpty() && nothingNew()) {
      return new Outcome(0, imported, rasters, attributed(0), changed);
    }
    Revision revision =
        store.revise(
            new Revision.Note(request.author(), "import", message()),
            transaction -> {
              refuseStale();
              for (StagedLayer layer : staged) {
                transaction.publish(layer);
              }
              long number = transaction.revision();
              CatalogueTables.write(
                  transaction.connection(),
                  number,
                  rows.stream().map(row -> at(row, number)).toList(),
                  attributed(number),
                  setAside,
                  hashes);
            });
    staged.clear();
    store
        .audit()
        .append(request.author(), "import", "revision " + revision.number() + ": " + message());
    return new Outcome(
        revision.number(), imported, rasters, attributed(revision.number()), changed);
  }

  /** An edit made while the import ran would be lost without a word. */
  private void refuseStale() {
    for (StagedLayer layer : staged) {
      long now = store.features().findLayer(layer.layer()).map(StoredLayer::revision).orElse(0L);
      if (now != basis.getOrDefault(layer.layer(), 0L)) {
        throw new EditConflict(layer.layer(), List.of());
      }
    }
  }

  private static LayerRow at(LayerRow row, long revision) {
    return new LayerRow(
        row.layer(),
        revision,
        row.source(),
        row.inputHash(),
        row.rowsHash(),
        row.storeHash(),
        row.entry());
  }

  private boolean nothingNew() {
    return hashes.entrySet().stream()
        .allMatch(
            file -> {
              CatalogueTables.SeenFile seen = seenFiles.get(file.getKey());
              return seen != null && seen.sha256().equals(file.getValue());
            });
  }

  private String message() {
    String from =
        String.join(
            ", ",
            request.paths().stream().map(path -> String.valueOf(path.getFileName())).toList());
    return rows.size() + " layers from " + from;
  }

  private List<LayerFinding> attributed(long revision) {
    List<LayerFinding> all = new ArrayList<>();
    for (Finding finding : findings.list()) {
      all.add(new LayerFinding(layerOf(finding.source()), finding, revision));
    }
    return all;
  }

  private @Nullable LayerId layerOf(String source) {
    LayerId direct = layerOfSource.get(source);
    if (direct != null) {
      return direct;
    }
    for (Reading reading : readings) {
      boolean part =
          reading.dataset.files().stream().anyMatch(file -> file.displayName().equals(source));
      if (part && reading.source.equals(reading.dataset.primary().displayName())) {
        return reading.id;
      }
    }
    return null;
  }

  private void closeSources() throws IOException {
    for (SourceDataset dataset : open.values()) {
      dataset.close();
    }
    open.clear();
  }

  private void closeAll() throws IOException {
    closeSources();
    staged.forEach(StagedLayer::close);
    for (Reading reading : readings) {
      SpooledLayer spooled = reading.rows;
      if (spooled != null) {
        spooled.close();
      }
    }
  }
}
