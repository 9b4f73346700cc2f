package org.tequio.feature;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of coordinates that is replaced, within a box, by a polynomial of the third degree or
 * less. How far it is from the change itself was measured at {@value #CHECKS} × {@value #CHECKS}
 * places; outside the box it means nothing. Immutable and thread-safe.
 */
final class PolynomialChange implements Wkb.PositionChange {
  private static final int NODES = 7;
  private static final int CHECKS = 11;
  private static final int TERMS = 10;
  private static final int[] TERMS_OF_DEGREE = {1, 3, 6, 10};

  private final Bbox box;
  private final int degree;
  private final double[] c;
  private final double error;

  private PolynomialChange(Bbox box, int degree, double[] c, double error) {
    this.box = box;
    this.degree = degree;
    this.c = c;
    this.error = error;
  }

  /**
   * The polynomial of lowest degree that stays near enough; empty where none does.
   *
   * @param maxError in units of the result, along each axis
   */
  static Optional<PolynomialChange> of(Wkb.PositionChange exact, Bbox box, double maxError) {
    if (!(box.width() > 0 && box.height() > 0)) {
      return Optional.empty();
    }
    for (int degree = 1; degree < TERMS_OF_DEGREE.length; degree++) {
      double[] fitted = fit(exact, box, degree);
      if (fitted == null) {
        return Optional.empty();
      }
      PolynomialChange found = new PolynomialChange(box, degree, fitted, error(exact, box, fitted));
      // Half of the bound: the worst place lies between the checks.
      if (found.error <= maxError / 2) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** The farthest that it was found from the change, in units of the result. */
  double error() {
    return error;
  }

  int degree() {
    return degree;
  }

  /** The same followed by {@code (x - originX) * scaleX} and {@code (y - originY) * scaleY}. */
  PolynomialChange then(double originX, double originY, double scaleX, double scaleY) {
    double[] next = c.clone();
    next[0] -= originX;
    next[TERMS] -= originY;
    for (int i = 0; i < TERMS; i++) {
      next[i] *= scaleX;
      next[TERMS + i] *= scaleY;
    }
    double scale = Math.max(Math.abs(scaleX), Math.abs(scaleY));
    return new PolynomialChange(box, degree, next, error * scale);
  }

  @Override
  public void apply(double[] xy, int pairs) {
    double cx = (box.minX() + box.maxX()) / 2;
    double cy = (box.minY() + box.maxY()) / 2;
    double sx = 2 / box.width();
    double sy = 2 / box.height();
    if (degree == 1) {
      for (int i = 0; i < 2 * pairs; i += 2) {
        double u = (xy[i] - cx) * sx;
        double v = (xy[i + 1] - cy) * sy;
        xy[i] = c[0] + u * c[1] + v * c[2];
        xy[i + 1] = c[10] + u * c[11] + v * c[12];
      }
      return;
    }
    for (int i = 0; i < 2 * pairs; i += 2) {
      double u = (xy[i] - cx) * sx;
      double v = (xy[i + 1] - cy) * sy;
      xy[i] = value(c, 0, u, v);
      xy[i + 1] = value(c, TERMS, u, v);
    }
  }

  private static double value(double[] c, int o, double u, double v) {
    return c[o]
        + u * (c[o + 1] + u * (c[o + 3] + u * c[o + 6] + v * c[o + 7]) + v * c[o + 4])
        + v * (c[o + 2] + v * (c[o + 5] + v * c[o + 9] + u * c[o + 8]));
  }

  /** Least squares over Chebyshev's nodes; null where the change has no answer at one of them. */
  private static double @Nullable [] fit(Wkb.PositionChange exact, Bbox box, int degree) {
    int terms = TERMS_OF_DEGREE[degree];
    double[] image = grid(box, NODES, true);
    exact.apply(image, NODES * NODES);
    // Around a place in the middle, so that no digits are lost to distant origins.
    double ox = image[2 * (NODES * NODES / 2)];
    double oy = image[2 * (NODES * NODES / 2) + 1];
    double[][] normal = new double[terms][terms + 2];
    double[] basis = new double[TERMS];
    double[] uv = grid(new Bbox(-1, -1, 1, 1), NODES, true);
    for (int k = 0; k < NODES * NODES; k++) {
      if (!Double.isFinite(image[2 * k]) || !Double.isFinite(image[2 * k + 1])) {
        return null;
      }
      basis(uv[2 * k], uv[2 * k + 1], basis);
      for (int i = 0; i < terms; i++) {
        for (int j = 0; j < terms; j++) {
          normal[i][j] += basis[i] * basis[j];
        }
        normal[i][terms] += basis[i] * (image[2 * k] - ox);
        normal[i][terms + 1] += basis[i] * (image[2 * k + 1] - oy);
      }
    }
    solve(normal, terms);
    double[] coefficients = new double[2 * TERMS];
    for (int i = 0; i < terms; i++) {
      coefficients[i] = normal[i][terms];
      coefficients[TERMS + i] = normal[i][terms + 1];
    }
    coefficients[0] += ox;
    coefficients[TERMS] += oy;
    return coefficients;
  }

  private static double error(Wkb.PositionChange exact, Bbox box, double[] coefficients) {
    double[] image = grid(box, CHECKS, false);
    double[] uv = grid(new Bbox(-1, -1, 1, 1), CHECKS, false);
    exact.apply(image, CHECKS * CHECKS);
    double most = 0;
    for (int k = 0; k < CHECKS * CHECKS; k++) {
      double dx = value(coefficients, 0, uv[2 * k], uv[2 * k + 1]) - image[2 * k];
      double dy = value(coefficients, TERMS, uv[2 * k], uv[2 * k + 1]) - image[2 * k + 1];
      double farther = Math.max(Math.abs(dx), Math.abs(dy));
      most = farther <= most ? most : farther;
      if (Double.isNaN(farther)) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return most;
  }

  private static double[] grid(Bbox box, int n, boolean chebyshev) {
    double[] xy = new double[2 * n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double u = chebyshev ? Math.cos(Math.PI * (i + 0.5) / n) : 2.0 * i / (n - 1) - 1;
        double v = chebyshev ? Math.cos(Math.PI * (j + 0.5) / n) : 2.0 * j / (n - 1) - 1;
        int k = 2 * (i * n + j);
        xy[k] = (box.minX() + box.maxX()) / 2 + u * box.width() / 2;
        xy[k + 1] = (box.minY() + box.maxY()) / 2 + v * box.height() / 2;
      }
    }
    return xy;
  }

  private static void basis(double u, double v, double[] into) {
    into[0] = 1;
    into[1] = u;
    into[2] = v;
    into[3] = u * u;
    into[4] = u * v;
    into[5] = v * v;
    into[6] = u * u * u;
    into[7] = u * u * v;
    into[8] = u * v * v;
    into[9] = v * v * v;
  }

  /** Gauss with pivots; two right-hand sides stand in the last columns. */
  private static void solve(double[][] rows, int n) {
    for (int i = 0; i < n; i++) {
      int pivot = i;
      for (int k = i + 1; k < n; k++) {
        pivot = Math.abs(rows[k][i]) > Math.abs(rows[pivot][i]) ? k : pivot;
      }
      double[] row = rows[pivot];
      rows[pivot] = rows[i];
      rows[i] = row;
      for (int j = n + 1; j >= i; j--) {
        row[j] /= row[i];
      }
      for (int k = 0; k < n; k++) {
        double factor = k == i ? 0 : rows[k][i];
        for (int j = i; factor != 0 && j < n + 2; j++) {
          rows[k][j] -= factor * row[j];
        }
      }
    }
  }
}
