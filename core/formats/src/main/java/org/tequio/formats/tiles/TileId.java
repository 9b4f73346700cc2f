package org.tequio.formats.tiles;

import org.tequio.feature.Hilbert;
import org.tequio.feature.TileCoord;

/**
 * The number of a tile in PMTiles (version 3, section 4.1): all tiles of the levels above, then
 * along the Hilbert curve of its level.
 */
final class TileId {
  private TileId() {}

  static long of(TileCoord tile) {
    return before(tile.z()) + Hilbert.index(tile.z(), tile.x(), tile.y());
  }

  static TileCoord tile(long id) {
    int z = 0;
    while (z < TileCoord.MAX_ZOOM && id >= before(z + 1)) {
      z++;
    }
    long cell = Hilbert.cell(z, id - before(z));
    return new TileCoord(z, (int) (cell >> 32), (int) cell);
  }

  private static long before(int z) {
    return ((1L << 2 * z) - 1) / 3;
  }
}
