package org.tequio.mapping.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.WriterFormat;

/** A file that is handed out: a table, or a map where its rows have a place. */
final class Sheet {
  private Sheet() {}

  /**
   * One row.
   *
   * @param wkb where it is, in WGS 84; null for a table
   * @param cells the values, as the schema has its fields
   */
  record Row(long id, byte @Nullable [] wkb, List<? extends @Nullable Object> cells)
      implements FeatureRow {
    Row {
      cells = Collections.unmodifiableList(cells);
    }

    @Override
    public @Nullable Object value(int field) {
      return cells.get(field);
    }
  }

  /** Writes the rows; what begins like a formula is not one in the file. */
  static byte[] write(WriterFormat format, String name, LayerSchema schema, List<Row> rows)
      throws IOException {
    Path file = Files.createTempFile("tequio-" + name + "-", "." + format.extension());
    try {
      Files.delete(file);
      Crs crs = format.crsFor(Crs.parse("EPSG:4326"));
      try (FeatureWriter writer = format.open(file, name, schema, crs)) {
        for (Row row : rows) {
          writer.write(row);
        }
      }
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
