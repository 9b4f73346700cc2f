package org.tequio.formats.osm;

import org.jspecify.annotations.Nullable;

/**
 * One element of the OSM model as a file gives it. The arrays belong to the receiver.
 *
 * @param timestamp seconds since 1970; 0 where it is not known
 * @param tags key, value, key, value …
 * @param x longitude of a node in 1e-7 degrees
 * @param y latitude of a node in 1e-7 degrees
 * @param refs the nodes of a way, or the members of a relation
 * @param types of the members; empty for nodes and ways
 * @param roles of the members; empty for nodes and ways
 */
@SuppressWarnings("ArrayRecordComponent")
record OsmElement(
    Type type,
    long id,
    int version,
    long timestamp,
    String[] tags,
    int x,
    int y,
    long[] refs,
    Type[] types,
    String[] roles) {
  static final String[] NO_TEXTS = {};
  static final long[] NO_REFS = {};
  static final Type[] NO_TYPES = {};

  /** The three kinds. */
  enum Type {
    NODE,
    WAY,
    RELATION
  }

  /** The value of a tag; null where the element has none of this key. */
  @Nullable String tag(String key) {
    for (int i = 0; i + 1 < tags.length; i += 2) {
      if (tags[i].equals(key)) {
        return tags[i + 1];
      }
    }
    return null;
  }

  /** True where a tag says what the thing is, and not only who drew it. */
  boolean isTagged() {
    for (int i = 0; i + 1 < tags.length; i += 2) {
      switch (tags[i]) {
        case "created_by", "converted_by", "source", "time", "ele", "attribution", "type" -> {}
        default -> {
          return true;
        }
      }
    }
    return false;
  }

  /** True for a way that ends where it begins. */
  boolean isClosed() {
    return refs.length >= 4 && refs[0] == refs[refs.length - 1];
  }
}
