package org.tequio.catalogue.intake;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.geometry.GeometryScan;
import org.tequio.catalogue.geometry.Validity;
import org.tequio.feature.Bbox;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Hilbert;
import org.tequio.feature.RowHash;
import org.tequio.feature.Wkb;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceField;

/**
 * One layer after every row was seen once: the rows in a spool, in the city's system, and what they
 * have in common. Filled by one thread, read by one thread.
 */
final class SpooledLayer implements Closeable {
  private final Spool spool;
  private final List<ColumnProfile> columns = new ArrayList<>();
  private final Wkb.@Nullable PositionChange change;
  private final @Nullable Bbox swapInto;
  private final Degrees degrees;
  private final Validity validity;
  private final boolean closeRings;

  private final LongList offsets = new LongList();
  private final LongList hashHigh = new LongList();
  private final LongList hashLow = new LongList();
  private final FloatList centerX = new FloatList();
  private final FloatList centerY = new FloatList();
  private final Extent extent = new Extent();
  private final Extent rawExtent = new Extent();
  private final Map<FindingCode, Tally> geometryFaults = new EnumMap<>(FindingCode.class);
  private final Map<FindingCode, Tally> refused = new EnumMap<>(FindingCode.class);
  private final Map<GeometryType, Long> types = new EnumMap<>(GeometryType.class);
  private final List<SetAsideRow> setAside = new ArrayList<>();
  private final Tally nullGeometries = new Tally();
  private final Tally emptyGeometries = new Tally();
  private final Tally failedTransforms = new Tally();
  private final Tally closedRings = new Tally();
  private final Tally swappedBack = new Tally();
  private final Tally unreadable = new Tally();
  private long withZ;
  private long withM;
  private long flat;
  private long setAsideCount;

  private final RowHash rowHash = new RowHash();
  private final GeometryScan scan = new GeometryScan();
  private final double[] nowhere = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
  private final double[] rawEnvelope = new double[4];
  private final List<double[]> failedPlaces = new ArrayList<>();

  /** A row or geometry that is kept beside the layer. */
  record SetAsideRow(long row, String reason, String raw) {}

  /** The most rows that are kept beside one layer in full; all are counted. */
  static final int MAX_SET_ASIDE = 10_000;

  private static final int MAX_FAILED_PLACES = 4000;

  /**
   * An empty layer.
   *
   * @param change into the city's system; null where the coordinates stay as they are
   * @param swapInto rows whose position lies in this box only with x and y swapped are swapped: a
   *     repair that someone chose; null otherwise
   * @param closeRings true where someone chose that open rings are closed
   */
  SpooledLayer(
      Spool spool,
      List<SourceField> fields,
      Wkb.@Nullable PositionChange change,
      @Nullable Bbox swapInto,
      Degrees degrees,
      Validity validity,
      boolean closeRings) {
    this.spool = spool;
    this.change = change;
    this.swapInto = swapInto;
    this.degrees = degrees;
    this.validity = validity;
    this.closeRings = closeRings;
    for (SourceField field : fields) {
      columns.add(new ColumnProfile(field));
    }
  }

  /** Takes one feature in. */
  void accept(SourceFeature feature) {
    byte[] wkb = feature.wkb();
    double[] envelope = nowhere;
    rowHash.reset();
    if (wkb == null) {
      nullGeometries.count(feature.row(), "");
    } else {
      wkb = geometry(feature.row(), wkb);
      envelope = wkb == null ? nowhere : scan.envelope();
    }
    if (wkb != null) {
      rowHash.add(wkb, 0, wkb.length);
    }
    offsets.add(spool.begin(feature.row(), wkb, envelope));
    centerX.add((float) ((envelope[0] + envelope[2]) / 2));
    centerY.add((float) ((envelope[1] + envelope[3]) / 2));
    @Nullable Object[] values = feature.values();
    for (int i = 0; i < columns.size(); i++) {
      rowHash.add(columns.get(i).accept(values[i], feature.row(), spool));
    }
    spool.end();
    hashHigh.add(rowHash.high());
    hashLow.add(rowHash.low());
  }

  /** Takes in a row that the reader could not read. */
  void setAside(long row, String reason, String raw) {
    unreadable.count(row, reason);
    keepAside(row, reason, raw);
  }

  private void keepAside(long row, String reason, String raw) {
    setAsideCount++;
    if (setAside.size() < MAX_SET_ASIDE) {
      setAside.add(new SetAsideRow(row, reason, raw));
    }
  }

  /** The geometry as it is stored; null where it cannot be. Fills the scan. */
  private byte @Nullable [] geometry(long row, byte[] wkb) {
    scan.read(wkb);
    if (scan.isEmpty()) {
      emptyGeometries.count(row, scan.type().name());
      types.merge(scan.type(), 1L, Long::sum);
      return wkb;
    }
    if (!scan.isFinite()) {
      return refuse(row, wkb, FindingCode.GEOMETRY_BAD_COORDINATE);
    }
    if (swapInto != null) {
      swapBack(row, wkb, swapInto);
    }
    System.arraycopy(scan.envelope(), 0, rawEnvelope, 0, 4);
    rawExtent.add(rawEnvelope);
    if (change != null) {
      byte[] original = wkb.clone();
      Wkb.changePositions(wkb, 0, change);
      scan.read(wkb);
      if (!scan.isFinite() || scan.isEmpty()) {
        if (failedTransforms.wants()) {
          failedTransforms.keep(
              Finding.Example.of(row, "x " + rawEnvelope[0] + ", y " + rawEnvelope[1]));
        }
        if (failedPlaces.size() < MAX_FAILED_PLACES) {
          failedPlaces.add(new double[] {row, rawEnvelope[0], rawEnvelope[1]});
        }
        keepAside(row, "the position has no image in the city's system", hex(original));
        return null;
      }
    }
    if (!scan.isClosed()) {
      if (!closeRings) {
        return refuse(row, wkb, FindingCode.GEOMETRY_RING_NOT_CLOSED);
      }
      wkb = RingClosing.close(wkb);
      scan.read(wkb);
      closedRings.count(row, "an open ring was closed with its first position");
    }
    Validity.Fault fault = validity.findFault(wkb, scan);
    if (fault != null) {
      if (!canBeBuilt(fault.code(), wkb)) {
        return refuse(row, wkb, fault.code());
      }
      Tally tally = geometryFaults.computeIfAbsent(fault.code(), code -> new Tally());
      if (tally.wants()) {
        tally.keep(degrees.example(row, scan.vertices() + " vertices", fault.x(), fault.y()));
      }
    }
    types.merge(scan.type(), 1L, Long::sum);
    if (scan.hasZ()) {
      withZ++;
    } else {
      flat++;
    }
    withM += Wkb.hasM(wkb, 0) ? 1 : 0;
    extent.add(scan.envelope());
    return wkb;
  }

  private void swapBack(long row, byte[] wkb, Bbox box) {
    double[] e = scan.envelope();
    double x = (e[0] + e[2]) / 2;
    double y = (e[1] + e[3]) / 2;
    if (!box.contains(x, y) && box.contains(y, x)) {
      Wkb.changePositions(wkb, 0, SpooledLayer::swap);
      scan.read(wkb);
      if (swappedBack.wants()) {
        swappedBack.keep(new Finding.Example(row, x + " " + y + " → " + y + " " + x, y, x));
      }
    }
  }

  /** Exchanges x and y. */
  static void swap(double[] xy, int pairs) {
    for (int i = 0; i < 2 * pairs; i += 2) {
      double x = xy[i];
      xy[i] = xy[i + 1];
      xy[i + 1] = x;
    }
  }

  private byte @Nullable [] refuse(long row, byte[] wkb, FindingCode code) {
    Tally tally = refused.computeIfAbsent(code, key -> new Tally());
    if (tally.wants()) {
      double[] e = scan.envelope();
      tally.keep(
          degrees.example(
              row, scan.vertices() + " vertices", (e[0] + e[2]) / 2, (e[1] + e[3]) / 2));
    }
    keepAside(row, code.wireName(), hex(wkb));
    return null;
  }

  /** Lines of one point and rings of two are no geometry for any program that reads the city. */
  private static boolean canBeBuilt(FindingCode code, byte[] wkb) {
    if (code != FindingCode.GEOMETRY_TOO_FEW_POINTS) {
      return code != FindingCode.GEOMETRY_UNREADABLE && code != FindingCode.GEOMETRY_BAD_COORDINATE;
    }
    try {
      return !Wkb.toGeometry(wkb, 0, wkb.length).isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String hex(byte[] wkb) {
    int most = 1 << 16;
    return java.util.HexFormat.of().formatHex(wkb.length > most ? Arrays.copyOf(wkb, most) : wkb);
  }

  /** Ends the filling. */
  void finish() throws IOException {
    spool.finish();
  }

  int count() {
    return offsets.size();
  }

  long offset(int index) {
    return offsets.get(index);
  }

  List<ColumnProfile> columns() {
    return columns;
  }

  Extent extent() {
    return extent;
  }

  Extent rawExtent() {
    return rawExtent;
  }

  Map<FindingCode, Tally> geometryFaults() {
    return geometryFaults;
  }

  /** The faults for which a geometry was kept beside the layer. */
  Map<FindingCode, Tally> refused() {
    return refused;
  }

  Map<GeometryType, Long> types() {
    return types;
  }

  List<SetAsideRow> setAsideRows() {
    return setAside;
  }

  long setAsideCount() {
    return setAsideCount;
  }

  Tally nullGeometries() {
    return nullGeometries;
  }

  Tally emptyGeometries() {
    return emptyGeometries;
  }

  Tally failedTransforms() {
    return failedTransforms;
  }

  /** Row, x and y of positions that could not be transformed, as far as they are kept. */
  List<double[]> failedPlaces() {
    return failedPlaces;
  }

  Tally closedRings() {
    return closedRings;
  }

  Tally unreadable() {
    return unreadable;
  }

  long withZ() {
    return withZ;
  }

  long withM() {
    return withM;
  }

  long flat() {
    return flat;
  }

  /** Rows whose x and y were exchanged because someone chose it. */
  Tally swappedBack() {
    return swappedBack;
  }

  /** Reads rows back. */
  Spool.Cursor cursor() {
    return spool.cursor(
        columns.stream().map(ColumnProfile::dictionary).toArray(StringDictionary[]::new));
  }

  /** The type that holds every geometry; {@code NONE} where there is none. */
  GeometryType geometryType() {
    GeometryType all = GeometryType.NONE;
    for (GeometryType type : types.keySet()) {
      all = all.union(type);
    }
    return all;
  }

  /**
   * The rows in Hilbert order of their centres, those without a place at the end.
   *
   * @return indexes
   */
  int[] hilbertOrder() {
    int n = count();
    long[] keys = new long[n];
    var box = extent.whole();
    double scaleX = box.map(b -> (Hilbert.SIDE - 1) / Math.max(b.width(), 1e-12)).orElse(0.0);
    double scaleY = box.map(b -> (Hilbert.SIDE - 1) / Math.max(b.height(), 1e-12)).orElse(0.0);
    double minX = box.map(b -> b.minX()).orElse(0.0);
    double minY = box.map(b -> b.minY()).orElse(0.0);
    for (int i = 0; i < n; i++) {
      float x = centerX.get(i);
      float y = centerY.get(i);
      long curve = 0xffff_ffffL;
      if (!Float.isNaN(x)) {
        curve = Hilbert.index(cell((x - minX) * scaleX), cell((y - minY) * scaleY));
      }
      // Half of the unsigned curve position suffices and keeps the sign free.
      keys[i] = (curve >>> 1) << 32 | i;
    }
    Arrays.parallelSort(keys);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  private static int cell(double scaled) {
    return (int) Math.max(0, Math.min(Hilbert.SIDE - 1, scaled));
  }

  /** Rows whose geometry and values equal those of an earlier row. */
  Tally duplicates() {
    Tally tally = new Tally();
    long[] sorted = hashHigh.sorted();
    Map<Long, Map<Long, Integer>> repeated = new HashMap<>();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        repeated.putIfAbsent(sorted[i], new HashMap<>());
      }
    }
    if (repeated.isEmpty()) {
      return tally;
    }
    Spool.Cursor cursor = cursor();
    for (int i = 0; i < count(); i++) {
      Map<Long, Integer> lows = repeated.get(hashHigh.get(i));
      if (lows == null) {
        continue;
      }
      Integer first = lows.putIfAbsent(hashLow.get(i), i);
      if (first != null && tally.wants()) {
        cursor.read(offsets.get(first));
        long original = cursor.number();
        cursor.read(offsets.get(i));
        tally.keep(
            degrees.example(
                cursor.number(), "same as row " + original, centerX.get(i), centerY.get(i)));
      }
    }
    return tally;
  }

  Degrees degrees() {
    return degrees;
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
