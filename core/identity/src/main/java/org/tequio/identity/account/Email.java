package org.tequio.identity.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;

/** Addresses and names as people type them. */
public final class Email {
  private static final int LONGEST = 254;
  private static final int LONGEST_NAME = 120;
  private static final Pattern FORM =
      Pattern.compile(
          "[^\\s\\p{Cntrl}@<>\"(),:;\\[\\]\\\\]{1,64}@[\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)+");

  private Email() {}

  /** An address in the form in which it is kept; empty where the text is none. */
  public static Optional<String> find(String text) {
    String bare = Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    return bare.length() <= LONGEST && FORM.matcher(bare).matches()
        ? Optional.of(bare)
        : Optional.empty();
  }

  /**
   * An address in the form in which it is kept.
   *
   * @throws ProblemException 400 where the text is none
   */
  public static String of(String text) {
    return find(text)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalidBody(
                        new LocalText(
                            "se esperaba un correo electrónico como ana@ejemplo.org",
                            "esperava-se um e-mail como ana@exemplo.org",
                            "wanted an e-mail address such as ana@example.org"))));
  }

  /**
   * A name as others read it, in one line.
   *
   * @throws ProblemException 400 where it is empty or too long
   */
  public static String name(String text) {
    String bare =
        Normalizer.normalize(text, Normalizer.Form.NFC)
            .replaceAll("[\\p{Cntrl}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]", " ")
            .strip();
    if (bare.isEmpty() || bare.length() > LONGEST_NAME) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "se esperaba un nombre de hasta " + LONGEST_NAME + " caracteres",
                  "esperava-se um nome de até " + LONGEST_NAME + " caracteres",
                  "wanted a name of at most " + LONGEST_NAME + " characters")));
    }
    return bare;
  }
}
