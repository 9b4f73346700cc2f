package org.tequio.osm.check;

import java.util.List;
import org.tequio.feature.BoxIndex;
import org.tequio.feature.PolygonArea;

/** Which of many areas share ground, and how much. */
final class SharedGround {
  /** So many pairs of edges of two areas are compared. */
  private static final long MOST_EDGES = 2_000_000;

  private SharedGround() {}

  /** Hears of two areas that share ground: square metres of one, the other, and both. */
  interface Listener {
    void share(Outline one, Outline other, Areas areas);
  }

  /**
   * Square metres.
   *
   * @param one of the one
   * @param other of the other
   * @param shared of both
   */
  record Areas(double one, double other, double shared) {
    /** Which part of the smaller one is shared, from 0 to 1. */
    double ofSmaller() {
      return shared / Math.min(one, other);
    }

    /** Which part of the larger one is shared, from 0 to 1. */
    double ofLarger() {
      return shared / Math.max(one, other);
    }
  }

  /** Two areas that may matter to each other; cheap to ask. */
  interface Pair {
    boolean matters(Outline one, Outline other);
  }

  static void find(List<Outline> outlines, Pair pair, Found found, Listener listener) {
    BoxIndex index = Outline.index(outlines);
    PolygonArea area = new PolygonArea();
    PolygonArea otherArea = new PolygonArea();
    boolean goesOn = true;
    for (int i = 0; i < outlines.size() && goesOn; i++) {
      int number = i;
      Outline one = outlines.get(i);
      boolean[] isRead = {false};
      goesOn =
          index.search(
              one.west(),
              one.south(),
              one.east(),
              one.north(),
              j -> {
                Outline other = outlines.get(j);
                if (j <= number || !one.isOver(other) || !pair.matters(one, other)) {
                  return found.goesOn(1);
                }
                if (!isRead[0]) {
                  area.read(one.wkb(), 0, one.west(), one.south());
                  isRead[0] = true;
                }
                otherArea.read(other.wkb(), 0, one.west(), one.south());
                double shared = area.shared(otherArea, MOST_EDGES);
                if (Double.isNaN(shared)) {
                  found.leaveOut();
                } else if (shared > 0) {
                  double scale = one.squareMeters();
                  listener.share(
                      one,
                      other,
                      new Areas(area.area() * scale, otherArea.area() * scale, shared * scale));
                }
                return found.goesOn(1 + (one.wkb().length + other.wkb().length) / 256);
              });
    }
  }

  /** The middle of what two boxes share. */
  static int[] middle(Outline one, Outline other) {
    long lon = (long) Math.max(one.west(), other.west()) + Math.min(one.east(), other.east());
    long lat = (long) Math.max(one.south(), other.south()) + Math.min(one.north(), other.north());
    return new int[] {(int) (lon / 2), (int) (lat / 2)};
  }
}
