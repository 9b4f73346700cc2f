package org.tequio.procedure;

import java.util.Locale;

/** What the rules of a procedure say together. */
public enum Outcome {
  /** Nothing stands against it. */
  POSSIBLE,
  /** A rule forbids it, or what it needs is not so. */
  NOT_POSSIBLE,
  /** A rule that could turn it has no definite answer. Nothing is issued on it. */
  UNDECIDED;

  /** The name in packs and on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
