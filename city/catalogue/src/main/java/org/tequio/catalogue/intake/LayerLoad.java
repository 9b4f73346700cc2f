package org.tequio.catalogue.intake;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.DoubtfulMatch;
import org.tequio.catalogue.match.Doubt;
import org.tequio.catalogue.match.Matching;
import org.tequio.catalogue.match.RowSource;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Progress;
import org.tequio.feature.RowHash;
import org.tequio.feature.Wkb;
import org.tequio.feature.WkbBuilder;
import org.tequio.storage.CityStore;
import org.tequio.storage.StagedLayer;
import org.tequio.storage.StoredLayer;

/**
 * The second pass over a layer: rows leave the spool in Hilbert order, are converted, measured
 * against the city's area, given their identifiers and handed to the store. Not thread-safe.
 */
final class LayerLoad {
  private static final int CHECK_EVERY = 2048;
  private static final double METERS_OF_A_DEGREE = 111_195;

  private final SpooledLayer rows;
  private final List<ColumnPlan> columns;
  private final LayerSchema schema;
  private final CrsRegistry registry;
  private final Crs crs;
  private final @Nullable CityArea area;
  private final Tally outside = new Tally();
  private final Tally swapped = new Tally();
  private final RowHash hash = new RowHash();
  private long hashHigh;
  private long hashLow;
  private final List<DoubtfulMatch> doubts = new ArrayList<>();
  private @Nullable Geometry coverage;

  /**
   * A load.
   *
   * @param crs of the rows; the area and coverage are asked for only where it has meaning
   * @param area the city's; null where it is not known or the rows have no place
   */
  LayerLoad(
      SpooledLayer rows,
      List<ColumnPlan> columns,
      LayerSchema schema,
      CrsRegistry registry,
      Crs crs,
      @Nullable CityArea area) {
    this.rows = rows;
    this.columns = columns;
    this.schema = schema;
    this.registry = registry;
    this.crs = crs;
    this.area = area;
  }

  /**
   * Fills a new generation.
   *
   * @param previous the layer as it was; empty for a new one
   * @param placed false where the coordinates have no meaning
   */
  StagedLayer load(
      CityStore store,
      LayerId id,
      Optional<StoredLayer> previous,
      long firstFree,
      boolean placed,
      Progress progress,
      String what) {
    int keyField = schema.key() == null ? -1 : schema.indexOf(schema.key());
    int[] order = rows.hilbertOrder();
    long[] ids = new long[order.length];
    if (previous.isPresent()) {
      carry(store, previous.get(), keyField, ids, order, firstFree);
      columns.forEach(ColumnPlan::startOver);
      order = byId(ids);
    } else {
      for (int i = 0; i < order.length; i++) {
        ids[order[i]] = firstFree + i;
      }
    }
    StagedLayer staged = store.stage(id, schema, crs);
    try {
      add(staged, order, ids, placed, progress, what);
      staged.finish();
      return staged;
    } catch (RuntimeException e) {
      staged.close();
      throw e;
    }
  }

  private void carry(
      CityStore store,
      StoredLayer previous,
      int keyField,
      long[] ids,
      int[] order,
      long firstFree) {
    LayerSchema past = previous.schema();
    List<Integer> inPast = new ArrayList<>();
    List<Integer> inRows = new ArrayList<>();
    int keyColumn = -1;
    for (int i = 0; i < schema.fields().size(); i++) {
      int same = past.indexOf(schema.fields().get(i).name());
      if (same >= 0) {
        if (i == keyField && past.key() != null && past.indexOf(past.key()) == same) {
          keyColumn = inRows.size();
        }
        inPast.add(same);
        inRows.add(i);
      }
    }
    Matching matching =
        Matching.of(
            new StoredRows(store.features(), previous, inPast),
            new SpooledRows(order, inRows),
            inRows.size(),
            keyColumn);
    long next = firstFree;
    for (int i = 0; i < order.length; i++) {
      long id = matching.idOf(i);
      ids[order[i]] = id == 0 ? next++ : id;
    }
    double unit = registry.isGeographic(crs) ? METERS_OF_A_DEGREE : 1;
    for (Doubt doubt : matching.doubts()) {
      boolean area =
          schema.geometry() == GeometryType.POLYGON
              || schema.geometry() == GeometryType.MULTIPOLYGON;
      double size = area ? unit * unit : unit;
      doubts.add(
          new DoubtfulMatch(
              doubt.before(),
              ids[order[doubt.after()]],
              doubt.score(),
              doubt.distance() * unit,
              doubt.sizeBefore() * size,
              doubt.sizeAfter() * size,
              doubt.equal(),
              doubt.compared(),
              doubt.keyDiffers()));
    }
  }

  /** The rows of the spool as they will be stored. */
  private final class SpooledRows implements RowSource {
    private final int[] order;
    private final List<Integer> fields;

    SpooledRows(int[] order, List<Integer> fields) {
      this.order = order;
      this.fields = fields;
    }

    @Override
    public int size() {
      return order.length;
    }

    @Override
    public void forEach(@Nullable BitSet wanted, Sink sink) {
      Spool.Cursor cursor = rows.cursor();
      @Nullable Object[] values = new Object[columns.size()];
      @Nullable Object[] common = new Object[fields.size()];
      for (int i = 0; i < order.length; i++) {
        if (wanted != null && !wanted.get(i)) {
          continue;
        }
        cursor.read(rows.offset(order[i]));
        byte[] wkb = stored(cursor.wkb());
        convert(cursor, values);
        for (int k = 0; k < common.length; k++) {
          common[k] = values[fields.get(k)];
        }
        sink.row(0, wkb, 0, wkb == null ? 0 : wkb.length, common);
      }
    }
  }

  private static int[] byId(long[] ids) {
    long[] pairs = new long[ids.length];
    Integer[] boxed = new Integer[ids.length];
    for (int i = 0; i < ids.length; i++) {
      boxed[i] = i;
    }
    java.util.Arrays.parallelSort(boxed, java.util.Comparator.comparingLong(i -> ids[i]));
    int[] order = new int[pairs.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = boxed[i];
    }
    return order;
  }

  private void convert(Spool.Cursor cursor, @Nullable Object[] values) {
    cursor.values(values);
    long row = cursor.number();
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i).convert(values[i], row);
    }
  }

  private long contentHash(byte @Nullable [] wkb, @Nullable Object[] values) {
    hash.reset();
    if (wkb != null) {
      hash.add(wkb, 0, wkb.length);
    }
    for (Object value : values) {
      hash.add(value);
    }
    return hash.high();
  }

  private void add(
      StagedLayer staged, int[] order, long[] ids, boolean placed, Progress progress, String what) {
    Spool.Cursor cursor = rows.cursor();
    double[] envelope = new double[4];
    Outside outsideTest = placed && area != null ? new Outside(area) : null;
    Optional<Bbox> extent = rows.extent().usual();
    CoverageGrid grid =
        placed && extent.isPresent() ? new CoverageGrid(around(extent.get())) : null;
    for (int i = 0; i < order.length; i++) {
      if (i % CHECK_EVERY == 0) {
        progress.check();
        progress.step(what, i, order.length);
      }
      cursor.read(rows.offset(order[i]));
      byte[] wkb = stored(cursor.wkb());
      cursor.envelope(envelope);
      @Nullable Object[] values = new Object[columns.size()];
      convert(cursor, values);
      contentHash(wkb, values);
      hashHigh += hash.high();
      hashLow += hash.low();
      boolean isOutside =
          outsideTest != null && wkb != null && outsideTest.test(cursor.number(), envelope);
      if (grid != null && wkb != null && !isOutside && !Double.isNaN(envelope[0])) {
        grid.add(wkb, envelope);
      }
      staged.add(ids[order[i]], wkb, envelope, values);
    }
    if (outsideTest != null) {
      outsideTest.failedPlaces();
    }
    coverage = grid == null ? null : grid.toDegrees(registry.operation(crs, Crs.CRS84));
  }

  /** The coverage grid spans the usual extent, and all of it where no stray is far. */
  private Bbox around(Bbox usual) {
    Bbox whole = rows.extent().whole().orElse(usual);
    boolean near =
        whole.width() <= 1.5 * usual.width() + 1e-9
            && whole.height() <= 1.5 * usual.height() + 1e-9;
    return near ? whole : usual;
  }

  /** A single part among layers of many becomes a collection of one, as the schema promises. */
  private byte @Nullable [] stored(byte @Nullable [] wkb) {
    if (wkb == null) {
      return null;
    }
    GeometryType wanted = schema.geometry();
    boolean multi =
        wanted == GeometryType.MULTIPOINT
            || wanted == GeometryType.MULTILINESTRING
            || wanted == GeometryType.MULTIPOLYGON;
    if (!multi || Wkb.type(wkb, 0) == wanted) {
      return wkb;
    }
    return new WkbBuilder()
        .header(wanted, Wkb.hasZ(wkb, 0), Wkb.hasM(wkb, 0))
        .append(new byte[] {1, 0, 0, 0}, 0, 4)
        .append(wkb, 0, wkb.length)
        .toBytes();
  }

  /** Pairs that may be one feature, and are two until someone says otherwise. */
  List<DoubtfulMatch> doubts() {
    return List.copyOf(doubts);
  }

  Tally outside() {
    return outside;
  }

  Tally swapped() {
    return swapped;
  }

  @Nullable Geometry coverage() {
    return coverage;
  }

  /** A hash of all rows, whatever their order and identifiers. */
  String rowsHash() {
    return String.format(
        "%016x%016x", hashHigh + rows.count(), hashLow ^ RowHash.mix(columns.size()));
  }

  /** Tells rows that lie outside the city, and those that would lie in it with x and y swapped. */
  private final class Outside {
    private final Bbox city;
    private final Bbox degreesBox;
    private final CrsOperation toDegrees;
    private final double[] xy = new double[2];

    Outside(CityArea area) {
      degreesBox = area.grown(0.1);
      city = registry.operation(Crs.CRS84, crs).apply(degreesBox);
      toDegrees = registry.operation(crs, Crs.CRS84);
    }

    boolean test(long row, double[] envelope) {
      boolean isOutside =
          envelope[2] < city.minX()
              || envelope[0] > city.maxX()
              || envelope[3] < city.minY()
              || envelope[1] > city.maxY();
      if (!isOutside) {
        return false;
      }
      xy[0] = (envelope[0] + envelope[2]) / 2;
      xy[1] = (envelope[1] + envelope[3]) / 2;
      toDegrees.apply(xy, 1);
      if (degreesBox.contains(xy[1], xy[0])) {
        if (swapped.wants()) {
          swapped.keep(
              rows.degrees()
                  .example(
                      row, "lies in the city when swapped", mid(envelope, 0), mid(envelope, 1)));
        }
      } else if (outside.wants()) {
        outside.keep(rows.degrees().example(row, "", mid(envelope, 0), mid(envelope, 1)));
      }
      return true;
    }

    private double mid(double[] envelope, int side) {
      return (envelope[side] + envelope[side + 2]) / 2;
    }

    /** Positions that could not be transformed at all may lie in the city when swapped. */
    void failedPlaces() {
      for (double[] place : rows.failedPlaces()) {
        if (degreesBox.contains(place[2], place[1]) && swapped.wants()) {
          swapped.keep(
              org.tequio.feature.Finding.Example.of(
                  (long) place[0], "x " + place[1] + ", y " + place[2]));
        }
      }
    }
  }
}
