package org.tequio.formats.xml;

import org.tequio.feature.FindingCode;

/** Goes through a text of numbers, as coordinates are written. Not thread-safe. */
public final class NumberScanner {
  private final String text;
  private int at;

  /** Begins at the start of the text. */
  public NumberScanner(String text) {
    this.text = text;
    skipSpace();
  }

  /** True where nothing but space is left. */
  public boolean isDone() {
    return at >= text.length();
  }

  /**
   * The next number.
   *
   * @throws BadShapeException where there is none, or it is not finite
   */
  public double next() throws BadShapeException {
    int start = at;
    while (at < text.length() && isNumberPart(text.charAt(at))) {
      at++;
    }
    String number = text.substring(start, Math.min(at, start + 400));
    try {
      double value = Double.parseDouble(number);
      if (start < at && Double.isFinite(value)) {
        skipSpace();
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below with the text around it.
    }
    throw new BadShapeException(
        FindingCode.GEOMETRY_BAD_COORDINATE,
        "'" + text.substring(start, Math.min(text.length(), start + 40)).strip() + "'");
  }

  /** Takes one character where it stands next, and the space after it. */
  public boolean take(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      skipSpace();
      return true;
    }
    return false;
  }

  private static boolean isNumberPart(char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
