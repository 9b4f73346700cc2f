package org.tequio.server.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.server.City;
import org.tequio.storage.AuditLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit}: the log of who did what. */
@Command(
    name = "audit",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {AuditCommand.Verify.class, AuditCommand.Show.class})
final class AuditCommand extends CommandGroup {
  /** {@code audit verify CITY}: names the first broken link of the chain. */
  @Command(name = "verify")
  static final class Verify extends CityCommand {
    @Parameters(paramLabel = "CITY")
    private Path city = Path.of("");

    @Override
    ExitCode run() throws Exception {
      try (City open = open(city)) {
        AuditLog log = open.store().audit();
        long lines = log.lines();
        Optional<String> broken = log.findBreak();
        if (broken.isEmpty()) {
          terminal().say("audit.whole", terminal().number(lines));
        } else {
          terminal().say("audit.broken", broken.get());
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("whole", broken.isEmpty());
        answer.put("lines", lines);
        answer.put("broken", broken.orElse(null));
        terminal().answer(answer);
        return broken.isEmpty() ? ExitCode.OK : ExitCode.ATTENTION;
      }
    }
  }

  /** {@code audit show CITY}: its lines, newest first. */
  @Command(name = "show")
  static final class Show extends CityCommand {
    @Parameters(paramLabel = "CITY")
    private Path city = Path.of("");

    @Option(names = "--actor", paramLabel = "ID")
    private @Nullable String actor;

    @Option(names = "--action", paramLabel = "NAME")
    private String action = "";

    @Option(names = "--text", paramLabel = "TEXT")
    private String text = "";

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50")
    private int limit;

    @Override
    ExitCode run() throws Exception {
      try (City open = open(city)) {
        List<AuditLog.Line> lines = new ArrayList<>();
        String wanted = text.toLowerCase(Locale.ROOT);
        open.store()
            .audit()
            .readBack(
                Long.MAX_VALUE,
                line -> {
                  if ((actor == null || line.actor().equals(actor))
                      && line.action().startsWith(action)
                      && line.detail().toLowerCase(Locale.ROOT).contains(wanted)) {
                    lines.add(line);
                  }
                  return lines.size() < limit;
                });
        show(lines);
        return ExitCode.OK;
      }
    }

    private void show(List<AuditLog.Line> lines) {
      List<List<String>> rows = new ArrayList<>();
      List<Map<String, Object>> documents = new ArrayList<>();
      for (AuditLog.Line line : lines) {
        rows.add(
            List.of(
                Long.toString(line.number()),
                line.instant().toString(),
                line.actor(),
                line.action(),
                line.detail()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("line", line.number());
        document.put("at", line.instant().toString());
        document.put("actor", line.actor());
        document.put("action", line.action());
        document.put("detail", line.detail());
        documents.add(document);
      }
      terminal()
          .table(
              List.of(
                  terminal().text("audit.line"),
                  terminal().text("audit.at"),
                  terminal().text("audit.actor"),
                  terminal().text("audit.action"),
                  terminal().text("audit.detail")),
              rows);
      terminal().answer(Map.of("lines", documents));
    }
  }
}
