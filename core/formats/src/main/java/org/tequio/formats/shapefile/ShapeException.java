package org.tequio.formats.shapefile;

/** One record whose bytes are not a shape; the next one may be. */
final class ShapeException extends Exception {
  private static final long serialVersionUID = 1L;

  ShapeException(String message) {
    super(message);
  }
}
