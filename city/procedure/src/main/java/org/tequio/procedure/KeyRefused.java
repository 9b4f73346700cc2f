package org.tequio.procedure;

import org.tequio.feature.LocalText;

/** A key that cannot be used, and why. */
public final class KeyRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient LocalText reason;

  /** Says why, in each language. */
  public KeyRefused(String es, String pt, String en) {
    super(en);
    this.reason = new LocalText(es, pt, en);
  }

  /** Why, in a sentence. */
  public LocalText reason() {
    return reason;
  }
}
