package org.tequio.osm.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Jobs;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.osm.ImportReport;
import org.tequio.osm.MapRefused;
import org.tequio.review.ReceivedFiles;

/**
 * Takes files that were sent into the community map, each as a job. The file stays until it is part
 * of the map: after a refusal, a cancellation or a restart it can be ordered again.
 */
public final class ImportsEndpoint {
  /** Taking whole files into the community map. */
  public static final Action IMPORT = new Action("osm.import");

  private final MapImport importer;
  private final ReceivedFiles files;
  private final Permissions permissions;
  private final Jobs jobs;

  /** Answers from these. */
  public ImportsEndpoint(
      MapImport importer, ReceivedFiles files, Permissions permissions, Jobs jobs) {
    this.importer = importer;
    this.files = files;
    this.permissions = permissions;
    this.jobs = jobs;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/map/imports", "importMap", IMPORT, this::begin)
            .summary(
                "Takes a file .osm, .osm.gz or .osm.pbf, sent as an upload, into the community"
                    + " map: all of it or nothing.")
            .takes("application/json", ImportJson.class)
            .answers("application/json", null));
  }

  /** The upload that holds the file. */
  record ImportJson(String upload) {}

  private Reply begin(Call call) throws IOException {
    permissions.require(call, Permission.of(IMPORT));
    String account = call.account();
    String upload = String.valueOf(call.json(ImportJson.class).upload());
    Path file = files.file(upload, account);
    String name = String.valueOf(file.getFileName());
    LocalText title =
        new LocalText(
            "Traer al mapa comunitario: " + name,
            "Trazer ao mapa comunitário: " + name,
            "Take into the community map: " + name);
    return Jobs.accepted(
        call,
        jobs.start(account, "map-import", title, progress -> run(upload, account, progress)),
        Map.of());
  }

  private ImportReport run(String upload, String account, Progress progress) throws IOException {
    try {
      ImportReport report = importer.run(files.file(upload, account), progress);
      files.remove(upload, account);
      return report;
    } catch (MapRefused e) {
      throw new ProblemException(Problem.conflict(e));
    } catch (FormatException e) {
      String why = String.valueOf(e.getMessage());
      throw new ProblemException(
          Problem.of(
              422,
              "map-file-unreadable",
              new LocalText(
                  "El archivo no se puede leer",
                  "O arquivo não pode ser lido",
                  "The file cannot be read"),
              new LocalText(
                  "el mapa no cambió: " + why,
                  "o mapa não mudou: " + why,
                  "the map did not change: " + why)));
    }
  }
}
