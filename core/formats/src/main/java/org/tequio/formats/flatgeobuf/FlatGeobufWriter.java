package org.tequio.formats.flatgeobuf;

import java.io.IOException;
import java.nio.file.Path;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;

/**
 * Writes FlatGeobuf 3 with its index, so that programs read a part of the file over the network.
 * Features stand in the order of the Hilbert curve; those without a place come last. Dates and
 * instants are ISO 8601.
 */
public final class FlatGeobufWriter implements WriterFormat {
  @Override
  public String name() {
    return "FlatGeobuf";
  }

  @Override
  public String extension() {
    return "fgb";
  }

  @Override
  public String mediaType() {
    return "application/flatgeobuf";
  }

  @Override
  public Crs crsFor(Crs asked) {
    return asked;
  }

  @Override
  public FeatureWriter open(
      Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    return new FlatGeobufFeatureWriter(file, layerName, schema, crs, imprint);
  }
}
