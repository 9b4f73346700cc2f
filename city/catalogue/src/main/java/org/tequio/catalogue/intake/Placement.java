package org.tequio.catalogue.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.geometry.GeometryBudget;
import org.tequio.catalogue.geometry.GeometryScan;
import org.tequio.catalogue.geometry.Validity;
import org.tequio.catalogue.tables.LayerRow;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Wkb;
import org.tequio.formats.FormatException;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceLayer;

/**
 * Reads layers into the city's coordinate system: as declared where that can be true, else by what
 * fits into the city. Not thread-safe.
 */
final class Placement {
  private final ImportContext run;
  private final Validity validity;
  private final CrsDeduction deduction;
  private @Nullable CityArea area;

  Placement(ImportContext run) {
    this.run = run;
    this.validity = new Validity(GeometryBudget.standard(run.progress()));
    this.deduction = new CrsDeduction(run.registry(), run.city().crs());
    if (run.city().bounds() != null) {
      area = new CityArea(run.city().bounds(), run.city().area() != null, "known before");
    }
  }

  /** The city's area; null where nothing says it yet. */
  @Nullable CityArea area() {
    return area;
  }

  /** Reads a layer where its system is known; else it waits for {@link #again}. */
  void first(Reading reading) throws IOException {
    switch (reading.layer.crs()) {
      case SourceCrs.Declared declared when run.registry().knows(declared.crs()) -> {
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
    return run.registry().isGeographic(declared) ? x > 361 || y > 361 : x <= 180 && y <= 180;
  }

  private void spool(Reading reading, @Nullable Crs crs, boolean swapAxes) throws IOException {
    CrsOperation operation = crs == null ? null : run.registry().operation(crs, run.city().crs());
    Wkb.PositionChange change = change(operation, swapAxes);
    Bbox swapInto =
        crs != null
                && run.registry().isGeographic(crs)
                && run.repairs(FindingCode.LAT_LON_SWAPPED)
                && area != null
            ? area.grown(0.1)
            : null;
    SpooledLayer rows =
        new SpooledLayer(
            new Spool(run.scratch()),
            reading.layer.fields(),
            change,
            swapInto,
            new Degrees(run.registry(), crs == null ? null : run.city().crs()),
            validity,
            run.repairs(FindingCode.GEOMETRY_RING_NOT_CLOSED));
    reading.rows = rows;
    reading.crs = crs;
    if (operation != null) {
      reading.operation = (swapAxes ? "axes swapped; " : "") + operation.description();
      reading.accuracy = operation.accuracyMeters();
    }
    read(reading, rows);
    rows.finish();
    if (operation != null && operation.gridMissing()) {
      run.findings()
          .add(
              Finding.of(
                  FindingCode.CRS_NEEDS_GRID,
                  reading.source,
                  run.registry().name(operation.source()),
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
    RowRelay relay =
        new RowRelay(rows, run.progress(), reading.source, reading.layer.declaredCount());
    boolean finished = false;
    try {
      reading.layer.read(relay);
      relay.finish();
      finished = true;
    } catch (FormatException e) {
      relay.finish();
      finished = true;
      reading.broken = rows.count() == 0;
      run.findings()
          .add(
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

  /** Where the city is, as far as its layers agree on it. */
  void findArea(List<Reading> readings) {
    Bbox declared = run.city().area() == null ? null : run.city().bounds();
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
    for (LayerRow row : run.knownRows()) {
      if (row.entry().usualExtent() != null && !replaced.contains(row.source())) {
        extents.add(row.entry().usualExtent());
      }
    }
    area = CityArea.agreed(extents).orElse(null);
  }

  /** The box of all but a few strays in longitude and latitude. */
  Optional<Bbox> degrees(Reading reading) {
    SpooledLayer rows = reading.rows;
    if (rows == null || reading.crs == null || !reading.placed) {
      return Optional.empty();
    }
    return rows.extent().usual().flatMap(this::toDegrees);
  }

  Optional<Bbox> toDegrees(Bbox box) {
    try {
      return Optional.of(run.registry().operation(run.city().crs(), Crs.CRS84).apply(box));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the box lies outside the domain of the city's system
    }
  }

  /** Reads what could not be read at first, or not as declared. */
  void again(Reading reading) throws IOException {
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
    Bbox where = area != null ? area.grown(0.25) : run.registry().areaOfUse(run.city().crs());
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
    String name = found.crs() + " " + run.registry().name(found.crs());
    if (reading.layer.crs() instanceof SourceCrs.Declared declared) {
      run.findings()
          .add(
              Finding.of(
                  FindingCode.CRS_CONTRADICTED,
                  reading.source,
                  declared.crs() + " (" + declared.evidence() + ")",
                  "read as " + name + ": " + found.evidence(),
                  Finding.Action.ASSUMED));
    } else {
      run.findings()
          .add(
              Finding.of(
                  FindingCode.CRS_GUESSED,
                  reading.source,
                  name,
                  found.evidence(),
                  Finding.Action.ASSUMED));
    }
  }

  private void lost(Reading reading, Extent raw, boolean missing) {
    String numbers = raw.usual().map(Placement::text).orElse("");
    boolean declared = reading.layer.crs() instanceof SourceCrs.Declared;
    String subject =
        switch (reading.layer.crs()) {
          case SourceCrs.Declared d -> d.crs() + " (" + d.evidence() + ")";
          case SourceCrs.Unrecognized u ->
              u.wkt().length() > 80 ? u.wkt().substring(0, 80) : u.wkt();
          default -> null;
        };
    run.findings()
        .add(
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

  /**
   * A declared system that puts everything elsewhere, where another puts it into the run.city().
   */
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
    if (run.registry().isGeographic(declared)) {
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
                run.progress().check();
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

  /** A box as evidence shows it. */
  static String text(Bbox box) {
    return String.format(
        Locale.ROOT, "%.4f,%.4f,%.4f,%.4f", box.minX(), box.minY(), box.maxX(), box.maxY());
  }
}
