package org.tequio.procedure.writeback;

import org.tequio.feature.LocalText;

/** A change that the map cannot take. Nothing has changed. */
public final class MapRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient LocalText reason;

  /** Says why. */
  public MapRefused(LocalText reason) {
    super(reason.en());
    this.reason = reason;
  }

  MapRefused(String es, String pt, String en) {
    this(new LocalText(es, pt, en));
  }

  /** Why. */
  public LocalText reason() {
    return reason;
  }
}
