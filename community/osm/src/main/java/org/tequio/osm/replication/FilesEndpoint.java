package org.tequio.osm.replication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tequio.feature.LocalText;
import org.tequio.formats.osm.ElementForm;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.osm.extract.MapDownload;

/** The map for everyone to take, and its changes for programs that follow it. */
public final class FilesEndpoint {
  private static final Parameter<Integer> MILLIONS = part("millions", "[0-9]{3}");
  private static final Parameter<Integer> THOUSANDS = part("thousands", "[0-9]{3}");
  private static final Parameter<String> FILE =
      new Parameter<>(
          Parameter.Place.PATH,
          "file",
          "Three digits, then .osc.gz for a change or .state.txt for its state.",
          new LocalText("un archivo", "um arquivo", "a file"),
          Parameter.schema("string"),
          text ->
              text.matches("[0-9]{3}\\.(osc\\.gz|state\\.txt)")
                  ? Optional.of(text)
                  : Optional.empty());

  private final Permissions permissions;
  private final MapDownload download;
  private final Replication replication;

  /** Of one map. */
  public FilesEndpoint(Permissions permissions, MapDownload download, Replication replication) {
    this.permissions = permissions;
    this.download = download;
    this.replication = replication;
  }

  private static Parameter<Integer> part(String name, String pattern) {
    return new Parameter<>(
        Parameter.Place.PATH,
        name,
        "Three digits of the number of a change.",
        new LocalText("tres cifras", "três algarismos", "three digits"),
        Parameter.schema("string"),
        text -> text.matches(pattern) ? Optional.of(Integer.parseInt(text)) : Optional.empty());
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/osm/map.osm.pbf", "communityMap", Action.CITY_READ, this::map)
            .summary("The community map as OSM PBF, without its authors.")
            .answers(ElementForm.PBF.mediaType(), null),
        Endpoint.get(
                "/replication/minute/state.txt", "replicationState", Action.CITY_READ, this::state)
            .summary("The number of the newest change of the community map.")
            .answers("text/plain", null),
        Endpoint.get(
                "/replication/minute/{millions}/{thousands}/{file}",
                "replicationFile",
                Action.CITY_READ,
                this::change)
            .summary("One change of the community map as packed osmChange, or its state.")
            .with(MILLIONS, THOUSANDS, FILE)
            .answers(ElementForm.CHANGE_PACKED.mediaType(), null)
            .answers("text/plain", null));
  }

  private Reply map(Call call) {
    permissions.require(call, Permission.of(Action.CITY_READ));
    try {
      Path file = download.file();
      return Reply.file(ElementForm.PBF.mediaType(), file, String.valueOf(file.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply state(Call call) {
    permissions.require(call, Permission.of(Action.CITY_READ));
    try {
      replication.begin();
      return Reply.text("text/plain", Files.readAllBytes(replication.stateFile()))
          .with("Cache-Control", "no-cache");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply change(Call call) {
    permissions.require(call, Permission.of(Action.CITY_READ));
    String name = call.path(FILE);
    long sequence =
        call.path(MILLIONS) * 1_000_000L
            + call.path(THOUSANDS) * 1_000L
            + Integer.parseInt(name.substring(0, 3));
    // A change counts once its state is there.
    Path state = replication.stateFile(sequence);
    if (!Files.isRegularFile(state)) {
      throw new ProblemException(Problem.notFound(name));
    }
    return name.endsWith(".osc.gz")
        ? Reply.file(
            ElementForm.CHANGE_PACKED.mediaType(),
            replication.changeFile(sequence),
            "change-" + sequence)
        : Reply.file("text/plain", state, "state-" + sequence);
  }
}
