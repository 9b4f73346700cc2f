package org.tequio.osm.element;

/**
 * One version of an element as it lies in the database: what is only passed on is never made into
 * objects. The bytes are not changed by anybody.
 *
 * @param key see {@link ElementKey}
 * @param data see {@link ElementBytes}
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredElement(long key, byte[] data) {
  /** Reads it from front to back. */
  public ElementCursor cursor() {
    return new ElementCursor(data);
  }

  /** Its version. */
  public int version() {
    return cursor().integer();
  }

  /** False where it says: deleted. */
  public boolean isVisible() {
    ElementCursor in = cursor();
    for (int i = 0; i < 4; i++) {
      in.number();
    }
    return in.number() != 0;
  }
}
