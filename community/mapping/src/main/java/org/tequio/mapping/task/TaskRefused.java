package org.tequio.mapping.task;

import org.tequio.feature.Refused;

/** An action that is not done; nothing of it was. */
public final class TaskRefused extends Refused {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  /** Says why. */
  public TaskRefused(Refusal refusal) {
    super(refusal.code(), refusal.reason());
    this.refusal = refusal;
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }
}
