package org.tequio.osm.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.tequio.feature.Progress;
import org.tequio.formats.osm.ElementForm;
import org.tequio.osm.MapExtract;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.Database;

/**
 * The whole map as a file for everyone, without authors: made when somebody asks for it and
 * something changed, but not more often than every few minutes. Thread-safe.
 */
public final class MapDownload {
  private static final Duration FRESH = Duration.ofMinutes(10);

  private final Database database;
  private final MapExport export;
  private final Path folder;
  private final Clock clock;

  /**
   * Of one map.
   *
   * @param folder where the file is kept; made when it is first needed
   */
  public MapDownload(Database database, MapExport export, Path folder, Clock clock) {
    this.database = database;
    this.export = export;
    this.folder = folder;
    this.clock = clock;
  }

  /** The file; its name is another one for other bytes. */
  public synchronized Path file() throws IOException {
    Files.createDirectories(folder);
    String name =
        database.read(
            connection ->
                "map-"
                    + OsmTables.last(connection, "edit")
                    + "-"
                    + OsmTables.last(connection, "load")
                    + ElementForm.PBF.ending());
    Path wanted = folder.resolve(name);
    List<Path> there = list();
    Instant now = clock.instant();
    for (Path file : there) {
      if (file.equals(wanted)
          || Files.getLastModifiedTime(file).toInstant().isAfter(now.minus(FRESH))) {
        return file;
      }
    }
    Path part = folder.resolve(name + ".part");
    export.write(MapExtract.PUBLIC, ElementForm.PBF, Files.newOutputStream(part), Progress.NONE);
    Files.move(part, wanted, StandardCopyOption.ATOMIC_MOVE);
    for (Path old : there) {
      Files.deleteIfExists(old);
    }
    return wanted;
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ElementForm.PBF.ending())).toList();
    }
  }
}
