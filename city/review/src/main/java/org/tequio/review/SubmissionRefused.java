package org.tequio.review;

import org.tequio.feature.LocalText;
import org.tequio.feature.Refused;

/** Something that cannot be done with a submission as it is now. Nothing was done. */
public final class SubmissionRefused extends Refused {
  private static final long serialVersionUID = 1L;

  SubmissionRefused(String kind, LocalText reason) {
    super(kind, reason);
  }
}
