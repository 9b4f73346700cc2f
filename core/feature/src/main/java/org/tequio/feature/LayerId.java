package org.tequio.feature;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The identifier of a layer within its city: lower-case ASCII letters, digits and underscores,
 * beginning with a letter, at most {@value #MAX_LENGTH} characters. It is safe as a table name, a
 * file name and a path segment.
 */
public record LayerId(String value) implements Comparable<LayerId> {
  /** The longest identifier, in characters. */
  public static final int MAX_LENGTH = 60;

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0," + (MAX_LENGTH - 1) + "}");

  /** Refuses a value that does not have the form of an identifier. */
  public LayerId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a layer id: '" + value + "'");
    }
  }

  /**
   * Makes an identifier out of any name: accents are dropped, everything else that is not a letter
   * or digit becomes one underscore. "Peligro de Inundación (2016)" gives {@code
   * peligro_de_inundacion_2016}.
   */
  public static LayerId ofName(String name) {
    String ascii =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    if (ascii.isEmpty() || !Character.isLetter(ascii.charAt(0))) {
      ascii = "layer_" + ascii;
    }
    if (ascii.length() > MAX_LENGTH) {
      ascii = ascii.substring(0, MAX_LENGTH);
    }
    return new LayerId(ascii.replaceAll("_+$", ""));
  }

  /** True where the value has the form of a layer identifier. */
  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public int compareTo(LayerId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
