package org.tequio.formats;

import java.io.IOException;
import java.util.OptionalDouble;
import org.tequio.feature.Bbox;

/** A grid of numbers: an elevation model, a hazard map. Values are read on demand. */
public interface SourceRaster {
  /** The raster's name. */
  String name();

  /** What the source says about its coordinates. */
  SourceCrs crs();

  /** Cells along x. */
  int columns();

  /** Cells along y. */
  int rows();

  /** Bands; statistics and values are of the first. */
  int bands();

  /** The outer edges of the grid in its CRS, x before y. */
  Bbox extent();

  /** Goes through all cells once. */
  Statistics statistics() throws IOException;

  /** The value of the cell that holds this position; empty outside the grid and where no data. */
  OptionalDouble valueAt(double x, double y) throws IOException;

  /**
   * What the cells hold.
   *
   * @param valid cells with a value
   * @param noData cells without
   * @param min smallest value; NaN where no cell is valid
   * @param max largest value; NaN where no cell is valid
   * @param mean mean of the valid cells; NaN where there is none
   */
  record Statistics(long valid, long noData, double min, double max, double mean) {}
}
