package org.tequio.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.UnsuitableFiles;
import org.tequio.feature.LayerId;
import org.tequio.procedure.DraftChange;
import org.tequio.procedure.Forecast;
import org.tequio.procedure.ForecastJson;
import org.tequio.procedure.PackFault;
import org.tequio.procedure.PackRefused;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Tally;
import org.tequio.procedure.WhatIf;
import org.tequio.review.Submission;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code what-if CITY}: whom a change of rules, fees or layers would touch, before it is decided.
 */
@Command(name = "what-if")
final class WhatIfCommand extends CityCommand {
  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Option(names = "--pack", paramLabel = "FOLDER")
  private @Nullable String pack;

  @Option(names = "--layer", paramLabel = "LAYER=FILE")
  private Map<String, String> layers = Map.of();

  @Option(names = "--submission", paramLabel = "N")
  private List<Long> submissions = List.of();

  @Option(names = "--procedure", paramLabel = "ID")
  private List<String> procedures = List.of();

  @Option(names = "--sample", paramLabel = "N", defaultValue = "500")
  private int sample;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1")
  private long seed;

  @Option(names = "--day", paramLabel = "YYYY-MM-DD")
  private @Nullable LocalDate day;

  @Option(names = "--map", paramLabel = "FILE.geojson")
  private @Nullable String map;

  @Option(names = "--pdf", paramLabel = "FILE.pdf")
  private @Nullable String pdf;

  @Override
  ExitCode run() throws Exception {
    if (pack == null && layers.isEmpty() && submissions.isEmpty()) {
      throw new CommandProblem(ExitCode.USAGE, terminal().text("what-if.nothing"));
    }
    if (sample < 0 || sample > DraftChange.MOST_PARCELS) {
      throw new CommandProblem(
          ExitCode.USAGE, terminal().text("what-if.sample", sample, DraftChange.MOST_PARCELS));
    }
    try (City open = open(city);
        ProgressBar progress = progress()) {
      Forecast forecast = open.whatIf().run(change(open), progress);
      progress.close();
      report(forecast);
      if (pdf != null) {
        byte[] sheet = open.procedure().print(forecast, tried(), terminal().language());
        write(resolve(pdf), sheet);
        terminal().say("what-if.pdf", pdf);
      }
      return ExitCode.OK;
    } catch (PackRefused e) {
      for (PackFault fault : e.faults()) {
        terminal().err().println(fault.in(terminal().language()));
      }
      throw new CommandProblem(
          ExitCode.REFUSED,
          terminal().text("pack.refused", String.valueOf(pack), e.faults().size()));
    } catch (UnsuitableFiles e) {
      throw new CommandProblem(ExitCode.REFUSED, e.reason().in(terminal().language()));
    } catch (WhatIf.UnknownChange e) {
      throw new CommandProblem(
          ExitCode.REFUSED, terminal().text("what-if.unknown", String.valueOf(e.getMessage())));
    }
  }

  /** What was tried, as people read it. */
  private String tried() {
    List<String> all = new ArrayList<>();
    if (pack != null) {
      all.add(pack);
    }
    layers.forEach((layer, file) -> all.add(layer + " = " + file));
    submissions.forEach(number -> all.add("№ " + number));
    return String.join("; ", all);
  }

  private DraftChange change(City open) {
    Path draft = pack == null ? null : resolve(pack);
    if (draft != null && !Files.isRegularFile(draft.resolve("pack.yaml"))) {
      throw new CommandProblem(
          ExitCode.REFUSED, terminal().text("pack.missing", String.valueOf(pack)));
    }
    Map<LayerId, Path> files = new LinkedHashMap<>();
    layers.forEach((id, file) -> files.put(layer(open, id), file(file)));
    List<Long> waiting = new ArrayList<>();
    for (long number : submissions) {
      long checked = open.review().submissions().find(number).map(Submission::checked).orElse(0L);
      if (checked == 0) {
        throw new CommandProblem(
            ExitCode.REFUSED, terminal().text("what-if.unknown", String.valueOf(number)));
      }
      waiting.add(checked);
    }
    List<ProcedureId> only = new ArrayList<>();
    for (String id : procedures) {
      if (!ProcedureId.isValid(id)) {
        throw new CommandProblem(ExitCode.REFUSED, terminal().text("what-if.unknown", id));
      }
      only.add(new ProcedureId(id));
    }
    return new DraftChange(
        draft,
        files,
        waiting,
        only,
        sample,
        seed,
        day == null ? LocalDate.now(ZoneOffset.UTC) : day);
  }

  private Path file(String name) {
    Path file = resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new CommandProblem(ExitCode.REFUSED, terminal().text("what-if.file", name));
    }
    return file;
  }

  private void report(Forecast forecast) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (Tally tally : forecast.procedures()) {
      rows.add(row(tally));
    }
    if (rows.isEmpty()) {
      terminal().say("what-if.untouched");
    } else {
      terminal()
          .table(
              List.of(
                  terminal().text("what-if.procedure"),
                  terminal().text("what-if.parcels"),
                  terminal().text("what-if.share"),
                  terminal().text("what-if.files"),
                  terminal().text("what-if.outcomes"),
                  terminal().text("what-if.rules"),
                  terminal().text("what-if.fees")),
              rows);
    }
    terminal()
        .say(
            "what-if.done",
            terminal().number(forecast.sample()),
            terminal().number(forecast.parcels()),
            terminal().number(forecast.files()),
            forecast.day());
    if (map != null) {
      write(resolve(map), ForecastJson.map(forecast));
      terminal().say("what-if.map", map);
    }
    terminal().answer(ForecastJson.document(forecast, Integer.MAX_VALUE));
  }

  private List<String> row(Tally tally) {
    String name = tally.procedure().value() + " " + tally.name().in(terminal().language());
    if (tally.isNew() || tally.isGone()) {
      String what = terminal().text(tally.isNew() ? "what-if.new" : "what-if.gone");
      return List.of(name, what, "", "", "", "", "");
    }
    String share =
        tally.parcels() == 0
            ? ""
            : terminal()
                .text(
                    "what-if.share.value",
                    100 * tally.share(),
                    100 * tally.leastShare(),
                    100 * tally.greatestShare());
    String fees =
        tally.feesChanged() == 0
            ? ""
            : tally.feeBefore().toPlainString() + " → " + tally.feeAfter().toPlainString();
    return List.of(
        name,
        terminal().number(tally.parcelsFlipped()) + " / " + terminal().number(tally.parcels()),
        share,
        terminal().number(tally.filesFlipped()) + " / " + terminal().number(tally.files()),
        counts(tally.flips()),
        counts(tally.rules()),
        fees);
  }

  private String counts(Map<String, Long> counts) {
    return String.join(
        ", ",
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(one -> one.getKey() + ": " + terminal().number(one.getValue()))
            .toList());
  }
}
