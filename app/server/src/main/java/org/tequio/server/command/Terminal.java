package org.tequio.server.command;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a command speaks: answers to standard output, signs of life to standard error; either
 * sentences and tables in the reader's language or one JSON document.
 */
final class Terminal {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final Language language;
  private final ResourceBundle texts;

  Terminal(PrintStream out, PrintStream err, boolean json, Language language) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.language = language;
    this.texts = texts(language);
  }

  /** All texts of the command line in one language. */
  static ResourceBundle texts(Language language) {
    return ResourceBundle.getBundle(
        "org.tequio.server.texts",
        Locale.forLanguageTag(language.tag()),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** The language that the reader's environment asks for; English where it does not say. */
  static Language languageOf(@Nullable String wanted) {
    if (wanted == null || wanted.isBlank() || wanted.startsWith("C") || wanted.equals("POSIX")) {
      return Language.EN;
    }
    return wanted.toLowerCase(Locale.ROOT).matches("(es|pt).*") ? Language.of(wanted) : Language.EN;
  }

  boolean isJson() {
    return json;
  }

  Language language() {
    return language;
  }

  /** The text of a key with its places filled in. */
  String text(String key, Object... arguments) {
    try {
      return new MessageFormat(texts.getString(key), texts.getLocale()).format(arguments);
    } catch (MissingResourceException e) {
      throw new IllegalStateException("no text '" + key + "' in " + language, e);
    }
  }

  /** A whole number as the reader writes it. */
  String number(long value) {
    return NumberFormat.getIntegerInstance(texts.getLocale()).format(value);
  }

  /** One sentence of the answer; nothing in JSON mode. */
  void say(String key, Object... arguments) {
    if (!json) {
      out.println(text(key, arguments));
    }
  }

  /** One line of the answer as it is; nothing in JSON mode. */
  void line(String line) {
    if (!json) {
      out.println(line);
    }
  }

  /** A remark beside the answer, also in JSON mode. */
  void remark(String key, Object... arguments) {
    err.println(text(key, arguments));
  }

  /** The whole answer in JSON mode. */
  void answer(Object document) {
    if (json) {
      out.println(JSON.writeValueAsString(document));
    }
  }

  /** A table: a head, then rows; numbers to the right. Nothing in JSON mode. */
  void table(List<String> head, List<List<String>> rows) {
    if (json) {
      return;
    }
    int columns = head.size();
    int[] width = new int[columns];
    boolean[] right = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      width[c] = head.get(c).length();
      right[c] = !rows.isEmpty();
      for (List<String> row : rows) {
        width[c] = Math.max(width[c], row.get(c).length());
        right[c] &= row.get(c).matches("[-+0-9.,\\s\\u00a0\\u202f]*");
      }
    }
    out.println(row(head, width, right));
    List<String> rule = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      rule.add("─".repeat(width[c]));
    }
    out.println(String.join("  ", rule));
    for (List<String> row : rows) {
      out.println(row(row, width, right));
    }
  }

  private static String row(List<String> cells, int[] width, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.size(); c++) {
      String pad = " ".repeat(width[c] - cells.get(c).length());
      line.append(c == 0 ? "" : "  ").append(right[c] ? pad + cells.get(c) : cells.get(c) + pad);
    }
    return line.toString().stripTrailing();
  }

  PrintStream err() {
    return err;
  }
}
