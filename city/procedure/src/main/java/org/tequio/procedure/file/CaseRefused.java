package org.tequio.procedure.file;

import org.tequio.feature.LocalText;
import org.tequio.feature.Refused;

/** A step that cannot be taken with the file as it is. Nothing has changed. */
public final class CaseRefused extends Refused {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  CaseRefused(String kind, LocalText reason) {
    super(kind, reason);
  }

  static CaseRefused wrongState(CaseState state) {
    String name = state.wireName();
    return new CaseRefused(
        "case-state",
        new LocalText(
            "el expediente está en otro estado: " + name,
            "o processo está em outro estado: " + name,
            "the case file is in another state: " + name));
  }
}
