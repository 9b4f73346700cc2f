package org.tequio.formats.gtfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.GeometryType;
import org.tequio.feature.WkbBuilder;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;

/**
 * The lines of a feed: the points of every shape in their order, and which routes run on it. Held
 * in primitive arrays; a feed's shapes fit in memory.
 */
final class GtfsNetwork {
  private static final int MAX_POINTS = 50_000_000;

  private final Map<String, Line> shapes = new LinkedHashMap<>();
  private final Map<String, Set<String>> routesOfShape = new LinkedHashMap<>();
  private final Map<String, Set<String>> shapesOfRoute = new LinkedHashMap<>();
  private int points;

  /** The points of one shape. */
  private static final class Line {
    private double[] ordinates = new double[48];
    private int size;
    private boolean sorted = true;

    void add(double sequence, double x, double y) {
      if (3 * size + 3 > ordinates.length) {
        ordinates = Arrays.copyOf(ordinates, ordinates.length * 2);
      }
      sorted &= size == 0 || ordinates[3 * size - 3] <= sequence;
      ordinates[3 * size] = sequence;
      ordinates[3 * size + 1] = x;
      ordinates[3 * size + 2] = y;
      size++;
    }

    void sort() {
      if (sorted) {
        return;
      }
      double[][] rows = new double[size][];
      for (int i = 0; i < size; i++) {
        rows[i] = Arrays.copyOfRange(ordinates, 3 * i, 3 * i + 3);
      }
      Arrays.sort(rows, (a, b) -> Double.compare(a[0], b[0]));
      for (int i = 0; i < size; i++) {
        System.arraycopy(rows[i], 0, ordinates, 3 * i, 3);
      }
      sorted = true;
    }

    void write(WkbBuilder builder) {
      sort();
      builder.header(GeometryType.LINESTRING, false, false).count(size);
      for (int i = 0; i < size; i++) {
        builder.xy(ordinates[3 * i + 1], ordinates[3 * i + 2]);
      }
    }
  }

  static GtfsNetwork of(
      @Nullable GtfsTable shapes, @Nullable GtfsTable trips, ReadContext context, Findings findings)
      throws IOException, FormatException {
    GtfsNetwork network = new GtfsNetwork();
    if (shapes != null) {
      network.readShapes(shapes, context, findings);
    }
    if (trips != null) {
      int shape = trips.column("shape_id");
      int route = trips.column("route_id");
      trips.forEach(
          context,
          (line, cells, fault) ->
              network.join(GtfsTable.text(cells, route), GtfsTable.text(cells, shape)));
    }
    return network;
  }

  private void readShapes(GtfsTable table, ReadContext context, Findings findings)
      throws IOException, FormatException {
    int id = table.column("shape_id");
    int sequence = table.column("shape_pt_sequence");
    int x = table.column("shape_pt_lon");
    int y = table.column("shape_pt_lat");
    table.forEach(
        context,
        (line, cells, fault) -> {
          double lon = number(GtfsTable.text(cells, x));
          double lat = number(GtfsTable.text(cells, y));
          double order = number(GtfsTable.text(cells, sequence));
          if (Double.isNaN(lon) || Double.isNaN(lat) || !fault.isEmpty()) {
            findings.count(
                FindingCode.GEOMETRY_BAD_COORDINATE,
                table.file().displayName(),
                null,
                Finding.Action.SET_ASIDE,
                Finding.Example.of(
                    line, GtfsTable.text(cells, x) + " " + GtfsTable.text(cells, y)));
            return;
          }
          if (++points > MAX_POINTS) {
            throw new FormatException(
                FindingCode.FILE_REFUSED, "line " + line + ": more than " + MAX_POINTS + " points");
          }
          Line shape = shapes.computeIfAbsent(GtfsTable.text(cells, id), key -> new Line());
          shape.add(Double.isNaN(order) ? shape.size : order, lon, lat);
        });
  }

  private void join(String route, String shape) {
    if (!route.isEmpty() && shapes.containsKey(shape)) {
      routesOfShape.computeIfAbsent(shape, key -> new TreeSet<>()).add(route);
      shapesOfRoute.computeIfAbsent(route, key -> new TreeSet<>()).add(shape);
    }
  }

  private static double number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** The ids of all shapes in the order of the feed. */
  List<String> shapes() {
    return new ArrayList<>(shapes.keySet());
  }

  /** The ids of the routes that run on a shape. */
  Set<String> routesOf(String shape) {
    return routesOfShape.getOrDefault(shape, Set.of());
  }

  /** A shape as a line; null where it has fewer than two points. */
  byte @Nullable [] line(String shape) {
    Line line = shapes.get(shape);
    if (line == null || line.size < 2) {
      return null;
    }
    WkbBuilder builder = new WkbBuilder();
    line.write(builder);
    return builder.toBytes();
  }

  /** All shapes of a route as a multiline; null where it has none. */
  byte @Nullable [] lines(String route) {
    List<Line> lines = new ArrayList<>();
    for (String shape : shapesOfRoute.getOrDefault(route, Set.of())) {
      Line line = shapes.get(shape);
      if (line != null && line.size >= 2) {
        lines.add(line);
      }
    }
    if (lines.isEmpty()) {
      return null;
    }
    WkbBuilder builder = new WkbBuilder();
    builder.header(GeometryType.MULTILINESTRING, false, false).count(lines.size());
    lines.forEach(line -> line.write(builder));
    return builder.toBytes();
  }
}
