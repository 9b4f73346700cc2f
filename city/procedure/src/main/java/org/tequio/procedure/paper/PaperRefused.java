package org.tequio.procedure.paper;

import org.tequio.feature.LocalText;
import org.tequio.feature.Refused;

/** A paper that is not made, and why. Nothing was kept. */
public final class PaperRefused extends Refused {
  private static final long serialVersionUID = 1L;

  PaperRefused(String kind, LocalText reason) {
    super(kind, reason);
  }
}
