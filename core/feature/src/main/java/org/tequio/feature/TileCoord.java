package org.tequio.feature;

/**
 * A tile of a tile matrix set (OGC 17-083r4, annex D): level, column counted from the west, row
 * counted from the north.
 *
 * @param set which cuts the world
 * @param z 0 to {@value #MAX_ZOOM}
 * @param x from 0, below the columns of the level
 * @param y from 0, below the rows of the level
 */
public record TileCoord(TileMatrixSet set, int z, int x, int y) {
  /** The deepest level that Tequio names. */
  public static final int MAX_ZOOM = 24;

  /** Half the side of the whole world in metres of Web Mercator. */
  public static final double WORLD = 20_037_508.342789244;

  /** Refuses tiles that do not exist. */
  public TileCoord {
    if (z < 0 || z > MAX_ZOOM || x < 0 || y < 0 || x >= set.columns(z) || y >= set.rows(z)) {
      throw new IllegalArgumentException("there is no tile " + z + "/" + x + "/" + y);
    }
  }

  /** A tile of WebMercatorQuad. */
  public TileCoord(int z, int x, int y) {
    this(TileMatrixSet.WEB_MERCATOR_QUAD, z, x, y);
  }

  /** True where WebMercatorQuad has such a tile. */
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

  /** The level of WebMercatorQuad whose tiles show as much as this one. */
  public int detail() {
    return z + set.columns(0) - 1;
  }

  /** The length of its side in units of its set's system. */
  public double size() {
    return set.side(z);
  }

  /** Its box in its set's system. */
  public Bbox bounds() {
    double size = size();
    double west = set.west() + x * size;
    double north = set.north() - y * size;
    return new Bbox(west, north - size, west + size, north);
  }
}
