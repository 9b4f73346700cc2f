package org.tequio.osm;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.formats.osm.ElementForm;
import org.tequio.osm.extract.MapExport;
import org.tequio.osm.load.MapImport;
import org.tequio.storage.Database;

/** The community map as files: taken in and handed out whole. Thread-safe. */
public final class MapFiles {
  private final MapImport importer;
  private final MapExport exporter;

  MapFiles(Database database, Clock clock) {
    this.importer = new MapImport(database, clock);
    this.exporter = new MapExport(database);
  }

  /**
   * Takes a file of OSM XML or PBF in, wholly or not at all.
   *
   * @throws MapRefused where it does not fit to what the map has
   * @throws FormatException where it cannot be read
   */
  public ImportReport take(Path file, Progress progress) throws IOException, FormatException {
    return importer.run(file, progress);
  }

  /** Writes the map as it is at one moment; closes the stream. */
  public MapExtract.Counts write(
      MapExtract extract, ElementForm form, OutputStream out, Progress progress)
      throws IOException {
    return exporter.write(extract, form, out, progress);
  }
}
