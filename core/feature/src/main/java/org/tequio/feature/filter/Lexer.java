package org.tequio.feature.filter;

import java.util.Locale;
import org.tequio.feature.LocalText;

/**
 * Cuts CQL2 text into its words, one ahead of the parser (OGC 21-065r2, annex B). Not thread-safe.
 */
final class Lexer {
  private static final String CONTROL_LETTERS = "abtnvfr";
  private static final String CONTROLS = "\u0007\b\t\n\u000b\f\r";

  private final String text;
  private int at;
  private int start;
  private Kind kind = Kind.END;
  private String value = "";

  /** What a word is. */
  enum Kind {
    /** A name or a word of the language. */
    WORD,
    /** A name in double quotes, never a word of the language. */
    QUOTED,
    /** A text in single quotes. */
    TEXT,
    /** A number without a sign. */
    NUMBER,
    /** An operator, a parenthesis or a comma. */
    SYMBOL,
    /** Nothing follows. */
    END
  }

  Lexer(String text) {
    this.text = text;
    next();
  }

  Kind kind() {
    return kind;
  }

  /** The word: a text without its quotes and escapes. */
  String value() {
    return value;
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && value.equalsIgnoreCase(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && value.equals(symbol);
  }

  boolean takeWord(String word) {
    boolean is = isWord(word);
    if (is) {
      next();
    }
    return is;
  }

  boolean takeSymbol(String symbol) {
    boolean is = isSymbol(symbol);
    if (is) {
      next();
    }
    return is;
  }

  void require(String symbol) {
    if (!takeSymbol(symbol)) {
      throw expected(LocalText.same("'" + symbol + "'"));
    }
  }

  /** True where a parenthesis opens after this word. */
  boolean isBeforeParenthesis() {
    int p = afterSpace(at);
    return p < text.length() && text.charAt(p) == '(';
  }

  /** True where this word is followed by another and then by a parenthesis. */
  boolean isBefore(String word) {
    int p = afterSpace(at);
    int end = p + word.length();
    int after = afterSpace(end);
    return text.regionMatches(true, p, word, 0, word.length())
        && after < text.length()
        && text.charAt(after) == '(';
  }

  FilterRefused expected(LocalText wanted) {
    return expected(start, wanted, text.substring(Math.min(start, text.length()), at));
  }

  private static FilterRefused expected(int position, LocalText wanted, String got) {
    return FilterRefused.expected("filter:" + (position + 1), wanted, got);
  }

  /** Goes to the next word. */
  void next() {
    at = afterSpace(at);
    start = at;
    if (at == text.length()) {
      kind = Kind.END;
      value = "";
      return;
    }
    char c = text.charAt(at);
    if (c == '\'') {
      kind = Kind.TEXT;
      value = quotedText();
    } else if (c == '"') {
      kind = Kind.QUOTED;
      value = quotedName();
    } else if (isDigit(at) || c == '.' && isDigit(at + 1)) {
      kind = Kind.NUMBER;
      number();
      value = text.substring(start, at);
    } else if (isNameStart(text.codePointAt(at))) {
      kind = Kind.WORD;
      while (at < text.length() && isNamePart(text.codePointAt(at))) {
        at += Character.charCount(text.codePointAt(at));
      }
      value = text.substring(start, at);
    } else {
      kind = Kind.SYMBOL;
      symbol(c);
      value = text.substring(start, at);
    }
  }

  private void symbol(char c) {
    if ("<>".indexOf(c) >= 0
        && at + 1 < text.length()
        && (text.charAt(at + 1) == '=' || c == '<' && text.charAt(at + 1) == '>')) {
      at += 2;
    } else if ("<>=+-*/%^(),".indexOf(c) >= 0) {
      at++;
    } else {
      int end = at + Character.charCount(text.codePointAt(at));
      throw expected(
          at,
          new LocalText(
              "un nombre, un valor o un operador",
              "um nome, um valor ou um operador",
              "a name, a value or an operator"),
          text.substring(at, end));
    }
  }

  private void number() {
    digits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      boolean sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0;
      int exponent = sign ? at + 2 : at + 1;
      if (isDigit(exponent)) {
        at = exponent;
        digits();
      }
    }
  }

  private void digits() {
    while (isDigit(at)) {
      at++;
    }
  }

  private boolean isDigit(int p) {
    return p < text.length() && text.charAt(p) >= '0' && text.charAt(p) <= '9';
  }

  // A backslash before a letter that names no control character stays: patterns use it.
  private String quotedText() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      char following = at + 1 < text.length() ? text.charAt(at + 1) : 0;
      if (c == '\'' && following != '\'') {
        at++;
        return value.toString();
      }
      if (c == '\'' || c == '\\' && (following == '\'' || following == '\\')) {
        value.append(following);
        at++;
      } else if (c == '\\' && CONTROL_LETTERS.indexOf(following) >= 0) {
        value.append(CONTROLS.charAt(CONTROL_LETTERS.indexOf(following)));
        at++;
      } else {
        value.append(c);
      }
    }
    throw unclosed("'");
  }

  private String quotedName() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"' && (at + 1 == text.length() || text.charAt(at + 1) != '"')) {
        at++;
        return value.toString();
      }
      at += c == '"' ? 1 : 0;
      value.append(c);
    }
    throw unclosed("\"");
  }

  private FilterRefused unclosed(String quote) {
    return expected(
        start,
        new LocalText(
            "las comillas que cierran: " + quote,
            "as aspas que fecham: " + quote,
            "the closing quote: " + quote),
        text.substring(start));
  }

  private int afterSpace(int from) {
    int p = from;
    while (p < text.length() && isSpace(text.charAt(p))) {
      p++;
    }
    return p;
  }

  private static boolean isSpace(char c) {
    return c <= ' ' && c >= '\t' || c == '\u0085' || Character.isSpaceChar(c);
  }

  private static boolean isNameStart(int c) {
    return c == '_' || c == ':' || Character.isLetter(c);
  }

  private static boolean isNamePart(int c) {
    return isNameStart(c)
        || c == '.'
        || Character.isDigit(c)
        || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  /** A name as it must be written to be read again as a name. */
  static String quotedIfNeeded(String name) {
    boolean plain =
        !name.isEmpty()
            && isNameStart(name.codePointAt(0))
            && name.codePoints().allMatch(Lexer::isNamePart)
            && !Cql2TextParser.RESERVED.contains(name.toUpperCase(Locale.ROOT));
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text as it must be written to be read again. */
  static String quotedText(String value) {
    StringBuilder text = new StringBuilder("'");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int control = CONTROLS.indexOf(c);
      if (control >= 0) {
        text.append('\\').append(CONTROL_LETTERS.charAt(control));
      } else {
        text.append(c == '\'' ? "''" : c == '\\' ? "\\\\" : String.valueOf(c));
      }
    }
    return text.append('\'').toString();
  }
}
