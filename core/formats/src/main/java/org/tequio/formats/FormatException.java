package org.tequio.formats;

import org.tequio.feature.FindingCode;

/** A source that cannot be read: the data's fault, told with its place, never a bug of ours. */
public final class FormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FindingCode code;

  /**
   * A refusal.
   *
   * @param code what kind: {@code FILE_UNREADABLE}, {@code FILE_TRUNCATED}, {@code FILE_REFUSED}
   * @param message what is wrong and where: "byte 173: the collection is not closed"
   */
  public FormatException(FindingCode code, String message) {
    super(message);
    this.code = code;
  }

  /** The same with its cause. */
  public FormatException(FindingCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What kind of fault it is. */
  public FindingCode code() {
    return code;
  }
}
