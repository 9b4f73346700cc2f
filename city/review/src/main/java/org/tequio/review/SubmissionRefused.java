package org.tequio.review;

import org.tequio.feature.LocalText;

/** Something that cannot be done with a submission as it is now. Nothing was done. */
public final class SubmissionRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final transient LocalText reason;

  SubmissionRefused(String kind, LocalText reason) {
    super(reason.en());
    this.kind = kind;
    this.reason = reason;
  }

  /** A stable name in kebab-case. */
  public String kind() {
    return kind;
  }

  /** Why, for people. */
  public LocalText reason() {
    return reason;
  }
}
