package org.tequio.publish.search;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Coordinates in the forms in which people send them to each other. */
final class CoordinateWords {
  private static final String NUMBER = "([+-]?\\d{1,3}(?:\\.\\d{1,12})?)";
  private static final Pattern DECIMAL =
      Pattern.compile("\\(?\\s*" + NUMBER + "\\s*°?\\s*[,; ]\\s*" + NUMBER + "\\s*°?\\s*\\)?");
  private static final Pattern GEO = Pattern.compile("geo:" + NUMBER + "," + NUMBER + ".*");
  private static final String DEGREES =
      "(\\d{1,3})[°º ]\\s*(?:(\\d{1,2}(?:\\.\\d{1,6})?)['′ ]\\s*)?"
          + "(?:(\\d{1,2}(?:\\.\\d{1,6})?)(?:\"|″|'')?\\s*)?";
  private static final Pattern SEXAGESIMAL =
      Pattern.compile(DEGREES + "([NS])[,; ]*" + DEGREES + "([EWO])");

  private CoordinateWords() {}

  /** Longitude and latitude; latitude comes first as people write it, unless it cannot be one. */
  static Optional<double[]> parse(String text) {
    String plain = text.strip();
    if (plain.length() > 80) {
      return Optional.empty();
    }
    Matcher geo = GEO.matcher(plain);
    if (geo.matches()) {
      return lonLat(Double.parseDouble(geo.group(1)), Double.parseDouble(geo.group(2)));
    }
    Matcher decimal = DECIMAL.matcher(plain);
    if (decimal.matches() && plain.contains(".")) {
      return lonLat(Double.parseDouble(decimal.group(1)), Double.parseDouble(decimal.group(2)));
    }
    Matcher dms = SEXAGESIMAL.matcher(plain.toUpperCase(Locale.ROOT));
    if (dms.matches()) {
      double lat = degrees(dms, 1) * (dms.group(4).equals("S") ? -1 : 1);
      // "O" is west in Spanish and Portuguese.
      double lon = degrees(dms, 5) * (dms.group(8).equals("E") ? 1 : -1);
      return lonLat(lat, lon);
    }
    return Optional.empty();
  }

  private static double degrees(Matcher m, int group) {
    String minutes = m.group(group + 1);
    String seconds = m.group(group + 2);
    return Double.parseDouble(m.group(group))
        + (minutes == null ? 0 : Double.parseDouble(minutes) / 60)
        + (seconds == null ? 0 : Double.parseDouble(seconds) / 3600);
  }

  private static Optional<double[]> lonLat(double first, double second) {
    if (Math.abs(first) <= 90 && Math.abs(second) <= 180) {
      return Optional.of(new double[] {second, first});
    }
    if (Math.abs(second) <= 90 && Math.abs(first) <= 180) {
      return Optional.of(new double[] {first, second});
    }
    return Optional.empty();
  }
}
