package org.tequio.feature;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A coordinate reference system as services name it: by a URI, which also says in which order
 * coordinates come. Inside Tequio x always comes first.
 *
 * @param uri its identifier (OGC 18-058r1, 6.1)
 * @param crs the system
 * @param northingFirst true where the register, and so whoever uses this name, puts northing or
 *     latitude first
 */
public record ServiceCrs(String uri, Crs crs, boolean northingFirst) {
  /** Longitude, latitude on WGS 84: what OGC APIs speak where nothing else is asked for. */
  public static final ServiceCrs CRS84 =
      new ServiceCrs("http://www.opengis.net/def/crs/OGC/1.3/CRS84", Crs.CRS84, false);

  private static final Pattern EPSG =
      Pattern.compile(
          "(?:https?://www\\.opengis\\.net/def/crs/EPSG/(?:0|[0-9.]{1,10})/"
              + "|urn:ogc:def:crs:EPSG:[0-9.]{0,10}:|\\[?EPSG:)([0-9]{1,6})]?");
  private static final double DEGREE_PARTS = 1e7;
  private static final double METER_PARTS = 1e4;

  /** A system of the EPSG register by its URI. */
  public static ServiceCrs of(Crs crs) {
    return new ServiceCrs(
        "http://www.opengis.net/def/crs/EPSG/0/" + crs.epsg(),
        crs,
        CrsRegistry.standard().isNorthingFirst(crs));
  }

  /** The system that a URI, a URN or a safe CURIE names; nothing where Tequio does not know it. */
  public static Optional<ServiceCrs> find(String name) {
    if (name.equals(CRS84.uri) || name.equals("[OGC:CRS84]") || name.endsWith(":OGC:1.3:CRS84")) {
      return Optional.of(CRS84);
    }
    Matcher matcher = EPSG.matcher(name);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 1) {
      return Optional.empty();
    }
    Crs crs = new Crs(Integer.parseInt(matcher.group(1)));
    return CrsRegistry.standard().knows(crs) ? Optional.of(of(crs)) : Optional.empty();
  }

  /**
   * Into how many parts a unit of its axes is divided where coordinates are published: a centimetre
   * of the Earth's surface for degrees, a tenth of a millimetre for metres.
   */
  public double unitParts() {
    return CrsRegistry.standard().isGeographic(crs) ? DEGREE_PARTS : METER_PARTS;
  }

  /**
   * The boxes of a bounding box, x before y: two where it lies over the antimeridian.
   *
   * @param bounds four numbers, or six with heights in the third and sixth place, as this name
   *     orders them
   * @return nothing where they bound no box
   */
  public Optional<List<Bbox>> boxes(List<Double> bounds) {
    if (bounds.size() != 4 && bounds.size() != 6) {
      return Optional.empty();
    }
    int half = bounds.size() / 2;
    int x = northingFirst ? 1 : 0;
    double west = bounds.get(x);
    double south = bounds.get(1 - x);
    double east = bounds.get(half + x);
    double north = bounds.get(half + 1 - x);
    boolean global = CrsRegistry.standard().isGeographic(crs);
    boolean real =
        south <= north
            && (global || west <= east)
            && (!global || Math.max(Math.abs(west), Math.abs(east)) <= (west <= east ? 360 : 180))
            && (!global || south >= -90 && north <= 90);
    if (!real) {
      return Optional.empty();
    }
    return Optional.of(
        west <= east
            ? List.of(new Bbox(west, south, east, north))
            : List.of(new Bbox(west, south, 180, north), new Bbox(-180, south, east, north)));
  }
}
