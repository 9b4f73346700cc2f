package org.tequio.server.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.DataClass;
import org.tequio.feature.Field;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code layers CITY}: the catalogue, one line a layer. */
@Command(name = "layers")
final class LayersCommand extends CityCommand {
  @Parameters(paramLabel = "CITY")
  private Path city = Path.of("");

  @Override
  ExitCode run() throws Exception {
    try (City open = open(city)) {
      List<LayerRecord> layers = open.catalogue().listLayers();
      if (terminal().isJson()) {
        terminal().answer(Map.of("layers", layers.stream().map(this::document).toList()));
        return ExitCode.OK;
      }
      List<List<String>> rows = new ArrayList<>();
      long features = 0;
      for (LayerRecord layer : layers) {
        features += layer.count();
        rows.add(
            List.of(
                layer.id().value(),
                layer.title().in(terminal().language()),
                layer.department() == null ? "" : layer.department(),
                layer.schema().geometry().name(),
                terminal().number(layer.count()),
                terminal().number(layer.findings().errors() + layer.findings().warnings())));
      }
      terminal()
          .table(
              List.of(
                  terminal().text("layers.id"),
                  terminal().text("layers.title"),
                  terminal().text("layers.department"),
                  terminal().text("layers.geometry"),
                  terminal().text("layers.count"),
                  terminal().text("layers.findings")),
              rows);
      terminal().say("layers.total", layers.size(), terminal().number(features));
      return ExitCode.OK;
    }
  }

  private Map<String, Object> document(LayerRecord layer) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", layer.id().value());
    document.put("title", layer.title().in(terminal().language()));
    document.put("theme", layer.theme().id());
    document.put("department", layer.department());
    document.put("standard", layer.standard());
    document.put("geometry", layer.schema().geometry().name());
    document.put("count", layer.count());
    document.put("crs", layer.crs().toString());
    document.put(
        "bbox",
        layer.extent() == null
            ? null
            : List.of(
                layer.extent().minX(),
                layer.extent().minY(),
                layer.extent().maxX(),
                layer.extent().maxY()));
    document.put("revision", layer.revision());
    document.put("contentHash", layer.contentHash());
    List<Map<String, Object>> fields = new ArrayList<>();
    for (Field field : layer.schema().fields()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", field.name());
      one.put("type", field.type().name());
      one.put("closed", field.dataClass() != DataClass.PUBLIC);
      fields.add(one);
    }
    document.put("fields", fields);
    document.put(
        "sources",
        layer.sources().stream()
            .map(
                source -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("file", source.file());
                  one.put("format", source.format());
                  one.put("sha256", source.sha256());
                  one.put("crs", source.crs() == null ? null : source.crs().toString());
                  one.put("operation", source.operation());
                  one.put(
                      "accuracyMeters",
                      Double.isNaN(source.accuracyMeters()) ? null : source.accuracyMeters());
                  return one;
                })
            .toList());
    document.put(
        "findings",
        Map.of(
            "errors", layer.findings().errors(),
            "warnings", layer.findings().warnings(),
            "notes", layer.findings().notes()));
    return document;
  }
}
