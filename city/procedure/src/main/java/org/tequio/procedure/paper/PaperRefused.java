package org.tequio.procedure.paper;

import org.tequio.feature.LocalText;

/** A paper that is not made, and why. Nothing was kept. */
public final class PaperRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String kind;
  private final transient LocalText reason;

  PaperRefused(String kind, LocalText reason) {
    super(reason.en());
    this.kind = kind;
    this.reason = reason;
  }

  /** In kebab-case, for programs. */
  public String kind() {
    return kind;
  }

  /** Why, in a sentence. */
  public LocalText reason() {
    return reason;
  }
}
