package org.tequio.feature;

import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
  /** Good to know; nothing has to be done. */
  NOTE,
  /** Someone who knows the data should look. */
  WARNING,
  /** Something is missing or unusable because of it. */
  ERROR;

  /** The lower-case name used on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
