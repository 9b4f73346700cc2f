package org.tequio.formats.xml;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes text into XML: escaped, and without what XML 1.0 cannot hold (section 2.2). */
public final class XmlText {
  private XmlText() {}

  /** Writes one text, fit for content and for attributes in double quotes. */
  public static void write(String text, Appendable out) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String escaped = escaped(c);
      if (escaped == null) {
        out.append(isAllowed(text, i) ? c : '\ufffd');
      } else {
        out.append(escaped);
      }
    }
  }

  /** Writes the value of an attribute; line breaks and tabs stay what they are. */
  public static void writeAttribute(String text, Appendable out) throws IOException {
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String escaped = c == '\n' || c == '\t' ? "&#" + (int) c + ";" : escaped(c);
      if (escaped != null || !isAllowed(text, i)) {
        out.append(text, from, i).append(escaped == null ? "\ufffd" : escaped);
        from = i + 1;
      }
    }
    out.append(text, from, text.length());
  }

  /** Writes a piece of content that a parser gave, which therefore holds only what XML can hold. */
  public static void append(StringBuilder out, char[] text, int start, int length) {
    int from = start;
    int end = start + length;
    for (int i = start; i < end; i++) {
      String escaped = escaped(text[i]);
      if (escaped != null && text[i] != '"') {
        out.append(text, from, i - from).append(escaped);
        from = i + 1;
      }
    }
    out.append(text, from, end - from);
  }

  /**
   * Writes the value of an attribute that a parser gave; line breaks and tabs stay what they are.
   */
  public static void appendAttribute(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String escaped = c == '\n' || c == '\t' ? "&#" + (int) c + ";" : escaped(c);
      if (escaped == null) {
        out.append(c);
      } else {
        out.append(escaped);
      }
    }
  }

  private static @Nullable String escaped(char c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\r' -> "&#13;";
      default -> null;
    };
  }

  /** The text with U+FFFD in place of what XML cannot hold; not escaped. */
  public static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isAllowed(text, i)) {
        StringBuilder clean = new StringBuilder(text);
        for (int j = i; j < text.length(); j++) {
          if (!isAllowed(text, j)) {
            clean.setCharAt(j, '\ufffd');
          }
        }
        return clean.toString();
      }
    }
    return text;
  }

  private static boolean isAllowed(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return c >= ' ' ? c < '\ufffe' : c == '\t' || c == '\n' || c == '\r';
  }
}
