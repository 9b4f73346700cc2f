package org.tequio.demo.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** ESRI ASCII grids in EPSG:6369, with their .prj. */
public final class ElevationGrid {
  private ElevationGrid() {}

  /** A number at a place in EPSG:6369; NaN for no data. */
  @FunctionalInterface
  public interface Height {
    /** The value at the middle of a cell. */
    double at(double easting, double northing);
  }

  /** Writes a square grid from its south-west corner. */
  public static void write(
      Path file, double west, double south, double cell, int size, Height height)
      throws IOException {
    try (TextFile out = new TextFile(file, StandardCharsets.US_ASCII)) {
      out.add("ncols ").add(String.valueOf(size)).add("\nnrows ").add(String.valueOf(size));
      out.add("\nxllcorner ").add(west, 2).add("\nyllcorner ").add(south, 2);
      out.add("\ncellsize ").add(cell, 2).add("\nNODATA_value -9999\n");
      for (int j = size - 1; j >= 0; j--) {
        for (int i = 0; i < size; i++) {
          double v = height.at(west + (i + 0.5) * cell, south + (j + 0.5) * cell);
          out.add(i > 0 ? " " : "").add(Double.isNaN(v) ? -9999 : v, 1);
        }
        out.add('\n');
        out.flush();
      }
    }
    String name = file.getFileName().toString();
    Files.writeString(
        file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".prj"),
        Projection.UTM.wkt(),
        StandardCharsets.US_ASCII);
  }
}
