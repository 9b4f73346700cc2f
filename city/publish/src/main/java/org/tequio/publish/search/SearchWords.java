package org.tequio.publish.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What people type and what departments wrote, brought to one form: no accents, lower case, short
 * forms written out, number words as digits. The word lists are a file beside this class.
 */
final class SearchWords {
  private static final Map<String, Word> KNOWN = read();

  private SearchWords() {}

  /** What a word is worth in a search. */
  enum Role {
    /** Has to be found. */
    TELLING,
    /** Says what kind of street: helps, but may be missing. */
    TYPE,
    /** A kind of street that says no more than "street". */
    PLAIN,
    /** An article or preposition. */
    SMALL
  }

  /**
   * One word.
   *
   * @param typed as it stood in the text, without accents and in lower case
   * @param text the form that counts
   */
  record Word(String typed, String text, Role role) {
    boolean telling() {
      return role == Role.TELLING;
    }

    /** True where it consists of digits. */
    boolean number() {
      return text.charAt(0) <= '9';
    }
  }

  /** The words of a text, in order. */
  static List<Word> of(String text) {
    String plain = fold(text);
    List<Word> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= plain.length(); i++) {
      boolean inside = i < plain.length() && isWord(plain.charAt(i));
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        add(words, plain.substring(start, i));
        start = -1;
      }
    }
    return words;
  }

  private static void add(List<Word> words, String typed) {
    Word word = KNOWN.get(typed);
    if (word == null) {
      String text = digitsOfOrdinal(typed);
      word = new Word(typed, text, Role.TELLING);
    }
    if (!word.text.isEmpty() && !joinedToTens(words, word)) {
      words.add(word);
    }
  }

  // "treinta y uno", "vinte e cinco": the tens stand before, with or without "and".
  private static boolean joinedToTens(List<Word> words, Word unit) {
    boolean written = unit.text.length() == 1 && unit.number() && !unit.typed.equals(unit.text);
    int tens = words.size() - 1;
    if (!written || tens < 0) {
      return false;
    }
    if (words.get(tens).text.equals("y") && tens > 0) {
      tens--;
    }
    Word before = words.get(tens);
    boolean round =
        before.text.length() == 2
            && before.text.charAt(1) == '0'
            && before.text.charAt(0) >= '2'
            && !before.typed.equals(before.text);
    if (round) {
      String sum = before.text.substring(0, 1) + unit.text;
      words.subList(tens, words.size()).clear();
      words.add(new Word(before.typed + unit.typed, sum, Role.TELLING));
    }
    return round;
  }

  private static String digitsOfOrdinal(String typed) {
    int digits = 0;
    while (digits < typed.length() && typed.charAt(digits) <= '9') {
      digits++;
    }
    if (digits == 0 || digits > 2 || digits == typed.length()) {
      return typed;
    }
    return switch (typed.substring(digits)) {
      case "a", "o", "ra", "ro", "da", "do", "er", "ta", "to", "va", "vo", "na", "no", "ma", "mo" ->
          typed.substring(0, digits);
      default -> typed;
    };
  }

  private static boolean isWord(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c > 127 && Character.isLetterOrDigit(c);
  }

  /** Without accents and in lower case. */
  static String fold(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT);
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static Map<String, Word> read() {
    try (InputStream in = SearchWords.class.getResourceAsStream("words.txt")) {
      if (in == null) {
        throw new IllegalStateException("words.txt is missing beside " + SearchWords.class);
      }
      Map<String, Word> known = new HashMap<>();
      String section = "";
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("[")) {
          section = line.strip();
        } else if (!line.isBlank() && !line.startsWith("#")) {
          group(known, section, line);
        }
      }
      return Map.copyOf(known);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void group(Map<String, Word> known, String section, String line) {
    String text = line.substring(0, line.indexOf(':')).strip();
    Role role =
        switch (section) {
          case "[types]" -> Role.TYPE;
          case "[plain]" -> Role.PLAIN;
          case "[small]" -> Role.SMALL;
          case "[short]", "[nothing]", "[numbers]" -> Role.TELLING;
          default -> throw new IllegalStateException("words.txt has an unknown part " + section);
        };
    String meaning = section.equals("[nothing]") ? "" : text;
    known.putIfAbsent(text, new Word(text, meaning, role));
    for (String other : line.substring(line.indexOf(':') + 1).strip().split("\\s+")) {
      // "dos" is two in one language and "of the" in the other: a number that may be missing.
      Word before = known.get(other);
      if (before != null && before.role == Role.SMALL && section.equals("[numbers]")) {
        known.put(other, new Word(other, meaning, Role.SMALL));
      } else if (!other.isEmpty()) {
        known.putIfAbsent(other, new Word(other, meaning, role));
      }
    }
  }
}
