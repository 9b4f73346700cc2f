package org.tequio.osm;

/** What a person says of a contradiction between a layer and the community map. */
public enum Settlement {
  /** The element is right: the next proposal brings what it says to the layer. */
  ELEMENT,
  /** The layer is right: the next improvement brings what it says to the element. */
  LAYER,
  /** Nobody knows yet: both stay as they are, and an earlier choice is taken back. */
  OPEN
}
