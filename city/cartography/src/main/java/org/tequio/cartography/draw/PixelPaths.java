package org.tequio.cartography.draw;

import java.awt.geom.Path2D;
import java.util.Arrays;
import org.tequio.feature.Wkb;

/**
 * Shapes in pixels, collected from WKB so that all of a layer's fills can be drawn before its
 * outlines. Vertices nearer than a third of a pixel to the one before are left out. Its arrays are
 * used again after {@link #clear}. Not thread-safe.
 */
final class PixelPaths {
  /** Past so many vertices the collection is drawn and begun anew: 16 MB. */
  static final int FULL = 2_000_000;

  private static final float NEAR = 0.33f;

  /** Vertices that are drawn at a time where a shape has more. */
  private static final int PIECE = 2_048;

  private final PixelGrid grid;
  private double[] scratch = new double[1024];
  private float[] xy = new float[4096];
  private int size;
  private int[] runEnds = new int[256];
  private int runs;
  private int[] shapeEnds = new int[256];
  private int[] colors = new int[256];
  private int shapes;

  // Envelope of the shape that is being read.
  private float minX;
  private float minY;
  private float maxX;
  private float maxY;

  PixelPaths(PixelGrid grid) {
    this.grid = grid;
  }

  void clear() {
    size = 0;
    runs = 0;
    shapes = 0;
  }

  boolean isFull() {
    return size / 2 >= FULL;
  }

  int shapes() {
    return shapes;
  }

  int color(int shape) {
    return colors[shape];
  }

  /** Begins a shape; runs are added to it until it is {@link #end ended}. */
  void begin() {
    minX = Float.POSITIVE_INFINITY;
    minY = Float.POSITIVE_INFINITY;
    maxX = Float.NEGATIVE_INFINITY;
    maxY = Float.NEGATIVE_INFINITY;
  }

  /** Adds a line or ring. */
  void run(byte[] wkb, int at, int stride, int n) {
    if (n == 0) {
      return;
    }
    if (scratch.length < 2 * n) {
      scratch = new double[Math.max(2 * n, 2 * scratch.length)];
    }
    for (int i = 0, p = at; i < n; i++, p += stride) {
      scratch[2 * i] = Wkb.getDouble(wkb, p);
      scratch[2 * i + 1] = Wkb.getDouble(wkb, p + 8);
    }
    grid.apply(scratch, n);
    reserve(2 * n);
    int begin = size;
    for (int i = 0; i < n; i++) {
      float x = (float) scratch[2 * i];
      float y = (float) scratch[2 * i + 1];
      if (!Float.isFinite(x) || !Float.isFinite(y)) {
        continue;
      }
      boolean near =
          size > begin
              && i < n - 1
              && Math.abs(x - xy[size - 2]) < NEAR
              && Math.abs(y - xy[size - 1]) < NEAR;
      if (!near) {
        xy[size++] = x;
        xy[size++] = y;
        minX = Math.min(minX, x);
        minY = Math.min(minY, y);
        maxX = Math.max(maxX, x);
        maxY = Math.max(maxY, y);
      }
    }
    if (size > begin) {
      if (runs == runEnds.length) {
        runEnds = Arrays.copyOf(runEnds, 2 * runs);
      }
      runEnds[runs++] = size;
    }
  }

  private void reserve(int more) {
    if (xy.length < size + more) {
      xy = Arrays.copyOf(xy, Math.max(size + more, 2 * xy.length));
    }
  }

  /** Keeps what was added since {@link #begin} as a shape of a colour. */
  void end(int color) {
    if (runs == beginOf(shapes)) {
      return;
    }
    if (shapes == shapeEnds.length) {
      shapeEnds = Arrays.copyOf(shapeEnds, 2 * shapes);
      colors = Arrays.copyOf(colors, 2 * shapes);
    }
    colors[shapes] = color;
    shapeEnds[shapes++] = runs;
  }

  /** Forgets what was added since {@link #begin}. */
  void drop() {
    runs = beginOf(shapes);
    size = runs == 0 ? 0 : runEnds[runs - 1];
  }

  /** True where what was added since {@link #begin} touches a picture with a margin around it. */
  boolean touches(int width, int height, double margin) {
    return minX <= width + margin && minY <= height + margin && maxX >= -margin && maxY >= -margin;
  }

  /** True where what was added since {@link #begin} is smaller than this on both axes. */
  boolean isSmallerThan(double pixels) {
    return maxX - minX < pixels && maxY - minY < pixels;
  }

  double middleX() {
    return (minX + maxX) / 2;
  }

  double middleY() {
    return (minY + maxY) / 2;
  }

  double width() {
    return maxX - minX;
  }

  double height() {
    return maxY - minY;
  }

  /** Writes a shape into a path; rings are closed. */
  void write(int shape, boolean rings, Path2D into) {
    into.reset();
    for (int run = beginOf(shape); run < shapeEnds[shape]; run++) {
      int from = run == 0 ? 0 : runEnds[run - 1];
      into.moveTo(xy[from], xy[from + 1]);
      for (int i = from + 2; i < runEnds[run]; i += 2) {
        into.lineTo(xy[i], xy[i + 1]);
      }
      if (rings) {
        into.closePath();
      } else if (runEnds[run] == from + 2) {
        into.lineTo(xy[from], xy[from + 1]);
      }
    }
  }

  /**
   * Writes a shape into a path, piece by piece where it has many vertices, and lets each piece be
   * drawn: the rasterizer takes far longer for one long outline than for its pieces, and cannot be
   * stopped.
   */
  void eachPiece(int shape, boolean rings, Path2D into, Runnable draw) {
    int first = from(beginOf(shape));
    if (shapeEnds[shape] == beginOf(shape) || to(shapeEnds[shape] - 1) - first <= 2 * PIECE) {
      write(shape, rings, into);
      draw.run();
      return;
    }
    for (int run = beginOf(shape); run < shapeEnds[shape]; run++) {
      int end = to(run);
      for (int from = from(run); from < end; from += 2 * PIECE) {
        into.reset();
        into.moveTo(xy[from], xy[from + 1]);
        int last = Math.min(end - 2, from + 2 * PIECE);
        for (int i = from + 2; i <= last; i += 2) {
          into.lineTo(xy[i], xy[i + 1]);
        }
        if (last == end - 2) {
          int to = rings ? from(run) : last;
          into.lineTo(xy[to], xy[to + 1]);
        }
        draw.run();
      }
    }
  }

  /**
   * How many pixels of outline of what was added since {@link #begin} lie in a picture, or more; 0
   * for what has so few vertices that it does not matter.
   */
  double outlineWithin(int width, int height) {
    int first = from(beginOf(shapes));
    double sum = 0;
    if (size - first <= 2 * PIECE) {
      return sum;
    }
    double most = width + height;
    for (int i = first + 2; i < size; i += 2) {
      float ax = xy[i - 2];
      float ay = xy[i - 1];
      float bx = xy[i];
      float by = xy[i + 1];
      boolean seen =
          Math.min(ax, bx) <= width
              && Math.max(ax, bx) >= 0
              && Math.min(ay, by) <= height
              && Math.max(ay, by) >= 0;
      if (seen) {
        sum += Math.min(most, Math.abs(bx - ax) + Math.abs(by - ay));
      }
    }
    return sum;
  }

  private int beginOf(int shape) {
    return shape == 0 ? 0 : shapeEnds[shape - 1];
  }

  /** The runs of the shape that is being read, or was read last. */
  int firstRun() {
    return beginOf(shapes);
  }

  int runs() {
    return runs;
  }

  int from(int run) {
    return run == 0 ? 0 : runEnds[run - 1];
  }

  int to(int run) {
    return runEnds[run];
  }

  float at(int index) {
    return xy[index];
  }
}
