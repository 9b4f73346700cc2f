package org.tequio.catalogue.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.DoubtfulMatch;
import org.tequio.catalogue.ImportReport;
import org.tequio.catalogue.LayerSource;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.catalogue.tables.CatalogueTables;
import org.tequio.catalogue.tables.LayerEntry;
import org.tequio.catalogue.tables.LayerRow;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.LayerId;
import org.tequio.feature.Severity;
import org.tequio.feature.Wkb;
import org.tequio.storage.StagedLayer;
import org.tequio.storage.StoredLayer;

/**
 * Makes layers of what was read: decides their schemas, loads them beside the published ones, says
 * what was seen, and writes their catalogue entries. Not thread-safe.
 */
final class LayerMaking {
  /** Beginnings of table names that belong to stores and modules. */
  private static final List<String> RESERVED =
      List.of("catalogue_", "gpkg_", "rtree_", "sqlite_", "tq_", "pg_");

  /** From this share of strays on, a layer describes a larger area: no fault of its coordinates. */
  private static final double LARGER_AREA = 0.2;

  private final ImportContext run;
  private final Placement placement;
  private final List<Reading> readings;
  private final Map<String, LayerRow> knownBySource = new HashMap<>();
  private final List<ImportReport.ImportedLayer> imported;
  private final Map<String, LayerId> layerOfSource = new HashMap<>();
  private final List<StagedLayer> staged = new ArrayList<>();
  private final List<LayerRow> rows = new ArrayList<>();
  private final List<CatalogueTables.SetAside> setAside = new ArrayList<>();
  private final Map<LayerId, Long> basis = new LinkedHashMap<>();
  private final Map<LayerId, List<DoubtfulMatch>> doubts = new LinkedHashMap<>();
  private final Map<String, String> sourceOfContent = new HashMap<>();

  LayerMaking(
      ImportContext run,
      Placement placement,
      List<Reading> readings,
      List<ImportReport.ImportedLayer> imported) {
    this.run = run;
    this.placement = placement;
    this.readings = readings;
    this.imported = imported;
    for (LayerRow row : run.knownRows()) {
      knownBySource.putIfAbsent(row.source(), row);
    }
  }

  /** Loads a layer that was read. */
  void load(Reading reading) throws IOException {
    run.progress().check();
    SpooledLayer spooled = reading.rows();
    LayerId id = idOf(reading);
    reading.id = id;
    layerOfSource.put(reading.source, id);
    Findings own = new Findings();
    LayerPlan plan =
        LayerPlan.of(reading, run.dictionary(), run.repairs(FindingCode.MOJIBAKE_REPAIRABLE), own);
    boolean placed = reading.placed && reading.crs != null;
    LayerLoad load =
        new LayerLoad(
            spooled,
            plan.columns(),
            plan.schema(),
            run.registry(),
            plan.schema().hasGeometry() ? run.city().crs() : Crs.CRS84,
            placed ? placement.area() : null);
    Optional<StoredLayer> previous = run.store().features().findLayer(id);
    previous.ifPresent(layer -> basis.put(id, layer.revision()));
    StagedLayer layer =
        load.load(
            run.store(),
            id,
            previous,
            firstFreeId(id, previous),
            placed,
            run.progress(),
            reading.source);
    staged.add(layer);
    doubts.put(id, load.doubts());
    plan.report(reading, own);
    places(reading, load, own);
    own.list().forEach(run.findings()::add);
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

  /**
   * The layer that it becomes: the one that was named, the one of the same source, or a new one.
   */
  private LayerId idOf(Reading reading) {
    LayerId into = run.request().into();
    if (into != null) {
      return into;
    }
    LayerRow before = knownBySource.get(reading.key);
    return before != null ? new LayerId(before.layer()) : newId(reading);
  }

  /** A new version of a layer that was named comes again under the name that the layer has. */
  private String keyOf(Reading reading) {
    LayerId into = run.request().into();
    return into == null
        ? reading.key
        : run.knownRows().stream()
            .filter(row -> row.layer().equals(into.value()))
            .findFirst()
            .map(LayerRow::source)
            .orElse(reading.key);
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
      CityArea area = placement.area();
      String where = area == null ? "" : Placement.text(area.bounds());
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
        placed ? reading.rows().extent().whole().flatMap(placement::toDegrees).orElse(null) : null;
    var coverage = load.coverage();
    LayerEntry entry =
        new LayerEntry(
            plan.title(),
            null,
            plan.theme(run.dictionary(), reading.department),
            reading.department,
            plan.standard().map(LayerDictionary.Entry::id).orElse(null),
            extent,
            placement.degrees(reading).orElse(null),
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
        reading.id().value(), 0, keyOf(reading), reading.inputHash, load.rowsHash(), null, entry);
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
          run.knownRows().stream()
              .filter(known -> known.rowsHash().equals(content))
              .filter(known -> !known.source().equals(reading.key))
              .map(known -> known.entry().sources().getFirst().file())
              .findFirst()
              .orElse(null);
    }
    if (other != null && !isCopy(reading)) {
      run.findings()
          .add(
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
    return run.findings().list().stream()
        .anyMatch(f -> f.code() == FindingCode.FILE_DUPLICATE && f.source().equals(name));
  }

  /** A stable identifier: the name's own, else with the folder before it, else with a number. */
  private LayerId newId(Reading reading) {
    Set<String> taken = new HashSet<>();
    run.knownRows().forEach(row -> taken.add(row.layer()));
    run.store().features().listLayers().forEach(layer -> taken.add(layer.id().value()));
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

  private long firstFreeId(LayerId id, Optional<StoredLayer> previous) {
    boolean everKnown =
        previous.isPresent()
            || run.knownRows().stream().anyMatch(r -> r.layer().equals(id.value()));
    return everKnown ? FreeIds.first(run.store(), id, run.request().author()) : 1;
  }

  /** The layers that were loaded. */
  List<StagedLayer> staged() {
    return staged;
  }

  List<LayerRow> rows() {
    return rows;
  }

  List<CatalogueTables.SetAside> setAside() {
    return setAside;
  }

  /** The revision of each layer that its new version was compared with; 0 for a new layer. */
  Map<LayerId, Long> basis() {
    return basis;
  }

  Map<LayerId, List<DoubtfulMatch>> doubts() {
    return doubts;
  }

  /** The layer that a finding's source became; null where it became none. */
  @Nullable LayerId layerOf(String source) {
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

  /** Throws away what was loaded and taken by nobody. */
  void close() throws IOException {
    staged.forEach(StagedLayer::close);
    for (Reading reading : readings) {
      SpooledLayer spooled = reading.rows;
      if (spooled != null) {
        spooled.close();
      }
    }
  }
}
