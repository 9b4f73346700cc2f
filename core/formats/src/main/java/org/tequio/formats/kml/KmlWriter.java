package org.tequio.formats.kml;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;

/**
 * Writes KML 2.2: one document with a schema, one plain style and one placemark a feature.
 * Coordinates are longitude, latitude and, where there is one, height above the sea. Unknown values
 * are left out.
 */
public final class KmlWriter implements WriterFormat {
  @Override
  public String name() {
    return "KML";
  }

  @Override
  public String extension() {
    return "kml";
  }

  @Override
  public String mediaType() {
    return "application/vnd.google-earth.kml+xml";
  }

  @Override
  public Crs crsFor(Crs asked) {
    return Crs.CRS84;
  }

  @Override
  public FeatureWriter open(
      Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    return write(Files.newOutputStream(file), layerName, schema, imprint);
  }

  static FeatureWriter write(
      OutputStream file, String layerName, LayerSchema schema, Imprint imprint) throws IOException {
    Writer out = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8), 1 << 16);
    KmlFeatureWriter writer = new KmlFeatureWriter(out, schema);
    writer.begin(layerName, imprint);
    return writer;
  }
}
