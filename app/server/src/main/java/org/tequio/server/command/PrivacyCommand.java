package org.tequio.server.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.privacy.Held;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code privacy CITY IDENTIFIER…}: what is kept about a person; as a ZIP for that person, or to
 * erase it. The look is noted.
 */
@Command(name = "privacy")
final class PrivacyCommand extends CityCommand {
  private static final String ACTOR = "command";

  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "IDENTIFIER")
  private List<String> identifiers = List.of();

  @Option(names = "--reason", paramLabel = "TEXT", required = true)
  private String reason = "";

  @Option(names = "--zip", paramLabel = "FILE")
  private @Nullable Path zip;

  @Option(names = "--erase")
  private boolean erase;

  @Override
  ExitCode run() throws Exception {
    try (City open = open(city);
        ProgressBar progress = progress()) {
      List<Held> found =
          open.privacy().find(identifiers, ACTOR, reason, terminal().language(), progress);
      progress.close();
      List<List<String>> rows = new ArrayList<>();
      for (Held held : found) {
        Long state = held.state();
        rows.add(
            List.of(
                held.title(),
                held.feature(),
                state == null ? terminal().text("privacy.now") : state.toString(),
                String.join(", ", held.personalNames())));
      }
      terminal()
          .table(
              List.of(
                  terminal().text("privacy.holder"),
                  terminal().text("privacy.feature"),
                  terminal().text("privacy.state"),
                  terminal().text("privacy.fields")),
              rows);
      if (zip != null) {
        Files.write(zip, open.privacy().archive(found, terminal().language()));
        terminal().say("privacy.zip", zip);
      }
      List<String> done = erase ? open.privacy().erase(found, ACTOR, reason) : List.of();
      done.forEach(one -> terminal().say("privacy.done", one));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("records", found.size());
      document.put("items", found);
      document.put("erased", done);
      terminal().answer(document);
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new CommandProblem(ExitCode.USAGE, terminal().text("privacy.short"));
    }
  }
}
