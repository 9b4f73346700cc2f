package org.tequio.osm.layer;

import org.jspecify.annotations.Nullable;

/** A file that says how tags stand to layers and cannot be used; it stops the start. */
public final class TagMappingFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TagMappingFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
