package org.tequio.formats.geopackage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;

/** Writes a GeoPackage 1.4 with one table, its spatial index and the definition of its CRS. */
public final class GeoPackageWriter implements WriterFormat {
  @Override
  public String name() {
    return "GeoPackage";
  }

  @Override
  public String extension() {
    return "gpkg";
  }

  @Override
  public String mediaType() {
    return "application/geopackage+sqlite3";
  }

  @Override
  public Crs crsFor(Crs asked) {
    return asked;
  }

  @Override
  public FeatureWriter open(
      Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    Files.deleteIfExists(file);
    try {
      return new GeoPackageFeatureWriter(file, layerName, schema, crs, imprint);
    } catch (SQLException e) {
      throw new IOException("cannot begin the GeoPackage " + file.getFileName(), e);
    }
  }
}
