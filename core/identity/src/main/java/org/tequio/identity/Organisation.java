package org.tequio.identity;

import java.util.Locale;
import java.util.Optional;
import org.tequio.feature.LayerId;

/**
 * A body that people hold roles for.
 *
 * @param id stable; an office's is that of its pack; for a department the {@linkplain #idOf form}
 *     of the name by which layers know it
 * @param kind what sort of body
 * @param name as it is called
 */
public record Organisation(String id, Kind kind, String name) {

  /** What sort of body an organisation is. */
  public enum Kind {
    /** The city itself. */
    CITY,
    /** Owns layers. */
    DEPARTMENT,
    /** Teaches and studies. */
    UNIVERSITY,
    /** A group of residents. */
    COMMUNITY;

    /** The name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a name on the wire. */
    public static Optional<Kind> of(String wireName) {
      for (Kind kind : values()) {
        if (kind.wireName().equals(wireName)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /** The department of a name. */
  public static Organisation department(String name) {
    return new Organisation(idOf(name), Kind.DEPARTMENT, name);
  }

  /** The identifier that a name gives: lower case, without accents, joined by underscores. */
  public static String idOf(String name) {
    return LayerId.ofName(name).value();
  }
}
