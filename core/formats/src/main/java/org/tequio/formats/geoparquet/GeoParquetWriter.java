package org.tequio.formats.geoparquet;

import java.io.IOException;
import java.nio.file.Path;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;

/**
 * Writes GeoParquet 1.1 for data science and data warehouses: geometries as ISO WKB, x before y,
 * the box of each in the columns {@code bbox.*} so that readers leave out groups of rows that are
 * elsewhere, the system as PROJJSON. A plain table is plain Parquet. Heights are kept; measures,
 * which GeoParquet does not know, are left out.
 */
public final class GeoParquetWriter implements WriterFormat {
  @Override
  public String name() {
    return "GeoParquet";
  }

  @Override
  public String extension() {
    return "parquet";
  }

  @Override
  public String mediaType() {
    return "application/vnd.apache.parquet";
  }

  @Override
  public Crs crsFor(Crs asked) {
    return asked;
  }

  @Override
  public FeatureWriter open(
      Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    return new GeoParquetFeatureWriter(file, schema, crs, imprint);
  }
}
