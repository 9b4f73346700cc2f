package org.tequio.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.HarvestModule;
import org.tequio.harvest.HarvestRun;
import org.tequio.harvest.Offer;
import org.tequio.harvest.Source;
import org.tequio.harvest.SourceKind;
import org.tequio.harvest.SourceStatus;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code harvest CITY [SOURCE]}: what is pulled from elsewhere, how it went, and pulling it. */
@Command(name = "harvest")
final class HarvestCommand extends CityCommand {
  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Parameters(index = "1", arity = "0..1", paramLabel = "SOURCE")
  private @Nullable String source;

  @Option(names = "--add", arity = "2", paramLabel = "KIND ADDRESS", hideParamSyntax = true)
  private List<String> add = List.of();

  @Option(names = "--preview", paramLabel = "ADDRESS")
  private @Nullable String preview;

  @Option(names = "--list")
  private boolean list;

  @Option(names = "--run")
  private boolean run;

  @Option(names = "--remove")
  private boolean remove;

  @Option(names = "--title", paramLabel = "TITLE")
  private @Nullable String title;

  @Option(names = "--department", paramLabel = "NAME")
  private @Nullable String department;

  @Option(names = "--name", paramLabel = "NAME")
  private List<String> names = List.of();

  @Option(names = "--layer", paramLabel = "LAYER")
  private @Nullable String layer;

  @Option(names = "--every", paramLabel = "DURATION")
  private @Nullable String every;

  @Override
  ExitCode run() throws Exception {
    long chosen =
        (add.isEmpty() ? 0 : 1)
            + (preview == null ? 0 : 1)
            + (list ? 1 : 0)
            + (run ? 1 : 0)
            + (remove ? 1 : 0);
    if (chosen > 1 || remove && source == null) {
      throw new CommandProblem(ExitCode.USAGE, terminal().text("harvest.one"));
    }
    try (City open = open(city)) {
      HarvestModule harvest = open.harvest();
      if (!add.isEmpty()) {
        return add(harvest);
      }
      if (preview != null) {
        return preview(harvest, preview);
      }
      if (run) {
        return pull(harvest);
      }
      if (remove) {
        return remove(harvest);
      }
      return source == null || list ? list(harvest) : runs(harvest);
    }
  }

  private ExitCode add(HarvestModule harvest) {
    String wanted = department;
    if (wanted == null) {
      throw new CommandProblem(ExitCode.USAGE, terminal().text("harvest.department"));
    }
    String shown = title == null ? add.get(1) : title;
    try {
      Source added =
          harvest.add(
              new Source(
                  LayerId.ofName(title == null ? "origen" : title),
                  shown,
                  kind(add.get(0)),
                  add.get(1),
                  names,
                  wanted,
                  layer == null ? null : new LayerId(layer),
                  every == null ? null : Duration.parse(every),
                  Source.Options.STANDARD),
              true);
      terminal().answer(document(harvest.findSource(added.id()).orElseThrow()));
      terminal().say("harvest.added", added.id().value(), city);
      return ExitCode.OK;
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new CommandProblem(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private SourceKind kind(String name) {
    return SourceKind.findByWireName(name)
        .orElseThrow(
            () -> new CommandProblem(ExitCode.USAGE, terminal().text("harvest.kind", name)));
  }

  private ExitCode preview(HarvestModule harvest, String address) throws IOException {
    try (ProgressBar progress = progress()) {
      Offer offer = harvest.preview(null, address, progress);
      progress.close();
      terminal().answer(Map.of("kind", offer.kind().wireName(), "items", offer.items()));
      terminal().line(offer.kind().title().in(terminal().language()));
      terminal()
          .table(
              List.of(terminal().text("harvest.name"), terminal().text("harvest.title")),
              offer.items().stream().map(item -> List.of(item.name(), item.title())).toList());
      return ExitCode.OK;
    } catch (HarvestException e) {
      throw new CommandProblem(ExitCode.REFUSED, e.text().in(terminal().language()));
    }
  }

  private ExitCode pull(HarvestModule harvest) throws IOException {
    List<SourceStatus> wanted =
        source == null ? harvest.listSources() : List.of(chosen(harvest, source));
    List<Map<String, Object>> documents = new ArrayList<>();
    int failed = 0;
    for (SourceStatus one : wanted) {
      Optional<HarvestRun> run;
      try (ProgressBar progress = progress()) {
        run = harvest.pull(one.source().id(), progress);
      }
      String id = one.source().id().value();
      if (run.isEmpty()) {
        terminal().say("harvest.busy", id);
        failed++;
        continue;
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("source", id);
      document.putAll(document(run.get()));
      documents.add(document);
      terminal().line(id + ": " + words(run.get()));
      failed += run.get().outcome() == HarvestRun.Outcome.FAILED ? 1 : 0;
    }
    terminal().answer(Map.of("runs", documents));
    return failed == 0
        ? ExitCode.OK
        : failed < wanted.size() ? ExitCode.ATTENTION : ExitCode.REFUSED;
  }

  private ExitCode remove(HarvestModule harvest) throws IOException {
    LayerId id = chosen(harvest, String.valueOf(source)).source().id();
    if (!harvest.remove(id)) {
      throw new CommandProblem(ExitCode.REFUSED, terminal().text("harvest.busy", id.value()));
    }
    terminal().answer(Map.of("removed", id.value()));
    terminal().say("harvest.removed", id.value());
    return ExitCode.OK;
  }

  private ExitCode list(HarvestModule harvest) {
    List<List<String>> rows = new ArrayList<>();
    List<Map<String, Object>> documents = new ArrayList<>();
    for (SourceStatus status : harvest.listSources()) {
      HarvestRun last = status.lastRun();
      Instant next = status.state().next();
      rows.add(
          List.of(
              status.source().id().value(),
              status.source().kind().wireName(),
              status.source().department(),
              status.state().wireName(),
              next == null ? "" : next.toString(),
              last == null ? "" : words(last)));
      documents.add(document(status));
    }
    terminal()
        .table(
            List.of(
                terminal().text("harvest.source"),
                terminal().text("harvest.kindOf"),
                terminal().text("harvest.departmentOf"),
                terminal().text("harvest.state"),
                terminal().text("harvest.next"),
                terminal().text("harvest.last")),
            rows);
    terminal().answer(Map.of("sources", documents));
    return ExitCode.OK;
  }

  private ExitCode runs(HarvestModule harvest) {
    LayerId id = chosen(harvest, String.valueOf(source)).source().id();
    List<HarvestRun> runs = harvest.listRuns(id);
    for (HarvestRun one : runs) {
      terminal().line(one.started() + "  " + words(one));
      one.log().forEach(line -> terminal().line("    " + line.text().in(terminal().language())));
    }
    terminal().answer(Map.of("runs", runs.stream().map(this::document).toList()));
    return ExitCode.OK;
  }

  private SourceStatus chosen(HarvestModule harvest, String id) {
    return Optional.of(id)
        .filter(LayerId::isValid)
        .flatMap(valid -> harvest.findSource(new LayerId(valid)))
        .orElseThrow(
            () ->
                new CommandProblem(ExitCode.REFUSED, terminal().text("harvest.unknown", id, city)));
  }

  private String words(HarvestRun one) {
    HarvestRun.Outcome outcome = one.outcome();
    LocalText reason = one.reason();
    String name = terminal().text("harvest." + (outcome == null ? "running" : outcome.wireName()));
    String submission = one.submission() == null ? "" : " (" + one.submission() + ")";
    return name
        + submission
        + (reason == null ? "" : ": " + reason.in(terminal().language()))
        + (one.fetched().features() == 0 ? "" : ", " + terminal().number(one.fetched().features()));
  }

  private Map<String, Object> document(SourceStatus status) {
    Source one = status.source();
    HarvestRun last = status.lastRun();
    Instant next = status.state().next();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", one.id().value());
    document.put("title", one.title());
    document.put("kind", one.kind().wireName());
    document.put("address", one.address());
    document.put("names", one.names());
    document.put("department", one.department());
    document.put("layer", one.layer() == null ? null : one.layer().toString());
    document.put("every", one.every() == null ? null : one.every().toString());
    document.put("state", status.state().wireName());
    document.put("next", next == null ? null : next.toString());
    document.put("lastRun", last == null ? null : document(last));
    return document;
  }

  private Map<String, Object> document(HarvestRun one) {
    HarvestRun.Outcome outcome = one.outcome();
    LocalText reason = one.reason();
    Instant ended = one.ended();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", one.id());
    document.put("started", one.started().toString());
    document.put("ended", ended == null ? null : ended.toString());
    document.put("outcome", outcome == null ? null : outcome.wireName());
    document.put("reason", reason == null ? null : reason.in(terminal().language()));
    document.put("fetched", one.fetched());
    document.put("submission", one.submission());
    return document;
  }
}
