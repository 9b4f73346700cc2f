package org.tequio.feature;

/**
 * One text in every language of Tequio.
 *
 * @param es Spanish
 * @param pt Portuguese
 * @param en English
 */
public record LocalText(String es, String pt, String en) {

  /** A text that is the same in all languages, such as a name that a department chose. */
  public static LocalText same(String text) {
    return new LocalText(text, text, text);
  }

  /** The text in one language. */
  public String in(Language language) {
    return switch (language) {
      case ES -> es;
      case PT -> pt;
      case EN -> en;
    };
  }
}
