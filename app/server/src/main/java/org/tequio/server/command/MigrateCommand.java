package org.tequio.server.command;

import java.nio.file.Path;
import java.util.Map;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code migrate CITY TARGET}: a city into PostgreSQL, or back into a folder. */
@Command(name = "migrate")
final class MigrateCommand extends CityCommand {
  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Parameters(index = "1", paramLabel = "TARGET")
  private String target = "";

  @Override
  ExitCode run() throws Exception {
    if (served(city).isPresent()) {
      throw new CommandProblem(ExitCode.REFUSED, terminal().text("migrate.served", city));
    }
    if (!City.isIn(city)) {
      throw new CommandProblem(ExitCode.NO_CITY, terminal().text("city.missing", city));
    }
    boolean toServer = target.contains("://");
    Path folder = toServer ? city : resolve(target);
    try (ProgressBar progress = progress()) {
      String hash = City.migrate(city, target, folder, progress);
      progress.close();
      terminal().say(toServer ? "migrate.done.server" : "migrate.done.folder", city, target, hash);
      terminal().answer(Map.of("city", folder.toString(), "store", target, "contentHash", hash));
      return ExitCode.OK;
    } catch (City.Unusable e) {
      throw new CommandProblem(
          ExitCode.REFUSED, terminal().text("migrate.bad", String.valueOf(e.getMessage())));
    }
  }
}
