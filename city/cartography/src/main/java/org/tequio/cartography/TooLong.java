package org.tequio.cartography;

/** A picture needs more time or room than whoever asked for it would give. */
public final class TooLong extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The picture took too long. */
  public TooLong() {
    super("the picture took too long to draw");
  }

  /** The picture has too much in it. */
  public TooLong(RuntimeException cause) {
    super(cause.getMessage(), cause);
  }
}
