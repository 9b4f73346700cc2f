package org.tequio.formats.geojson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;

/**
 * Writes RFC 7946 GeoJSON: longitude-latitude, seven decimals, outer rings counter-clockwise. What
 * the file says of itself is the foreign member {@code metadata} (section 6.1), before the
 * features.
 */
public final class GeoJsonWriter implements WriterFormat {
  @Override
  public String name() {
    return "GeoJSON";
  }

  @Override
  public String extension() {
    return "geojson";
  }

  @Override
  public String mediaType() {
    return "application/geo+json";
  }

  @Override
  public Crs crsFor(Crs asked) {
    return Crs.CRS84;
  }

  @Override
  public FeatureWriter open(
      Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    if (!crs.equals(Crs.CRS84)) {
      throw new IllegalArgumentException("GeoJSON is written in longitude-latitude, not in " + crs);
    }
    return new GeoJsonFeatureWriter(Files.newOutputStream(file), layerName, schema, imprint);
  }
}
