package org.tequio.formats.archive;

/** An archive that is refused. */
public final class ArchiveException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean damaged;

  private ArchiveException(boolean damaged, String message) {
    super(message);
    this.damaged = damaged;
  }

  static ArchiveException refused(String message) {
    return new ArchiveException(false, message);
  }

  static ArchiveException damaged(String message) {
    return new ArchiveException(true, message);
  }

  /** True where it is broken; false where it breaks a limit or tries to do harm. */
  public boolean isDamaged() {
    return damaged;
  }
}
