package org.tequio.procedure;

import java.util.Locale;

/**
 * What the decision of a procedure changes on the map.
 *
 * @param change what is done
 * @param layer to which layer of the dictionary
 */
public record WriteBack(Change change, String layer) {

  /** What a decision does to a layer. */
  public enum Change {
    /** A new feature. */
    ADD,
    /** Other values of a feature that is there. */
    UPDATE,
    /** A feature ends; its past stays. */
    REMOVE,
    /** One feature becomes several; their areas sum to its own. */
    SPLIT,
    /** Several features become one. */
    MERGE;

    /** The name in packs and on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
