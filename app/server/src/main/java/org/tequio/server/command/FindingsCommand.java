package org.tequio.server.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.LayerFinding;
import org.tequio.feature.Finding;
import org.tequio.feature.Severity;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code findings CITY}: the honest list of what is wrong with the data. */
@Command(name = "findings")
final class FindingsCommand extends CityCommand {
  @Parameters(paramLabel = "CITY")
  private Path city = Path.of("");

  @Option(names = "--layer", paramLabel = "LAYER")
  private @Nullable String layer;

  @Option(names = "--severity", paramLabel = "note|warning|error", defaultValue = "note")
  private String least = "note";

  @Override
  ExitCode run() throws Exception {
    Severity atLeast = severity();
    try (City open = open(city)) {
      List<LayerFinding> findings =
          layer == null
              ? open.catalogue().listFindings()
              : open.catalogue().listFindings(layer(open, layer));
      List<LayerFinding> chosen =
          findings.stream()
              .filter(f -> f.finding().severity().compareTo(atLeast) >= 0)
              .sorted(
                  Comparator.comparing((LayerFinding f) -> f.finding().severity())
                      .reversed()
                      .thenComparing(f -> f.finding().source())
                      .thenComparing(f -> f.finding().code()))
              .toList();
      if (terminal().isJson()) {
        terminal().answer(Map.of("findings", chosen.stream().map(this::document).toList()));
      } else {
        print(chosen);
      }
      return ExitCode.OK;
    }
  }

  private Severity severity() {
    for (Severity severity : Severity.values()) {
      if (severity.wireName().equals(least)) {
        return severity;
      }
    }
    throw new CommandProblem(ExitCode.USAGE, terminal().text("findings.severity", least));
  }

  private void print(List<LayerFinding> findings) {
    if (findings.isEmpty()) {
      terminal().say("findings.none");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (LayerFinding each : findings) {
      Finding finding = each.finding();
      rows.add(
          List.of(
              terminal().text("severity." + finding.severity().wireName()),
              finding.source(),
              title(finding),
              terminal().number(finding.count()),
              terminal()
                  .text("action." + finding.action().name().toLowerCase(java.util.Locale.ROOT))));
    }
    terminal()
        .table(
            List.of(
                terminal().text("findings.head.severity"),
                terminal().text("findings.head.source"),
                terminal().text("findings.head.what"),
                terminal().text("findings.head.count"),
                terminal().text("findings.head.action")),
            rows);
  }

  private String title(Finding finding) {
    String subject = finding.subject() == null ? "" : finding.subject();
    return finding.code().title().in(terminal().language()).replace("{subject}", subject);
  }

  private Map<String, Object> document(LayerFinding each) {
    Finding finding = each.finding();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("code", finding.code().wireName());
    document.put("severity", finding.severity().wireName());
    document.put("title", title(finding));
    document.put("layer", each.layer() == null ? null : each.layer().value());
    document.put("source", finding.source());
    document.put("subject", finding.subject());
    document.put("count", finding.count());
    document.put("evidence", finding.evidence());
    document.put("action", finding.action().name().toLowerCase(java.util.Locale.ROOT));
    document.put(
        "examples",
        finding.examples().stream()
            .map(
                example -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("row", example.row());
                  one.put("text", example.text());
                  one.put("lon", Double.isNaN(example.x()) ? null : example.x());
                  one.put("lat", Double.isNaN(example.y()) ? null : example.y());
                  return one;
                })
            .toList());
    document.put("revision", each.revision());
    return document;
  }
}
