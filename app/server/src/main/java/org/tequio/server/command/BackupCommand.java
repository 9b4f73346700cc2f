package org.tequio.server.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code backup CITY FILE}: everything into one file, while others go on working. */
@Command(name = "backup")
final class BackupCommand extends CityCommand {
  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Parameters(index = "1", paramLabel = "FILE")
  private Path file = Path.of("");

  @Override
  ExitCode run() throws Exception {
    try (ProgressBar progress = progress();
        City open = open(city)) {
      String hash = open.store().backup(file, progress);
      progress.close();
      long bytes = Files.size(file);
      terminal().say("backup.done", file, terminal().number(bytes), hash);
      terminal().answer(Map.of("file", file.toString(), "bytes", bytes, "contentHash", hash));
      return ExitCode.OK;
    }
  }
}
