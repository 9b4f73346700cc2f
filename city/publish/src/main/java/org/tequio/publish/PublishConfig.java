package org.tequio.publish;

/**
 * Sizes that an operator may change.
 *
 * @param tileCacheBytes how much memory compressed tiles may take
 */
public record PublishConfig(long tileCacheBytes) {
  /** What fits a small server. */
  public static final PublishConfig DEFAULT = new PublishConfig(128L << 20);

  /** Refuses negative sizes. */
  public PublishConfig {
    if (tileCacheBytes < 0) {
      throw new IllegalArgumentException("a cache has no negative size: " + tileCacheBytes);
    }
  }
}
