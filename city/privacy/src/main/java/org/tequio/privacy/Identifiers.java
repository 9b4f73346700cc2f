package org.tequio.privacy;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By what a person is recognised in the values of fields: a name, a CURP or CPF, a telephone
 * number, an e-mail address. Accents, case, separators and the order of a name's words do not
 * matter; a part of a value is not enough.
 */
public final class Identifiers {
  /** Anything shorter fits people who are not meant. */
  public static final int SHORTEST = 5;

  private final Set<String> forms = new HashSet<>();

  /**
   * Takes what a person is known by.
   *
   * @throws IllegalArgumentException for none, and for one of fewer than {@value #SHORTEST} letters
   *     and digits
   */
  public Identifiers(List<String> texts) {
    for (String text : texts) {
      String form = form(text);
      if (form.replace(" ", "").length() < SHORTEST) {
        throw new IllegalArgumentException(
            "an identifier needs at least " + SHORTEST + " letters or digits: '" + text + "'");
      }
      forms.add(form);
      forms.add(form.replace(" ", ""));
    }
    if (forms.isEmpty()) {
      throw new IllegalArgumentException("wanted at least one identifier of the person");
    }
  }

  /** True where a value is one of them. */
  public boolean matches(@Nullable Object value) {
    if (value == null) {
      return false;
    }
    String text = value.toString();
    if (text.length() > 400) {
      return false;
    }
    String form = form(text);
    return forms.contains(form) || forms.contains(form.replace(" ", ""));
  }

  // Words of letters in alphabetical order: "PEREZ, Juan" is "Juan Pérez".
  private static String form(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>(Arrays.asList(plain.split("[^\\p{L}\\p{N}]+")));
    words.removeIf(String::isEmpty);
    boolean name = words.stream().allMatch(word -> word.chars().allMatch(Character::isLetter));
    if (name) {
      words.sort(null);
    }
    return String.join(" ", words);
  }
}
