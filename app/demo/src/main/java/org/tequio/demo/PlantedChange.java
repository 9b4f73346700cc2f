package org.tequio.demo;

/**
 * One way in which the cadastre's next delivery differs from its first, so that a comparison can be
 * held to finding it.
 *
 * @param kind what happened to the parcel
 * @param key the parcel's key: {@code 014-0027-012}
 */
public record PlantedChange(Kind kind, String key) {
  /** What can happen to a parcel between two deliveries. */
  public enum Kind {
    /** A part of a divided parcel, under a key that was not there before. */
    ADDED,
    /** Gone from the books. */
    REMOVED,
    /** Measured again: a corner lies elsewhere, nothing else changed. */
    GEOMETRY,
    /** Used or valued otherwise; drawn as before. */
    ATTRIBUTES,
    /** What is left of a divided parcel: smaller, and its area says so. */
    BOTH
  }
}
