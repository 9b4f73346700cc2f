package org.tequio.formats.table;

import org.tequio.feature.FindingCode;

/** A row's place that cannot be read; the row itself is good. */
public final class BadPlaceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FindingCode code;

  BadPlaceException(FindingCode code, String text) {
    super(text, null, false, false);
    this.code = code;
  }

  /** {@code GEOMETRY_BAD_COORDINATE} or {@code GEOMETRY_UNREADABLE}. */
  public FindingCode code() {
    return code;
  }
}
