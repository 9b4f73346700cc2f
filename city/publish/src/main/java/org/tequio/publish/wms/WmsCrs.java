package org.tequio.publish.wms;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;

/**
 * A coordinate reference system as a WMS names it. From 1.3.0 on an EPSG system has the axes of the
 * register, so that latitude may come first (06-042, 6.7.2); in 1.1.1 x always does.
 *
 * @param name as requests and capabilities write it
 * @param crs the system
 * @param northingFirst true where boxes begin with latitude or northing
 */
record WmsCrs(String name, Crs crs, boolean northingFirst) {
  /** Longitude and latitude, in this order in every version. */
  static final WmsCrs LON_LAT = new WmsCrs("CRS:84", Crs.CRS84, false);

  private static final Pattern EPSG = Pattern.compile("(?i)EPSG:([0-9]{1,6})");

  static WmsCrs of(Crs crs, WmsVersion version) {
    return new WmsCrs(
        crs.toString(),
        crs,
        version == WmsVersion.V1_3_0 && CrsRegistry.standard().isNorthingFirst(crs));
  }

  /** The system of a name; nothing for one that Tequio does not know. */
  static Optional<WmsCrs> find(String name, WmsVersion version) {
    if (name.equalsIgnoreCase(LON_LAT.name)) {
      return Optional.of(LON_LAT);
    }
    Matcher matcher = EPSG.matcher(name);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 1) {
      return Optional.empty();
    }
    Crs crs = new Crs(Integer.parseInt(matcher.group(1)));
    return CrsRegistry.standard().knows(crs) ? Optional.of(of(crs, version)) : Optional.empty();
  }
}
