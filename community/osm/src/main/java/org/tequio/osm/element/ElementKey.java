package org.tequio.osm.element;

import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;

/**
 * One number for an element of any kind: the kind in the high bits, so that the rows of a kind lie
 * together, in the order of files.
 */
public final class ElementKey {
  /** No id is greater: what every client's numbers hold exactly. */
  public static final long MOST = (1L << 53) - 1;

  private static final int SHIFT = 60;
  private static final Type[] TYPES = Type.values();

  private ElementKey() {}

  /** The key of an element. */
  public static long of(Type type, long id) {
    return (long) type.ordinal() << SHIFT | id;
  }

  /** The key of an element. */
  public static long of(OsmElement element) {
    return of(element.type(), element.id());
  }

  /** Its kind. */
  public static Type type(long key) {
    return TYPES[(int) (key >>> SHIFT)];
  }

  /** Its id among those of its kind. */
  public static long id(long key) {
    return key & (1L << SHIFT) - 1;
  }
}
