package org.tequio.feature;

import java.util.Locale;

/** A language that Tequio speaks. Every text shown to people exists in all of them. */
public enum Language {
  /** Spanish, Mexican usage. */
  ES,
  /** Portuguese, Brazilian usage. */
  PT,
  /** English. */
  EN;

  /** The BCP 47 tag: {@code es}, {@code pt} or {@code en}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The best language for an {@code Accept-Language} header or a locale name such as {@code
   * es_MX.UTF-8}: the first listed that Tequio speaks, Spanish where none is.
   */
  public static Language of(String wanted) {
    for (String part : wanted.split(",")) {
      String tag = part.strip().toLowerCase(Locale.ROOT);
      for (Language language : values()) {
        if (tag.startsWith(language.tag())) {
          return language;
        }
      }
    }
    return ES;
  }
}
