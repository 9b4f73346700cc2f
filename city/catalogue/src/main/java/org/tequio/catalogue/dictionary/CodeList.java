package org.tequio.catalogue.dictionary;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tequio.feature.Code;

/**
 * The values that an attribute may take, and the words by which departments say them.
 *
 * @param codes the values with their meaning
 * @param isOpen true where cities have values of their own beside these
 * @param words the values by what stands for them, in words without accents and capitals
 */
public record CodeList(List<Code> codes, boolean isOpen, Map<String, String> words) {
  /** Any value is allowed. */
  public static final CodeList NONE = new CodeList(List.of(), true, Map.of());

  /** Copies what it holds. */
  public CodeList {
    codes = List.copyOf(codes);
    words = Map.copyOf(words);
  }

  /**
   * A list of codes.
   *
   * @param names what departments write for a value, by the value
   * @throws IllegalArgumentException where one word stands for two values
   */
  static CodeList of(List<Code> codes, boolean isOpen, Map<String, List<String>> names) {
    Map<String, String> words = new HashMap<>();
    for (Code code : codes) {
      put(words, code.value(), code.value());
    }
    for (Code code : codes) {
      put(words, code.label().es(), code.value());
      put(words, code.label().pt(), code.value());
      names.getOrDefault(code.value(), List.of()).forEach(one -> put(words, one, code.value()));
    }
    return new CodeList(codes, isOpen, words);
  }

  private static void put(Map<String, String> words, String said, String value) {
    String before = words.putIfAbsent(key(said), value);
    if (before != null && !before.equals(value)) {
      throw new IllegalArgumentException(
          "'" + said + "' stands for '" + before + "' and for '" + value + "'");
    }
  }

  private static String key(String text) {
    return String.join(" ", Words.of(text));
  }

  /** The value that a department's word stands for; none where nobody has said. */
  public Optional<String> meaning(String said) {
    return Optional.ofNullable(words.get(key(said)));
  }
}
