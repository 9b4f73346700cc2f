package org.tequio.formats.gpx;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;

/**
 * Writes GPX 1.1 for receivers and phones: points are waypoints, of several points one each; lines
 * are tracks with a segment a part. Fields are extensions under their names. What has no place is
 * left out and counted at the end of the file, for GPX knows places only.
 */
public final class GpxWriter implements WriterFormat {
  @Override
  public String name() {
    return "GPX";
  }

  @Override
  public String extension() {
    return "gpx";
  }

  @Override
  public String mediaType() {
    return "application/gpx+xml";
  }

  @Override
  public Crs crsFor(Crs asked) {
    return Crs.CRS84;
  }

  @Override
  public Optional<LocalText> refusal(LayerSchema schema) {
    return switch (schema.geometry()) {
      case POINT, MULTIPOINT, LINESTRING, MULTILINESTRING -> Optional.empty();
      case NONE, POLYGON, MULTIPOLYGON, GEOMETRYCOLLECTION, GEOMETRY ->
          Optional.of(
              new LocalText(
                  "GPX solo guarda puntos o líneas",
                  "GPX só guarda pontos ou linhas",
                  "GPX holds points or lines only"));
    };
  }

  @Override
  public FeatureWriter open(
      Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    Optional<LocalText> refusal = refusal(schema);
    if (refusal.isPresent()) {
      throw new IOException(refusal.get().en());
    }
    Writer out = new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), 1 << 16);
    GpxFeatureWriter writer = new GpxFeatureWriter(out, schema);
    writer.begin(layerName, imprint);
    return writer;
  }
}
