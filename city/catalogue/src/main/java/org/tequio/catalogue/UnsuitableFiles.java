package org.tequio.catalogue;

import org.tequio.feature.LocalText;

/** Files that cannot be the new version of the layer that was named. Nothing was kept. */
public final class UnsuitableFiles extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient LocalText reason;

  /** Says why. */
  public UnsuitableFiles(LocalText reason) {
    super(reason.en());
    this.reason = reason;
  }

  /** Why, for people. */
  public LocalText reason() {
    return reason;
  }
}
