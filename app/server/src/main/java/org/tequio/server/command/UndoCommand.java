package org.tequio.server.command;

import java.nio.file.Path;
import java.util.Map;
import org.tequio.server.City;
import org.tequio.storage.EditConflict;
import org.tequio.storage.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code undo CITY REVISION}: takes one revision back, as a new revision. */
@Command(name = "undo")
final class UndoCommand extends CityCommand {
  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Parameters(index = "1", paramLabel = "REVISION")
  private long revision;

  @Override
  ExitCode run() throws Exception {
    try (City open = open(city)) {
      Revision made = open.undo(revision, System.getProperty("user.name", "tequio"));
      terminal().say("undo.done", revision, made.number());
      terminal().answer(Map.of("undone", revision, "revision", made.number()));
      return ExitCode.OK;
    } catch (EditConflict e) {
      throw new CommandProblem(
          ExitCode.REFUSED,
          terminal().text("undo.conflict", revision, String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException e) {
      throw new CommandProblem(ExitCode.REFUSED, terminal().text("undo.unknown", revision));
    }
  }
}
