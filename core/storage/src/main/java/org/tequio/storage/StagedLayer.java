package org.tequio.storage;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;

/**
 * A new generation of a layer, loaded beside the published one and seen by nobody until a
 * transaction publishes it. Rows come in the order in which they shall lie on disk (Hilbert order
 * is the caller's part); the store writes them in short transactions and builds the spatial index
 * at {@link #finish()}. Closing it without publishing throws it away. One thread at a time.
 */
public interface StagedLayer extends Closeable {
  /** The layer it will become. */
  LayerId layer();

  /**
   * Adds one feature.
   *
   * @param id greater than that of the row before
   * @param wkb little-endian ISO WKB in the layer's CRS; null where the place is not known
   * @param envelope minX, minY, maxX, maxY of the geometry, NaN where it is null or empty; read
   *     before the call returns
   * @param values typed, in schema order
   */
  void add(long id, byte @Nullable [] wkb, double[] envelope, @Nullable Object[] values);

  /** Writes what is left and builds the indexes. No row can be added after it. */
  void finish();

  @Override
  void close();
}
