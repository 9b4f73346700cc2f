package org.tequio.publish.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;

/**
 * Coordinates in the forms in which people send them to each other: decimal degrees with point or
 * comma, degrees with minutes and seconds, UTM with or without its zone, links. Where the text
 * leaves open which number is the latitude, or that the longitude is west, the city decides.
 */
final class CoordinateWords {
  private static final int LONGEST_TEXT = 200;
  private static final String NUMBER = "([+-]?\\d{1,3}(?:[.,]\\d{1,14})?)";
  private static final String HEMISPHERE = "([NSEWOL])?";
  private static final String SEPARATOR = "\\s*[,;/ ]\\s*";
  private static final Pattern DECIMAL =
      Pattern.compile(
          "\\(?\\s*(?:LAT\\w*[:= ]*)?%2$s\\s*%1$s\\s*°?\\s*%2$s%3$s(?:LON\\w*[:= ]*|LNG[:= ]*)?%2$s\\s*%1$s\\s*°?\\s*%2$s\\s*\\)?"
              .formatted(NUMBER, HEMISPHERE, SEPARATOR));
  private static final String PLAIN = "([+-]?\\d{1,3}\\.\\d{1,14})";
  private static final Pattern LINK =
      Pattern.compile(
          "(?:GEO:|HTTPS?://\\S*?(?:@|[?&](?:Q|LL|QUERY)=|#MAP=\\d{1,2}(?:\\.\\d+)?/))"
              + PLAIN
              + "(?:,|/|%2C)"
              + PLAIN
              + "\\S*");
  private static final String ANGLE =
      "([+-]?\\d{1,3})\\s*[°D: ]\\s*(\\d{1,2}(?:[.,]\\d{1,10})?)"
          + "(?:\\s*['M: ]\\s*(\\d{1,2}(?:[.,]\\d{1,8})?))?\\s*['\"]{0,2}";
  private static final Pattern SEXAGESIMAL =
      Pattern.compile(
          "%2$s\\s*%1$s\\s*%2$s[,;/ ]*%2$s\\s*%1$s\\s*%2$s".formatted(ANGLE, HEMISPHERE));
  private static final String METERS =
      "(\\d{1,3}(?:[ ,.]?\\d{3})+(?:[.,]\\d{1,4})?|\\d{5,8}(?:[.,]\\d{1,4})?)";
  private static final Pattern UTM =
      Pattern.compile(
          "(?:UTM\\s*)?(?:(\\d{1,2})\\s*([C-HJ-NP-X])[,; ]\\s*)?(?:[XE][:= ]*)?%1$s\\s*(?:ME?)?\\s*[EX]?[,; ]+\\s*(?:[YN][:= ]*)?%1$s\\s*(?:MN?)?\\s*[NY]?(?:[,; ]\\s*(?:ZONA|ZONE|FUSO|HUSO)?\\s*(\\d{1,2})\\s*([C-HJ-NP-X]))?"
              .formatted(METERS));

  private final Bbox city;
  private final @Nullable Crs crs;

  /**
   * Reads as people of this city write.
   *
   * @param bounds around the city in longitude and latitude; null where it is not known
   * @param crs the city's system, in which coordinates without a zone are meant
   */
  CoordinateWords(@Nullable Bbox bounds, @Nullable Crs crs) {
    double around = 0.5;
    this.city =
        bounds == null
            ? new Bbox(0, 0, 0, 0)
            : new Bbox(
                bounds.minX() - around,
                bounds.minY() - around,
                bounds.maxX() + around,
                bounds.maxY() + around);
    this.crs = crs;
  }

  /**
   * A place that was typed as numbers.
   *
   * @param meters how much the last digit leaves open
   */
  record Typed(double lon, double lat, double meters) {}

  /** One number of a pair: an angle, and the side of the earth where it was said. */
  private record Angle(double degrees, String side, double step) {
    boolean northSouth() {
      return side.equals("N") || side.equals("S");
    }

    boolean eastWest() {
      return !side.isEmpty() && !northSouth();
    }

    /** "O" is west in Spanish and Portuguese, "L" is east in Portuguese. */
    double signed() {
      boolean negative = side.equals("S") || side.equals("W") || side.equals("O");
      return negative ? -Math.abs(degrees) : degrees;
    }
  }

  /** Reads a text; nothing where it is no coordinate. */
  Optional<Typed> parse(String text) {
    String plain =
        text.strip()
            .toUpperCase(Locale.ROOT)
            .replace('º', '°')
            .replace('˚', '°')
            .replaceAll("[′’‘´`]", "'")
            .replaceAll("[″”“]", "\"")
            .replace('−', '-');
    if (plain.length() > LONGEST_TEXT || plain.isEmpty() || !plain.matches("(?s).*\\d.*")) {
      return Optional.empty();
    }
    Matcher link = LINK.matcher(plain);
    if (link.matches()) {
      return placed(decimal(link.group(1), ""), decimal(link.group(2), ""));
    }
    return decimals(plain).or(() -> sexagesimal(plain)).or(() -> utm(plain));
  }

  private Optional<Typed> decimals(String plain) {
    Matcher m = DECIMAL.matcher(plain);
    // Two whole numbers are a house number and something else.
    if (!m.matches() || !m.group(2).matches(".*[.,].*") && !m.group(5).matches(".*[.,].*")) {
      return Optional.empty();
    }
    return placed(
        decimal(m.group(2), side(m.group(1), m.group(3))),
        decimal(m.group(5), side(m.group(4), m.group(6))));
  }

  private Optional<Typed> sexagesimal(String plain) {
    Matcher m = SEXAGESIMAL.matcher(plain);
    if (!m.matches()) {
      return Optional.empty();
    }
    Angle first = angle(m, 2, side(m.group(1), m.group(5)));
    Angle second = angle(m, 7, side(m.group(6), m.group(10)));
    boolean marked = plain.indexOf('°') >= 0 || !first.side.isEmpty() && !second.side.isEmpty();
    return marked ? placed(first, second) : Optional.empty();
  }

  private static Angle angle(Matcher m, int group, String side) {
    double degrees = Double.parseDouble(m.group(group));
    double minutes = number(m.group(group + 1));
    String seconds = m.group(group + 2);
    double part = minutes / 60 + (seconds == null ? 0 : number(seconds) / 3600);
    double step = seconds == null ? step(m.group(group + 1)) / 60 : step(seconds) / 3600;
    return new Angle(m.group(group).startsWith("-") ? degrees - part : degrees + part, side, step);
  }

  private static Angle decimal(String text, String side) {
    return new Angle(number(text), side, step(text));
  }

  private static String side(@Nullable String before, @Nullable String after) {
    return before != null ? before : after != null ? after : "";
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace(',', '.'));
  }

  // What one unit of the last digit is worth.
  private static double step(String text) {
    int point = Math.max(text.indexOf('.'), text.indexOf(','));
    return point < 0 ? 1 : Math.pow(10, point - text.length() + 1);
  }

  private Optional<Typed> placed(Angle first, Angle second) {
    boolean lonFirst = first.eastWest() || second.northSouth();
    boolean latFirst = first.northSouth() || second.eastWest();
    if (lonFirst && latFirst) {
      return Optional.empty();
    }
    List<Typed> readings = new ArrayList<>();
    if (!lonFirst) {
      readings(second, first, readings);
    }
    if (!latFirst) {
      readings(first, second, readings);
    }
    return readings.stream()
        .filter(one -> inCity(one.lon, one.lat))
        .findFirst()
        .or(() -> readings.stream().findFirst());
  }

  private static void readings(Angle lon, Angle lat, List<Typed> into) {
    double x = lon.signed();
    double y = lat.signed();
    double meters = Math.max(0.01, 111_320 * Math.max(lon.step, lat.step) / 2);
    if (Math.abs(y) <= 90 && Math.abs(x) <= 180) {
      into.add(new Typed(x, y, meters));
      // West and south are often left unsaid; asked only where the city lies there.
      if (lon.side.isEmpty() && x > 0) {
        into.add(new Typed(-x, y, meters));
        if (lat.side.isEmpty() && y > 0) {
          into.add(new Typed(-x, -y, meters));
        }
      }
    }
  }

  private boolean inCity(double lon, double lat) {
    return lon >= city.minX() && lon <= city.maxX() && lat >= city.minY() && lat <= city.maxY();
  }

  private Optional<Typed> utm(String plain) {
    Matcher m = UTM.matcher(plain);
    if (!m.matches()) {
      return Optional.empty();
    }
    String zone = m.group(1) != null ? m.group(1) : m.group(5);
    String band = m.group(1) != null ? m.group(2) : m.group(6);
    double east = meters(m.group(3));
    double north = meters(m.group(4));
    List<Typed> readings = new ArrayList<>();
    for (Crs each : systems(zone, band)) {
      readings(each, east, north, readings);
      readings(each, north, east, readings);
    }
    Optional<Typed> inside = readings.stream().filter(one -> inCity(one.lon, one.lat)).findFirst();
    return inside.isPresent() || zone == null ? inside : readings.stream().findFirst();
  }

  // "18S" is said for the southern half and, in the military grid, for a band of the northern.
  private List<Crs> systems(@Nullable String zone, @Nullable String band) {
    if (zone == null || band == null) {
      return crs == null ? List.of() : List.of(crs);
    }
    int number = Integer.parseInt(zone);
    if (number < 1 || number > 60) {
      return List.of();
    }
    Crs north = new Crs(32600 + number);
    Crs south = new Crs(32700 + number);
    boolean northern = band.charAt(0) >= 'N' && !band.equals("S");
    return band.equals("S") ? List.of(south, north) : List.of(northern ? north : south);
  }

  private static void readings(Crs crs, double east, double north, List<Typed> into) {
    double[] xy = {east, north};
    CrsRegistry registry = CrsRegistry.standard();
    if (registry.isGeographic(crs)) {
      return;
    }
    registry.operation(crs, Crs.CRS84).apply(xy, 1);
    if (Double.isFinite(xy[0]) && Double.isFinite(xy[1]) && Math.abs(xy[1]) <= 90) {
      into.add(new Typed(xy[0], xy[1], 0.5));
    }
  }

  // "486,000.50", "486 000" and "486000,5": what has three digits behind it groups thousands.
  private static double meters(String text) {
    String plain = text.replaceAll("[ ,.](?=\\d{3}(?:\\D|$))", "");
    return Double.parseDouble(plain.replace(',', '.'));
  }
}
