package org.tequio.formats.table;

import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.tequio.feature.Wkb;

/** Geometry as text in a cell: WKT and EWKT, hexadecimal WKB and EWKB, GeoJSON. */
final class GeometryText {
  private static final Pattern WKT =
      Pattern.compile(
          "(?is)\\s*(?:SRID\\s*=\\s*(\\d{1,6})\\s*;)?\\s*((?:MULTI)?(?:POINT|LINESTRING|POLYGON)"
              + "|GEOMETRYCOLLECTION)\\s*(?:Z|M|ZM)?\\s*(?:\\(.*|EMPTY\\s*)");
  private static final Pattern HEX = Pattern.compile("(?i)(?:00|01)[0-9a-f]{16,}");
  private static final int MAX_DEPTH = 24;
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private GeometryText() {}

  /** True where the text looks like geometry. */
  static boolean looksLike(String text) {
    return isGeoJson(text) || isHex(text) || WKT.matcher(text).matches();
  }

  static boolean isGeoJson(String text) {
    String start = text.stripLeading();
    return start.startsWith("{")
        && start.contains("\"type\"")
        && (start.contains("\"coordinates\"") || start.contains("\"geometries\""));
  }

  private static boolean isHex(String text) {
    return text.length() % 2 == 0 && text.length() >= 42 && HEX.matcher(text).matches();
  }

  /** The EPSG code that EWKT or EWKB names. */
  static OptionalInt srid(String text) {
    if (isHex(text)) {
      byte[] wkb = HexFormat.of().parseHex(text, 0, 18);
      boolean little = wkb[0] == 1;
      int type = number(wkb, 1, little);
      int srid = number(wkb, 5, little);
      return (type & 0x20000000) != 0 && srid > 0 ? OptionalInt.of(srid) : OptionalInt.empty();
    }
    Matcher wkt = WKT.matcher(text);
    if (wkt.matches() && wkt.group(1) != null) {
      int srid = Integer.parseInt(wkt.group(1));
      return srid > 0 ? OptionalInt.of(srid) : OptionalInt.empty();
    }
    return OptionalInt.empty();
  }

  private static int number(byte[] bytes, int at, boolean little) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (bytes[at + i] & 0xff) << (little ? 8 * i : 24 - 8 * i);
    }
    return value;
  }

  /**
   * The geometry as ISO WKB.
   *
   * @throws IllegalArgumentException where the text is none
   */
  static byte[] wkb(String text) {
    if (isGeoJson(text)) {
      return GeoJsonCell.wkb(text);
    }
    if (isHex(text)) {
      return Wkb.normalize(HexFormat.of().parseHex(text));
    }
    if (!WKT.matcher(text).matches()) {
      throw new IllegalArgumentException("not a geometry");
    }
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException("geometry nested too deep");
      }
    }
    try {
      return Wkb.of(new WKTReader(FACTORY).read(text.substring(text.indexOf(';') + 1)));
    } catch (ParseException | RuntimeException e) {
      throw new IllegalArgumentException("not well-formed WKT", e);
    }
  }
}
