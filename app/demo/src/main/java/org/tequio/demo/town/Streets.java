package org.tequio.demo.town;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tequio.demo.land.Dice;
import org.tequio.demo.land.Land;

/**
 * Draws the streets of one district and so cuts it into blocks: on a grid that the district's
 * outline gives, or along the slope of a hill.
 */
final class Streets {
  private final Town town;
  private final Land land;
  private final District district;
  private final Quarter quarter;
  private final Dice dice;
  private final double cos;
  private final double sin;
  private final double originU;
  private final double originV;
  private final Map<Long, Way> gridWays = new HashMap<>();
  private final List<Ring> leaves = new ArrayList<>();

  Streets(Town town, District district) {
    this.town = town;
    this.land = town.land();
    this.district = district;
    this.quarter = district.quarter();
    this.dice = Dice.of(land.seed(), "streets", district.id());
    Ring ring = district.ring();
    double angle = quarter == Quarter.CENTER ? Land.CORE_ANGLE : ring.grain();
    double c = StrictMath.cos(angle);
    double s = StrictMath.sin(angle);
    // Long sides of blocks run across the longer side of the district half of the time.
    if (quarter != Quarter.CENTER && dice.chance(0.5)) {
      double swap = c;
      c = -s;
      s = swap;
    }
    this.cos = c;
    this.sin = s;
    double[] u = ring.extent(c, s);
    double[] v = ring.extent(-s, c);
    double pitchU = quarter.length();
    double pitchV = quarter.depth();
    if (quarter == Quarter.CENTER) {
      originU = -pitchU / 2;
      originV = -pitchV / 2;
    } else {
      // The grid is set so that whole blocks fit between the edges.
      originU = u[0] + ((u[1] - u[0]) % pitchU) / 2;
      originV = v[0] + ((v[1] - v[0]) % pitchV) / 2;
    }
  }

  void run(int numbered, List<Block> into) {
    boolean slope = quarter == Quarter.HILLSIDE || quarter == Quarter.INFORMAL;
    if (slope) {
      bend(district.ring(), 0);
    } else {
      grid(district.ring(), 0);
    }
    List<Ring> rings = new ArrayList<>();
    for (Ring leaf : leaves) {
      Ring at = leaf;
      Ring ring = leaf.inset(i -> half(at.link(i)));
      if (ring != null && ring.area() > 160 && isSound(ring)) {
        rings.add(ring);
      }
    }
    List<Block.Use> uses = uses(rings);
    for (int i = 0; i < rings.size(); i++) {
      into.add(new Block(into.size(), district.id(), numbered + i + 1, uses.get(i), rings.get(i)));
    }
  }

  /** Sound also after the plan is bent, and no needle. */
  private boolean isSound(Ring ring) {
    double around = Town.around(ring);
    double[] xy = new double[2];
    double[] x = new double[ring.size()];
    double[] y = new double[ring.size()];
    int[] link = new int[ring.size()];
    for (int i = 0; i < ring.size(); i++) {
      land.toWorld(ring.x(i), ring.y(i), xy, 0);
      x[i] = xy[0];
      y[i] = xy[1];
    }
    return ring.area() / (around * around) > 0.006 && new Ring(x, y, link).isSimple();
  }

  private double half(int link) {
    return link < 0 ? 3 : town.links().get(link).way().kind().width() / 2;
  }

  private double line(int k, boolean across) {
    double pitch = across ? quarter.length() : quarter.depth();
    double loose = quarter == Quarter.CENTER || quarter == Quarter.ESTATE ? 0 : 0.055;
    double jitter =
        Dice.of(land.seed(), "line", district.id(), k, across ? 1 : 0).between(-loose, loose);
    return (across ? originU : originV) + (k + jitter) * pitch;
  }

  private void grid(Ring ring, int level) {
    double[] u = ring.extent(cos, sin);
    double[] v = ring.extent(-sin, cos);
    double nu = (u[1] - u[0]) / quarter.length();
    double nv = (v[1] - v[0]) / quarter.depth();
    if (level < 16) {
      boolean first = nu >= nv;
      if (gridCut(ring, first, first ? u : v, first ? nu : nv, level)
          || gridCut(ring, !first, first ? v : u, first ? nv : nu, level)) {
        return;
      }
      if (ring.area() > 2.6 * quarter.length() * quarter.depth()) {
        bendOnce(ring, level, true);
        return;
      }
    }
    leaves.add(ring);
  }

  private boolean gridCut(Ring ring, boolean across, double[] range, double count, int level) {
    if (count < 1.38) {
      return false;
    }
    double pitch = across ? quarter.length() : quarter.depth();
    double middle = (range[0] + range[1]) / 2;
    int k0 = (int) Math.round((middle - (across ? originU : originV)) / pitch);
    for (int step : new int[] {0, 1, -1, 2, -2}) {
      int k = k0 + step;
      double at = line(k, across);
      if (at < range[0] + 0.3 * pitch || at > range[1] - 0.3 * pitch) {
        continue;
      }
      Ring.Chord chord =
          across
              ? ring.longestChord(cos * at, sin * at, -sin, cos)
              : ring.longestChord(-sin * at, cos * at, cos, sin);
      if (chord == null) {
        continue;
      }
      Ring[] probe = ring.split(chord, Ring.NO_LINK);
      if (!fits(probe[0]) || !fits(probe[1])) {
        continue;
      }
      Way way =
          gridWays.computeIfAbsent(
              across ? 1_000_000L + k : k, key -> town.newWay(quarter.kind(), district.colonia()));
      double start =
          across
              ? -sin * chord.startX() + cos * chord.startY()
              : cos * chord.startX() + sin * chord.startY();
      double[] along =
          across ? district.ring().extent(-sin, cos) : district.ring().extent(cos, sin);
      Ring[] two = town.cut(ring, chord, way, start - along[0]);
      grid(two[0], level + 1);
      grid(two[1], level + 1);
      return true;
    }
    return false;
  }

  private boolean fits(Ring ring) {
    double around = Town.around(ring);
    return ring.size() >= 3
        && ring.area() > 0.33 * quarter.length() * quarter.depth()
        && ring.area() / (around * around) > 0.024;
  }

  private void contour(double x, double y, double[] direction) {
    double[] g = land.gradient(x, y, 35);
    double length = Math.hypot(g[0], g[1]);
    if (length < 0.02) {
      direction[0] = cos;
      direction[1] = sin;
    } else {
      direction[0] = -g[1] / length;
      direction[1] = g[0] / length;
    }
  }

  /**
   * Cuts along the contour lines where a piece is broad uphill, and across them where it is long.
   */
  private void bend(Ring ring, int level) {
    if (level < 14 && ring.area() > 1.55 * quarter.length() * quarter.depth()) {
      double[] p = ring.inside();
      double[] d = new double[2];
      contour(p[0], p[1], d);
      double[] u = ring.extent(d[0], d[1]);
      double[] v = ring.extent(-d[1], d[0]);
      boolean along = (v[1] - v[0]) / quarter.depth() > (u[1] - u[0]) / quarter.length();
      if (bendCut(ring, p, along, level) || bendCut(ring, p, !along, level)) {
        return;
      }
      if (ring.area() > 2.4 * quarter.length() * quarter.depth() && bendOnce(ring, level, false)) {
        return;
      }
    }
    leaves.add(ring);
  }

  private boolean bendCut(Ring ring, double[] p, boolean along, int level) {
    Ring.Heading heading =
        along
            ? this::contour
            : (x, y, d) -> {
              contour(x, y, d);
              double swap = d[0];
              d[0] = -d[1];
              d[1] = swap;
            };
    for (int attempt = 0; attempt < 3; attempt++) {
      double[] d = new double[2];
      contour(p[0], p[1], d);
      double off = attempt == 0 ? dice.between(-8, 8) : attempt == 1 ? 18 : -18;
      double sx = p[0] + off * (along ? -d[1] : d[0]);
      double sy = p[1] + off * (along ? d[0] : d[1]);
      if (!ring.contains(sx, sy)) {
        continue;
      }
      Ring.Chord chord = ring.bentChord(sx, sy, heading, 13, 90);
      if (chord == null) {
        continue;
      }
      Ring[] probe = ring.split(chord, Ring.NO_LINK);
      if (fits(probe[0]) && fits(probe[1]) && probe[0].isSimple() && probe[1].isSimple()) {
        Ring[] two =
            town.cut(
                ring,
                chord,
                town.newWay(
                    along
                        ? quarter.kind() == WayKind.LANE && level < 5
                            ? WayKind.LOCAL
                            : quarter.kind()
                        : quarter.kind(),
                    district.colonia()),
                0);
        bend(two[0], level + 1);
        bend(two[1], level + 1);
        return true;
      }
    }
    return false;
  }

  /** Cuts a piece in two at right angles to its longer side where nothing finer works. */
  private boolean bendOnce(Ring ring, int level, boolean grid) {
    double a = ring.grain();
    double c = StrictMath.cos(a);
    double s = StrictMath.sin(a);
    double[] u = ring.extent(c, s);
    double[] v = ring.extent(-s, c);
    boolean across = u[1] - u[0] > v[1] - v[0];
    double at = across ? (u[0] + u[1]) / 2 : (v[0] + v[1]) / 2;
    Ring.Chord chord =
        across
            ? ring.longestChord(c * at, s * at, -s, c)
            : ring.longestChord(-s * at, c * at, c, s);
    if (chord != null) {
      Ring[] probe = ring.split(chord, Ring.NO_LINK);
      if (fits(probe[0]) && fits(probe[1])) {
        Ring[] two = town.cut(ring, chord, town.newWay(quarter.kind(), district.colonia()), 0);
        for (Ring part : two) {
          if (grid) {
            grid(part, level + 1);
          } else {
            bend(part, level + 1);
          }
        }
        return true;
      }
    }
    if (grid) {
      leaves.add(ring);
    }
    return false;
  }

  /** What stands on each block: mostly lots, and what a district needs. */
  private List<Block.Use> uses(List<Ring> rings) {
    List<Block.Use> uses = new ArrayList<>();
    for (Ring ring : rings) {
      double[] c = ring.inside();
      double thin = ring.area() / Math.pow(Town.around(ring), 2);
      boolean street = false;
      for (int i = 0; i < ring.size(); i++) {
        street |= town.isStreet(ring.link(i)) && ring.length(i) > 5;
      }
      boolean wet = land.lake(c[0], c[1]) > -0.06;
      boolean steep = land.slope(c[0], c[1]) > 0.42;
      // What no street could be led through stays a ravine or a meadow.
      boolean uncut = ring.area() > 3.2 * quarter.length() * quarter.depth();
      uses.add(
          !street || wet || steep || uncut || ring.area() < 420 || thin < 0.017
              ? Block.Use.GREEN
              : Block.Use.LOTS);
    }
    if (quarter == Quarter.CENTER) {
      for (int i = 0; i < rings.size(); i++) {
        if (rings.get(i).contains(0, 0)) {
          uses.set(i, Block.Use.SQUARE);
        }
      }
      near(rings, uses, 0, 95, Block.Use.GOVERNMENT);
      near(rings, uses, -190, -95, Block.Use.MARKET);
      near(rings, uses, 190, 190, Block.Use.PARK);
      near(rings, uses, -190, 190, Block.Use.SCHOOL);
      return uses;
    }
    if (rings.size() < 5) {
      return uses;
    }
    double area = quarter.length() * quarter.depth();
    if (quarter == Quarter.INDUSTRY) {
      return uses;
    }
    boolean poor = quarter == Quarter.INFORMAL;
    if (!poor || dice.chance(0.3)) {
      place(rings, uses, Block.Use.PARK, 0.35 * area, 1.5 * area);
    }
    if (dice.chance(poor ? 0.35 : 0.8)) {
      place(rings, uses, Block.Use.SCHOOL, 0.5 * area, 1.6 * area);
    }
    if (dice.chance(0.22)) {
      place(rings, uses, Block.Use.MARKET, 0.4 * area, 1.2 * area);
    }
    if (dice.chance(poor ? 0.05 : 0.16)) {
      place(rings, uses, Block.Use.HOSPITAL, 0.5 * area, 1.6 * area);
    }
    if (dice.chance(0.35)) {
      place(rings, uses, Block.Use.SPORTS, 0.7 * area, 2.2 * area);
    }
    if (dice.chance(0.08) || district.id() == 9) {
      place(rings, uses, Block.Use.CEMETERY, 0.6 * area, 2.5 * area);
    }
    if (dice.chance(0.10)) {
      place(rings, uses, Block.Use.GOVERNMENT, 0.3 * area, 1.5 * area);
    }
    return uses;
  }

  private static void near(
      List<Ring> rings, List<Block.Use> uses, double u, double v, Block.Use use) {
    double c = StrictMath.cos(Land.CORE_ANGLE);
    double s = StrictMath.sin(Land.CORE_ANGLE);
    for (int i = 0; i < rings.size(); i++) {
      if (rings.get(i).contains(u * c - v * s, u * s + v * c) && uses.get(i) == Block.Use.LOTS) {
        uses.set(i, use);
      }
    }
  }

  private void place(
      List<Ring> rings, List<Block.Use> uses, Block.Use use, double low, double high) {
    for (int attempt = 0; attempt < 12; attempt++) {
      int i = dice.between(0, rings.size() - 1);
      double area = rings.get(i).area();
      if (uses.get(i) == Block.Use.LOTS && area > low && area < high) {
        uses.set(i, use);
        return;
      }
    }
  }
}
