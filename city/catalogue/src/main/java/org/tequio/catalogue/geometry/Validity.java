package org.tequio.catalogue.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.util.LinearComponentExtracter;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Wkb;

/**
 * Tells whether a geometry is valid as OGC Simple Features means it (06-103r4, section 6.1). Rings
 * of a few vertices, which is nearly all of a cadastre, are tested on the bytes; larger ones by a
 * sweep that counts its steps; only what these two cannot tell is given to JTS, and only when the
 * sweep has shown that it is affordable. Not thread-safe: it keeps its working arrays.
 */
public final class Validity {
  /** Twice the rounding error of the sign of an orientation (Shewchuk 1997, filter A). */
  private static final double ORIENTATION_ERROR = 6.7e-16;

  /** The exact test does several times the work of the sweep where edges touch each other. */
  private static final int UNCERTAIN_SHARE = 4;

  private static final int SMALL_RING = 40;
  private static final int CHECK_EVERY = 1 << 16;

  private final GeometryBudget budget;
  private final double[] x = new double[SMALL_RING];
  private final double[] y = new double[SMALL_RING];

  /** A checker that spends at most the budget on each geometry. */
  public Validity(GeometryBudget budget) {
    this.budget = budget;
  }

  /**
   * What is wrong with a geometry, and where.
   *
   * @param code the kind
   * @param x in the geometry's own system; NaN where the fault has no place
   * @param y in the geometry's own system; NaN where the fault has no place
   */
  public record Fault(FindingCode code, double x, double y) {}

  private enum Outcome {
    CLEAR,
    UNCERTAIN,
    CROSSING,
    OVER_BUDGET
  }

  /**
   * The first fault of a geometry; null where it is valid.
   *
   * @param scan what was read of the same bytes
   */
  public @Nullable Fault findFault(byte[] wkb, GeometryScan scan) {
    if (!scan.isFinite()) {
      return at(FindingCode.GEOMETRY_BAD_COORDINATE, scan);
    }
    if (!scan.isClosed()) {
      return at(FindingCode.GEOMETRY_RING_NOT_CLOSED, scan);
    }
    if (!scan.hasEnoughPoints()) {
      return at(FindingCode.GEOMETRY_TOO_FEW_POINTS, scan);
    }
    if (scan.rings() == 0) {
      return null;
    }
    if (scan.rings() == 1 && scan.singleRingVertices() <= SMALL_RING) {
      return small(wkb, scan);
    }
    return large(wkb, scan);
  }

  private static Fault at(FindingCode code, GeometryScan scan) {
    double[] e = scan.envelope();
    return new Fault(code, (e[0] + e[2]) / 2, (e[1] + e[3]) / 2);
  }

  private @Nullable Fault small(byte[] wkb, GeometryScan scan) {
    int n = 0;
    int stride = scan.singleRingStride();
    int end = scan.singleRingAt() + scan.singleRingVertices() * stride;
    double ox = scan.envelope()[0];
    double oy = scan.envelope()[1];
    for (int p = scan.singleRingAt(); p < end; p += stride) {
      double px = Wkb.getDouble(wkb, p) - ox;
      double py = Wkb.getDouble(wkb, p + 8) - oy;
      if (n == 0 || px != x[n - 1] || py != y[n - 1]) {
        x[n] = px;
        y[n] = py;
        n++;
      }
    }
    int edges = n - 1;
    if (edges < 3) {
      return at(FindingCode.GEOMETRY_TOO_FEW_POINTS, scan);
    }
    for (int i = 0; i < edges; i++) {
      int next = i + 1 == edges ? 1 : i + 2;
      if (foldsBack(x[i], y[i], x[i + 1], y[i + 1], x[next], y[next])) {
        return exact(wkb, scan);
      }
      int last = i == 0 ? edges - 1 : edges;
      for (int j = i + 2; j < last; j++) {
        int meeting = meeting(x[i], y[i], x[i + 1], y[i + 1], x[j], y[j], x[j + 1], y[j + 1]);
        if (meeting > 0) {
          return new Fault(
              FindingCode.GEOMETRY_SELF_INTERSECTION,
              crossing(x[i], x[i + 1], y[i], y[i + 1], x[j], x[j + 1], y[j], y[j + 1], true) + ox,
              crossing(x[i], x[i + 1], y[i], y[i + 1], x[j], x[j + 1], y[j], y[j + 1], false) + oy);
        }
        if (meeting < 0) {
          return exact(wkb, scan);
        }
      }
    }
    return null;
  }

  private @Nullable Fault large(byte[] wkb, GeometryScan scan) {
    Edges edges = new Edges(wkb, scan);
    Outcome outcome = edges.sweep(budget);
    return switch (outcome) {
      case CROSSING ->
          new Fault(
              edges.crossingParts
                  ? FindingCode.GEOMETRY_NESTED_PARTS
                  : FindingCode.GEOMETRY_SELF_INTERSECTION,
              edges.crossingX,
              edges.crossingY);
      case OVER_BUDGET -> at(FindingCode.GEOMETRY_TOO_COMPLEX, scan);
      case CLEAR -> scan.rings() == 1 ? null : exact(wkb, scan);
      case UNCERTAIN -> exact(wkb, scan);
    };
  }

  private @Nullable Fault exact(byte[] wkb, GeometryScan scan) {
    if (scan.vertices() > budget.vertices()) {
      return at(FindingCode.GEOMETRY_TOO_COMPLEX, scan);
    }
    Geometry geometry;
    try {
      geometry = Wkb.toGeometry(wkb, 0, wkb.length);
    } catch (IllegalArgumentException e) {
      return at(FindingCode.GEOMETRY_UNREADABLE, scan);
    }
    TopologyValidationError error = new IsValidOp(geometry).getValidationError();
    if (error == null) {
      return null;
    }
    Coordinate twice =
        error.getErrorType() == TopologyValidationError.SELF_INTERSECTION && scan.rings() > 1
            ? findDuplicateRing(geometry)
            : null;
    if (twice != null) {
      return new Fault(FindingCode.GEOMETRY_DUPLICATE_RINGS, twice.x, twice.y);
    }
    var place = error.getCoordinate();
    return place == null
        ? at(codeOf(error.getErrorType()), scan)
        : new Fault(codeOf(error.getErrorType()), place.x, place.y);
  }

  /** JTS calls a ring that lies on another a self-intersection; people want to know which. */
  private static @Nullable Coordinate findDuplicateRing(Geometry geometry) {
    Map<List<Coordinate>, Boolean> seen = new HashMap<>();
    for (Geometry ring : rings(geometry)) {
      if (!(ring instanceof LinearRing)) {
        continue;
      }
      // As a polygon, a ring is brought to one direction and one beginning.
      Geometry same = ring.getFactory().createPolygon(ring.getCoordinates()).norm();
      if (seen.put(List.of(same.getCoordinates()), true) != null) {
        return same.getCoordinates()[0];
      }
    }
    return null;
  }

  private static List<Geometry> rings(Geometry geometry) {
    List<Geometry> rings = new ArrayList<>();
    geometry.apply(new LinearComponentExtracter(rings));
    return rings;
  }

  private static FindingCode codeOf(int errorType) {
    return switch (errorType) {
      case TopologyValidationError.HOLE_OUTSIDE_SHELL -> FindingCode.GEOMETRY_HOLE_OUTSIDE;
      case TopologyValidationError.NESTED_HOLES, TopologyValidationError.NESTED_SHELLS ->
          FindingCode.GEOMETRY_NESTED_PARTS;
      case TopologyValidationError.DISCONNECTED_INTERIOR ->
          FindingCode.GEOMETRY_DISCONNECTED_INTERIOR;
      case TopologyValidationError.DUPLICATE_RINGS -> FindingCode.GEOMETRY_DUPLICATE_RINGS;
      case TopologyValidationError.TOO_FEW_POINTS -> FindingCode.GEOMETRY_TOO_FEW_POINTS;
      case TopologyValidationError.INVALID_COORDINATE -> FindingCode.GEOMETRY_BAD_COORDINATE;
      case TopologyValidationError.RING_NOT_CLOSED -> FindingCode.GEOMETRY_RING_NOT_CLOSED;
      default -> FindingCode.GEOMETRY_SELF_INTERSECTION;
    };
  }

  /**
   * 1 where two edges cross properly, 0 where they surely do not meet, -1 where rounding or a touch
   * makes it uncertain.
   */
  private static int meeting(
      double ax, double ay, double bx, double by, double cx, double cy, double dx, double dy) {
    if (Math.max(ax, bx) < Math.min(cx, dx)
        || Math.max(cx, dx) < Math.min(ax, bx)
        || Math.max(ay, by) < Math.min(cy, dy)
        || Math.max(cy, dy) < Math.min(ay, by)) {
      return 0;
    }
    int a = side(cx, cy, dx, dy, ax, ay);
    int b = side(cx, cy, dx, dy, bx, by);
    if (a != 0 && a == b) {
      return 0;
    }
    int c = side(ax, ay, bx, by, cx, cy);
    int d = side(ax, ay, bx, by, dx, dy);
    if (c != 0 && c == d) {
      return 0;
    }
    return a != 0 && b != 0 && c != 0 && d != 0 ? 1 : -1;
  }

  /** 1 left, -1 right, 0 on the line or too near to tell. */
  private static int side(double ax, double ay, double bx, double by, double px, double py) {
    double left = (ax - px) * (by - py);
    double right = (ay - py) * (bx - px);
    double det = left - right;
    double error = ORIENTATION_ERROR * (Math.abs(left) + Math.abs(right));
    return det > error ? 1 : det < -error ? -1 : 0;
  }

  private static boolean foldsBack(
      double ax, double ay, double bx, double by, double cx, double cy) {
    return (bx - ax) * (cx - bx) + (by - ay) * (cy - by) < 0 && side(ax, ay, bx, by, cx, cy) == 0;
  }

  private static double crossing(
      double ax,
      double bx,
      double ay,
      double by,
      double cx,
      double dx,
      double cy,
      double dy,
      boolean wantX) {
    double denominator = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
    double t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / denominator;
    return wantX ? ax + t * (bx - ax) : ay + t * (by - ay);
  }

  /** All edges of a geometry's rings, swept along the axis on which they are shorter. */
  private static final class Edges {
    private final double[] ax;
    private final double[] ay;
    private final double[] bx;
    private final double[] by;
    private final int[] ring;
    private final int[] place;
    private final int[] part;
    private final int[] ringEdges;
    private final double ox;
    private final double oy;
    private int count;
    private int rings;
    private int parts;
    private boolean degenerate;
    private boolean crossingParts;
    private double crossingX;
    private double crossingY;

    Edges(byte[] wkb, GeometryScan scan) {
      int capacity = scan.vertices();
      ax = new double[capacity];
      ay = new double[capacity];
      bx = new double[capacity];
      by = new double[capacity];
      ring = new int[capacity];
      place = new int[capacity];
      part = new int[capacity];
      ringEdges = new int[scan.rings()];
      ox = scan.envelope()[0];
      oy = scan.envelope()[1];
      geometry(wkb, 0);
    }

    private int geometry(byte[] wkb, int at) {
      int code = Wkb.getInt(wkb, at + 1);
      int stride =
          switch (code / 1000) {
            case 0 -> 16;
            case 1, 2 -> 24;
            default -> 32;
          };
      int p = at + 5;
      switch (code % 1000) {
        case 1 -> p += stride;
        case 2 -> p += 4 + Wkb.getInt(wkb, p) * stride;
        case 3 -> {
          int n = Wkb.getInt(wkb, p);
          p += 4;
          for (int i = 0; i < n; i++) {
            int vertices = Wkb.getInt(wkb, p);
            ring(wkb, p + 4, stride, vertices);
            p += 4 + vertices * stride;
          }
          parts++;
        }
        default -> {
          int n = Wkb.getInt(wkb, p);
          p += 4;
          for (int i = 0; i < n; i++) {
            p = geometry(wkb, p);
          }
        }
      }
      return p;
    }

    private void ring(byte[] wkb, int at, int stride, int vertices) {
      int first = count;
      for (int i = 1, p = at; i < vertices; i++, p += stride) {
        double fromX = Wkb.getDouble(wkb, p) - ox;
        double fromY = Wkb.getDouble(wkb, p + 8) - oy;
        double toX = Wkb.getDouble(wkb, p + stride) - ox;
        double toY = Wkb.getDouble(wkb, p + stride + 8) - oy;
        if (fromX == toX && fromY == toY) {
          continue;
        }
        ax[count] = fromX;
        ay[count] = fromY;
        bx[count] = toX;
        by[count] = toY;
        ring[count] = rings;
        place[count] = count - first;
        part[count] = parts;
        count++;
      }
      ringEdges[rings++] = count - first;
      degenerate |= count - first < 3;
    }

    Outcome sweep(GeometryBudget budget) {
      double alongX = 0;
      double alongY = 0;
      double maxX = 0;
      double maxY = 0;
      for (int i = 0; i < count; i++) {
        alongX += Math.abs(bx[i] - ax[i]);
        alongY += Math.abs(by[i] - ay[i]);
        maxX = Math.max(maxX, Math.max(ax[i], bx[i]));
        maxY = Math.max(maxY, Math.max(ay[i], by[i]));
      }
      boolean byX = maxX > 0 && (maxY == 0 || alongX / maxX <= alongY / maxY);
      double scale = (1 << 30) / Math.max(byX ? maxX : maxY, Double.MIN_NORMAL);
      long[] order = new long[count];
      int[] until = new int[count];
      for (int i = 0; i < count; i++) {
        double a = byX ? ax[i] : ay[i];
        double b = byX ? bx[i] : by[i];
        order[i] = ((long) (Math.min(a, b) * scale) << 32) | i;
        until[i] = (int) (Math.max(a, b) * scale);
      }
      Arrays.sort(order);
      return compare(order, until, budget);
    }

    private Outcome compare(long[] order, int[] until, GeometryBudget budget) {
      int[] active = new int[Math.min(count, 1024)];
      int alive = 0;
      boolean uncertain = degenerate;
      long pairs = 0;
      long nextCheck = CHECK_EVERY;
      long deadline = System.nanoTime() + budget.time().toNanos();
      for (long packed : order) {
        int edge = (int) packed;
        int from = (int) (packed >>> 32);
        int kept = 0;
        for (int k = 0; k < alive; k++) {
          int other = active[k];
          if (until[other] < from) {
            continue;
          }
          active[kept++] = other;
          int verdict = compare(edge, other);
          if (verdict > 0) {
            return Outcome.CROSSING;
          }
          uncertain |= verdict < 0;
        }
        pairs += alive + 1;
        alive = kept;
        if (alive == active.length) {
          active = Arrays.copyOf(active, 2 * alive);
        }
        active[alive++] = edge;
        if (pairs >= nextCheck) {
          nextCheck = pairs + CHECK_EVERY;
          if (pairs > budget.pairs() || System.nanoTime() > deadline) {
            return Outcome.OVER_BUDGET;
          }
          if (budget.progress().isCancelled()) {
            throw new CancellationException("cancelled");
          }
        }
      }
      if (uncertain && pairs > budget.pairs() / UNCERTAIN_SHARE) {
        return Outcome.OVER_BUDGET;
      }
      return uncertain ? Outcome.UNCERTAIN : Outcome.CLEAR;
    }

    private int compare(int i, int j) {
      if (ring[i] == ring[j]) {
        int n = ringEdges[ring[i]];
        int apart = Math.abs(place[i] - place[j]);
        if (apart == 1 || apart == n - 1) {
          boolean follows = place[j] == place[i] + 1 || (place[i] == n - 1 && place[j] == 0);
          int first = follows ? i : j;
          int second = follows ? j : i;
          return foldsBack(ax[first], ay[first], bx[first], by[first], bx[second], by[second])
              ? -1
              : 0;
        }
      }
      int meeting = meeting(ax[i], ay[i], bx[i], by[i], ax[j], ay[j], bx[j], by[j]);
      if (meeting > 0) {
        crossingParts = part[i] != part[j];
        crossingX = ox + crossing(ax[i], bx[i], ay[i], by[i], ax[j], bx[j], ay[j], by[j], true);
        crossingY = oy + crossing(ax[i], bx[i], ay[i], by[i], ax[j], bx[j], ay[j], by[j], false);
      }
      return meeting;
    }
  }
}
