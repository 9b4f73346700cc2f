package org.tequio.feature;

/**
 * A coordinate reference system of the EPSG register, by its code. Inside Tequio coordinates are
 * always x (easting, longitude) before y (northing, latitude); {@link CrsRegistry} knows the order
 * that the register defines and that services must speak.
 *
 * @param epsg the code; {@link #CRS84} stands for longitude-latitude on WGS 84 and has 4326
 */
public record Crs(int epsg) {
  /** Longitude, latitude on WGS 84. */
  public static final Crs CRS84 = new Crs(4326);

  /** The web's spherical Mercator. */
  public static final Crs WEB_MERCATOR = new Crs(3857);

  /** Refuses codes that no register could hold. */
  public Crs {
    if (epsg < 1 || epsg > 999_999) {
      throw new IllegalArgumentException("not an EPSG code: " + epsg);
    }
  }

  /** Reads {@code EPSG:6369}, {@code 6369}, or the OGC URN and URI forms. */
  public static Crs parse(String text) {
    String tail = text.strip().replaceFirst("^.*[:/]", "");
    if (text.contains("CRS84")) {
      return CRS84;
    }
    try {
      return new Crs(Integer.parseInt(tail));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "wanted a coordinate system such as EPSG:6369 but got '" + text + "'", e);
    }
  }

  @Override
  public String toString() {
    return "EPSG:" + epsg;
  }
}
