package org.tequio.server.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code restore FILE CITY}: makes a city's folder out of a backup. */
@Command(name = "restore")
final class RestoreCommand extends CityCommand {
  @Parameters(index = "0", paramLabel = "FILE")
  private Path file = Path.of("");

  @Parameters(index = "1", paramLabel = "CITY")
  private Path city = Path.of("");

  @Override
  ExitCode run() throws Exception {
    if (!Files.isRegularFile(file)) {
      throw new CommandProblem(ExitCode.REFUSED, terminal().text("import.path.missing", file));
    }
    if (!InitCommand.isEmpty(city)) {
      throw new CommandProblem(ExitCode.REFUSED, terminal().text("init.exists", city));
    }
    try (ProgressBar progress = progress()) {
      String hash = City.restore(file, city, progress);
      progress.close();
      terminal().say("restore.done", city, hash);
      terminal().answer(Map.of("city", city.toString(), "contentHash", hash));
      return ExitCode.OK;
    } catch (java.io.IOException | City.Unusable e) {
      throw new CommandProblem(
          ExitCode.REFUSED, terminal().text("restore.bad", String.valueOf(e.getMessage())));
    }
  }
}
