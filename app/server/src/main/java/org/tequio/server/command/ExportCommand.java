package org.tequio.server.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Field;
import org.tequio.feature.LayerId;
import org.tequio.formats.Formats;
import org.tequio.formats.WriterFormat;
import org.tequio.http.ParameterSource;
import org.tequio.http.ProblemException;
import org.tequio.publish.ExportPlan;
import org.tequio.publish.ExportRequest;
import org.tequio.publish.LayerExporter;
import org.tequio.server.City;
import org.tequio.storage.AsOf;
import org.tequio.storage.StoredLayer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export CITY LAYER FILE}: a layer, or a part of it, into a file. */
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

  @Option(names = "--filter", paramLabel = "CQL2")
  private @Nullable String filter;

  @Option(names = "--bbox", paramLabel = "W,S,E,N")
  private @Nullable String bbox;

  @Option(names = "--area", paramLabel = "FILE")
  private @Nullable Path area;

  @Option(names = "--properties", paramLabel = "A,B")
  private @Nullable String properties;

  @Option(names = "--closed-fields")
  private boolean closedFields;

  @Option(names = "--as-of", paramLabel = "REVISION|INSTANT")
  private @Nullable String asOf;

  @Override
  ExitCode run() throws Exception {
    WriterFormat format =
        Formats.findWriter(file.getFileName().toString())
            .orElseThrow(() -> new CommandProblem(ExitCode.REFUSED, unknownFormat()));
    AsOf state = state(asOf);
    Map<String, String> part = part();
    try (City open = open(city);
        ProgressBar progress = progress()) {
      LayerId id = layer(open, layer);
      StoredLayer stored = stored(open, id, state);
      URI site = open.publicBase();
      LayerExporter exporter = open.publish().exporter();
      ExportPlan plan =
          exporter.plan(
              new ExportRequest(
                  id,
                  format,
                  state,
                  closedFields ? ExportRequest.Scope.EVERYTHING : ExportRequest.Scope.OPEN_FIELDS,
                  terminal().language(),
                  site == null ? "" : site.toString().replaceFirst("/+$", ""),
                  ParameterSource.of(part)));
      long written = exporter.write(plan, file, progress);
      progress.close();
      List<String> left =
          stored.schema().fields().stream()
              .map(Field::name)
              .filter(name -> plan.fields().stream().noneMatch(name::equalsIgnoreCase))
              .toList();
      terminal().say("export.done", file, terminal().number(written), plan.crs());
      if (!left.isEmpty()) {
        terminal().say("export.left", String.join(", ", left));
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", file.toString());
      document.put("layer", id.value());
      document.put("features", written);
      document.put("crs", plan.crs().toString());
      document.put("leftOut", left);
      terminal().answer(document);
      return ExitCode.OK;
    } catch (ProblemException e) {
      throw new CommandProblem(ExitCode.REFUSED, e.problem().detail().in(terminal().language()));
    }
  }

  /** What was said of the part that is wanted, as the web's parameters say it. */
  private Map<String, String> part() throws IOException {
    Map<String, String> part = new LinkedHashMap<>();
    if (crs != null) {
      part.put("crs", crs(crs).toString());
    }
    if (filter != null) {
      part.put("filter", filter);
    }
    if (bbox != null) {
      part.put("bbox", bbox);
    }
    if (area != null) {
      part.put("area", Files.readString(resolve(area.toString())).strip());
    }
    if (properties != null) {
      part.put("properties", properties);
    }
    return part;
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
}
