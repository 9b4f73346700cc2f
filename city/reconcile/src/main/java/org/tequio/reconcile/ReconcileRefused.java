package org.tequio.reconcile;

import org.tequio.feature.LocalText;

/** Something was wanted of a reconciliation or check that cannot be. Nothing was changed. */
public final class ReconcileRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient LocalText reason;

  /** Says why, for people. */
  public ReconcileRefused(String es, String pt, String en) {
    super(en);
    this.reason = new LocalText(es, pt, en);
  }

  /** Why, for people. */
  public LocalText reason() {
    return reason;
  }
}
