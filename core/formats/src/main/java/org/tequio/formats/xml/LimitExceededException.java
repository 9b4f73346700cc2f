package org.tequio.formats.xml;

import java.io.IOException;

/** Input that goes further than {@link org.tequio.formats.Limits} allow. */
public final class LimitExceededException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says which limit. */
  public LimitExceededException(String message) {
    super(message);
  }
}
