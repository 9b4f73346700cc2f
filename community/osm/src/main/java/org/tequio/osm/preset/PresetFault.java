package org.tequio.osm.preset;

import org.jspecify.annotations.Nullable;

/** A file of presets that cannot be used; the message says which, where and why. */
public final class PresetFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PresetFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
