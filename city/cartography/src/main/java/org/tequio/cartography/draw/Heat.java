package org.tequio.cartography.draw;

import java.util.List;
import org.tequio.cartography.MapView;
import org.tequio.cartography.Rgb;
import org.tequio.cartography.Symbol;
import org.tequio.cartography.canvas.Canvas;

/**
 * How dense points lie: each spreads over its surroundings, and the sum is shown by colours from
 * few to many that hold for any colour vision (magma). Reckoned for every second pixel. Not
 * thread-safe.
 */
final class Heat {
  private static final int STEP = 2;

  private static final List<Rgb> RAMP = Symbol.HEAT;

  private final int columns;
  private final int rows;
  private final float[] density;
  private final int reach;
  private final float[] kernel;

  Heat(MapView view) {
    this.columns = Math.ceilDiv(view.width(), STEP);
    this.rows = Math.ceilDiv(view.height(), STEP);
    this.density = new float[columns * rows];
    this.reach = Math.max(2, (int) Math.round(Symbol.HEAT_REACH * view.pixelRatio() / STEP));
    int side = 2 * reach + 1;
    this.kernel = new float[side * side];
    for (int y = -reach; y <= reach; y++) {
      for (int x = -reach; x <= reach; x++) {
        double far = (double) (x * x + y * y) / (reach * reach);
        kernel[(y + reach) * side + x + reach] = far < 1 ? (float) ((1 - far) * (1 - far)) : 0;
      }
    }
  }

  void add(double x, double y) {
    int column = (int) Math.floor(x / STEP);
    int row = (int) Math.floor(y / STEP);
    int side = 2 * reach + 1;
    int left = Math.max(0, column - reach);
    int right = Math.min(columns - 1, column + reach);
    for (int r = Math.max(0, row - reach); r <= Math.min(rows - 1, row + reach); r++) {
      int from = (r - row + reach) * side - column + reach;
      for (int c = left; c <= right; c++) {
        density[r * columns + c] += kernel[from + c];
      }
    }
  }

  void paint(Canvas canvas, double opacity) {
    float most = 0;
    for (float one : density) {
      most = Math.max(most, one);
    }
    if (most == 0) {
      return;
    }
    int[] argb = new int[density.length];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = color(density[i] / most, opacity);
    }
    canvas.image(argb, columns, rows, 0, 0, (double) columns * STEP, (double) rows * STEP);
  }

  private static int color(double share, double opacity) {
    if (share < 0.02) {
      return 0;
    }
    double at = Math.min(share, 0.9999) * (RAMP.size() - 1);
    int below = (int) at;
    Rgb mixed = RAMP.get(below + 1).over(RAMP.get(below), at - below);
    return mixed.argb(opacity * Math.min(0.85, 0.25 + 2 * share));
  }
}
