package org.tequio.feature;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A change of coordinates that answers for a neighbourhood at a time: the plane of the source is
 * cut into cells, each with a {@link PolynomialChange} that is made when the first position in it
 * is asked for. What does not fit in a cell, or lies where no polynomial is exact enough, is
 * changed exactly. Thread-safe.
 */
final class CellChange implements Wkb.PositionChange {
  /** Past so many, as for a layer of the whole Earth, the rest is changed exactly. */
  private static final int MOST_CELLS = 4_096;

  /** A cell's polynomial holds for so many cells' sides around its middle. */
  private static final double REACH = 1;

  private final Wkb.PositionChange exact;
  private final double side;
  private final double maxError;
  private final Map<Cell, Optional<PolynomialChange>> cells = new ConcurrentHashMap<>();

  private record Cell(long column, long row) {}

  /**
   * Stands for a change.
   *
   * @param side of a cell, in units of the source
   * @param maxError of a position, in units of the target along each axis
   */
  CellChange(Wkb.PositionChange exact, double side, double maxError) {
    this.exact = exact;
    this.side = side;
    this.maxError = maxError;
  }

  @Override
  public void apply(double[] xy, int pairs) {
    Optional<PolynomialChange> near = pairs == 0 ? Optional.empty() : around(xy, pairs);
    if (near.isPresent()) {
      near.get().apply(xy, pairs);
    } else {
      exact.apply(xy, pairs);
    }
  }

  private Optional<PolynomialChange> around(double[] xy, int pairs) {
    double column = Math.floor(xy[0] / side);
    double row = Math.floor(xy[1] / side);
    // Not a number, or farther out than any system reaches.
    if (!(Math.abs(column) < 1e9 && Math.abs(row) < 1e9)) {
      return Optional.empty();
    }
    double minX = (column + 0.5 - REACH) * side;
    double minY = (row + 0.5 - REACH) * side;
    double maxX = (column + 0.5 + REACH) * side;
    double maxY = (row + 0.5 + REACH) * side;
    boolean inside = true;
    for (int i = 0; i < 2 * pairs; i += 2) {
      inside &= xy[i] >= minX && xy[i] <= maxX && xy[i + 1] >= minY && xy[i + 1] <= maxY;
    }
    if (!inside) {
      return Optional.empty();
    }
    Cell cell = new Cell((long) column, (long) row);
    Optional<PolynomialChange> known = cells.get(cell);
    if (known == null && cells.size() < MOST_CELLS) {
      known = PolynomialChange.of(exact, new Bbox(minX, minY, maxX, maxY), maxError);
      cells.put(cell, known);
    }
    return known == null ? Optional.empty() : known;
  }
}
