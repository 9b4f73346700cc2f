package org.tequio.publish.search;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The number of a house on its street.
 *
 * @param number from 1 to {@value #LARGEST}
 * @param suffix what distinguishes doors of one number, such as "a" or "bis"; empty for none
 */
record HouseNumber(int number, String suffix) {
  static final int LARGEST = 99_999;
  private static final String MARK = "(?:n[uú]m(?:ero)?|no|nro|nr|n)?[.°º#\\s]*";
  private static final String DIGITS = "(\\d{1,5})\\s*[-/]?\\s*([a-z]|bis|ter)?";
  private static final Pattern ALONE = Pattern.compile(MARK + DIGITS + "(?:[\\s,;/-].*)?");
  private static final Pattern AT_END =
      Pattern.compile("(.*?[^\\s,])[\\s,]+" + MARK + DIGITS + "\\s*");

  /**
   * A street with its number, taken apart.
   *
   * @param street as it was written
   */
  record Addressed(String street, HouseNumber house) {}

  /** Reads "12", "12-A", "No. 12 int. 3"; nothing of "S/N" and "Mz 4 Lt 12". */
  static Optional<HouseNumber> parse(String text) {
    Matcher found = ALONE.matcher(SearchWords.fold(text).strip());
    return found.matches() ? of(found.group(1), found.group(2)) : Optional.empty();
  }

  private static Optional<HouseNumber> of(String digits, @Nullable String suffix) {
    int value = Integer.parseInt(digits);
    return value == 0
        ? Optional.empty()
        : Optional.of(new HouseNumber(value, suffix == null ? "" : suffix));
  }

  /** Out of a column for the number and perhaps one for what follows it. */
  static Optional<HouseNumber> ofColumns(@Nullable Object number, @Nullable Object letter) {
    if (number == null) {
      return Optional.empty();
    }
    boolean whole = number instanceof Double decimal && decimal == Math.rint(decimal);
    Optional<HouseNumber> read =
        parse(whole ? Long.toString(((Double) number).longValue()) : number.toString());
    return letter == null
        ? read
        : read.map(one -> new HouseNumber(one.number, SearchWords.fold(letter.toString()).strip()));
  }

  /** Takes "Calle Juárez No. 12" apart; nothing where the street would be only "Calle". */
  static Optional<Addressed> split(String address) {
    String[] parts = address.split("[,;]", 3);
    String first = parts[0];
    if (parts.length > 1 && parse(parts[1]).isPresent()) {
      first = parts[0] + ", " + parts[1];
    }
    Matcher found = AT_END.matcher(SearchWords.fold(first));
    if (!found.matches()) {
      return Optional.empty();
    }
    // Folding may change the length of rare letters: then the folded text has to do.
    String folded = found.group(1);
    String street =
        SearchWords.fold(first).length() == first.length()
            ? first.substring(0, folded.length())
            : folded;
    return SearchWords.of(street).stream().anyMatch(SearchWords.Word::telling)
        ? of(found.group(2), found.group(3)).map(house -> new Addressed(street.strip(), house))
        : Optional.empty();
  }
}
