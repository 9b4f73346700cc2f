package org.tequio.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.server.City;
import org.tequio.server.CityInUse;
import org.tequio.storage.AsOf;

/**
 * What every command has: a terminal to speak to, a way to open a city, and a body that ends with
 * an exit code.
 */
abstract class CityCommand implements Callable<Integer> {
  private @Nullable Terminal terminal;
  private @Nullable Invocation invocation;

  final void begin(Terminal terminal, Invocation invocation) {
    this.terminal = terminal;
    this.invocation = invocation;
  }

  final Terminal terminal() {
    return Objects.requireNonNull(terminal, "a command speaks only after it was parsed");
  }

  private Invocation invocation() {
    return Objects.requireNonNull(invocation, "a command runs only after it was parsed");
  }

  /** A file that was named, from where the command was typed. */
  final Path resolve(String path) {
    return invocation().base().resolve(path);
  }

  /** Shows long work and hears of Ctrl-C. */
  final ProgressBar progress() {
    return new ProgressBar(invocation());
  }

  /**
   * Opens the city in a folder; where this process serves it already, borrows it.
   *
   * @throws CityInUse when another process has it open
   */
  final City open(Path folder) throws IOException {
    Optional<City> served = served(folder);
    if (served.isPresent()) {
      return served.get().borrowed();
    }
    if (!City.isIn(folder)) {
      throw new CommandProblem(ExitCode.NO_CITY, terminal().text("city.missing", folder));
    }
    try {
      return City.open(folder);
    } catch (City.Unusable e) {
      throw new CommandProblem(
          ExitCode.NO_CITY,
          terminal().text("city.unusable", folder, String.valueOf(e.getMessage())));
    }
  }

  /** The city in a folder, where this process has it open already. */
  final Optional<City> served(Path folder) throws IOException {
    City served = invocation().served();
    return served != null && served.isAt(folder) ? Optional.of(served) : Optional.empty();
  }

  /** The layer that someone named. */
  final LayerId layer(City city, String id) {
    if (LayerId.isValid(id)) {
      LayerId layer = new LayerId(id);
      if (city.catalogue().findLayer(layer).isPresent()) {
        return layer;
      }
    }
    throw new CommandProblem(ExitCode.REFUSED, terminal().text("layer.unknown", id, city.folder()));
  }

  /** The state that someone named, a day being its end in UTC; now, where nobody did. */
  final AsOf state(@Nullable String text) {
    if (text == null) {
      return AsOf.NOW;
    }
    if (text.matches("[0-9]{1,18}")) {
      return new AsOf.AtRevision(Long.parseLong(text));
    }
    try {
      return new AsOf.AtInstant(
          text.contains("T")
              ? Instant.parse(text)
              : LocalDate.parse(text)
                  .plusDays(1)
                  .atStartOfDay(ZoneOffset.UTC)
                  .toInstant()
                  .minusMillis(1));
    } catch (DateTimeParseException e) {
      throw new CommandProblem(ExitCode.USAGE, terminal().text("state.unknown", text));
    }
  }

  /** The coordinate system that someone named. */
  final Crs crs(String text) {
    try {
      Crs crs = Crs.parse(text);
      if (CrsRegistry.standard().knows(crs)) {
        return crs;
      }
    } catch (IllegalArgumentException e) {
      throw new CommandProblem(ExitCode.USAGE, terminal().text("crs.unknown", text));
    }
    throw new CommandProblem(ExitCode.USAGE, terminal().text("crs.unknown", text));
  }

  /** The area that a file draws, in longitude and latitude. */
  final Geometry readArea(Path file) throws IOException {
    try {
      return City.readArea(file);
    } catch (IllegalArgumentException e) {
      throw new CommandProblem(
          ExitCode.REFUSED,
          terminal().text("init.area.unreadable", file, String.valueOf(e.getMessage())));
    }
  }

  /** Writes a file; what stood there stays until the new one is whole. */
  static void write(Path file, byte[] bytes) throws IOException {
    Path whole = file.toAbsolutePath();
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    try {
      Files.write(part, bytes);
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Does the command's work. */
  abstract ExitCode run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    return run().number();
  }
}
