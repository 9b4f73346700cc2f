package org.tequio.procedure.paper;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * By which everyone who has a paper in their hands verifies it: 100 random bits in 20 letters and
 * digits that are not taken for each other (Crockford's base 32). Nobody guesses one.
 *
 * @param value in four groups of five, with hyphens
 */
public record PaperCode(String value) {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 20;
  private static final int GROUP = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Refuses what {@link #find} would not read. */
  public PaperCode {
    if (!value.matches("[" + ALPHABET + "]{5}(-[" + ALPHABET + "]{5}){3}")) {
      throw new IllegalArgumentException("no code of a paper: " + value);
    }
  }

  /** A new one. */
  static PaperCode create() {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      letters.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return new PaperCode(grouped(letters.toString()));
  }

  /** Reads what somebody typed: small letters, spaces, an O for a 0 are no matter. */
  public static Optional<PaperCode> find(String typed) {
    if (typed.length() > 60) {
      return Optional.empty();
    }
    String bare =
        typed
            .toUpperCase(Locale.ROOT)
            .replaceAll("[\\s-]", "")
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    return bare.matches("[" + ALPHABET + "]{" + LENGTH + "}")
        ? Optional.of(new PaperCode(grouped(bare)))
        : Optional.empty();
  }

  private static String grouped(String letters) {
    StringBuilder grouped = new StringBuilder();
    for (int i = 0; i < letters.length(); i += GROUP) {
      grouped.append(i == 0 ? "" : "-").append(letters, i, i + GROUP);
    }
    return grouped.toString();
  }

  @Override
  public String toString() {
    return value;
  }
}
