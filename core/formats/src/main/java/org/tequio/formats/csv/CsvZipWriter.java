package org.tequio.formats.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tequio.feature.Crs;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;
import org.tequio.formats.archive.Packer;

/** Writes a ZIP with a CSV and, beside it, what it is: for people and in ISO 19139. */
public final class CsvZipWriter implements WriterFormat {
  @Override
  public String name() {
    return "CSV (ZIP)";
  }

  @Override
  public String extension() {
    return "csv.zip";
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
    Packer packer = new Packer(Files.newOutputStream(file), imprint.updated());
    packer.describe(layerName, imprint, List.of());
    return CsvWriter.write(packer.last(layerName + ".csv"), schema, crs);
  }
}
