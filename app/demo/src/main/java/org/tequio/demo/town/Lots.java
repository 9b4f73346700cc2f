package org.tequio.demo.town;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.demo.land.Dice;

/** Cuts a block into lots, each with a front on a street. Pure but for its dice. */
final class Lots {
  private final Town town;
  private final Block block;
  private final Quarter quarter;
  private final Dice dice;
  private final List<Ring> pieces = new ArrayList<>();

  private Lots(Town town, Block block, Quarter quarter) {
    this.town = town;
    this.block = block;
    this.quarter = quarter;
    this.dice = Dice.of(town.land().seed(), "lots", block.id());
  }

  static List<Lot> of(Town town, Block block, Quarter quarter) {
    Lots lots = new Lots(town, block, quarter);
    if (block.isWhole()) {
      lots.pieces.add(block.ring());
    } else {
      lots.cutBlock();
    }
    return lots.number();
  }

  private void cutBlock() {
    Ring ring = block.ring();
    double angle = ring.grain();
    double c = StrictMath.cos(angle);
    double s = StrictMath.sin(angle);
    double[] u = ring.extent(c, s);
    double[] v = ring.extent(-s, c);
    if (v[1] - v[0] > u[1] - u[0]) {
      double swap = c;
      c = -s;
      s = swap;
      u = ring.extent(c, s);
      v = ring.extent(-s, c);
    }
    double depth = quarter.lotDepth() * dice.between(0.94, 1.06);
    boolean ends =
        u[1] - u[0] > 3.4 * depth
            && v[1] - v[0] > 1.5 * depth
            && (quarter == Quarter.ESTATE || dice.chance(0.6));
    Ring middle = ring;
    if (ends) {
      for (double at : new double[] {u[0] + depth, u[1] - depth}) {
        Ring.Chord chord = middle.longestChord(c * at, s * at, -s, c);
        if (chord == null) {
          continue;
        }
        Ring[] two = middle.split(chord, Ring.NO_LINK);
        Ring end =
            along(two[0], c, s) < along(two[1], c, s) == (at < (u[0] + u[1]) / 2) ? two[0] : two[1];
        Ring rest = end == two[0] ? two[1] : two[0];
        if (sound(end) && sound(rest) && end.area() < 0.45 * middle.area()) {
          cut(end, -s, c, depth, 0);
          middle = rest;
        }
      }
    }
    cut(middle, c, s, depth, 0);
  }

  private static double along(Ring ring, double c, double s) {
    double[] p = ring.centroid();
    return p[0] * c + p[1] * s;
  }

  /** Cuts a piece whose rows run along a direction. */
  private void cut(Ring piece, double c, double s, double depth, int level) {
    double[] u = piece.extent(c, s);
    double[] v = piece.extent(-s, c);
    double front = quarter.front();
    double rows = (v[1] - v[0]) / depth;
    double fronts = (u[1] - u[0]) / front;
    if (level < 12) {
      if (rows > 1.55
          && tryCut(
              piece, c, s, depth, level, false, (v[0] + v[1]) / 2 + dice.between(-0.6, 0.6))) {
        return;
      }
      if (fronts > 1.55) {
        int n = (int) Math.round(fronts);
        double share = (n / 2) / (double) n;
        double loose = quarter == Quarter.ESTATE ? 0 : quarter == Quarter.CENTER ? 0.25 : 0.13;
        double at = u[0] + (u[1] - u[0]) * share + front * dice.between(-loose, loose);
        if (tryCut(piece, c, s, depth, level, true, at)
            || tryCut(piece, c, s, depth, level, true, u[0] + (u[1] - u[0]) * 0.38)
            || tryCut(piece, c, s, depth, level, true, u[0] + (u[1] - u[0]) * 0.62)) {
          return;
        }
      }
      if (rows > 1.9
          && (tryCut(piece, c, s, depth, level, false, v[0] + depth)
              || tryCut(piece, c, s, depth, level, false, v[1] - depth))) {
        return;
      }
    }
    pieces.add(piece);
  }

  private boolean tryCut(
      Ring piece, double c, double s, double depth, int level, boolean across, double at) {
    Ring.Chord chord =
        across
            ? piece.longestChord(c * at, s * at, -s, c)
            : piece.longestChord(-s * at, c * at, c, s);
    if (chord == null) {
      return false;
    }
    Ring[] two = piece.split(chord, Ring.NO_LINK);
    if (!sound(two[0]) || !sound(two[1])) {
      return false;
    }
    cut(two[0], c, s, depth, level + 1);
    cut(two[1], c, s, depth, level + 1);
    return true;
  }

  /** A piece that can be a lot: large enough, not a splinter, and on a street. */
  private boolean sound(Ring ring) {
    double area = ring.area();
    if (ring.size() < 3 || area < 0.42 * quarter.front() * quarter.lotDepth()) {
      return false;
    }
    double around = 0;
    double front = 0;
    for (int i = 0; i < ring.size(); i++) {
      double length = ring.length(i);
      around += length;
      if (town.isStreet(ring.link(i))) {
        front += length;
      }
    }
    return front >= 0.5 * quarter.front() && area / (around * around) > 0.028 && ring.isSimple();
  }

  private List<Lot> number() {
    Ring around = block.ring();
    double[] c = around.centroid();
    List<Lot> lots = new ArrayList<>(pieces.size());
    List<double[]> order = new ArrayList<>(pieces.size());
    for (int k = 0; k < pieces.size(); k++) {
      Lot lot = front(pieces.get(k));
      double x = lot == null ? pieces.get(k).centroid()[0] : lot.frontX();
      double y = lot == null ? pieces.get(k).centroid()[1] : lot.frontY();
      // clockwise, beginning in the north-west, as cadastres do
      double angle = StrictMath.atan2(-(y - c[1]), x - c[0]) + 0.75 * Math.PI;
      order.add(new double[] {Math.floorMod((long) (angle * 1e7), (long) (2e7 * Math.PI)), k});
    }
    order.sort((a, b) -> a[0] != b[0] ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]));
    for (double[] entry : order) {
      Ring ring = pieces.get((int) entry[1]);
      Lot lot = front(ring);
      if (lot == null) {
        double[] p = ring.inside();
        lot = new Lot(0, ring, Ring.NO_LINK, p[0], p[1], 0, 0, false);
      }
      lots.add(
          new Lot(
              lots.size() + 1,
              lot.ring(),
              lot.link(),
              lot.frontX(),
              lot.frontY(),
              lot.front(),
              lot.position(),
              lot.left()));
    }
    return lots;
  }

  /** The longest side on a street is the front. */
  private @Nullable Lot front(Ring ring) {
    int best = -1;
    double longest = 0;
    for (int i = 0; i < ring.size(); i++) {
      // A lot on a corner is entered from the more important street.
      double weight =
          town.isStreet(ring.link(i))
              ? ring.length(i) * (0.6 + 0.02 * town.links().get(ring.link(i)).way().kind().width())
              : 0;
      if (weight > longest) {
        longest = weight;
        best = i;
      }
    }
    if (best < 0) {
      return null;
    }
    double mx = (ring.x(best) + ring.x(best + 1)) / 2;
    double my = (ring.y(best) + ring.y(best + 1)) / 2;
    Link link = town.links().get(ring.link(best));
    double[] near = link.nearest(mx, my);
    return new Lot(
        0, ring, link.id(), mx, my, ring.length(best), link.position(mx, my), near[2] > 0);
  }
}
