package org.tequio.http;

import org.tequio.feature.LayerId;

/** What a request wants to do; the permission matrix has one line for each. */
public sealed interface Permission {
  /**
   * Reads the public fields of a layer.
   *
   * @param layer which
   */
  record Read(LayerId layer) implements Permission {
    /** Reading this layer. */
    public static Read of(LayerId layer) {
      return new Read(layer);
    }
  }

  /** Reads what the city says of itself: its layers' list, findings, API documents. */
  record ReadCity() implements Permission {
    /** Reading the city's public face. */
    public static final ReadCity PUBLIC = new ReadCity();
  }
}
