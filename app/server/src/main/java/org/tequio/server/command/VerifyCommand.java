package org.tequio.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code verify CITY}: goes through every byte of a city's folder and names what is damaged. */
@Command(name = "verify")
final class VerifyCommand extends CityCommand {
  @Parameters(paramLabel = "CITY")
  private Path city = Path.of("");

  @Override
  ExitCode run() throws Exception {
    try (ProgressBar progress = progress()) {
      List<String> faults = faults(progress);
      progress.close();
      faults.forEach(terminal()::line);
      if (faults.isEmpty()) {
        terminal().say("verify.good", city);
      } else {
        terminal().say("verify.bad", faults.size());
      }
      terminal().answer(Map.of("ok", faults.isEmpty(), "faults", faults));
      return faults.isEmpty() ? ExitCode.OK : ExitCode.ATTENTION;
    }
  }

  private List<String> faults(ProgressBar progress) throws IOException {
    Optional<City> served = served(city);
    if (served.isPresent()) {
      return served.get().store().verify(progress);
    }
    if (!City.isIn(city)) {
      throw new CommandProblem(ExitCode.NO_CITY, terminal().text("city.missing", city));
    }
    return City.verify(city, progress);
  }
}
