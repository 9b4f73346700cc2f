package org.tequio.server.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.server.City;
import org.tequio.storage.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history CITY [LAYER]}: who changed what and when, newest first. */
@Command(name = "history")
final class HistoryCommand extends CityCommand {
  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Parameters(index = "1", arity = "0..1", paramLabel = "LAYER")
  private @Nullable String layer;

  @Option(names = "--limit", paramLabel = "N", defaultValue = "50")
  private int limit;

  @Override
  ExitCode run() throws Exception {
    try (City open = open(city)) {
      Optional<LayerId> one = Optional.ofNullable(layer).map(id -> layer(open, id));
      List<Revision> revisions = open.store().features().listRevisions(one, limit);
      List<List<String>> rows = new ArrayList<>();
      List<Map<String, Object>> documents = new ArrayList<>();
      for (Revision revision : revisions) {
        Revision.Note note = revision.note();
        rows.add(
            List.of(
                Long.toString(revision.number()),
                revision.instant().toString(),
                note.author(),
                note.source(),
                note.message()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("revision", revision.number());
        document.put("instant", revision.instant().toString());
        document.put("author", note.author());
        document.put("source", note.source());
        document.put("message", note.message());
        documents.add(document);
      }
      terminal()
          .table(
              List.of(
                  terminal().text("history.revision"),
                  terminal().text("history.instant"),
                  terminal().text("history.author"),
                  terminal().text("history.source"),
                  terminal().text("history.message")),
              rows);
      terminal().answer(Map.of("revisions", documents));
      return ExitCode.OK;
    }
  }
}
