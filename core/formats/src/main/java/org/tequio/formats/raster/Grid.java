package org.tequio.formats.raster;

import java.io.IOException;
import java.util.OptionalDouble;
import org.tequio.feature.Bbox;
import org.tequio.feature.Progress;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceRaster;

/** What all grids share: rows from north to south, statistics and look-ups by position. */
abstract class Grid implements SourceRaster {
  private final String name;
  private final SourceCrs crs;
  private final int columns;
  private final int rows;
  private final Bbox extent;
  private final Progress progress;

  Grid(String name, SourceCrs crs, int columns, int rows, Bbox extent, Progress progress) {
    this.name = name;
    this.crs = crs;
    this.columns = columns;
    this.rows = rows;
    this.extent = extent;
    this.progress = progress;
  }

  /** Reads one row, 0 at the north; NaN where there is no data. */
  abstract void readRow(int row, double[] into) throws IOException;

  /** Reads one cell; NaN where there is no data. */
  abstract double cell(int column, int row) throws IOException;

  abstract void close() throws IOException;

  @Override
  public String name() {
    return name;
  }

  @Override
  public SourceCrs crs() {
    return crs;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int bands() {
    return 1;
  }

  @Override
  public Bbox extent() {
    return extent;
  }

  @Override
  public Statistics statistics() throws IOException {
    double[] row = new double[columns];
    long valid = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double lost = 0; // Kahan's compensation: a mean of 1e8 cells must not drift.
    for (int r = 0; r < rows; r++) {
      progress.check();
      progress.step(name, r, rows);
      readRow(r, row);
      for (double value : row) {
        if (!Double.isNaN(value)) {
          valid++;
          min = Math.min(min, value);
          max = Math.max(max, value);
          double term = value - lost;
          double next = sum + term;
          lost = (next - sum) - term;
          sum = next;
        }
      }
    }
    long all = (long) columns * rows;
    return valid == 0
        ? new Statistics(0, all, Double.NaN, Double.NaN, Double.NaN)
        : new Statistics(valid, all - valid, min, max, sum / valid);
  }

  @Override
  public OptionalDouble valueAt(double x, double y) throws IOException {
    if (!extent.contains(x, y)) {
      return OptionalDouble.empty();
    }
    int column = (int) ((x - extent.minX()) / extent.width() * columns);
    int row = (int) ((extent.maxY() - y) / extent.height() * rows);
    double value = cell(Math.min(columns - 1, column), Math.min(rows - 1, row));
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
