package org.tequio.identity.mail;

/** Takes mails to be delivered. Thread-safe. */
@FunctionalInterface
public interface Mailer {
  /** Takes one; it is not lost any more when this returns. */
  void send(Mail mail);
}
