package org.tequio.publish.search;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tequio.feature.Bbox;

/**
 * Open Location Codes ("plus codes"): an area of the earth in letters and digits. A full code has
 * eight characters before the plus; a short one lacks the first, and means the nearest such area.
 */
final class PlusCode {
  private static final String ALPHABET = "23456789CFGHJMPQRVWX";
  private static final int PAIRS = 10;
  private static final int LONGEST = 15;
  private static final Pattern FORM =
      Pattern.compile(
          "([23456789CFGHJMPQRVWX0]{2,8})\\+([23456789CFGHJMPQRVWX]{0,24})(?:[\\s,].*)?");

  private PlusCode() {}

  /**
   * The area of a code.
   *
   * @param lon near which a short code is meant
   * @param lat near which a short code is meant
   */
  static Optional<Bbox> parse(String text, double lon, double lat) {
    Matcher found = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!found.matches()) {
      return Optional.empty();
    }
    String before = found.group(1);
    String after = found.group(2);
    boolean padded = before.indexOf('0') >= 0;
    boolean wellFormed =
        before.length() % 2 == 0
            && after.length() != 1
            && (before.length() == 8 || !after.isEmpty())
            && (!padded
                || before.length() == 8 && after.isEmpty() && before.matches("(?!0)[^0]+0+"));
    if (!wellFormed) {
      return Optional.empty();
    }
    String digits = before.replace("0", "") + after;
    int whole = padded ? digits.length() : 8 + after.length();
    if (whole % 2 == 1 && whole < PAIRS) {
      return Optional.empty();
    }
    return before.length() == 8 ? area(digits) : nearest(digits, 8 - before.length(), lon, lat);
  }

  private static Optional<Bbox> area(String code) {
    String digits = code.length() > LONGEST ? code.substring(0, LONGEST) : code;
    double south = -90;
    double west = -180;
    double height = 400;
    double width = 400;
    int at = 0;
    for (; at < Math.min(digits.length(), PAIRS); at += 2) {
      height /= 20;
      width /= 20;
      south += height * ALPHABET.indexOf(digits.charAt(at));
      west += width * ALPHABET.indexOf(digits.charAt(at + 1));
    }
    for (; at < digits.length(); at++) {
      height /= 5;
      width /= 4;
      int cell = ALPHABET.indexOf(digits.charAt(at));
      south += height * (cell / 4);
      west += width * (cell % 4);
    }
    return south >= 90 || west >= 180
        ? Optional.empty()
        : Optional.of(new Bbox(west, south, west + width, Math.min(90, south + height)));
  }

  private static Optional<Bbox> nearest(String digits, int missing, double lon, double lat) {
    double step = Math.pow(20, 2 - missing / 2.0);
    Optional<Bbox> found = area(encode(lon, lat).substring(0, missing) + digits);
    if (found.isEmpty()) {
      return found;
    }
    Bbox box = found.get();
    double dy = toward((box.minY() + box.maxY()) / 2, lat, step);
    double dx = toward((box.minX() + box.maxX()) / 2, lon, step);
    dy = box.minY() + dy < -90 || box.maxY() + dy > 90 ? 0 : dy;
    return Optional.of(
        new Bbox(box.minX() + dx, box.minY() + dy, box.maxX() + dx, box.maxY() + dy));
  }

  private static double toward(double center, double wanted, double step) {
    return center - wanted > step / 2 ? -step : wanted - center > step / 2 ? step : 0;
  }

  /** The first ten digits of the code of a place, without the plus. */
  static String encode(double lon, double lat) {
    // In whole cells of the tenth digit, so that no rounding error creeps in.
    long y = (long) Math.floor((Math.clamp(lat, -90, 90) + 90) * 8000 + 1e-9);
    long x = (long) Math.floor((lon + 180) * 8000 + 1e-9);
    y = Math.min(y, 180 * 8000 - 1);
    x = Math.floorMod(x, 360L * 8000);
    StringBuilder code = new StringBuilder(PAIRS);
    for (int i = 0; i < PAIRS / 2; i++) {
      code.insert(0, ALPHABET.charAt((int) (x % 20)));
      code.insert(0, ALPHABET.charAt((int) (y % 20)));
      x /= 20;
      y /= 20;
    }
    return code.toString();
  }
}
