package org.tequio.identity.mail;

/**
 * A mail to one person, in plain text.
 *
 * @param to the address
 * @param subject one line
 * @param text paragraphs
 */
public record Mail(String to, String subject, String text) {
  /** Refuses what could smuggle a header in. */
  public Mail {
    if ((to + subject).chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("an address or subject with a line break");
    }
  }
}
