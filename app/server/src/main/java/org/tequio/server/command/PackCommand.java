package org.tequio.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.ExampleOutcome;
import org.tequio.procedure.PackCheck;
import org.tequio.procedure.PackFault;
import org.tequio.procedure.PackRefused;
import org.tequio.procedure.ProcedureTrial;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pack}: what the author of a pack of procedures asks of it. */
@Command(
    name = "pack",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PackCommand.Test.class, PackCommand.Lint.class})
final class PackCommand extends CommandGroup {
  /** What both have: the pack that was named, read whole. */
  private abstract static class OfPack extends CityCommand {
    @Parameters(paramLabel = "PACK")
    private String pack = "";

    @Override
    final ExitCode run() throws IOException {
      try {
        return run(
            PackCheck.find(resolve(pack), pack)
                .orElseThrow(
                    () ->
                        new CommandProblem(
                            ExitCode.REFUSED, terminal().text("pack.missing", pack))));
      } catch (PackRefused e) {
        for (PackFault fault : e.faults()) {
          terminal().err().println(fault.in(terminal().language()));
        }
        throw new CommandProblem(
            ExitCode.REFUSED, terminal().text("pack.refused", pack, e.faults().size()));
      }
    }

    abstract ExitCode run(PackCheck check) throws IOException;
  }

  /** {@code pack test PACK}: runs the examples of its procedures, or asks them in a real city. */
  @Command(name = "test")
  static final class Test extends OfPack {
    private static final int MOST_PLACES = 10_000;

    @Option(names = "--city", paramLabel = "DIR")
    private @Nullable Path city;

    @Option(names = "--places", paramLabel = "N", defaultValue = "20")
    private int places;

    @Override
    ExitCode run(PackCheck check) throws IOException {
      Path asked = city;
      if (asked == null) {
        return runExamples(check);
      }
      if (places < 1 || places > MOST_PLACES) {
        throw new CommandProblem(
            ExitCode.USAGE, terminal().text("pack.places", terminal().number(MOST_PLACES)));
      }
      try (City open = open(resolve(asked.toString()))) {
        return tell(
            check,
            check.tryIn(
                open.procedure().layers(), LocalDate.now(java.time.ZoneOffset.UTC), places));
      } catch (IllegalArgumentException e) {
        throw new CommandProblem(ExitCode.REFUSED, terminal().text("pack.parcels", asked));
      }
    }

    private ExitCode tell(PackCheck check, List<ProcedureTrial> trials) {
      List<List<String>> rows = new ArrayList<>();
      List<Map<String, Object>> documents = new ArrayList<>();
      for (ProcedureTrial trial : trials) {
        rows.add(
            List.of(
                trial.procedure().value(),
                terminal().number(trial.asked()),
                terminal().number(trial.possible()),
                terminal().number(trial.notPossible()),
                terminal().number(trial.undecided()),
                trial.gaps().entrySet().stream()
                    .findFirst()
                    .map(gap -> gap.getKey().reason().in(terminal().language()))
                    .orElse("")));
        documents.add(document(trial));
      }
      terminal()
          .table(
              List.of(
                  terminal().text("pack.head.procedure"),
                  terminal().text("pack.head.asked"),
                  terminal().text("pack.head.possible"),
                  terminal().text("pack.head.not-possible"),
                  terminal().text("pack.head.undecided"),
                  terminal().text("pack.head.gap")),
              rows);
      long lacking = trials.stream().filter(ProcedureTrial::lacksSomething).count();
      terminal().say("pack.tried", terminal().number(trials.size()), terminal().number(lacking));
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("pack", check.pack().id());
      answer.put("places", places);
      answer.put("procedures", documents);
      answer.put("lacking", lacking);
      terminal().answer(answer);
      return lacking == 0 ? ExitCode.OK : ExitCode.ATTENTION;
    }

    private Map<String, Object> document(ProcedureTrial trial) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("procedure", trial.procedure().value());
      document.put("possible", trial.possible());
      document.put("notPossible", trial.notPossible());
      document.put("undecided", trial.undecided());
      List<Map<String, Object>> gaps = new ArrayList<>();
      trial
          .gaps()
          .forEach(
              (gap, times) ->
                  gaps.add(
                      Map.of(
                          "rule", gap.rule(),
                          "answer", gap.answer().wireName(),
                          "reason", gap.reason().in(terminal().language()),
                          "times", times)));
      document.put("gaps", gaps);
      return document;
    }

    private ExitCode runExamples(PackCheck check) {
      List<ExampleOutcome> outcomes = check.runExamples();
      List<ExampleOutcome> failed = outcomes.stream().filter(one -> !one.passed()).toList();
      for (ExampleOutcome one : failed) {
        terminal().say("pack.failed", one.procedure().value(), one.example());
        for (ExampleOutcome.Difference difference : one.differences()) {
          terminal()
              .say("pack.difference", difference.what(), difference.expected(), difference.got());
        }
      }
      int procedures = check.pack().procedures().size();
      terminal()
          .say(
              "pack.tested",
              terminal().number(procedures),
              terminal().number(outcomes.size()),
              terminal().number(failed.size()));
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("pack", check.pack().id());
      answer.put("version", check.pack().version());
      answer.put("procedures", procedures);
      answer.put("examples", outcomes.size());
      answer.put("failed", failed.size());
      answer.put("failures", failed);
      terminal().answer(answer);
      return failed.isEmpty() ? ExitCode.OK : ExitCode.ATTENTION;
    }
  }

  /** {@code pack lint PACK}: says what could be better. */
  @Command(name = "lint")
  static final class Lint extends OfPack {
    @Override
    ExitCode run(PackCheck check) {
      List<PackFault> found = check.lint(LocalDate.now(java.time.ZoneOffset.UTC));
      List<Map<String, Object>> documents = new ArrayList<>();
      for (PackFault fault : found) {
        terminal().line(fault.in(terminal().language()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", fault.file());
        document.put("line", fault.line());
        document.put("path", fault.path());
        document.put("message", fault.message().in(terminal().language()));
        documents.add(document);
      }
      terminal()
          .say(
              "pack.linted",
              terminal().number(check.pack().procedures().size()),
              terminal().number(found.size()));
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("pack", check.pack().id());
      answer.put("procedures", check.pack().procedures().size());
      answer.put("found", documents);
      terminal().answer(answer);
      return found.isEmpty() ? ExitCode.OK : ExitCode.ATTENTION;
    }
  }
}
