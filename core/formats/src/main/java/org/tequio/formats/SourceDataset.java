package org.tequio.formats;

import java.io.Closeable;
import java.util.List;

/** An opened dataset. Closing it releases its files. Not thread-safe. */
public interface SourceDataset extends Closeable {
  /** Its layers and plain tables, in the order of the file; never empty together with rasters. */
  List<SourceLayer> layers();

  /** Its rasters; most formats have none. */
  default List<SourceRaster> rasters() {
    return List.of();
  }
}
