package org.tequio.feature;

/**
 * Something that cannot be done as things stand, told to whoever asked for it. Nothing was done.
 * Each module has its own kind, which callers catch by its name.
 */
public abstract class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final transient LocalText reason;

  /**
   * Says why.
   *
   * @param kind a stable name in kebab-case, for programs
   * @param reason for people
   */
  protected Refused(String kind, LocalText reason) {
    super(reason.en());
    this.kind = kind;
    this.reason = reason;
  }

  /** A stable name in kebab-case, for programs. */
  public final String kind() {
    return kind;
  }

  /** Why, for people. */
  public final LocalText reason() {
    return reason;
  }
}
