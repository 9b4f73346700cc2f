package org.tequio.server.command;

import java.nio.file.Path;
import java.util.Map;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code admin-link CITY}: a one-time link that makes an administrator. */
@Command(name = "admin-link")
final class AdminLinkCommand extends CityCommand {
  @Parameters(paramLabel = "CITY")
  private Path city = Path.of("");

  @Override
  ExitCode run() throws Exception {
    try (City open = open(city)) {
      String link = open.identity().renewAdministratorLink();
      terminal().say("admin-link.done", link);
      terminal().answer(Map.of("link", link));
      return ExitCode.OK;
    }
  }
}
