package org.tequio.formats.table;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.formats.SourceCrs;

/**
 * Finds the places in a table: by the names of its columns and by what the first rows hold. A name
 * alone never decides; {@code x} may be anything.
 */
public final class PlaceFinder {
  private static final String[][] PAIRS = {
    {"lon", "lat"},
    {"lng", "lat"},
    {"long", "lat"},
    {"longitud", "latitud"},
    {"longitude", "latitude"},
    {"longit", "latit"},
    {"longi", "lati"},
    {"longitud", "latitude"},
    {"este", "norte"},
    {"leste", "norte"},
    {"easting", "northing"},
    {"east", "north"},
    {"x", "y"},
    {"utmx", "utmy"},
    {"utme", "utmn"},
    {"xutm", "yutm"},
    {"coordx", "coordy"},
    {"xcoord", "ycoord"},
    {"coordenadax", "coordenaday"},
    {"pointx", "pointy"},
    {"geox", "geoy"},
    {"xcentroid", "ycentroid"},
    {"e", "n"}
  };
  private static final double MOST = 0.8;
  private static final double HUGE = 5e7;

  private PlaceFinder() {}

  /**
   * Finds how the rows of a table are placed.
   *
   * @param names of the columns
   * @param sample some rows, the first thousand or so
   */
  public static TableGeometry find(List<String> names, List<? extends @Nullable Object[]> sample) {
    for (int i = 0; i < names.size(); i++) {
      TableGeometry cell = cell(i, sample);
      if (cell != null) {
        return cell;
      }
    }
    TableGeometry columns = columns(names, sample);
    if (columns != null) {
      return columns;
    }
    for (int i = 0; i < names.size(); i++) {
      TableGeometry pair = pairColumn(names.get(i), i, sample);
      if (pair != null) {
        return pair;
      }
    }
    return new TableGeometry.None();
  }

  private static @Nullable TableGeometry cell(
      int column, List<? extends @Nullable Object[]> sample) {
    int seen = 0;
    int like = 0;
    boolean geoJson = false;
    OptionalInt srid = OptionalInt.empty();
    for (@Nullable Object[] row : sample) {
      Object value = column < row.length ? row[column] : null;
      if (value instanceof String text && !Coordinate.isMissing(text)) {
        seen++;
        if (GeometryText.looksLike(text)) {
          like++;
          geoJson |= GeometryText.isGeoJson(text);
          srid = srid.isPresent() ? srid : GeometryText.srid(text);
        }
      } else if (value != null && !(value instanceof String)) {
        return null;
      }
    }
    if (like == 0 || like < seen * MOST) {
      return null;
    }
    if (geoJson) {
      return new TableGeometry.Cell(
          column, new SourceCrs.Declared(Crs.CRS84, "GeoJSON default (RFC 7946)"));
    }
    if (srid.isPresent()) {
      Crs crs = new Crs(srid.getAsInt());
      return new TableGeometry.Cell(column, new SourceCrs.Declared(crs, "SRID of the geometry"));
    }
    return new TableGeometry.Cell(column, new SourceCrs.Missing());
  }

  private static @Nullable TableGeometry columns(
      List<String> names, List<? extends @Nullable Object[]> sample) {
    List<List<String>> tokens = names.stream().map(PlaceFinder::tokens).toList();
    for (Candidate candidate : candidates(tokens)) {
      TableGeometry columns = judge(names, candidate, sample);
      if (columns != null) {
        return columns;
      }
    }
    return cutNames(names, tokens, sample);
  }

  private record Candidate(int x, int y, int extra, int rank) {}

  // Pairs of columns whose names differ only in the word for x and the word for y.
  private static List<Candidate> candidates(List<List<String>> tokens) {
    List<Candidate> found = new ArrayList<>();
    for (int rank = 0; rank < PAIRS.length; rank++) {
      for (int x = 0; x < tokens.size(); x++) {
        int at = tokens.get(x).indexOf(PAIRS[rank][0]);
        if (at < 0) {
          continue;
        }
        List<String> partner = new ArrayList<>(tokens.get(x));
        partner.set(at, PAIRS[rank][1]);
        int y = tokens.indexOf(partner);
        if (y >= 0) {
          found.add(new Candidate(x, y, partner.size(), rank));
        }
      }
    }
    found.sort((a, b) -> a.extra != b.extra ? Integer.compare(a.extra, b.extra) : a.rank - b.rank);
    return found;
  }

  private static @Nullable TableGeometry judge(
      List<String> names, Candidate candidate, List<? extends @Nullable Object[]> sample) {
    boolean comma = usesComma(candidate, sample);
    int seen = 0;
    int numbers = 0;
    int degrees = 0;
    int fractions = 0;
    int metres = 0;
    for (@Nullable Object[] row : sample) {
      Object first = candidate.x < row.length ? row[candidate.x] : null;
      Object second = candidate.y < row.length ? row[candidate.y] : null;
      if (Coordinate.isMissing(first) || Coordinate.isMissing(second)) {
        continue;
      }
      seen++;
      double x = Coordinate.parse(first, comma);
      double y = Coordinate.parse(second, comma);
      if (Double.isNaN(x) || Double.isNaN(y) || Math.abs(x) > HUGE || Math.abs(y) > HUGE) {
        continue;
      }
      numbers++;
      if (Math.abs(x) <= 180 && Math.abs(y) <= 180) {
        degrees++;
        fractions += x != Math.rint(x) || y != Math.rint(y) ? 1 : 0;
      } else if (Math.max(Math.abs(x), Math.abs(y)) >= 10_000) {
        metres++;
      }
    }
    if (seen == 0 || numbers < seen * MOST) {
      return null;
    }
    String columns = "columns " + names.get(candidate.x) + " and " + names.get(candidate.y);
    if (degrees >= numbers * MOST && fractions * 2 >= degrees) {
      return new TableGeometry.Columns(
          candidate.x,
          candidate.y,
          comma,
          new SourceCrs.Declared(Crs.CRS84, columns + " hold degrees"));
    }
    if (metres >= numbers * MOST) {
      return new TableGeometry.Columns(candidate.x, candidate.y, comma, new SourceCrs.Missing());
    }
    return null;
  }

  private static boolean usesComma(Candidate candidate, List<? extends @Nullable Object[]> sample) {
    int votes = 0;
    for (@Nullable Object[] row : sample) {
      votes += candidate.x < row.length ? Coordinate.decimalMark(row[candidate.x]) : 0;
      votes += candidate.y < row.length ? Coordinate.decimalMark(row[candidate.y]) : 0;
    }
    return votes > 0;
  }

  // COORD_UTM_ and COORD_UTM1 are what a shapefile left of two longer names: metres tell which is
  // which, and where they do not, easting stands first.
  private static @Nullable TableGeometry cutNames(
      List<String> names, List<List<String>> tokens, List<? extends @Nullable Object[]> sample) {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String joined = String.join("", tokens.get(i));
      if (joined.contains("utm") || joined.startsWith("coord")) {
        columns.add(i);
      }
    }
    if (columns.size() != 2) {
      return null;
    }
    Candidate asWritten = new Candidate(columns.get(0), columns.get(1), 0, 0);
    TableGeometry found = judge(names, asWritten, sample);
    if (!(found instanceof TableGeometry.Columns)) {
      return null;
    }
    boolean comma = usesComma(asWritten, sample);
    double firstMax = largest(columns.get(0), comma, sample);
    double secondMax = largest(columns.get(1), comma, sample);
    boolean swapped = secondMax < 1_000_000 && firstMax > 1_000_000;
    return swapped
        ? judge(names, new Candidate(columns.get(1), columns.get(0), 0, 0), sample)
        : found;
  }

  private static double largest(
      int column, boolean comma, List<? extends @Nullable Object[]> sample) {
    double largest = 0;
    for (@Nullable Object[] row : sample) {
      double value = column < row.length ? Coordinate.parse(row[column], comma) : Double.NaN;
      largest = Double.isNaN(value) ? largest : Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static @Nullable TableGeometry pairColumn(
      String name, int column, List<? extends @Nullable Object[]> sample) {
    int seen = 0;
    int pairs = 0;
    boolean firstIsLongitude = false;
    boolean secondIsLongitude = false;
    for (@Nullable Object[] row : sample) {
      Object value = column < row.length ? row[column] : null;
      if (value == null || Coordinate.isMissing(value)) {
        continue;
      }
      seen++;
      double[] pair = value instanceof String text ? pair(text) : null;
      if (pair != null && Math.abs(pair[0]) <= 180 && Math.abs(pair[1]) <= 180) {
        pairs++;
        firstIsLongitude |= Math.abs(pair[0]) > 90;
        secondIsLongitude |= Math.abs(pair[1]) > 90;
      }
    }
    if (pairs == 0 || pairs < seen * MOST) {
      return null;
    }
    boolean namedLongitudeFirst = String.join("", tokens(name)).matches(".*(lonlat|lnglat|xy).*");
    boolean latitudeFirst =
        firstIsLongitude == secondIsLongitude ? !namedLongitudeFirst : secondIsLongitude;
    return new TableGeometry.Pair(column, latitudeFirst);
  }

  private static final Pattern PAIR =
      Pattern.compile(
          "[\\[(]?\\s*([+-]?\\d{1,3}[.]\\d{2,})\\s*[,; ]\\s*([+-]?\\d{1,3}[.]\\d{2,})\\s*[\\])]?");

  /** Two numbers of degrees in one text, or null. */
  static double @Nullable [] pair(String text) {
    var matcher = PAIR.matcher(text.strip());
    if (text.length() > 120 || !matcher.matches()) {
      return null;
    }
    return new double[] {
      Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))
    };
  }

  /** The words of a column's name, in small letters without accents. */
  static List<String> tokens(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
    String spaced = plain.replaceAll("([a-z])([A-Z])", "$1 $2").replaceAll("[^\\p{Alnum}]+", " ");
    return List.of(spaced.strip().toLowerCase(Locale.ROOT).split(" "));
  }

  static String shortened(Object cell) {
    String text = cell.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
