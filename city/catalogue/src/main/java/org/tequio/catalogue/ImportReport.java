package org.tequio.catalogue;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerId;

/**
 * What an import did.
 *
 * @param revision the revision it made; 0 where nothing had changed
 * @param layers the layers it read, in reading order
 * @param rasters the grids it found; they are kept as files and described here
 * @param findings what it saw, in reading order
 * @param duration how long it took
 */
public record ImportReport(
    long revision,
    List<ImportedLayer> layers,
    List<ImportedRaster> rasters,
    List<LayerFinding> findings,
    Duration duration) {

  /** Copies the lists. */
  public ImportReport {
    layers = List.copyOf(layers);
    rasters = List.copyOf(rasters);
    findings = List.copyOf(findings);
  }

  /** The layers that have a geometry. */
  public List<ImportedLayer> maps() {
    return layers.stream().filter(layer -> !layer.isTable()).toList();
  }

  /** The plain tables. */
  public List<ImportedLayer> tables() {
    return layers.stream().filter(ImportedLayer::isTable).toList();
  }

  /** What became of a layer. */
  public enum Outcome {
    /** Not there before. */
    NEW,
    /** A new generation of a layer that was there. */
    REPLACED,
    /** The same bytes as last time: nothing was done. */
    UNCHANGED
  }

  /**
   * One layer or table.
   *
   * @param id its identifier
   * @param source the file, with {@code #layer} where it has several
   * @param format the format's name
   * @param outcome what became of it
   * @param isTable true where it has no geometry
   * @param count features
   * @param setAside rows, geometries and cells that are kept beside it
   * @param crs the system that its coordinates came in; null where there is none
   * @param operation how they were brought into the city's system
   */
  public record ImportedLayer(
      LayerId id,
      String source,
      String format,
      Outcome outcome,
      boolean isTable,
      long count,
      long setAside,
      @Nullable Crs crs,
      String operation) {}

  /**
   * One raster.
   *
   * @param source the file
   * @param columns cells along x
   * @param rows cells along y
   * @param bands how many
   * @param extent the outer edges in its own system
   * @param crs its system; null where that is not known
   * @param min smallest value; NaN where no cell has one
   * @param max largest value; NaN where no cell has one
   * @param noData cells without a value
   */
  public record ImportedRaster(
      String source,
      int columns,
      int rows,
      int bands,
      Bbox extent,
      @Nullable Crs crs,
      double min,
      double max,
      long noData) {}
}
