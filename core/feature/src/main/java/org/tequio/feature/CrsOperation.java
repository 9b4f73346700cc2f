package org.tequio.feature;

/**
 * A change of coordinates from one CRS to another. Immutable and thread-safe: every call makes its
 * own working values.
 *
 * @param source from
 * @param target to
 * @param description the steps, for people: "inverse UTM 14N, ITRF2008 = WGS 84 (1 m), ..."
 * @param accuracyMeters what the register states for the datum change; 0 where there is none, NaN
 *     where it is not known
 * @param gridMissing true where the datum change needs a grid that Tequio does not have, so that
 *     the result may be several metres off
 */
public record CrsOperation(
    Crs source,
    Crs target,
    String description,
    double accuracyMeters,
    boolean gridMissing,
    Wkb.PositionChange change) {
  private static final double METERS_PER_DEGREE = 111_320;
  private static final double CELL_METERS = 4_000;
  private static final double CELL_ERROR_METERS = 1e-4;

  /** True where coordinates pass through untouched. */
  public boolean isIdentity() {
    return source.equals(target);
  }

  /**
   * Changes pairs x, y in place. A position outside the domain of the operation becomes NaN.
   *
   * @param xy pairs of x and y
   * @param pairs how many
   */
  public void apply(double[] xy, int pairs) {
    if (!isIdentity()) {
      change.apply(xy, pairs);
    }
  }

  /** Changes a geometry in place. */
  public void apply(byte[] wkb, int offset) {
    if (!isIdentity()) {
      Wkb.changePositions(wkb, offset, change);
    }
  }

  /**
   * The same, faster, for positions within a box: a polynomial that was checked to stay within
   * {@code maxError} units of the target along each axis, or the operation itself where none does.
   * Outside the box its results mean nothing.
   */
  public CrsOperation near(Bbox box, double maxError) {
    if (isIdentity()) {
      return this;
    }
    return PolynomialChange.of(change, box, maxError)
        .map(
            fast ->
                new CrsOperation(source, target, description, accuracyMeters, gridMissing, fast))
        .orElse(this);
  }

  /** The same by cells of some kilometres, to within a tenth of a millimetre. */
  CrsOperation byCells(boolean fromDegrees, boolean toDegrees) {
    CellChange cells =
        new CellChange(
            change,
            fromDegrees ? CELL_METERS / METERS_PER_DEGREE : CELL_METERS,
            toDegrees ? CELL_ERROR_METERS / METERS_PER_DEGREE : CELL_ERROR_METERS);
    return new CrsOperation(source, target, description, accuracyMeters, gridMissing, cells);
  }

  /** The smallest box around a box's image, sampled along its sides. */
  public Bbox apply(Bbox box) {
    int steps = 16;
    double[] xy = new double[8 * (steps + 1)];
    int n = 0;
    for (int i = 0; i <= steps; i++) {
      double x = box.minX() + box.width() * i / steps;
      double y = box.minY() + box.height() * i / steps;
      double[] around = {x, box.minY(), x, box.maxY(), box.minX(), y, box.maxX(), y};
      System.arraycopy(around, 0, xy, n, 8);
      n += 8;
    }
    apply(xy, n / 2);
    double minX = Double.POSITIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i += 2) {
      if (Double.isFinite(xy[i]) && Double.isFinite(xy[i + 1])) {
        minX = Math.min(minX, xy[i]);
        maxX = Math.max(maxX, xy[i]);
        minY = Math.min(minY, xy[i + 1]);
        maxY = Math.max(maxY, xy[i + 1]);
      }
    }
    if (minX > maxX) {
      throw new IllegalArgumentException(
          "the box " + box + " lies outside the domain of " + description);
    }
    return new Bbox(minX, minY, maxX, maxY);
  }
}
