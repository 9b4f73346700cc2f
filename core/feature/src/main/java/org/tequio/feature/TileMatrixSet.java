package org.tequio.feature;

import java.util.Arrays;
import java.util.Optional;

/**
 * A way to cut the world into tiles, level by level (OGC 17-083r4, annex D): each level halves the
 * side of the tiles of the one before.
 */
public enum TileMatrixSet {
  /** The square world of Web Mercator, one tile at level 0. */
  WEB_MERCATOR_QUAD(
      "WebMercatorQuad",
      ServiceCrs.of(Crs.WEB_MERCATOR),
      "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
      1,
      -TileCoord.WORLD,
      TileCoord.WORLD,
      2 * TileCoord.WORLD,
      1),
  /** The world in degrees, two tiles at level 0. */
  WORLD_CRS84_QUAD(
      "WorldCRS84Quad",
      ServiceCrs.CRS84,
      "http://www.opengis.net/def/wkss/OGC/1.0/GoogleCRS84Quad",
      2,
      -180,
      90,
      180,
      111_319.49079327358);

  /** Pixels along a tile's side where scales are told. */
  public static final int TILE_PIXELS = 256;

  /** What a pixel measures where scales are told. */
  private static final double PIXEL_METERS = 0.28e-3;

  private final String id;
  private final ServiceCrs crs;
  private final String scaleSet;
  private final int columns;
  private final double west;
  private final double north;
  private final double side;
  private final double metersPerUnit;

  TileMatrixSet(
      String id,
      ServiceCrs crs,
      String scaleSet,
      int columns,
      double west,
      double north,
      double side,
      double metersPerUnit) {
    this.id = id;
    this.crs = crs;
    this.scaleSet = scaleSet;
    this.columns = columns;
    this.west = west;
    this.north = north;
    this.side = side;
    this.metersPerUnit = metersPerUnit;
  }

  /** The set of this identifier. */
  public static Optional<TileMatrixSet> find(String id) {
    return Arrays.stream(values()).filter(one -> one.id.equals(id)).findFirst();
  }

  /** Its identifier in paths. */
  public String id() {
    return id;
  }

  /** The URI under which it is registered. */
  public String uri() {
    return "http://www.opengis.net/def/tilematrixset/OGC/1.0/" + id;
  }

  /** The well-known set of scales that it has. */
  public String scaleSet() {
    return scaleSet;
  }

  /** The system that its tiles lie in. */
  public ServiceCrs crs() {
    return crs;
  }

  /** The western edge of column 0, in its system. */
  public double west() {
    return west;
  }

  /** The northern edge of row 0, in its system. */
  public double north() {
    return north;
  }

  /** How many columns a level has. */
  public int columns(int z) {
    return columns << z;
  }

  /** How many rows a level has. */
  public int rows(int z) {
    return 1 << z;
  }

  /** The side of a tile of a level, in units of its system. */
  public double side(int z) {
    return side / (1 << z);
  }

  /** The side of a pixel of a level, likewise. */
  public double cellSize(int z) {
    return side(z) / TILE_PIXELS;
  }

  /** A length in metres at the equator, in units of its system. */
  double units(double meters) {
    return meters / metersPerUnit;
  }

  /** The denominator of the scale of a level, for pixels of 0.28 mm at the equator. */
  public double scaleDenominator(int z) {
    return cellSize(z) * metersPerUnit / PIXEL_METERS;
  }

  /**
   * Which tiles of a level a box touches.
   *
   * @param box in its system
   */
  public Range range(int z, Bbox box) {
    double size = side(z);
    return new Range(
        index((box.minX() - west) / size, columns(z)),
        index((north - box.maxY()) / size, rows(z)),
        index((box.maxX() - west) / size, columns(z)),
        index((north - box.minY()) / size, rows(z)));
  }

  private static int index(double place, int count) {
    return (int) Math.clamp(Math.floor(place), 0, count - 1);
  }

  /** Some columns and rows of one level. */
  public record Range(int minColumn, int minRow, int maxColumn, int maxRow) {}
}
