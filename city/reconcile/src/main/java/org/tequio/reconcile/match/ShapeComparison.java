package org.tequio.reconcile.match;

import org.tequio.feature.PolygonArea;
import org.tequio.feature.Wkb;
import org.tequio.reconcile.shape.LineDistance;

/**
 * How alike the places of two features are, from 0 to 1: the area that polygons share over the area
 * that both cover together; the distance between points or lines over the reach within which two
 * drawings of one thing are expected; a point in a polygon counts {@value #INSIDE}. What cannot be
 * told within the budget is not known, never guessed. Not thread-safe: it keeps its working arrays.
 */
final class ShapeComparison {
  /** A point inside a polygon says that they may belong together, no more. */
  static final double INSIDE = 0.6;

  /** Overlaps below this are two neighbours that touch. */
  static final double LEAST = 0.05;

  private static final long PAIRS = 40_000_000;

  private final double reachMeters;
  private final PolygonArea mine = new PolygonArea();
  private final PolygonArea theirs = new PolygonArea();
  private MemberRows current;
  private int currentRow = -1;
  private double within;

  /**
   * A comparison.
   *
   * @param reachMeters how far apart two drawings of one point or line may be, in units of the CRS
   */
  ShapeComparison(MemberRows first, double reachMeters) {
    this.current = first;
    this.reachMeters = reachMeters;
  }

  /** Compares two rows; NaN where it cannot be known. */
  double compare(MemberRows a, int row, MemberRows b, int otherRow) {
    within = 0;
    int kind = a.kind(row);
    int otherKind = b.kind(otherRow);
    if (kind < 0 || otherKind < 0) {
      return Double.NaN;
    }
    if (kind == otherKind && a.hasSameBytes(row, b, otherRow)) {
      within = 1;
      return 1;
    }
    if (kind == 2 && otherKind == 2) {
      return overlap(a, row, b, otherRow);
    }
    if (kind == 2 || otherKind == 2) {
      return kind == 0
          ? inside(b, otherRow, a, row)
          : otherKind == 0 ? inside(a, row, b, otherRow) : Double.NaN;
    }
    double meters =
        LineDistance.between(a.wkb(row), a.wkbOffset(row), b.wkb(otherRow), b.wkbOffset(otherRow));
    return Double.isNaN(meters) ? Double.NaN : Math.max(0, 1 - meters / reachMeters);
  }

  /**
   * Of the pair compared last, the share of the smaller polygon that lies in the larger; 0 for
   * other shapes.
   */
  double within() {
    return within;
  }

  private double overlap(MemberRows a, int row, MemberRows b, int otherRow) {
    double area = a.measure(row);
    double otherArea = b.measure(otherRow);
    double least = Math.min(area, otherArea);
    double most = Math.max(area, otherArea);
    double boxes = sharedBox(a.boxes(), 4 * row, b.boxes(), 4 * otherRow);
    if (!(least > 0) || boxes < LEAST * least || Math.min(boxes, least) < LEAST * most * 0.2) {
      return least > 0 ? 0 : Double.NaN;
    }
    double x = a.boxes()[4 * row];
    double y = a.boxes()[4 * row + 1];
    if (current != a || currentRow != row) {
      mine.read(a.wkb(row), a.wkbOffset(row), x, y);
      current = a;
      currentRow = row;
    }
    theirs.read(b.wkb(otherRow), b.wkbOffset(otherRow), x, y);
    double shared = mine.shared(theirs, PAIRS);
    if (Double.isNaN(shared)) {
      return Double.NaN;
    }
    shared = Math.min(shared, Math.min(mine.area(), theirs.area()));
    within = shared / Math.min(mine.area(), theirs.area());
    double share = shared / (mine.area() + theirs.area() - shared);
    return share < LEAST ? 0 : share;
  }

  private static double sharedBox(double[] a, int at, double[] b, int otherAt) {
    double width = Math.min(a[at + 2], b[otherAt + 2]) - Math.max(a[at], b[otherAt]);
    double height = Math.min(a[at + 3], b[otherAt + 3]) - Math.max(a[at + 1], b[otherAt + 1]);
    return width > 0 && height > 0 ? width * height : 0;
  }

  private static double inside(MemberRows polygons, int row, MemberRows points, int pointRow) {
    double x = points.boxes()[4 * pointRow];
    double y = points.boxes()[4 * pointRow + 1];
    return Wkb.contains(polygons.wkb(row), polygons.wkbOffset(row), x, y) ? INSIDE : 0;
  }
}
