package org.tequio.procedure;

import java.util.Locale;

/**
 * What a rule says of a place. The last two are not a no: a certificate never comes out of them.
 */
public enum Answer {
  /** What the rule describes is so. */
  APPLIES,
  /** It is not so, and the layers that were asked cover the place. */
  DOES_NOT_APPLY,
  /** A layer that was asked does not cover the place, or has no value there. */
  NO_DATA_HERE,
  /** The city has no such layer, or it could not be read. */
  COULD_NOT_ASK;

  /** The name in packs and on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** True where something can be decided on it. */
  public boolean isDefinite() {
    return this == APPLIES || this == DOES_NOT_APPLY;
  }
}
