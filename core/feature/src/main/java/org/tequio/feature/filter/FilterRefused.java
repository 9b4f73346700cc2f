package org.tequio.feature.filter;

import org.tequio.feature.LocalText;

/** A filter that cannot be read, or that asks for what the layer does not have. */
public final class FilterRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_ECHO = 40;

  private final transient LocalText why;

  FilterRefused(LocalText why) {
    super(why.en());
    this.why = why;
  }

  /** Something else was expected at a place of the filter. */
  static FilterRefused expected(String place, LocalText wanted, String got) {
    String shown = shortened(got);
    return new FilterRefused(
        new LocalText(
            place + ": se esperaba " + wanted.es() + " y llegó " + quoted(shown, "el final"),
            place + ": esperava-se " + wanted.pt() + " e veio " + quoted(shown, "o fim"),
            place + ": wanted " + wanted.en() + " but got " + quoted(shown, "the end")));
  }

  private static String quoted(String text, String end) {
    return text.isEmpty() ? end : "'" + text + "'";
  }

  /** A text as an answer repeats it. */
  static String shortened(String text) {
    return text.length() > MAX_ECHO ? text.substring(0, MAX_ECHO) + "…" : text;
  }

  /** What is wrong with it, and where. */
  public LocalText why() {
    return why;
  }
}
