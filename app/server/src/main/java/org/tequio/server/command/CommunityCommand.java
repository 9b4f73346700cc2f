package org.tequio.server.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.tequio.formats.FormatException;
import org.tequio.osm.Box;
import org.tequio.osm.MapRefused;
import org.tequio.server.City;
import picocli.CommandLine.Parameters;

/** What every command about the community map has: a city, whose map refuses some things. */
abstract class CommunityCommand extends CityCommand {
  private static final int UNITS_OF_A_DEGREE = 7;

  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Override
  final ExitCode run() throws Exception {
    try (City open = open(city);
        ProgressBar progress = progress()) {
      return run(open, progress);
    } catch (MapRefused e) {
      throw new CommandProblem(ExitCode.REFUSED, e.reason().in(terminal().language()));
    } catch (FormatException e) {
      throw new CommandProblem(
          ExitCode.REFUSED, terminal().text("osm.unreadable", String.valueOf(e.getMessage())));
    }
  }

  /** Does the command's work with the city. */
  abstract ExitCode run(City open, ProgressBar progress) throws IOException, FormatException;

  /** Says how many there are, where there are any. */
  final void tell(String text, long count) {
    if (count > 0) {
      terminal().say(text, terminal().number(count));
    }
  }

  /** The box that someone gave: west, south, east, north in degrees. */
  final Box box(String text) {
    String[] parts = text.split(",", 5);
    try {
      if (parts.length == 4) {
        return new Box(
            degrees(parts[0], 180),
            degrees(parts[1], 90),
            degrees(parts[2], 180),
            degrees(parts[3], 90));
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw noBox(text);
    }
    throw noBox(text);
  }

  /** That this is no box. */
  final CommandProblem noBox(String text) {
    return new CommandProblem(ExitCode.USAGE, terminal().text("tiles.bbox", text));
  }

  private static int degrees(String text, int most) {
    BigDecimal degrees = new BigDecimal(text.strip());
    if (degrees.abs().compareTo(BigDecimal.valueOf(most)) > 0) {
      throw new IllegalArgumentException("more than " + most + " degrees");
    }
    return degrees.movePointRight(UNITS_OF_A_DEGREE).intValue();
  }
}
