package org.tequio.server.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.LocalText;
import org.tequio.procedure.PaperReplay;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code procedure}: what the city answered. */
@Command(
    name = "procedure",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ProcedureCommand.Again.class})
final class ProcedureCommand extends CommandGroup {
  /** {@code procedure replay CITY CODE}: answers a paper again, as of its day, and compares. */
  @Command(name = "replay")
  static final class Again extends CityCommand {
    @Parameters(index = "0", paramLabel = "CITY")
    private Path city = Path.of("");

    @Parameters(index = "1", paramLabel = "CODE")
    private String code = "";

    @Override
    ExitCode run() throws Exception {
      try (City open = open(city)) {
        PaperReplay again =
            open.procedure()
                .replay(code)
                .orElseThrow(
                    () ->
                        new CommandProblem(ExitCode.REFUSED, terminal().text("replay.none", code)));
        return tell(again);
      }
    }

    private ExitCode tell(PaperReplay again) {
      LocalText hindered = again.hindered();
      List<PaperReplay.Difference> differences = again.differences();
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("code", again.code());
      answer.put("folio", again.folio());
      answer.put("day", again.day().toString());
      answer.put("revision", again.revision());
      answer.put("pack", again.pack());
      answer.put("same", hindered != null ? null : differences.isEmpty());
      answer.put("differences", differences);
      String day = again.day().toString();
      if (hindered != null) {
        terminal().say("replay.hindered", again.folio(), hindered.in(terminal().language()));
      } else if (differences.isEmpty()) {
        terminal().say("replay.same", again.folio(), day, terminal().number(again.revision()));
      } else {
        terminal().say("replay.differs", again.folio(), day, terminal().number(differences.size()));
        terminal()
            .table(
                List.of(
                    terminal().text("replay.where"),
                    terminal().text("replay.then"),
                    terminal().text("replay.now")),
                differences.stream()
                    .map(one -> List.of(one.path(), one.then(), one.now()))
                    .toList());
      }
      terminal().answer(answer);
      return hindered == null && differences.isEmpty() ? ExitCode.OK : ExitCode.ATTENTION;
    }
  }
}
