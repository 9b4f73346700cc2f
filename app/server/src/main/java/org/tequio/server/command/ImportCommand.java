package org.tequio.server.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.ImportReport;
import org.tequio.catalogue.ImportReport.ImportedLayer;
import org.tequio.catalogue.ImportReport.Outcome;
import org.tequio.catalogue.ImportRequest;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Severity;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import CITY PATH...}: departments' files become one revision, with their findings. */
@Command(name = "import")
final class ImportCommand extends CityCommand {
  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH")
  private List<Path> paths = List.of();

  @Option(names = "--department", paramLabel = "NAME")
  private @Nullable String department;

  @Option(names = "--repair", paramLabel = "FINDING", split = ",")
  private List<String> repairs = List.of();

  @Override
  ExitCode run() throws Exception {
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new CommandProblem(ExitCode.REFUSED, terminal().text("import.path.missing", path));
      }
    }
    try (City open = open(city);
        ProgressBar progress = progress()) {
      return run(open, paths, department, repairs, terminal(), progress);
    }
  }

  static ExitCode run(
      City city,
      List<Path> paths,
      @Nullable String department,
      List<String> repairs,
      Terminal terminal,
      ProgressBar progress)
      throws Exception {
    ImportRequest request = request(paths, department, repairs);
    ImportReport report = city.importer().run(request, progress);
    progress.close();
    terminal.answer(document(report));
    return print(city, report, terminal);
  }

  private static ImportRequest request(
      List<Path> paths, @Nullable String department, List<String> repairs) {
    Set<FindingCode> codes = EnumSet.noneOf(FindingCode.class);
    for (String repair : repairs) {
      for (FindingCode code : FindingCode.values()) {
        if (code.wireName().equals(repair.strip().toLowerCase(Locale.ROOT))) {
          codes.add(code);
        }
      }
    }
    String author = System.getProperty("user.name", "tequio");
    try {
      if (codes.size() < repairs.size()) {
        throw new IllegalArgumentException(
            "there is no such repair; there are repairs for "
                + ImportRequest.REPAIRABLE.stream().map(FindingCode::wireName).sorted().toList());
      }
      return new ImportRequest(paths, department, author, codes);
    } catch (IllegalArgumentException e) {
      throw new CommandProblem(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static ExitCode print(City city, ImportReport report, Terminal terminal) {
    List<List<String>> rows = new ArrayList<>();
    long features = 0;
    long aside = 0;
    int unchanged = 0;
    for (ImportedLayer layer : report.layers()) {
      if (layer.outcome() == Outcome.UNCHANGED) {
        unchanged++;
        continue;
      }
      features += layer.count();
      aside += layer.setAside();
      rows.add(
          List.of(
              layer.id().value(),
              layer.source(),
              layer.format(),
              terminal.number(layer.count()),
              terminal.number(layer.setAside()),
              layer.crs() == null ? "" : layer.crs().toString()));
    }
    if (!rows.isEmpty()) {
      terminal.table(
          List.of(
              terminal.text("import.head.layer"),
              terminal.text("import.head.source"),
              terminal.text("import.head.format"),
              terminal.text("import.head.count"),
              terminal.text("import.head.aside"),
              terminal.text("import.head.crs")),
          rows);
    }
    report
        .rasters()
        .forEach(
            raster ->
                terminal.line(
                    terminal.text("import.rasters")
                        + ": "
                        + raster.source()
                        + "  "
                        + raster.columns()
                        + " × "
                        + raster.rows()));
    if (unchanged > 0) {
      terminal.say("import.unchanged", unchanged);
    }
    if (report.revision() > 0) {
      terminal.say(
          "import.done",
          Long.toString(report.revision()),
          rows.size(),
          terminal.number(features),
          terminal.number(aside),
          String.format(Locale.ROOT, "%.1f", report.duration().toMillis() / 1000.0));
    }
    long errors = count(report, Severity.ERROR);
    terminal.say(
        "import.findings",
        terminal.number(errors),
        terminal.number(count(report, Severity.WARNING)),
        terminal.number(count(report, Severity.NOTE)),
        city.folder());
    if (report.layers().isEmpty() && report.rasters().isEmpty()) {
      terminal.say("import.nothing");
      return ExitCode.REFUSED;
    }
    boolean refused =
        report.findings().stream()
            .anyMatch(each -> each.finding().action() == org.tequio.feature.Finding.Action.REFUSED);
    return refused ? ExitCode.ATTENTION : ExitCode.OK;
  }

  private static long count(ImportReport report, Severity severity) {
    return report.findings().stream().filter(each -> each.finding().severity() == severity).count();
  }

  private static Map<String, Object> document(ImportReport report) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("revision", report.revision());
    document.put("seconds", report.duration().toMillis() / 1000.0);
    document.put("layers", report.layers().stream().map(ImportCommand::document).toList());
    document.put("rasters", report.rasters());
    document.put(
        "findings",
        Map.of(
            "errors", count(report, Severity.ERROR),
            "warnings", count(report, Severity.WARNING),
            "notes", count(report, Severity.NOTE)));
    return document;
  }

  private static Map<String, Object> document(ImportedLayer layer) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", layer.id().value());
    document.put("source", layer.source());
    document.put("format", layer.format());
    document.put("outcome", layer.outcome().name().toLowerCase(Locale.ROOT));
    document.put("table", layer.isTable());
    document.put("count", layer.count());
    document.put("setAside", layer.setAside());
    document.put("crs", layer.crs() == null ? null : layer.crs().toString());
    document.put("operation", layer.operation());
    return document;
  }
}
