package org.tequio.publish.tile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tequio.feature.LayerId;
import org.tequio.feature.TileCoord;

/**
 * Compressed tiles by what is in them: the key holds the layer's version, so that a changed layer
 * is another key and no stale tile can be given. The least recently used go when the bytes are too
 * many. Thread-safe.
 */
final class TileCache {
  private static final int OVERHEAD_BYTES = 200;

  private final long maxBytes;
  private final LinkedHashMap<Key, EncodedTile> tiles = new LinkedHashMap<>(1024, 0.75f, true);
  private long bytes;

  TileCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Which tile of which content. */
  record Key(LayerId layer, String version, TileCoord tile) {}

  synchronized Optional<EncodedTile> find(Key key) {
    return Optional.ofNullable(tiles.get(key));
  }

  synchronized void put(Key key, EncodedTile tile) {
    EncodedTile before = tiles.put(key, tile);
    bytes += tile.gzip().length + OVERHEAD_BYTES;
    if (before != null) {
      bytes -= before.gzip().length + OVERHEAD_BYTES;
    }
    var eldest = tiles.entrySet().iterator();
    while (bytes > maxBytes && eldest.hasNext()) {
      Map.Entry<Key, EncodedTile> gone = eldest.next();
      bytes -= gone.getValue().gzip().length + OVERHEAD_BYTES;
      eldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
