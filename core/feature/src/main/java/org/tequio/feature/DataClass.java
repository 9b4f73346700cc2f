package org.tequio.feature;

/** Who may see the values of a field. Ordered from open to closed. */
public enum DataClass {
  /** Everyone. */
  PUBLIC,
  /** The staff of the city. */
  INTERNAL,
  /** Says something about an identifiable person; only those whose work needs it, and logged. */
  PERSONAL,
  /** Personal and able to harm: health, origin, belief, minors. */
  SENSITIVE;

  /** True where everyone may see the value. */
  public boolean isPublic() {
    return this == PUBLIC;
  }
}
