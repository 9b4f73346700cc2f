package org.tequio.demo.land;

import java.util.ArrayList;
import java.util.List;

/**
 * The ground of the city on the drawing board: plan coordinates in metres with the main square at
 * the origin, x to the east, y to the north. {@link #toWorld} bends the plan and moves it to its
 * place in EPSG:6369. Immutable and thread-safe.
 */
public final class Land {
  /** Easting of the main square in EPSG:6369, metres. */
  public static final double EASTING = 529_400;

  /** Northing of the main square in EPSG:6369, metres. */
  public static final double NORTHING = 2_109_600;

  /** The distance between two streets of the old centre, metres. */
  public static final double CORE_STREET = 94;

  /** How far the old centre's streets are turned, radians. */
  public static final double CORE_ANGLE = Math.toRadians(8);

  private static final double RIVER_ANGLE = Math.toRadians(34);

  private final long seed;
  private final double scale;
  private final double townRadius;
  private final double riverCos = StrictMath.cos(RIVER_ANGLE);
  private final double riverSin = StrictMath.sin(RIVER_ANGLE);
  private final double coreX;
  private final double coreY;
  private final double riverDistance;
  private final double hillX;
  private final double hillY;
  private final double lakeX;
  private final double lakeY;
  private final List<double[]> streams = new ArrayList<>();
  private final double[] river;

  /** The ground for a city of so many parcels. */
  public Land(long seed, int parcels) {
    this.seed = Dice.mix(seed);
    this.scale = Math.sqrt(parcels / 40_000.0);
    this.townRadius = Math.max(2_150 * scale, 520 + 900 * scale);
    this.coreX = CORE_STREET * (0.5 + Math.max(2, Math.min(8, Math.round(4 * scale))));
    this.coreY = CORE_STREET * (0.5 + Math.max(2, Math.min(7, Math.round(3.4 * scale))));
    double across = RIVER_ANGLE - CORE_ANGLE;
    this.riverDistance =
        coreX * Math.abs(StrictMath.sin(across)) + coreY * Math.abs(StrictMath.cos(across)) + 120;
    double hillAngle = Math.toRadians(118);
    this.hillX = 0.74 * townRadius * StrictMath.cos(hillAngle);
    this.hillY = 0.74 * townRadius * StrictMath.sin(hillAngle);
    double lakeU = -1.27 * townRadius;
    double lakeV = riverOffset(lakeU);
    this.lakeX = lakeU * riverCos - lakeV * riverSin;
    this.lakeY = lakeU * riverSin + lakeV * riverCos;
    this.river = traceRiver();
    traceStreams();
  }

  /** The seed of everything on this land. */
  public long seed() {
    return seed;
  }

  /** One for the default city; lengths of the city as a whole grow with it. */
  public double scale() {
    return scale;
  }

  /** Half the length of the old centre along its own axis. */
  public double coreX() {
    return coreX;
  }

  /** Half the width of the old centre across its own axis. */
  public double coreY() {
    return coreY;
  }

  /** About how far the built-up area reaches, in metres. */
  public double townRadius() {
    return townRadius;
  }

  /** How far the municipality reaches in a direction (radians), in metres. */
  public double boundaryRadius(double angle) {
    double c = StrictMath.cos(angle);
    double s = StrictMath.sin(angle);
    return townRadius
        * (1.62
            + 0.20 * Noise.at(seed + 1, 1.3 * c + 7, 1.3 * s + 3)
            + 0.07 * Noise.at(seed + 2, 4 * c, 4 * s));
  }

  /** Positive inside the municipality, negative outside, about 1 at the centre. */
  public double inside(double x, double y) {
    double r = Math.hypot(x, y);
    return r < 1 ? 1 : 1 - r / boundaryRadius(StrictMath.atan2(y, x));
  }

  /** The main river's course, x and y in turn, from the source downstream. */
  public double[] river() {
    return river;
  }

  /** The tributaries' courses, each from its source to the river. */
  public List<double[]> streams() {
    return List.copyOf(streams);
  }

  /** The width of the river at a distance along the valley. */
  public double riverWidth(double along) {
    return 20 + 7 * Noise.step(-townRadius, townRadius, along);
  }

  /** The river's distance from the valley's axis at a distance along it. */
  public double riverOffset(double along) {
    double meander = Math.min(1.6, Math.max(0.35, scale));
    double calm = 0.12 + 0.88 * Noise.step(0.1, 0.75, Math.abs(along) / townRadius);
    return -riverDistance
        + calm * 300 * meander * Noise.at(seed + 3, along / 1_500 + 5, 0.5)
        + 75 * Math.min(1, scale) * Noise.at(seed + 4, along / 420, 9.5);
  }

  /** The position along the valley. */
  public double along(double x, double y) {
    return x * riverCos + y * riverSin;
  }

  /** The distance from the river, roughly, in metres; positive on the town's side. */
  public double fromRiver(double x, double y) {
    return -x * riverSin + y * riverCos - riverOffset(along(x, y));
  }

  /** The plan position of a place in the valley's frame. */
  public double[] atRiver(double along, double across) {
    double v = riverOffset(along) + across;
    return new double[] {along * riverCos - v * riverSin, along * riverSin + v * riverCos};
  }

  /** Positive on the reservoir, negative off it. */
  public double lake(double x, double y) {
    double dx = x - lakeX;
    double dy = y - lakeY;
    double u = dx * riverCos + dy * riverSin;
    double v = -dx * riverSin + dy * riverCos;
    double r = 330 * Math.min(2.4, Math.max(0.3, scale));
    double d = Math.hypot(u / 1.7, v);
    double angle = StrictMath.atan2(v, u);
    double dam = 1 - u / (1.15 * r);
    double shore =
        1
            + 0.30 * Noise.at(seed + 5, 1.6 * StrictMath.cos(angle), 1.6 * StrictMath.sin(angle))
            + 0.12 * Noise.at(seed + 6, dx / 130, dy / 130)
            - d / r;
    return Math.min(dam, shore);
  }

  /** The middle of the reservoir. */
  public double[] lakeCenter() {
    return new double[] {lakeX, lakeY};
  }

  /** The hill that the town has grown around. */
  public double[] hill() {
    return new double[] {hillX, hillY};
  }

  /** Height above the sea in metres. */
  public double elevation(double x, double y) {
    double u = along(x, y);
    double d = Math.abs(fromRiver(x, y));
    double r = Math.hypot(x, y);
    double bed = bed(u);
    double plain = Math.max(0, d - 14);
    double terrace =
        2.6 * Noise.step(0, 30, plain)
            + 0.011 * plain / (1 + plain / 6_000)
            + 1.5 * Noise.step(40, 400, plain) * Noise.fractal(seed + 7, x / 420, y / 420, 3);
    double height = 430 * Math.min(2.2, 0.45 + 0.55 * scale);
    double rim =
        Noise.step(
            0.80 * townRadius,
            1.75 * townRadius,
            r
                + 0.16
                    * townRadius
                    * Noise.at(seed + 8, x / (0.6 * townRadius), y / (0.6 * townRadius)));
    double open = Noise.step(0.05, 0.85, d / (1.1 * townRadius));
    double ridged =
        1 - Math.abs(Noise.fractal(seed + 9, x / (0.75 * townRadius), y / (0.75 * townRadius), 5));
    double mountains = rim * (0.25 + 0.75 * open) * height * (0.25 + 0.75 * ridged * ridged);
    double hd = Math.hypot(x - hillX, (y - hillY) * 1.25) / (0.27 * townRadius);
    double hill =
        115
            * Math.min(1.6, 0.5 + 0.5 * scale)
            * StrictMath.exp(-hd * hd * 2.0)
            * (1 + 0.25 * Noise.fractal(seed + 10, x / 260, y / 260, 3));
    double gullies =
        Noise.fractal(seed + 12, x / 330, y / 330, 4) * 17 * Noise.step(25, 140, mountains + hill);
    return bed
        + terrace
        + mountains
        + hill
        + gullies
        + 0.8 * Noise.at(seed + 11, x / 90, y / 90) * Noise.step(0, 60, plain);
  }

  /** Height of the river's bed at a distance along the valley. */
  public double bed(double along) {
    return 2_252 - 0.0042 * along;
  }

  /** Height above the nearest river bed, the measure that floods follow. */
  public double aboveRiver(double x, double y) {
    return elevation(x, y) - bed(along(x, y));
  }

  /** The steepest slope, as rise over run. */
  public double slope(double x, double y) {
    double[] g = gradient(x, y, 12);
    return Math.hypot(g[0], g[1]);
  }

  /** The uphill direction and slope over some reach. */
  public double[] gradient(double x, double y, double reach) {
    return new double[] {
      (elevation(x + reach, y) - elevation(x - reach, y)) / (2 * reach),
      (elevation(x, y + reach) - elevation(x, y - reach)) / (2 * reach)
    };
  }

  /** Plan to world: bent, in EPSG:6369, to the millimetre. Writes x, y at {@code at}. */
  public void toWorld(double x, double y, double[] into, int at) {
    double calm = 0.30 + 0.70 * Noise.step(350, 1_300, Math.hypot(x, y));
    double dx =
        calm
            * (85 * Noise.at(seed + 21, x / 1_650, y / 1_650)
                + 16 * Noise.at(seed + 22, x / 520, y / 520));
    double dy =
        calm
            * (85 * Noise.at(seed + 23, x / 1_650, y / 1_650)
                + 16 * Noise.at(seed + 24, x / 520, y / 520));
    into[at] = EASTING + Math.rint((x + dx) * 1000) / 1000;
    into[at + 1] = NORTHING + Math.rint((y + dy) * 1000) / 1000;
  }

  /** World to plan, to within a few millimetres. */
  public double[] toPlan(double easting, double northing) {
    double x = easting - EASTING;
    double y = northing - NORTHING;
    double[] p = {x, y};
    double[] w = new double[2];
    for (int i = 0; i < 12; i++) {
      toWorld(p[0], p[1], w, 0);
      p[0] -= w[0] - easting;
      p[1] -= w[1] - northing;
    }
    return p;
  }

  private double[] traceRiver() {
    double reach = 2.1 * townRadius;
    int n = (int) (2 * reach / 25) + 1;
    double[] xy = new double[2 * n];
    for (int i = 0; i < n; i++) {
      double[] p = atRiver(-reach + 2 * reach * i / (n - 1), 0);
      xy[2 * i] = p[0];
      xy[2 * i + 1] = p[1];
    }
    return xy;
  }

  private void traceStreams() {
    int count = Math.max(3, (int) Math.round(4 * Math.sqrt(scale)));
    for (int i = 0; i < count; i++) {
      Dice dice = Dice.of(seed, "stream", i);
      double side = i % 2 == 0 ? 1 : -1;
      // On the town's side brooks keep away from the old centre.
      double place =
          side < 0
              ? -0.7 + 1.4 * (i + 0.5) / count + dice.between(-0.1, 0.1)
              : (i % 4 == 0 ? -1 : 1) * dice.between(0.5, 0.78);
      double mouth = townRadius * place;
      double lean =
          side < 0 ? dice.between(-0.7, -0.2) : Math.signum(place) * dice.between(0.12, 0.4);
      double length = townRadius * dice.between(1.3, 1.75);
      int n = (int) (length / 22) + 2;
      double[] xy = new double[2 * n];
      double[] p = atRiver(mouth, 0);
      for (int k = 0; k < n; k++) {
        double t = length * (1 - (double) k / (n - 1));
        double swing =
            95 * Noise.step(0, 500, t) * Noise.at(seed + 40 + i, t / 420, i)
                + 24 * Noise.step(0, 200, t) * Noise.at(seed + 60 + i, t / 110, i);
        double across = side * t * 0.9;
        double keep = t < 1 ? 0 : lean * t + swing;
        double px = p[0] + keep * riverCos - across * riverSin;
        double py = p[1] + keep * riverSin + across * riverCos;
        xy[2 * k] = px;
        xy[2 * k + 1] = py;
      }
      streams.add(xy);
    }
  }
}
