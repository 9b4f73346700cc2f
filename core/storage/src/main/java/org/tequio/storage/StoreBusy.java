package org.tequio.storage;

import org.tequio.feature.TryLater;

/** The city is at its limit, or another program holds what is asked for: try again in a moment. */
public final class StoreBusy extends StoreFault implements TryLater {
  private static final long serialVersionUID = 1L;

  /** Says who holds what. */
  public StoreBusy(String message, Throwable cause) {
    super(message, cause);
  }
}
