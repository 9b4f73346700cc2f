package org.tequio.demo.town;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateList;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.linearref.LengthIndexedLine;
import org.locationtech.jts.noding.NodedSegmentString;
import org.locationtech.jts.noding.SegmentString;
import org.locationtech.jts.noding.snapround.SnapRoundingNoder;
import org.locationtech.jts.operation.polygonize.Polygonizer;
import org.tequio.demo.land.Land;
import org.tequio.demo.land.Noise;

/**
 * The lines that the town grew along: the old centre's edge, the avenues that come in from the
 * country, the ring roads, the river's banks, the brooks, the railway and the municipality's limit.
 * Where they cross they enclose faces.
 */
final class MainLines {
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private final Town town;
  private final Land land;
  private final List<SegmentString> strings = new ArrayList<>();
  private final Map<Way, LengthIndexedLine> lengths = new HashMap<>();
  private final List<Ring> faces = new ArrayList<>();

  MainLines(Town town) {
    this.town = town;
    this.land = town.land();
    drawCenter();
    drawRadials();
    drawRings();
    drawRiver();
    drawBrooks();
    drawRailway();
    drawLimit();
    enclose();
  }

  /** The faces, from the south-west on. */
  List<Ring> faces() {
    return faces;
  }

  private void draw(WayKind kind, String name, List<Coordinate> line) {
    Way way = town.newWay(kind, -1);
    way.called(name);
    CoordinateList exact = new CoordinateList();
    PrecisionModel cm = new PrecisionModel(100);
    for (Coordinate c : line) {
      exact.add(new Coordinate(cm.makePrecise(c.x), cm.makePrecise(c.y)), false);
    }
    Coordinate[] coordinates = exact.toCoordinateArray();
    strings.add(new NodedSegmentString(coordinates, way));
    lengths.put(way, new LengthIndexedLine(FACTORY.createLineString(coordinates)));
  }

  private Coordinate core(double u, double v) {
    double c = StrictMath.cos(Land.CORE_ANGLE);
    double s = StrictMath.sin(Land.CORE_ANGLE);
    return new Coordinate(u * c - v * s, u * s + v * c);
  }

  private void drawCenter() {
    double x = land.coreX();
    double y = land.coreY();
    String[] names = {
      "Calzada del Sur", "Calzada del Oriente", "Calzada del Norte", "Calzada del Poniente"
    };
    double[][] corners = {{-x, -y}, {x, -y}, {x, y}, {-x, y}};
    for (int i = 0; i < 4; i++) {
      double[] a = corners[i];
      double[] b = corners[(i + 1) % 4];
      draw(WayKind.SECONDARY, names[i], List.of(core(a[0], a[1]), core(b[0], b[1])));
    }
  }

  private void drawRadials() {
    double x = land.coreX();
    double y = land.coreY();
    double h = Land.CORE_STREET / 2;
    // Those that begin in the middle of a side begin a little inside, so that they surely cross it.
    double in = 3;
    double[][] starts = {
      {x - in, -h},
      {h, y - in},
      {in - x, h},
      {-h, in - y},
      {x, y},
      {-x, y},
      {-x, -y},
      {x - in, -y + Land.CORE_STREET}
    };
    double[] angles = {-4, 86, 176, 258, 40, 134, 216, -43};
    WayKind[] kinds = {
      WayKind.PRIMARY, WayKind.PRIMARY, WayKind.PRIMARY, WayKind.PRIMARY,
      WayKind.SECONDARY, WayKind.PRIMARY, WayKind.SECONDARY, WayKind.SECONDARY
    };
    for (int i = 0; i < starts.length; i++) {
      Coordinate start = core(starts[i][0], starts[i][1]);
      double angle = Math.toRadians(angles[i]) + Land.CORE_ANGLE;
      List<Coordinate> line = new ArrayList<>();
      line.add(start);
      double px = start.x;
      double py = start.y;
      for (double d = 0; land.inside(px, py) > -0.02; d += 60) {
        double bend =
            0.34 * Noise.step(150, 900, d) * Noise.at(land.seed() + 100 + i, d / 1_300, i);
        px += 60 * StrictMath.cos(angle + bend);
        py += 60 * StrictMath.sin(angle + bend);
        line.add(new Coordinate(px, py));
      }
      draw(kinds[i], Names.AVENUES.get(i), line);
    }
    // A larger town has further avenues that begin at its rings.
    int more = (int) Math.round(7 * Math.max(0, land.scale() - 1.4));
    for (int i = 0; i < more; i++) {
      double angle = 2 * Math.PI * (i + 0.37) / more;
      double r = land.townRadius() * (i % 2 == 0 ? 0.5 : 0.28);
      List<Coordinate> line = new ArrayList<>();
      double px = r * StrictMath.cos(angle);
      double py = r * StrictMath.sin(angle);
      for (double d = 0; land.inside(px, py) > -0.02; d += 60) {
        line.add(new Coordinate(px, py));
        double bend = 0.3 * Noise.at(land.seed() + 140 + i, d / 1_300, i);
        px += 60 * StrictMath.cos(angle + bend);
        py += 60 * StrictMath.sin(angle + bend);
      }
      draw(WayKind.SECONDARY, Names.avenue(40 + i), line);
    }
  }

  private void drawRings() {
    double smallest = 1.35 * Math.hypot(land.coreX(), land.coreY());
    double[] shares =
        land.scale() > 1.9 ? new double[] {0.27, 0.5, 0.72, 0.93} : new double[] {0.5, 0.93};
    int number = 0;
    for (double share : shares) {
      double r = share * land.townRadius();
      if (r < smallest && share < 0.9) {
        continue;
      }
      r = Math.max(r, smallest);
      int n = Math.max(48, (int) (2 * Math.PI * r / 70));
      List<Coordinate> line = new ArrayList<>();
      for (int i = 0; i <= n; i++) {
        double a = 2 * Math.PI * (i % n) / n - 0.6;
        double c = StrictMath.cos(a);
        double s = StrictMath.sin(a);
        double wave =
            1
                + 0.11 * Noise.at(land.seed() + 170 + number, 1.2 * c + 9, 1.2 * s)
                + 0.025 * Noise.at(land.seed() + 180 + number, 5 * c, 5 * s);
        line.add(new Coordinate(r * wave * c, r * wave * s));
      }
      boolean outer = share == 0.93;
      draw(
          outer ? WayKind.EXPRESS : WayKind.PRIMARY,
          outer ? "Anillo Periférico" : Names.RINGS.get(number),
          line);
      number++;
    }
  }

  private void drawRiver() {
    double reach = 1.95 * land.townRadius();
    for (int side = -1; side <= 1; side += 2) {
      List<Coordinate> line = new ArrayList<>();
      for (double u = -reach; u <= reach; u += 30) {
        double[] p = land.atRiver(u, side * (land.riverWidth(u) / 2 + 30));
        // The banks end at the dam; above the reservoir there is open country.
        if (land.lake(p[0], p[1]) > -0.12) {
          line.clear();
        } else {
          line.add(new Coordinate(p[0], p[1]));
        }
      }
      draw(WayKind.BANK, side > 0 ? "Avenida Ribera Norte" : "Avenida Ribera Sur", line);
    }
  }

  private void drawBrooks() {
    int i = 0;
    for (double[] xy : land.streams()) {
      List<Coordinate> line = new ArrayList<>();
      for (int k = 0; k < xy.length; k += 2) {
        line.add(new Coordinate(xy[k], xy[k + 1]));
      }
      draw(WayKind.BROOK, Names.brook(i++), line);
    }
  }

  private void drawRailway() {
    double r = land.townRadius();
    List<Coordinate> line = new ArrayList<>();
    double turn = Math.toRadians(-13);
    double c = StrictMath.cos(turn);
    double s = StrictMath.sin(turn);
    double offset = Math.max(1.25 * land.coreY() + 90, 0.40 * r);
    for (double u = -2 * r; u <= 2 * r; u += 50) {
      double v = offset + 0.07 * r * Noise.at(land.seed() + 190, u / (0.9 * r), 2.5);
      line.add(new Coordinate(u * c - v * s, u * s + v * c));
    }
    draw(WayKind.RAIL, "Ferrocarril", line);
  }

  private void drawLimit() {
    int n = Math.max(140, (int) (land.townRadius() / 12));
    List<Coordinate> line = new ArrayList<>();
    for (int i = 0; i <= n; i++) {
      double a = 2 * Math.PI * (i % n) / n;
      double r = land.boundaryRadius(a);
      line.add(new Coordinate(r * StrictMath.cos(a), r * StrictMath.sin(a)));
    }
    draw(WayKind.LIMIT, "Límite municipal", line);
  }

  private void enclose() {
    SnapRoundingNoder noder = new SnapRoundingNoder(new PrecisionModel(100));
    noder.computeNodes(strings);
    Polygonizer polygonizer = new Polygonizer();
    Map<Side, Link> links = new HashMap<>();
    // Both libraries give their results in an order that may change from run to run.
    List<SegmentString> pieces = new ArrayList<>();
    for (Object noded : noder.getNodedSubstrings()) {
      pieces.add((SegmentString) noded);
    }
    pieces.sort(MainLines::order);
    for (SegmentString string : pieces) {
      Coordinate[] line = string.getCoordinates();
      if (line.length < 2
          || line[0].equals2D(line[1])
          || links.containsKey(Side.of(line[0], line[1]))) {
        continue;
      }
      polygonizer.add(FACTORY.createLineString(line));
      Way way = (Way) string.getData();
      LengthIndexedLine whole = lengths.get(way);
      double start = whole == null ? 0 : whole.project(line[0]);
      double[] path = new double[2 * line.length];
      for (int i = 0; i < line.length; i++) {
        path[2 * i] = line[i].x;
        path[2 * i + 1] = line[i].y;
      }
      Link link = town.newLink(way, path, start);
      for (int i = 0; i + 1 < line.length; i++) {
        links.putIfAbsent(Side.of(line[i], line[i + 1]), link);
      }
    }
    List<Polygon> polygons = new ArrayList<>();
    Collection<?> found = polygonizer.getPolygons();
    for (Object polygon : found) {
      polygons.add((Polygon) polygon);
    }
    polygons.sort(
        (a, b) -> {
          var p = a.getEnvelopeInternal();
          var q = b.getEnvelopeInternal();
          int order = Double.compare(p.getMinX() + p.getMinY(), q.getMinX() + q.getMinY());
          return order != 0 ? order : Double.compare(p.getArea(), q.getArea());
        });
    for (Polygon polygon : polygons) {
      Ring ring = ring(polygon.getExteriorRing(), links);
      double[] p = ring.inside();
      if (land.inside(p[0], p[1]) > 0) {
        faces.add(ring);
      }
    }
  }

  private static int order(SegmentString a, SegmentString b) {
    int byWay = Integer.compare(((Way) a.getData()).id(), ((Way) b.getData()).id());
    if (byWay != 0) {
      return byWay;
    }
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int byPlace = a.getCoordinate(i).compareTo(b.getCoordinate(i));
      if (byPlace != 0) {
        return byPlace;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static Ring ring(LineString shell, Map<Side, Link> links) {
    LineString line = (LineString) shell.copy();
    Coordinate[] c = line.getCoordinates();
    if (!org.locationtech.jts.algorithm.Orientation.isCCW(c)) {
      c = line.reverse().getCoordinates();
    }
    int n = c.length - 1;
    // A ring begins at its corner furthest to the south-west.
    int first = 0;
    for (int i = 1; i < n; i++) {
      if (c[i].compareTo(c[first]) < 0) {
        first = i;
      }
    }
    double[] x = new double[n];
    double[] y = new double[n];
    int[] link = new int[n];
    for (int i = 0; i < n; i++) {
      Coordinate from = c[(first + i) % n];
      x[i] = from.x;
      y[i] = from.y;
      @Nullable Link on = links.get(Side.of(from, c[(first + i + 1) % n]));
      link[i] = on == null ? Ring.NO_LINK : on.id();
    }
    return new Ring(x, y, link);
  }

  /** A straight piece, the same from either end. */
  private record Side(double ax, double ay, double bx, double by) {
    static Side of(Coordinate a, Coordinate b) {
      return a.x < b.x || (a.x == b.x && a.y < b.y)
          ? new Side(a.x, a.y, b.x, b.y)
          : new Side(b.x, b.y, a.x, a.y);
    }
  }
}
