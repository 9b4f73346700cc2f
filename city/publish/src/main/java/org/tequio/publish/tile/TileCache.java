package org.tequio.publish.tile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tequio.feature.LayerId;
import org.tequio.feature.TileCoord;
import org.tequio.http.Coding;

/**
 * Tiles as they are sent, by what is in them: the key holds the tile's version, so that a changed
 * tile is another key and no stale one can be given. The least recently used go when the bytes are
 * too many. Thread-safe.
 */
final class TileCache {
  private static final int OVERHEAD_BYTES = 250;

  private final long maxBytes;
  private final LinkedHashMap<Key, EncodedTile> tiles = new LinkedHashMap<>(1024, 0.75f, true);
  private long bytes;

  TileCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Which tile of which content, packed how. */
  record Key(LayerId layer, String version, TileCoord tile, Coding coding) {}

  synchronized Optional<EncodedTile> find(Key key) {
    return Optional.ofNullable(tiles.get(key));
  }

  synchronized void put(Key key, EncodedTile tile) {
    if (tile.bytes().length + OVERHEAD_BYTES > maxBytes) {
      return;
    }
    EncodedTile before = tiles.put(key, tile);
    bytes += tile.bytes().length + OVERHEAD_BYTES;
    if (before != null) {
      bytes -= before.bytes().length + OVERHEAD_BYTES;
    }
    var eldest = tiles.entrySet().iterator();
    while (bytes > maxBytes && eldest.hasNext()) {
      Map.Entry<Key, EncodedTile> gone = eldest.next();
      bytes -= gone.getValue().bytes().length + OVERHEAD_BYTES;
      eldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
