package org.tequio.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.server.City;

/** Turns what people type into a city, a layer or a coordinate system, or says what was wrong. */
final class OpenCity {
  private OpenCity() {}

  /** A city whose layers will only be looked at. */
  static City forReading(Path folder, Terminal terminal) {
    return open(folder, terminal);
  }

  /** A city that will change. */
  static City forWriting(Path folder, Terminal terminal) {
    return open(folder, terminal);
  }

  private static City open(Path folder, Terminal terminal) {
    if (!Files.isRegularFile(folder.resolve("city.gpkg"))) {
      throw new CommandProblem(ExitCode.NO_CITY, terminal.text("city.missing", folder));
    }
    try {
      return City.open(folder);
    } catch (IOException | IllegalStateException e) {
      throw new CommandProblem(
          ExitCode.NO_CITY, terminal.text("city.unusable", folder, String.valueOf(e.getMessage())));
    }
  }

  static LayerId layer(City city, String id, Terminal terminal) {
    if (LayerId.isValid(id)) {
      LayerId layer = new LayerId(id);
      if (city.catalogue().findLayer(layer).isPresent()) {
        return layer;
      }
    }
    throw new CommandProblem(ExitCode.REFUSED, terminal.text("layer.unknown", id, city.folder()));
  }

  static Crs crs(String text, Terminal terminal) {
    try {
      Crs crs = Crs.parse(text);
      if (CrsRegistry.standard().knows(crs)) {
        return crs;
      }
    } catch (IllegalArgumentException e) {
      throw new CommandProblem(ExitCode.USAGE, terminal.text("crs.unknown", text));
    }
    throw new CommandProblem(ExitCode.USAGE, terminal.text("crs.unknown", text));
  }
}
