package org.tequio.feature;

import java.util.Optional;

/**
 * A box with sides parallel to the axes, closed on all sides, in easting-northing (x, y) order
 * whatever order the CRS defines.
 */
public record Bbox(double minX, double minY, double maxX, double maxY) {

  /** Refuses NaN and inverted boxes. */
  public Bbox {
    if (!(minX <= maxX) || !(minY <= maxY)) {
      throw new IllegalArgumentException(
          "not a box: " + minX + "," + minY + "," + maxX + "," + maxY);
    }
  }

  /** True where the two share at least a point. */
  public boolean intersects(Bbox other) {
    return minX <= other.maxX && maxX >= other.minX && minY <= other.maxY && maxY >= other.minY;
  }

  /** True where the point lies inside or on the edge. */
  public boolean contains(double x, double y) {
    return x >= minX && x <= maxX && y >= minY && y <= maxY;
  }

  /** What the two share; nothing where they share no point. */
  public Optional<Bbox> intersection(Bbox other) {
    return intersects(other)
        ? Optional.of(
            new Bbox(
                Math.max(minX, other.minX),
                Math.max(minY, other.minY),
                Math.min(maxX, other.maxX),
                Math.min(maxY, other.maxY)))
        : Optional.empty();
  }

  /** The smallest box that holds both. */
  public Bbox union(Bbox other) {
    return new Bbox(
        Math.min(minX, other.minX),
        Math.min(minY, other.minY),
        Math.max(maxX, other.maxX),
        Math.max(maxY, other.maxY));
  }

  /** The box grown on all four sides by a distance in its own units. */
  public Bbox expandedBy(double distance) {
    return new Bbox(minX - distance, minY - distance, maxX + distance, maxY + distance);
  }

  /** Extent along x. */
  public double width() {
    return maxX - minX;
  }

  /** Extent along y. */
  public double height() {
    return maxY - minY;
  }
}
