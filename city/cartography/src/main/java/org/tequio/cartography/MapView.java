package org.tequio.cartography;

import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;

/**
 * What part of the world a picture shows, and how large it is.
 *
 * @param crs the system in which the picture is plane
 * @param box its edges in that system, x before y
 * @param width in pixels
 * @param height in pixels
 * @param dpi pixels of an inch; signs and letters keep their size on paper
 */
public record MapView(Crs crs, Bbox box, int width, int height, double dpi) {
  /** What screens are taken to have, and CSS pixels are. */
  public static final double SCREEN_DPI = 96;

  /** The most pixels of one side. */
  public static final int MOST_SIDE = 8_192;

  /** The most pixels of a picture: a sheet of A3 at 300 dpi, or 72 MB while it is drawn. */
  public static final long MOST_PIXELS = 18_000_000;

  /** The most that a printer makes of an inch. */
  public static final double MOST_DPI = 600;

  private static final double EQUATOR_METERS = 40_075_016.685578;
  private static final double TILE_PIXELS = 512;

  /** Refuses what has no area. */
  public MapView {
    if (width < 1 || height < 1 || !(box.width() > 0) || !(box.height() > 0)) {
      throw new IllegalArgumentException("a picture without an area");
    }
    if (!(dpi > 0)) {
      throw new IllegalArgumentException("not a resolution: " + dpi);
    }
  }

  /** True where a picture of this size and fineness can be drawn. */
  public static boolean isDrawable(long width, long height, double dpi) {
    return width >= 1
        && height >= 1
        && width <= MOST_SIDE
        && height <= MOST_SIDE
        && width * height <= MOST_PIXELS
        && dpi >= 1
        && dpi <= MOST_DPI;
  }

  /** Pixels of this picture in one CSS pixel. */
  public double pixelRatio() {
    return dpi / SCREEN_DPI;
  }

  /**
   * The zoom at which the web map shows as much: of the pyramid of 512-pixel tiles that MapLibre
   * counts in, at the picture's middle. 0 where that lies outside the Mercator map.
   */
  public double zoom() {
    double meters = mercatorMetersPerPixel();
    double zoom = Math.log(EQUATOR_METERS / TILE_PIXELS / (meters * pixelRatio())) / Math.log(2);
    // Rounding must not put a tile of a level a hair below what is drawn from that level on.
    return Double.isFinite(zoom) ? Math.max(0, zoom + 1e-6) : 0;
  }

  /** Metres on the ground that a pixel shows at the picture's middle; NaN where that is nowhere. */
  public double metersPerPixel() {
    double[] middle = {middleX(), middleY()};
    CrsRegistry.standard().operation(crs, Crs.CRS84).apply(middle, 1);
    return mercatorMetersPerPixel() * Math.cos(Math.toRadians(middle[1]));
  }

  private double mercatorMetersPerPixel() {
    double step = box.width() / width;
    double[] ends = {middleX() - step / 2, middleY(), middleX() + step / 2, middleY()};
    CrsRegistry.standard().operation(crs, Crs.WEB_MERCATOR).apply(ends, 2);
    return Math.hypot(ends[2] - ends[0], ends[3] - ends[1]);
  }

  private double middleX() {
    return (box.minX() + box.maxX()) / 2;
  }

  private double middleY() {
    return (box.minY() + box.maxY()) / 2;
  }
}
