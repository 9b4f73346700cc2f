package org.tequio.formats.xml;

import org.tequio.feature.FindingCode;

/** A geometry that cannot be read; the feature around it can. */
public final class BadShapeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FindingCode code;

  /**
   * Says what is wrong.
   *
   * @param code {@code GEOMETRY_BAD_COORDINATE} or {@code GEOMETRY_UNREADABLE}
   */
  public BadShapeException(FindingCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** What kind of fault it is. */
  public FindingCode code() {
    return code;
  }
}
