package org.tequio.publish.ows;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.ServiceCrs;

/**
 * How OWS requests name coordinate reference systems. The URN and URI forms follow the register's
 * axis order (OGC 08-038r7); {@code EPSG:4326} and the old {@code epsg.xml#4326} are x before y, as
 * every program writes them. An answer repeats the name as it was written.
 */
public final class CrsName {
  /** Longitude before latitude, as capabilities name it. */
  public static final String LON_LAT_URN = "urn:ogc:def:crs:OGC:1.3:CRS84";

  private static final Pattern FORMAL =
      Pattern.compile(
          "(?i)(?:urn:(?:x-)?ogc:def:crs:EPSG:[0-9.]*:"
              + "|https?://www\\.opengis\\.net/def/crs/EPSG/[0-9.]+/)([0-9]{1,6})");
  private static final Pattern SHORT =
      Pattern.compile("(?i)(?:EPSG:|https?://www\\.opengis\\.net/gml/srs/epsg\\.xml#)([0-9]{1,6})");
  private static final Pattern LON_LAT =
      Pattern.compile(
          "(?i)(?:CRS:84|OGC:CRS84|urn:(?:x-)?ogc:def:crs:OGC:[0-9.]*:CRS84"
              + "|https?://www\\.opengis\\.net/def/crs/OGC/[0-9.]+/CRS84)");
  private static final int LONGEST = 100;

  private CrsName() {}

  /** Reads a name; nothing where it is none, or of a system that Tequio does not know. */
  public static Optional<ServiceCrs> find(String text) {
    String name = text.strip();
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    if (LON_LAT.matcher(name).matches()) {
      return Optional.of(new ServiceCrs(name, Crs.CRS84, false));
    }
    Matcher formal = FORMAL.matcher(name);
    if (formal.matches()) {
      return known(formal.group(1))
          .map(crs -> new ServiceCrs(name, crs, CrsRegistry.standard().isNorthingFirst(crs)));
    }
    Matcher brief = SHORT.matcher(name);
    return brief.matches()
        ? known(brief.group(1)).map(crs -> new ServiceCrs(name, crs, false))
        : Optional.empty();
  }

  private static Optional<Crs> known(String digits) {
    int code = Integer.parseInt(digits);
    return code < 1
        ? Optional.empty()
        : Optional.of(new Crs(code)).filter(CrsRegistry.standard()::knows);
  }

  /** The name by which OWS of today call a system. */
  public static ServiceCrs urn(Crs crs) {
    return new ServiceCrs(
        "urn:ogc:def:crs:EPSG::" + crs.epsg(), crs, CrsRegistry.standard().isNorthingFirst(crs));
  }
}
