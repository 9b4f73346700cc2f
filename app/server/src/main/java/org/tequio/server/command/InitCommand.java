package org.tequio.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Crs;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code init CITY}: begins a city in an empty folder. */
@Command(name = "init")
final class InitCommand extends CityCommand {
  @Parameters(paramLabel = "CITY")
  private Path city = Path.of("");

  @Option(names = "--name", paramLabel = "NAME")
  private @Nullable String name;

  @Option(names = "--crs", paramLabel = "EPSG:n", required = true)
  private String crs = "";

  @Option(names = "--area", paramLabel = "FILE")
  private @Nullable Path area;

  @Option(names = "--store", paramLabel = "postgres://…")
  private @Nullable String store;

  @Override
  ExitCode run() throws Exception {
    Crs system = crs(crs);
    if (!isEmpty(city)) {
      throw new CommandProblem(ExitCode.REFUSED, terminal().text("init.exists", city));
    }
    String called = name != null ? name : city.toAbsolutePath().getFileName().toString();
    Geometry around = area == null ? null : readArea(area);
    try (City made = City.create(city, called, system, around, store)) {
      terminal().say("init.done", city, made.catalogue().city().name(), system);
      terminal().answer(Map.of("city", city.toString(), "name", called, "crs", system.toString()));
    } catch (City.Unusable e) {
      throw new CommandProblem(
          ExitCode.REFUSED, terminal().text("init.refused", String.valueOf(e.getMessage())));
    }
    return ExitCode.OK;
  }

  static boolean isEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }
}
