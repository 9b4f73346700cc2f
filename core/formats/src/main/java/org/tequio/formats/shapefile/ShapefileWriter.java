package org.tequio.formats.shapefile;

import java.io.IOException;
import java.nio.file.Path;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;

/**
 * Writes a ZIP with a shapefile: {@code shp}, {@code shx}, {@code dbf} in UTF-8, {@code prj} and
 * {@code cpg}. A layer that mixes points, lines and polygons becomes one shapefile for each; what
 * it is, names that had to be shortened and texts that had to be cut are told in a text file beside
 * them.
 */
public final class ShapefileWriter implements WriterFormat {
  @Override
  public String name() {
    return "Shapefile";
  }

  @Override
  public String extension() {
    return "shp.zip";
  }

  @Override
  public String mediaType() {
    return "application/zip";
  }

  @Override
  public Crs crsFor(Crs asked) {
    return asked;
  }

  @Override
  public FeatureWriter open(
      Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    return new ShapefileFeatureWriter(file, layerName, schema, crs, imprint);
  }
}
