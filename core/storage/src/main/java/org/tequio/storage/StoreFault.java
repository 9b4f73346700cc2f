package org.tequio.storage;

/**
 * The city could not be read or written: the disk is full or broken, the database is damaged or out
 * of reach, or another program holds it. Nothing that this happened to was acknowledged.
 */
public class StoreFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and because of what. */
  public StoreFault(String message, Throwable cause) {
    super(message, cause);
  }

  /** Says what happened. */
  public StoreFault(String message) {
    super(message);
  }
}
