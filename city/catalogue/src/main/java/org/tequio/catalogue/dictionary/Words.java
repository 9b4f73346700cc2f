package org.tequio.catalogue.dictionary;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Takes the names of files, layers and columns apart, forgiving case, accents and separators. */
public final class Words {
  private static final Set<String> SMALL =
      Set.of(
          "a", "al", "as", "con", "da", "das", "de", "del", "do", "dos", "e", "el", "em", "en",
          "la", "las", "los", "o", "of", "os", "para", "por", "sobre", "the", "y");

  private Words() {}

  /** Lower-case ASCII words: "NombrePropietario_2" gives nombre, propietario, 2. */
  public static List<String> of(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      boolean letter = c < 128 && Character.isLetter(c);
      boolean digit = c >= '0' && c <= '9';
      boolean hump =
          letter && Character.isUpperCase(c) && i > 0 && Character.isLowerCase(plain.charAt(i - 1));
      boolean change =
          !word.isEmpty()
              && (letter && Character.isDigit(word.charAt(0))
                  || digit && Character.isLetter(word.charAt(0)));
      if ((hump || change || !(letter || digit)) && !word.isEmpty()) {
        words.add(word.toString().toLowerCase(Locale.ROOT));
        word.setLength(0);
      }
      if (letter || digit) {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  /** The words that say something: without articles and prepositions, which file names drop. */
  public static List<String> telling(String name) {
    return of(name).stream().filter(word -> !SMALL.contains(word)).toList();
  }

  /** A title out of a file's name: "limites_deleg_DF_2013" gives "Limites deleg DF 2013". */
  public static String title(String name) {
    String spaced = name.replaceAll("[_\\s-]+", " ").strip();
    return spaced.isEmpty()
        ? name
        : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }
}
