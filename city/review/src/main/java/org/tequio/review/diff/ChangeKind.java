package org.tequio.review.diff;

import java.util.Locale;
import java.util.Optional;

/** What became of a feature between two states. */
public enum ChangeKind {
  /** Only in the later state. */
  ADDED,
  /** Only in the earlier state. */
  REMOVED,
  /** Other geometry, same attributes. */
  GEOMETRY,
  /** Same geometry, other attributes. */
  ATTRIBUTES,
  /** Other geometry and other attributes. */
  BOTH;

  /** As it is written in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this name. */
  public static Optional<ChangeKind> ofWireName(String name) {
    for (ChangeKind kind : values()) {
      if (kind.wireName().equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
