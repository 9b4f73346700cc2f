package org.tequio.feature;

/**
 * The identifier of a feature within its layer. Stable for the life of the feature, never used
 * again after it: the {@code fid} of the GeoPackage table.
 *
 * @param value at least 1
 */
public record FeatureId(long value) implements Comparable<FeatureId> {
  /** Refuses zero and negative numbers. */
  public FeatureId {
    if (value < 1) {
      throw new IllegalArgumentException("a feature id is at least 1, not " + value);
    }
  }

  @Override
  public int compareTo(FeatureId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
