package org.tequio.catalogue;

import org.tequio.feature.LocalText;

/** Settings that cannot be. Nothing was saved. */
public final class SettingsRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String member;
  private final transient LocalText reason;

  SettingsRefused(String member, LocalText reason) {
    super(member + ": " + reason.en());
    this.member = member;
    this.reason = reason;
  }

  /** Which member of the settings: {@code licence}, {@code fields.uso.dataClass}. */
  public String member() {
    return member;
  }

  /** Why, for people. */
  public LocalText reason() {
    return reason;
  }
}
