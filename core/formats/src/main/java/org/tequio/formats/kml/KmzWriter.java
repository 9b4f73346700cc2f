package org.tequio.formats.kml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;
import org.tequio.formats.archive.Packer;

/** Writes KML in a ZIP, as {@code doc.kml} (OGC 12-007r2, annex C). */
public final class KmzWriter implements WriterFormat {
  @Override
  public String name() {
    return "KMZ";
  }

  @Override
  public String extension() {
    return "kmz";
  }

  @Override
  public String mediaType() {
    return "application/vnd.google-earth.kmz";
  }

  @Override
  public Crs crsFor(Crs asked) {
    return Crs.CRS84;
  }

  @Override
  public FeatureWriter open(
      Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    Packer packer = new Packer(Files.newOutputStream(file), imprint.updated());
    return KmlWriter.write(packer.last("doc.kml"), layerName, schema, imprint);
  }
}
