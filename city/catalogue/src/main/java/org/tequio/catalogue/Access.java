package org.tequio.catalogue;

/** Who may see that a layer exists. Its fields may be more closed than the layer, never less. */
public enum Access {
  /** Everyone. */
  PUBLIC,
  /** The staff of the city; to everyone else there is no such layer. */
  INTERNAL
}
