package org.tequio.formats.raster;

import java.io.IOException;
import java.util.List;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.SourceRaster;

/** A file with one grid. */
record RasterDataset(Grid grid) implements SourceDataset {
  @Override
  public List<SourceLayer> layers() {
    return List.of();
  }

  @Override
  public List<SourceRaster> rasters() {
    return List.of(grid);
  }

  @Override
  public void close() throws IOException {
    grid.close();
  }
}
