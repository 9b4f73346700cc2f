package org.tequio.feature;

/**
 * A tile of the WebMercatorQuad tile matrix set (OGC 17-083r4, annex D.1): zoom level, column
 * counted from the west, row counted from the north.
 *
 * @param z 0 to {@value #MAX_ZOOM}
 * @param x 0 to 2^z - 1
 * @param y 0 to 2^z - 1
 */
public record TileCoord(int z, int x, int y) {
  /** The deepest level that Tequio names. */
  public static final int MAX_ZOOM = 24;

  /** Half the side of the whole world in metres of Web Mercator. */
  public static final double WORLD = 20_037_508.342789244;

  /** Refuses tiles that do not exist. */
  public TileCoord {
    if (!isValid(z, x, y)) {
      throw new IllegalArgumentException("there is no tile " + z + "/" + x + "/" + y);
    }
  }

  /** True where there is such a tile. */
  public static boolean isValid(long z, long x, long y) {
    return z >= 0 && z <= MAX_ZOOM && x >= 0 && y >= 0 && x < 1L << z && y < 1L << z;
  }

  /** The tile that holds a place given in degrees; beyond the poles of the square the nearest. */
  public static TileCoord at(double longitude, double latitude, int z) {
    double n = 1 << z;
    double phi = Math.toRadians(latitude);
    double x = (longitude + 180) / 360 * n;
    double y = (1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2 * n;
    return new TileCoord(
        z, (int) Math.clamp(Math.floor(x), 0, n - 1), (int) Math.clamp(Math.floor(y), 0, n - 1));
  }

  /** The length of its side in metres of Web Mercator. */
  public double size() {
    return 2 * WORLD / (1 << z);
  }

  /** Its box in Web Mercator. */
  public Bbox bounds() {
    double size = size();
    double west = -WORLD + x * size;
    double north = WORLD - y * size;
    return new Bbox(west, north - size, west + size, north);
  }
}
