package org.tequio.mapping.desk;

/** What is asked for is not there, or not for the one who asks. */
public final class NotThere extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Says what.
   *
   * @param code as the reference has it, such as {@code TASK_NOT_FOUND}
   */
  public NotThere(String code) {
    super(code);
    this.code = code;
  }

  /** What is not there. */
  public String code() {
    return code;
  }
}
