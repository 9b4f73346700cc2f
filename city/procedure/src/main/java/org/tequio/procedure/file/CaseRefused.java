package org.tequio.procedure.file;

import org.tequio.feature.LocalText;

/** A step that cannot be taken with the file as it is. Nothing has changed. */
public final class CaseRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final transient LocalText reason;

  /** Says why. */
  CaseRefused(String kind, LocalText reason) {
    super(reason.en());
    this.kind = kind;
    this.reason = reason;
  }

  /** In kebab-case, for programs. */
  public String kind() {
    return kind;
  }

  /** Why. */
  public LocalText reason() {
    return reason;
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
