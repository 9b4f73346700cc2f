package org.tequio.publish.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.formats.Formats;
import org.tequio.formats.WriterFormat;
import org.tequio.http.Parameter;
import org.tequio.http.ParameterSource;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.ExportPlan;
import org.tequio.publish.ExportRequest;
import org.tequio.publish.LayerExporter;
import org.tequio.publish.layer.Moment;
import org.tequio.storage.AsOf;

/**
 * The process {@code download}: a layer or a part of it as a file, for what takes longer than a
 * request waits. Its inputs are the parameters of {@code /api/downloads}.
 */
public final class DownloadProcess implements CityProcess {
  private static final String LAYER = "layer";
  private static final String FORMAT = "format";

  private final LayerExporter exporter;

  /** Makes files by this. */
  public DownloadProcess(LayerExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public String id() {
    return "download";
  }

  @Override
  public LocalText title() {
    return new LocalText("Descargar una capa", "Baixar uma camada", "Download a layer");
  }

  @Override
  public LocalText description() {
    return new LocalText(
        "Una capa, o la parte que un filtro o un área eligen, como archivo en cualquier formato.",
        "Uma camada, ou a parte que um filtro ou uma área escolhem, como arquivo em qualquer"
            + " formato.",
        "A layer, or the part that a filter or an area picks, as a file in any format.");
  }

  @Override
  public List<ProcessInput> inputs() {
    List<ProcessInput> inputs = new ArrayList<>();
    inputs.add(
        new ProcessInput(
            LAYER,
            new LocalText("Capa", "Camada", "Layer"),
            new LocalText(
                "Identificador de una capa.",
                "Identificador de uma camada.",
                "Identifier of a layer."),
            Parameter.LAYER.schema(),
            1,
            1));
    inputs.add(
        new ProcessInput(
            FORMAT,
            new LocalText("Formato", "Formato", "Format"),
            LocalText.same(
                String.join(", ", Formats.writers().stream().map(WriterFormat::name).toList())),
            Parameter.schema(
                "string", "enum", Formats.writers().stream().map(WriterFormat::extension).toList()),
            1,
            1));
    inputs.add(input(Moment.AS_OF));
    LayerExporter.PARAMETERS.forEach(parameter -> inputs.add(input(parameter)));
    return inputs;
  }

  /** The text of a parameter of a request; a box and an area also as a process has them. */
  private static ProcessInput input(Parameter<?> parameter) {
    Map<String, Object> text = Parameter.schema("string", "maxLength", References.MOST_BYTES);
    Map<String, Object> schema =
        switch (parameter.name()) {
          case "area" -> ProcessOrder.areaSchema();
          case "bbox" -> Map.of("oneOf", List.of(ProcessOrder.boxSchema(), text));
          default -> text;
        };
    return new ProcessInput(
        parameter.name(), LocalText.same(parameter.name()), parameter.wanted(), schema, 0, 1);
  }

  @Override
  public Map<String, Object> outputSchema() {
    Map<String, Object> either = new LinkedHashMap<>();
    either.put(
        "oneOf",
        Formats.writers().stream()
            .map(
                writer ->
                    Parameter.schema(
                        "string",
                        "contentEncoding",
                        "binary",
                        "contentMediaType",
                        writer.mediaType()))
            .toList());
    return either;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public List<LayerId> layers(ProcessOrder order) {
    return List.of(new LayerId(order.text(LAYER).orElseThrow()));
  }

  @Override
  public Task prepare(ProcessOrder order) {
    LayerId layer = layers(order).getFirst();
    String extension = order.text(FORMAT).orElseThrow();
    WriterFormat format =
        Formats.writers().stream()
            .filter(writer -> writer.extension().equals(extension))
            .findFirst()
            .orElseThrow(() -> new ProblemException(Problem.notFound(extension)));
    Map<String, String> texts = new LinkedHashMap<>();
    order
        .inputs()
        .keySet()
        .forEach(name -> order.parameter(name).ifPresent(text -> texts.put(name, text)));
    ParameterSource parameters = ParameterSource.of(texts);
    ExportPlan plan =
        exporter.plan(
            new ExportRequest(
                layer,
                format,
                parameters.query(Moment.AS_OF).orElse(AsOf.NOW),
                ExportRequest.Scope.PUBLIC,
                order.language(),
                order.site(),
                parameters));
    return (folder, progress) -> {
      Path file = folder.resolve(layer.value() + '.' + format.extension());
      exporter.write(plan, file, progress);
      return new ProcessFile(file, format.mediaType());
    };
  }
}
