package org.tequio.demo.file;

import org.jspecify.annotations.Nullable;

/**
 * A geometry in EPSG:6369, valid or not: nothing is checked here, because some files have to be
 * wrong.
 *
 * @param kind points, lines or polygons
 * @param parts the parts; of each its lines or rings, x and y in turn; a point is one pair
 * @param height the same height for every corner, or NaN for none
 * @param raw bytes to write instead, where a geometry has to be unreadable
 */
@SuppressWarnings("ArrayRecordComponent")
public record Shape(Kind kind, double[][][] parts, double height, byte @Nullable [] raw) {

  /** What a shape is made of. */
  public enum Kind {
    /** A place. */
    POINT,
    /** A line or several. */
    LINE,
    /** A polygon or several. */
    POLYGON
  }

  /** A place. */
  public static Shape point(double x, double y) {
    return new Shape(Kind.POINT, new double[][][] {{{x, y}}}, Double.NaN, null);
  }

  /** A line. */
  public static Shape line(double[] xy) {
    return new Shape(Kind.LINE, new double[][][] {{xy}}, Double.NaN, null);
  }

  /** A polygon: its outline, then its holes; rings closed as the caller left them. */
  public static Shape polygon(double[]... rings) {
    return new Shape(Kind.POLYGON, new double[][][] {rings}, Double.NaN, null);
  }

  /** Several polygons as one. */
  public static Shape polygons(double[][][] parts) {
    return new Shape(Kind.POLYGON, parts, Double.NaN, null);
  }

  /** Nothing, but of a kind. */
  public static Shape empty(Kind kind) {
    return new Shape(kind, new double[0][][], Double.NaN, null);
  }

  /** Bytes that no reader can make sense of. */
  public static Shape unreadable(Kind kind) {
    return new Shape(
        kind, new double[0][][], Double.NaN, new byte[] {1, 99, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7});
  }

  /** The same with a height. */
  public Shape raised(double meters) {
    return new Shape(kind, parts, meters, raw);
  }

  boolean hasHeight() {
    return !Double.isNaN(height);
  }
}
