package org.tequio.catalogue.match;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.GeometryType;
import org.tequio.feature.PolygonArea;
import org.tequio.feature.RowHash;
import org.tequio.feature.Wkb;

/**
 * A closer look at the rows that are not matched yet: where they lie, how large they are, what
 * stands in their columns. Flat arrays by place among these rows.
 */
final class RowFacts {
  /** As many column values as are kept in all; columns beyond are not compared. */
  private static final int MOST_VALUES = 12_000_000;

  private final int[] rows;
  private final double[] boxes;
  private final double[] sizes;
  private final long[] geometries;
  private final long[][] columns;
  private final RowHash hash = new RowHash();
  private final PolygonArea area = new PolygonArea();
  private final double[] envelope = new double[4];
  private int count;

  private RowFacts(int rows, int columns) {
    this.rows = new int[rows];
    this.boxes = new double[4 * rows];
    this.sizes = new double[rows];
    this.geometries = new long[rows];
    int kept = Math.min(columns, Math.max(4, MOST_VALUES / Math.max(1, rows)));
    this.columns = new long[kept][rows];
  }

  /** Looks at some rows of a state. */
  static RowFacts of(RowSource source, BitSet wanted, int columns) {
    RowFacts facts = new RowFacts(wanted.cardinality(), columns);
    int[] next = {wanted.nextSetBit(0)};
    source.forEach(
        wanted,
        (id, wkb, offset, length, values) -> {
          facts.add(next[0], wkb, offset, length, values);
          next[0] = wanted.nextSetBit(next[0] + 1);
        });
    return facts;
  }

  private void add(
      int row, byte @Nullable [] wkb, int offset, int length, @Nullable Object[] values) {
    int at = count++;
    rows[at] = row;
    if (wkb == null || !Wkb.envelope(wkb, offset, envelope)) {
      java.util.Arrays.fill(boxes, 4 * at, 4 * at + 4, Double.NaN);
    } else {
      System.arraycopy(envelope, 0, boxes, 4 * at, 4);
      hash.reset();
      hash.addGeometry(wkb, offset, length);
      geometries[at] = hash.high();
      sizes[at] = size(wkb, offset);
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i][at] = hash(values[i]);
    }
  }

  /** Equal for equal values; 0 for what is not known and for nothing else. */
  static long hash(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    long hash = RowHash.of(value);
    return hash == 0 ? 1 : hash; // the number 1 hashes to 0
  }

  /** The area of polygons, the length of the box's diagonal of everything else. */
  private double size(byte[] wkb, int offset) {
    GeometryType type = Wkb.type(wkb, offset);
    if (type == GeometryType.POLYGON || type == GeometryType.MULTIPOLYGON) {
      return Math.abs(area.read(wkb, offset, envelope[0], envelope[1]).area());
    }
    return Math.hypot(envelope[2] - envelope[0], envelope[3] - envelope[1]);
  }

  int count() {
    return count;
  }

  /** The row's place in its state. */
  int row(int at) {
    return rows[at];
  }

  /** minX, minY, maxX, maxY of each; NaN where the place is not known. */
  double[] boxes() {
    return boxes;
  }

  boolean hasPlace(int at) {
    return !Double.isNaN(boxes[4 * at]);
  }

  double size(int at) {
    return sizes[at];
  }

  /** Equal for equal geometries; 0 where there is none. */
  long[] geometries() {
    return geometries;
  }

  /** How many columns are compared. */
  int columns() {
    return columns.length;
  }

  /** The values of a column, as hashes; 0 where they are not known. */
  long[] column(int column) {
    return columns[column];
  }

  double width(int at) {
    return boxes[4 * at + 2] - boxes[4 * at];
  }

  double height(int at) {
    return boxes[4 * at + 3] - boxes[4 * at + 1];
  }

  double centerX(int at) {
    return (boxes[4 * at] + boxes[4 * at + 2]) / 2;
  }

  double centerY(int at) {
    return (boxes[4 * at + 1] + boxes[4 * at + 3]) / 2;
  }
}
