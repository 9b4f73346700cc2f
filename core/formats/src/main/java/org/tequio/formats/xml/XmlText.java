package org.tequio.formats.xml;

import java.io.IOException;

/** Writes text into XML: escaped, and without what XML 1.0 cannot hold (section 2.2). */
public final class XmlText {
  private XmlText() {}

  /** Writes one text, fit for content and for attributes in double quotes. */
  public static void write(String text, Appendable out) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\r' -> out.append("&#13;");
        default -> out.append(isAllowed(text, i) ? c : '\ufffd');
      }
    }
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
