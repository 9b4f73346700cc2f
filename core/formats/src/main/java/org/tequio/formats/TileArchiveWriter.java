package org.tequio.formats;

import java.io.Closeable;
import java.io.IOException;
import org.tequio.feature.TileCoord;

/** Writes tiles into one file, one after the other. Not thread-safe. */
public interface TileArchiveWriter extends Closeable {
  /**
   * Adds a tile. Equal tiles are kept once.
   *
   * @param tile of WebMercatorQuad; levels rise, and within a level tiles come along the Hilbert
   *     curve
   * @param bytes vector tiles compressed by gzip, pictures as they are
   */
  void add(TileCoord tile, byte[] bytes) throws IOException;

  /** Completes the file: it is durable and has its name when this returns. */
  TileArchiveContents finish() throws IOException;

  /** Removes what was not finished. */
  @Override
  void close() throws IOException;
}
