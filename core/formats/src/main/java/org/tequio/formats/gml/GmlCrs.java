package org.tequio.formats.gml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.formats.SourceCrs;

/**
 * What an {@code srsName} means. The URN and URI forms follow the register's axis order (OGC
 * 08-038r7); the short form {@code EPSG:4326} and the old {@code epsg.xml#4326} are written x
 * before y by every program that uses them.
 *
 * @param source what the layer says of its coordinates
 * @param swapped true where northing or latitude stands first
 */
public record GmlCrs(SourceCrs source, boolean swapped) {
  static final GmlCrs NONE = new GmlCrs(new SourceCrs.Missing(), false);
  private static final Pattern LAST_NUMBER = Pattern.compile("(\\d{3,6})\\s*$");

  /** Reads a name; null and blank are none. */
  public static GmlCrs of(@Nullable String srsName) {
    if (srsName == null || srsName.isBlank()) {
      return NONE;
    }
    String name = srsName.strip();
    if (name.contains("CRS84")) {
      return new GmlCrs(new SourceCrs.Declared(Crs.CRS84, "srsName " + name), false);
    }
    Matcher number = LAST_NUMBER.matcher(name);
    int code = number.find() ? Integer.parseInt(number.group(1)) : 0;
    boolean epsg = name.toUpperCase(java.util.Locale.ROOT).contains("EPSG");
    if (!epsg || code < 1) {
      return new GmlCrs(new SourceCrs.Unrecognized(name), false);
    }
    Crs crs = new Crs(code);
    boolean formal = name.startsWith("urn:") || name.contains("/def/crs/");
    CrsRegistry registry = CrsRegistry.standard();
    boolean swapped = formal && registry.knows(crs) && registry.isNorthingFirst(crs);
    String order = formal ? ", axes as the register says" : ", x before y";
    return new GmlCrs(new SourceCrs.Declared(crs, "srsName " + name + order), swapped);
  }
}
