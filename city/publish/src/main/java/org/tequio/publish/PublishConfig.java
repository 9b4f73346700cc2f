package org.tequio.publish;

/**
 * Sizes that an operator may change.
 *
 * @param tileCacheBytes how much memory tiles ready to be sent may take
 * @param layerBytes how much memory layers may take that are read from there
 * @param maxTileBytes no tile is larger than this, compressed
 */
public record PublishConfig(long tileCacheBytes, long layerBytes, int maxTileBytes) {
  private static final int LEAST_TILE_BYTES = 10_000;

  /** What fits this machine: under half of the heap for layers, an eighth for tiles. */
  public static final PublishConfig DEFAULT =
      new PublishConfig(
          Runtime.getRuntime().maxMemory() / 8,
          (long) (Runtime.getRuntime().maxMemory() * 0.45),
          500_000);

  /** Refuses negative sizes, and tiles too small for anything. */
  public PublishConfig {
    if (tileCacheBytes < 0 || layerBytes < 0) {
      throw new IllegalArgumentException(
          "no memory has a negative size: " + tileCacheBytes + ", " + layerBytes);
    }
    if (maxTileBytes < LEAST_TILE_BYTES) {
      throw new IllegalArgumentException(
          "wanted tiles of " + LEAST_TILE_BYTES + " bytes or more but got " + maxTileBytes);
    }
  }
}
