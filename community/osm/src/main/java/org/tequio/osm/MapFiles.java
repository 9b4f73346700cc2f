package org.tequio.osm;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.formats.osm.ElementForm;
import org.tequio.formats.osm.OsmElement;
import org.tequio.http.Chore;
import org.tequio.http.Egress;
import org.tequio.http.Endpoint;
import org.tequio.http.Jobs;
import org.tequio.http.Permissions;
import org.tequio.osm.extract.MapDownload;
import org.tequio.osm.extract.MapExport;
import org.tequio.osm.load.ImportsEndpoint;
import org.tequio.osm.load.MapImport;
import org.tequio.osm.pull.MapPull;
import org.tequio.osm.replication.FilesEndpoint;
import org.tequio.osm.replication.Replication;
import org.tequio.review.ReceivedFiles;
import org.tequio.storage.Database;

/** The community map as files: taken in and handed out whole. Thread-safe. */
public final class MapFiles {
  private final MapImport importer;
  private final MapExport exporter;
  private final MapPull pull;
  private final MapDownload download;
  private final Replication replication;

  /**
   * Of one map.
   *
   * @param folder for what is handed out again and again
   * @param egress by which other maps are reached
   */
  MapFiles(Database database, Path folder, Egress egress, Clock clock) {
    this.importer = new MapImport(database, clock);
    this.exporter = new MapExport(database);
    this.pull = new MapPull(database, egress, clock);
    this.download = new MapDownload(database, exporter, folder.resolve("extract"), clock);
    this.replication = new Replication(database, folder.resolve("replication/minute"), clock);
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

  /**
   * Brings the changes of another map.
   *
   * @param series address of a series of changes, such as {@code …/replication/minute}
   * @param box of the city; null to take all that they have
   * @param since the change before the first that is wanted; null to go on where the last pull
   *     ended, or from the age of what was imported
   * @throws MapRefused where nothing says where to begin, or their changes do not go back so far
   */
  public PullReport pull(String series, @Nullable Box box, @Nullable Long since, Progress progress)
      throws IOException, FormatException {
    return pull.run(series, box, since, progress);
  }

  /** What pulls could not merge. */
  public List<MapConflict> listConflicts() {
    return pull.listConflicts();
  }

  /**
   * Ends a conflict, by making ours as theirs is or by leaving ours as it is.
   *
   * @return false where there is none
   */
  public boolean settle(OsmElement.Type type, long id, boolean theirs) {
    return pull.settle(type, id, theirs);
  }

  /** Writes what was edited since the last time for those who follow; returns its number. */
  public long publishChanges() throws IOException {
    return replication.publish().sequence();
  }

  List<Endpoint> endpoints(Permissions permissions) {
    return new FilesEndpoint(permissions, download, replication).endpoints();
  }

  List<Endpoint> importEndpoints(ReceivedFiles received, Permissions permissions, Jobs jobs) {
    return new ImportsEndpoint(importer, received, permissions, jobs).endpoints();
  }

  List<Chore> chores() {
    return List.of(
        new Chore(
            "osm-replication",
            Duration.ofMinutes(1),
            () -> {
              try {
                publishChanges();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }
}
