package org.tequio.procedure.rule;

import org.tequio.feature.LocalText;

/** An expression that means nothing: says why. */
public final class ExpressionRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient LocalText reason;
  private final String path;

  ExpressionRefused(LocalText reason) {
    this(reason, "");
  }

  private ExpressionRefused(LocalText reason, String path) {
    super(reason.en());
    this.reason = reason;
    this.path = path;
  }

  /** The same at a place of its procedure. */
  ExpressionRefused at(String where) {
    return new ExpressionRefused(reason, where);
  }

  /** Where it stands in its procedure's file, as a JSON Pointer. */
  public String path() {
    return path;
  }

  /** A sentence for the author of the pack. */
  public LocalText reason() {
    return reason;
  }
}
