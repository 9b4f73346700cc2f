package org.tequio.formats.ring;

import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.STRtree;
import org.tequio.feature.Wkb;

/**
 * Sorts the rings of one shape into polygons with holes. Rings that run clockwise are outer ones,
 * as the format says; a hole belongs to the smallest outer ring around it. Where all rings run the
 * same way their direction says nothing, and a ring inside an odd number of others is a hole. Work
 * is bounded: past the bound direction alone decides. Not thread-safe.
 */
public final class RingNesting {
  private static final int INSIDE = 1;
  private static final int OUTSIDE = -1;
  private static final int ON_EDGE = 0;
  private static final int INDEX_FROM = 64;
  private static final long BUDGET = 40_000_000;

  private int count;
  private int shells;
  private int[] order = new int[16];
  private int[] groupSize = new int[16];
  private int[] parent = new int[16];
  private double[] area = new double[16];
  private double[] boxes = new double[64];
  private long work;
  private long sameDirection;
  private long overBudget;
  private byte[] bytes = new byte[0];
  private int xy;
  private int[] firsts = new int[0];

  /** How many polygons the last shape has. */
  public int shells() {
    return shells;
  }

  /** The ring that stands at a place of the output: each outer ring is followed by its holes. */
  public int ring(int place) {
    return order[place];
  }

  /** How many rings the polygon has that begins at a place of the output. */
  public int ringsFrom(int place) {
    return groupSize[place];
  }

  /** Shapes whose rings all ran the same way and of which some turned out to be holes. */
  public long sameDirection() {
    return sameDirection;
  }

  /** Shapes with too many rings inside others to look at all of them. */
  public long overBudget() {
    return overBudget;
  }

  /**
   * Sorts.
   *
   * @param xy where the first vertex of the first ring stands
   * @param firsts the first vertex of each ring, and after the last the number of vertices
   * @param n how many rings, none of them empty
   */
  public void nest(byte[] bytes, int xy, int[] firsts, int n) {
    this.bytes = bytes;
    this.xy = xy;
    this.firsts = firsts;
    this.count = n;
    reserve(n);
    Arrays.fill(parent, 0, n, -1);
    int clockwise = 0;
    for (int i = 0; i < n; i++) {
      area[i] = n == 1 ? -1 : Rings.doubleArea(bytes, at(i), 16, size(i));
      clockwise += area[i] <= 0 ? 1 : 0;
    }
    work = 0;
    if (n > 1 && clockwise == n || clockwise == 0) {
      byContainment();
    } else if (clockwise < n) {
      byDirection(clockwise);
    }
    if (work > BUDGET) {
      overBudget++;
    }
    arrange();
  }

  private void byDirection(int outer) {
    int onlyOuter = 0;
    for (int i = 0; i < count; i++) {
      onlyOuter = area[i] <= 0 ? i : onlyOuter;
    }
    if (outer == 1) {
      for (int i = 0; i < count; i++) {
        parent[i] = i == onlyOuter ? -1 : onlyOuter;
      }
      return;
    }
    Candidates candidates = candidates();
    for (int i = 0; i < count; i++) {
      if (area[i] > 0) {
        int best = -1;
        for (int other : candidates.around(i)) {
          boolean smaller = best < 0 || Math.abs(area[other]) < Math.abs(area[best]);
          if (area[other] <= 0 && smaller && contains(other, i)) {
            best = other;
          }
        }
        parent[i] = best;
      }
    }
  }

  private void byContainment() {
    if (count == 1) {
      return;
    }
    int[] depth = new int[count];
    int[] smallest = new int[count];
    Arrays.fill(smallest, -1);
    Candidates candidates = candidates();
    for (int i = 0; i < count; i++) {
      for (int other : candidates.around(i)) {
        if (other != i && Math.abs(area[other]) > Math.abs(area[i]) && contains(other, i)) {
          depth[i]++;
          int best = smallest[i];
          if (best < 0 || Math.abs(area[other]) < Math.abs(area[best])) {
            smallest[i] = other;
          }
        }
      }
    }
    if (work > BUDGET) {
      return;
    }
    boolean holes = false;
    for (int i = 0; i < count; i++) {
      if ((depth[i] & 1) == 1) {
        parent[i] = smallest[i];
        holes = true;
      }
    }
    sameDirection += holes ? 1 : 0;
  }

  private void arrange() {
    int[] holes = new int[count + 1];
    shells = 0;
    for (int i = 0; i < count; i++) {
      if (parent[i] < 0) {
        shells++;
      } else {
        holes[parent[i]]++;
      }
    }
    int[] next = new int[count];
    int place = 0;
    for (int i = 0; i < count; i++) {
      if (parent[i] < 0) {
        order[place] = i;
        groupSize[place] = holes[i] + 1;
        next[i] = place + 1;
        place += holes[i] + 1;
      }
    }
    for (int i = 0; i < count; i++) {
      if (parent[i] >= 0) {
        order[next[parent[i]]++] = i;
      }
    }
  }

  private Candidates candidates() {
    for (int i = 0; i < count; i++) {
      double minX = Double.POSITIVE_INFINITY;
      double minY = Double.POSITIVE_INFINITY;
      double maxX = Double.NEGATIVE_INFINITY;
      double maxY = Double.NEGATIVE_INFINITY;
      int p = at(i);
      for (int k = 0; k < size(i); k++, p += 16) {
        double x = Wkb.getDouble(bytes, p);
        double y = Wkb.getDouble(bytes, p + 8);
        minX = Math.min(minX, x);
        maxX = Math.max(maxX, x);
        minY = Math.min(minY, y);
        maxY = Math.max(maxY, y);
      }
      boxes[4 * i] = minX;
      boxes[4 * i + 1] = minY;
      boxes[4 * i + 2] = maxX;
      boxes[4 * i + 3] = maxY;
    }
    return new Candidates();
  }

  /** Which rings may be around another, by their boxes. */
  private final class Candidates {
    private final int[] all;
    private final STRtree tree = new STRtree();

    Candidates() {
      all = new int[count];
      for (int i = 0; i < count; i++) {
        all[i] = i;
        if (count > INDEX_FROM && !Double.isNaN(boxes[4 * i]) && !Double.isNaN(boxes[4 * i + 1])) {
          tree.insert(
              new Envelope(boxes[4 * i], boxes[4 * i + 2], boxes[4 * i + 1], boxes[4 * i + 3]), i);
        }
      }
    }

    int[] around(int ring) {
      if (count <= INDEX_FROM) {
        return all;
      }
      if (work > BUDGET || Double.isNaN(boxes[4 * ring]) || Double.isNaN(boxes[4 * ring + 1])) {
        return new int[0];
      }
      Envelope corner =
          new Envelope(boxes[4 * ring], boxes[4 * ring], boxes[4 * ring + 1], boxes[4 * ring + 1]);
      List<?> found = tree.query(corner);
      work += found.size();
      int[] numbers = new int[found.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (Integer) found.get(i);
      }
      return numbers;
    }
  }

  private boolean contains(int outer, int inner) {
    int o = 4 * outer;
    int i = 4 * inner;
    if (!(boxes[o] <= boxes[i]
        && boxes[o + 1] <= boxes[i + 1]
        && boxes[o + 2] >= boxes[i + 2]
        && boxes[o + 3] >= boxes[i + 3])) {
      return false;
    }
    int p = at(inner);
    for (int k = 0; k < size(inner) && work <= BUDGET; k++, p += 16) {
      int side = side(outer, Wkb.getDouble(bytes, p), Wkb.getDouble(bytes, p + 8));
      if (side != ON_EDGE) {
        return side == INSIDE;
      }
    }
    return work <= BUDGET;
  }

  private int side(int ring, double x, double y) {
    int n = size(ring);
    work += n;
    boolean inside = false;
    int p = at(ring);
    double px = Wkb.getDouble(bytes, p + 16 * (n - 1));
    double py = Wkb.getDouble(bytes, p + 16 * (n - 1) + 8);
    for (int k = 0; k < n; k++, p += 16) {
      double qx = Wkb.getDouble(bytes, p);
      double qy = Wkb.getDouble(bytes, p + 8);
      double cross = (qx - px) * (y - py) - (x - px) * (qy - py);
      if (cross == 0
          && x >= Math.min(px, qx)
          && x <= Math.max(px, qx)
          && y >= Math.min(py, qy)
          && y <= Math.max(py, qy)) {
        return ON_EDGE;
      }
      if (py > y != qy > y && qy > py == cross > 0) {
        inside = !inside;
      }
      px = qx;
      py = qy;
    }
    return inside ? INSIDE : OUTSIDE;
  }

  private int at(int ring) {
    return xy + 16 * firsts[ring];
  }

  private int size(int ring) {
    return firsts[ring + 1] - firsts[ring];
  }

  private void reserve(int n) {
    if (order.length < n) {
      int more = Math.max(n, order.length * 2);
      order = new int[more];
      groupSize = new int[more];
      parent = new int[more];
      area = new double[more];
      boxes = new double[4 * more];
    }
  }
}
