package org.tequio.feature.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Wkb;

/**
 * Which features of a layer intersect boxes of another CRS, whose sides are straight there. What
 * surely does is told by its envelope in the layer's CRS; only what lies at the edge is brought to
 * the boxes' CRS and looked at. Not thread-safe.
 */
public final class BoxFilter {
  private final List<Bbox> boxes;
  private final CrsOperation toBoxes;
  private final @Nullable Bbox search;
  private final @Nullable Bbox surely;
  private final double[] envelope = new double[4];
  private double[] xy = new double[512];

  /**
   * Looks for what intersects one of the boxes.
   *
   * @param layer the CRS of the features
   * @param extent around all features, in that CRS; null where none has a place
   * @param crs of the boxes
   * @param boxes one, or the two halves of one over the antimeridian
   */
  public BoxFilter(Crs layer, @Nullable Bbox extent, Crs crs, List<Bbox> boxes) {
    CrsRegistry registry = CrsRegistry.standard();
    this.boxes = List.copyOf(boxes);
    toBoxes = registry.operation(layer, crs);
    Bbox known = extent == null ? null : image(extent);
    if (extent == null || known != null && boxes.stream().noneMatch(known::intersects)) {
      search = null;
      surely = null;
      return;
    }
    CrsOperation fromBoxes = registry.operation(crs, layer);
    Bbox all = null;
    Bbox inner = null;
    for (Bbox box : boxes) {
      Bbox part = known == null ? box : box.intersection(known).orElse(null);
      if (part != null) {
        Bbox image = image(fromBoxes, part, extent);
        all = all == null ? image : all.union(image);
        inner = inside(fromBoxes, part);
      }
    }
    search = all;
    // Two halves have no common inside worth the trouble.
    surely = boxes.size() == 1 ? inner : null;
  }

  /** Where the features that intersect lie, in their own CRS. */
  public Reach reach() {
    return search == null ? new Reach.Nowhere() : new Reach.Near(search);
  }

  private @Nullable Bbox image(Bbox extent) {
    try {
      return toBoxes.apply(extent).expandedBy(1e-6);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Bbox image(CrsOperation fromBoxes, Bbox part, Bbox extent) {
    try {
      Bbox image = fromBoxes.apply(part);
      return image.expandedBy(Math.max(image.width(), image.height()) * 0.01 + 1e-9);
    } catch (IllegalArgumentException e) {
      return extent;
    }
  }

  /** A box in the layer's CRS of which every point lies in the wanted one; null where none is. */
  private static @Nullable Bbox inside(CrsOperation fromBoxes, Bbox part) {
    int n = 17;
    double[] sides = new double[8 * n];
    for (int i = 0; i < n; i++) {
      double x = part.minX() + part.width() * i / (n - 1);
      double y = part.minY() + part.height() * i / (n - 1);
      double[] four = {part.minX(), y, part.maxX(), y, x, part.minY(), x, part.maxY()};
      System.arraycopy(four, 0, sides, 8 * i, 8);
    }
    fromBoxes.apply(sides, 4 * n);
    double west = Double.NEGATIVE_INFINITY;
    double east = Double.POSITIVE_INFINITY;
    double south = Double.NEGATIVE_INFINITY;
    double north = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      west = Math.max(west, sides[8 * i]);
      east = Math.min(east, sides[8 * i + 2]);
      south = Math.max(south, sides[8 * i + 5]);
      north = Math.min(north, sides[8 * i + 7]);
    }
    // The sides are curves between the samples; a thousandth is far more than they bend.
    double dx = (east - west) * 1e-3;
    double dy = (north - south) * 1e-3;
    return west + dx < east - dx && south + dy < north - dy
        ? new Bbox(west + dx, south + dy, east - dx, north - dy)
        : null;
  }

  /** False where the envelope of a feature tells already that it does not. */
  boolean mayHold(FeatureRow row) {
    byte[] wkb = row.wkb();
    Bbox near = search;
    return wkb != null
        && near != null
        && Wkb.envelope(wkb, row.wkbOffset(), envelope)
        && envelope[0] <= near.maxX()
        && envelope[2] >= near.minX()
        && envelope[1] <= near.maxY()
        && envelope[3] >= near.minY();
  }

  /** True where a feature intersects one of the boxes; one without a place does not. */
  public boolean holds(FeatureRow row) {
    byte[] wkb = row.wkb();
    if (wkb == null || !mayHold(row)) {
      return false;
    }
    Bbox in = surely;
    if (in != null
        && envelope[0] >= in.minX()
        && envelope[2] <= in.maxX()
        && envelope[1] >= in.minY()
        && envelope[3] <= in.maxY()) {
      return true;
    }
    byte[] copy = Arrays.copyOfRange(wkb, row.wkbOffset(), row.wkbOffset() + row.wkbLength());
    for (Bbox box : boxes) {
      if (new Intersection(box).test(copy)) {
        return true;
      }
    }
    return false;
  }

  /** Tests the runs of one geometry against one box. */
  private final class Intersection {
    private final Bbox box;
    private final List<double[]> rings = new ArrayList<>();
    private boolean hit;

    Intersection(Bbox box) {
      this.box = box;
    }

    boolean test(byte[] wkb) {
      walk(wkb, 0);
      return hit;
    }

    private int walk(byte[] wkb, int at) {
      int code = Wkb.getInt(wkb, at + 1);
      int stride = 16 + (code / 1000 == 0 ? 0 : code / 1000 == 3 ? 16 : 8);
      int p = at + 5;
      switch (code % 1000) {
        case 1 -> {
          run(wkb, p, stride, 1);
          return p + stride;
        }
        case 2 -> {
          int n = Wkb.getInt(wkb, p);
          run(wkb, p + 4, stride, n);
          return p + 4 + n * stride;
        }
        case 3 -> {
          int count = Wkb.getInt(wkb, p);
          p += 4;
          rings.clear();
          for (int i = 0; i < count; i++) {
            int n = Wkb.getInt(wkb, p);
            run(wkb, p + 4, stride, n);
            if (!hit) {
              rings.add(Arrays.copyOf(xy, 2 * n));
            }
            p += 4 + n * stride;
          }
          hit |= !hit && holdsCorner();
          return p;
        }
        default -> {
          int parts = Wkb.getInt(wkb, p);
          p += 4;
          for (int i = 0; i < parts; i++) {
            p = walk(wkb, p);
          }
          return p;
        }
      }
    }

    /** Brings a run to the CRS of the boxes and sees whether it touches the box. */
    private void run(byte[] wkb, int at, int stride, int n) {
      if (xy.length < 2 * n) {
        xy = new double[4 * n];
      }
      for (int i = 0, p = at; i < n; i++, p += stride) {
        xy[2 * i] = Wkb.getDouble(wkb, p);
        xy[2 * i + 1] = Wkb.getDouble(wkb, p + 8);
      }
      toBoxes.apply(xy, n);
      for (int i = 0; i < n && !hit; i++) {
        hit = box.contains(xy[2 * i], xy[2 * i + 1]);
      }
      for (int i = 0; i + 1 < n && !hit; i++) {
        hit = crosses(xy[2 * i], xy[2 * i + 1], xy[2 * i + 2], xy[2 * i + 3]);
      }
    }

    private boolean crosses(double ax, double ay, double bx, double by) {
      double from = 0;
      double to = 1;
      double[] p = {ax - bx, bx - ax, ay - by, by - ay};
      double[] q = {ax - box.minX(), box.maxX() - ax, ay - box.minY(), box.maxY() - ay};
      for (int side = 0; side < 4; side++) {
        if (p[side] == 0 && q[side] < 0) {
          return false;
        }
        if (p[side] < 0) {
          from = Math.max(from, q[side] / p[side]);
        } else if (p[side] > 0) {
          to = Math.min(to, q[side] / p[side]);
        }
      }
      return from <= to;
    }

    // No outline touches the box: it lies wholly inside or wholly outside.
    private boolean holdsCorner() {
      boolean inside = false;
      for (double[] ring : rings) {
        for (int i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
          boolean above = ring[i + 1] > box.minY();
          if (above != ring[j + 1] > box.minY()
              && box.minX()
                  < (ring[j] - ring[i]) * (box.minY() - ring[i + 1]) / (ring[j + 1] - ring[i + 1])
                      + ring[i]) {
            inside = !inside;
          }
        }
      }
      return inside;
    }
  }
}
