package org.tequio.server.command;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.LayerId;
import org.tequio.formats.Formats;
import org.tequio.formats.WriterFormat;
import org.tequio.publish.LayerExport;
import org.tequio.server.City;
import org.tequio.storage.AsOf;
import org.tequio.storage.StoredLayer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export CITY LAYER FILE}: one layer into a file. */
@Command(name = "export")
final class ExportCommand extends CityCommand {
  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Parameters(index = "1", paramLabel = "LAYER")
  private String layer = "";

  @Parameters(index = "2", paramLabel = "FILE")
  private Path file = Path.of("");

  @Option(names = "--crs", paramLabel = "EPSG:n")
  private @Nullable String crs;

  @Option(names = "--closed-fields")
  private boolean closedFields;

  @Option(names = "--as-of", paramLabel = "REVISION|INSTANT")
  private @Nullable String asOf;

  @Override
  ExitCode run() throws Exception {
    WriterFormat format =
        Formats.findWriter(file.getFileName().toString())
            .orElseThrow(() -> new CommandProblem(ExitCode.REFUSED, unknownFormat()));
    Crs asked = crs == null ? null : crs(crs);
    AsOf state = state();
    try (City open = open(city);
        ProgressBar progress = progress()) {
      LayerId id = layer(open, layer);
      StoredLayer stored = stored(open, id, state);
      LayerRecord record = open.catalogue().findLayer(id).orElseThrow();
      Predicate<Field> seen = field -> closedFields || record.isOpen(field);
      Crs target = format.crsFor(asked == null ? stored.crs() : asked);
      long written =
          LayerExport.write(
              open.store().features(), stored, seen, state, format, target, file, progress);
      progress.close();
      List<String> left =
          stored.schema().fields().stream().filter(seen.negate()).map(Field::name).toList();
      terminal().say("export.done", file, terminal().number(written), target);
      if (!left.isEmpty()) {
        terminal().say("export.closed", String.join(", ", left));
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", file.toString());
      document.put("layer", id.value());
      document.put("features", written);
      document.put("crs", target.toString());
      document.put("leftOut", left);
      terminal().answer(document);
      return ExitCode.OK;
    }
  }

  private StoredLayer stored(City open, LayerId id, AsOf state) {
    return open.store()
        .features()
        .findLayer(id, state)
        .orElseThrow(
            () ->
                new CommandProblem(
                    ExitCode.REFUSED, terminal().text("layer.unknown", id, open.folder())));
  }

  private String unknownFormat() {
    String known =
        Formats.writers().stream().map(WriterFormat::extension).collect(Collectors.joining(", "));
    return terminal().text("export.format", file.getFileName(), known);
  }

  private AsOf state() {
    if (asOf == null) {
      return AsOf.NOW;
    }
    try {
      return asOf.matches("[0-9]+")
          ? new AsOf.AtRevision(Long.parseLong(asOf))
          : new AsOf.AtInstant(Instant.parse(asOf));
    } catch (DateTimeException | NumberFormatException e) {
      throw new CommandProblem(ExitCode.USAGE, terminal().text("export.as.of", asOf));
    }
  }
}
