package org.tequio.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.demo.VillaTequio;
import org.tequio.http.HttpConfig;
import org.tequio.server.City;
import org.tequio.server.DemoSteward;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: Villa Tequio, from nothing to a page in the browser. */
@Command(name = "demo")
final class DemoCommand extends CityCommand {
  /** The same city for everyone. */
  private static final long SEED = 20_260_201L;

  @Option(names = "--city", paramLabel = "DIR", defaultValue = "demo")
  private Path city = Path.of("demo");

  @Option(names = "--size", paramLabel = "N", defaultValue = "40000")
  private int parcels;

  @Option(names = "--port", paramLabel = "N", defaultValue = "8080")
  private int port;

  @Option(names = "--no-serve")
  private boolean noServe;

  @Override
  ExitCode run() throws Exception {
    if (parcels < VillaTequio.FEWEST_PARCELS || parcels > VillaTequio.MOST_PARCELS) {
      throw new CommandProblem(
          ExitCode.USAGE,
          terminal()
              .text(
                  "demo.size",
                  VillaTequio.FEWEST_PARCELS,
                  VillaTequio.MOST_PARCELS,
                  Integer.toString(parcels)));
    }
    if (InitCommand.isEmpty(city)) {
      make();
    } else {
      keep();
    }
    if (noServe) {
      return ExitCode.OK;
    }
    return ServeCommand.serve(open(city), HttpConfig.local(port), terminal());
  }

  /** A demo that is there already is served again; somebody's own city is left alone. */
  private void keep() throws IOException {
    try (City there = open(city)) {
      if (!there.catalogue().city().name().equals(VillaTequio.NAME)) {
        throw new CommandProblem(ExitCode.REFUSED, terminal().text("demo.exists", city));
      }
    }
    terminal().say("demo.kept", city);
  }

  private void make() throws Exception {
    // The departments' files stay beside the city, to be looked at and imported again.
    Path files = city.resolveSibling(city.getFileName() + "-files");
    for (Path made : List.of(files, city.resolveSibling(city.getFileName() + "-next"))) {
      if (!InitCommand.isEmpty(made)) {
        throw new CommandProblem(ExitCode.REFUSED, terminal().text("init.exists", made));
      }
    }
    try (ProgressBar progress = progress()) {
      long began = System.nanoTime();
      terminal().remark("demo.generating");
      VillaTequio.generate(files, SEED, parcels, progress);
      progress.close();
      terminal()
          .say(
              "demo.generated",
              count(files, Files::isRegularFile),
              count(files, file -> Files.isDirectory(file) && files.equals(file.getParent())),
              files,
              (System.nanoTime() - began) / 1_000_000_000L);
      try (City made = City.create(city, VillaTequio.NAME, VillaTequio.CRS, area())) {
        terminal().remark("import.reading", city);
        try (ProgressBar importing = progress()) {
          ImportCommand.run(made, List.of(files), null, List.of(), terminal(), importing);
        }
        terminal()
            .say(
                "demo.confirmed",
                DemoSteward.confirm(made, System.getProperty("user.name", "tequio")));
      }
      Path next = city.resolveSibling(city.getFileName() + "-next");
      int changes = VillaTequio.generateNext(next, SEED, parcels, progress).size();
      terminal().say("demo.next", terminal().number(changes), next);
    }
    if (noServe) {
      terminal().answer(Map.of("city", city.toString(), "parcels", parcels));
    }
  }

  private Geometry area() {
    List<double[]> outline = VillaTequio.settings(SEED, parcels).area();
    return new GeometryFactory()
        .createPolygon(
            outline.stream().map(xy -> new Coordinate(xy[0], xy[1])).toArray(Coordinate[]::new));
  }

  private static long count(Path folder, Predicate<Path> which) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(which).count();
    }
  }
}
