package org.tequio.identity;

import java.util.List;

/** Tells people things. Thread-safe. */
public interface Notices {
  /**
   * Puts a notice before each of these accounts, and mails it to those who wish so. Durable when
   * this returns; accounts that do not exist or are blocked are passed over.
   */
  void send(List<String> accounts, Notice notice);
}
