package org.tequio.formats.osm;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One element of the OSM model: in one version, as a file, a change or the city's map has it. The
 * arrays belong to the receiver.
 *
 * @param id positive; of what a change creates and nobody has numbered yet, a negative placeholder
 * @param meta which version this is
 * @param tags key, value, key, value …
 * @param x longitude of a node in 1e-7 degrees
 * @param y latitude of a node in 1e-7 degrees
 * @param refs the nodes of a way, or the members of a relation
 * @param types of the members; empty for nodes and ways
 * @param roles of the members; empty for nodes and ways
 */
@SuppressWarnings("ArrayRecordComponent")
public record OsmElement(
    Type type,
    long id,
    Meta meta,
    String[] tags,
    int x,
    int y,
    long[] refs,
    Type[] types,
    String[] roles) {
  static final String[] NO_TEXTS = {};
  static final long[] NO_REFS = {};
  static final Type[] NO_TYPES = {};

  /** The three kinds, in the order in which files and changes have them. */
  public enum Type {
    /** A place. */
    NODE,
    /** A line through nodes. */
    WAY,
    /** Some elements together, each with its role. */
    RELATION;

    /** As the API and the files write it: {@code node}, {@code way}, {@code relation}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Which version an element is in, and who made it.
   *
   * @param version from 1; 0 where it is not known
   * @param timestamp seconds since 1970; 0 where it is not known
   * @param changeset 0 where it is not known
   * @param uid 0 where it is not known
   * @param user the name as it was shown; empty where it is not known
   * @param visible false for a version that says: deleted
   */
  public record Meta(
      int version, long timestamp, long changeset, long uid, String user, boolean visible) {
    /** Of an element about which nothing of this is known. */
    public static final Meta UNKNOWN = new Meta(0, 0, 0, 0, "", true);
  }

  /** A node; of a deleted one the place is where it last was. */
  public static OsmElement node(long id, Meta meta, int x, int y, String... tags) {
    return new OsmElement(Type.NODE, id, meta, tags, x, y, NO_REFS, NO_TYPES, NO_TEXTS);
  }

  /** A way. */
  public static OsmElement way(long id, Meta meta, long[] refs, String... tags) {
    return new OsmElement(Type.WAY, id, meta, tags, 0, 0, refs, NO_TYPES, NO_TEXTS);
  }

  /** A relation. */
  public static OsmElement relation(
      long id, Meta meta, long[] refs, Type[] types, String[] roles, String... tags) {
    return new OsmElement(Type.RELATION, id, meta, tags, 0, 0, refs, types, roles);
  }

  /** The same, said to be another version. */
  public OsmElement with(Meta other) {
    return new OsmElement(type, id, other, tags, x, y, refs, types, roles);
  }

  /** The value of a tag; null where the element has none of this key. */
  public @Nullable String tag(String key) {
    for (int i = 0; i + 1 < tags.length; i += 2) {
      if (tags[i].equals(key)) {
        return tags[i + 1];
      }
    }
    return null;
  }

  /** True where a tag says what the thing is, and not only who drew it. */
  public boolean isTagged() {
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
  public boolean isClosed() {
    return refs.length >= 4 && refs[0] == refs[refs.length - 1];
  }
}
