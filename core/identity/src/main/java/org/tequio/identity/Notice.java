package org.tequio.identity;

import org.tequio.feature.LocalText;

/**
 * Something that people should know, such as "your submission was published".
 *
 * @param kind in kebab-case, for programs
 * @param title one line
 * @param text what happened and what to do, in a sentence or two
 * @param link a path of the city's site where it can be done: {@code /inbox/17}
 */
public record Notice(String kind, LocalText title, LocalText text, String link) {
  /** Refuses links that lead out of the site. */
  public Notice {
    if (!link.startsWith("/") || link.startsWith("//") || link.startsWith("/\\")) {
      throw new IllegalArgumentException("a notice leads to a path of the site, not to " + link);
    }
  }
}
