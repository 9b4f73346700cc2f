package org.tequio.reconcile;

import java.util.Locale;
import java.util.Optional;

/** What layers are brought together for. */
public enum ReconciliationKind {
  /** Several versions of one thing: each may lack what others have. */
  CROSSWALK,
  /** A table without geometry whose rows belong to the features of the first layer. */
  JOIN;

  /** The name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a wire name. */
  public static Optional<ReconciliationKind> find(String wireName) {
    for (ReconciliationKind kind : values()) {
      if (kind.wireName().equals(wireName)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
