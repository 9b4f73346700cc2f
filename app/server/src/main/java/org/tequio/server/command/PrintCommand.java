package org.tequio.server.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.Paper;
import org.tequio.cartography.PrintedMap;
import org.tequio.feature.Bbox;
import org.tequio.feature.LayerId;
import org.tequio.http.ProblemException;
import org.tequio.publish.PrintOrder;
import org.tequio.server.City;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code print CITY FILE}: a map of what is public, on paper. */
@Command(name = "print")
final class PrintCommand extends CityCommand {
  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Parameters(index = "1", paramLabel = "FILE")
  private Path file = Path.of("");

  @Option(names = "--layers", paramLabel = "LAYER,…", required = true, split = ",")
  private List<String> layers = List.of();

  @ArgGroup private @Nullable Place place;

  @Option(names = "--scale", paramLabel = "n")
  private @Nullable Double scale;

  @Option(names = "--title", paramLabel = "TEXT")
  private @Nullable String title;

  @Option(names = "--paper", paramLabel = "a4|a3")
  private String paper = "a4";

  @ArgGroup private @Nullable Orientation orientation;

  @Option(names = "--dpi", paramLabel = "n")
  private int dpi = PrintedMap.MOST_DPI;

  @Option(names = "--as-of", paramLabel = "REVISION|INSTANT")
  private @Nullable String asOf;

  /** What the map shows: one or the other. */
  private static final class Place {
    @Option(names = "--bbox", paramLabel = "W,S,E,N")
    private @Nullable String bbox;

    @Option(
        names = {"--center", "--centre"},
        paramLabel = "LON,LAT")
    private @Nullable String center;
  }

  /** How the paper lies: one or the other. */
  // --landscape is how it lies anyway: the option is there for who wants to say it.
  @SuppressWarnings("UnusedVariable")
  private static final class Orientation {
    @Option(names = "--landscape")
    private boolean landscape;

    @Option(names = "--portrait")
    private boolean portrait;
  }

  @Override
  ExitCode run() throws Exception {
    PrintOrder.Form form = form();
    if (dpi < 72 || dpi > PrintedMap.MOST_DPI) {
      throw wrong("print.dpi", dpi, PrintedMap.MOST_DPI);
    }
    if (scale != null && !(scale >= PrintOrder.LEAST_SCALE && scale <= PrintOrder.MOST_SCALE)) {
      throw wrong("print.scale", scale);
    }
    if (layers.size() > PrintOrder.MOST_LAYERS) {
      throw wrong("print.layers", layers.size(), PrintOrder.MOST_LAYERS);
    }
    if (title != null && title.length() > PrintOrder.LONGEST_TITLE) {
      throw wrong("print.title", title.length(), PrintOrder.LONGEST_TITLE);
    }
    Paper size = size();
    Bbox shown = shown();
    try (City open = open(city)) {
      List<LayerId> ids = layers.stream().map(one -> layer(open, one.strip())).toList();
      PrintOrder order =
          new PrintOrder(
              ids,
              state(asOf),
              shown,
              scale,
              title,
              size,
              orientation == null || !orientation.portrait,
              dpi,
              terminal().language(),
              open.publicBase() == null ? null : open.publicBase().toString());
      byte[] printed = open.publish().print(order, form);
      write(file, printed);
      terminal().say("print.done", file, size, terminal().number(printed.length / 1024));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", file.toString());
      document.put("layers", ids.stream().map(LayerId::value).toList());
      document.put("bytes", printed.length);
      terminal().answer(document);
      return ExitCode.OK;
    } catch (ProblemException e) {
      throw new CommandProblem(ExitCode.REFUSED, e.problem().detail().in(terminal().language()));
    }
  }

  private CommandProblem wrong(String key, Object... arguments) {
    return new CommandProblem(ExitCode.USAGE, terminal().text(key, arguments));
  }

  private PrintOrder.Form form() {
    String name = file.getFileName().toString().toUpperCase(Locale.ROOT);
    return Arrays.stream(PrintOrder.Form.values())
        .filter(one -> name.endsWith("." + one))
        .findFirst()
        .orElseThrow(() -> wrong("print.format", file.getFileName()));
  }

  private Paper size() {
    return Arrays.stream(Paper.values())
        .filter(one -> one.name().equalsIgnoreCase(paper))
        .findFirst()
        .orElseThrow(() -> wrong("print.paper", paper));
  }

  private @Nullable Bbox shown() {
    if (place == null) {
      return null;
    }
    if (place.center != null) {
      if (scale == null) {
        throw wrong("print.center.scale");
      }
      double[] at = numbers(place.center, 2);
      return box("print.center", place.center, at[0], at[1], at[0], at[1]);
    }
    String bbox = String.valueOf(place.bbox);
    double[] at = numbers(bbox, 4);
    return box("print.bbox", bbox, at[0], at[1], at[2], at[3]);
  }

  private Bbox box(String key, String text, double west, double south, double east, double north) {
    boolean onEarth = west >= -180 && east <= 180 && south >= -90 && north <= 90;
    if (!onEarth || !(west <= east) || !(south <= north)) {
      throw wrong(key, text);
    }
    return new Bbox(west, south, east, north);
  }

  private double[] numbers(String text, int count) {
    String key = count == 2 ? "print.center" : "print.bbox";
    String[] parts = text.split(",", -1);
    double[] numbers = new double[count];
    if (parts.length != count) {
      throw wrong(key, text);
    }
    for (int i = 0; i < count; i++) {
      try {
        numbers[i] = Double.parseDouble(parts[i].strip());
      } catch (NumberFormatException e) {
        throw wrong(key, text);
      }
    }
    return numbers;
  }
}
