package org.tequio.procedure.writeback;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.LayerId;
import org.tequio.procedure.WriteBack;

/**
 * What an officer wants a decision to change.
 *
 * @param back what is done, and to which layer of the dictionary
 * @param into which layer of the city; null where only one is of that kind
 * @param keys of the features that are changed; empty for those at the place of the case
 * @param basedOn the revision that the officer has seen; what changed since is a conflict
 * @param parts what is made: one for a new or changed feature and for a merger, several for a
 *     subdivision
 */
public record MapChange(
    WriteBack back, @Nullable LayerId into, List<String> keys, long basedOn, List<Part> parts) {
  /** Copies the lists. */
  public MapChange {
    keys = List.copyOf(keys);
    parts = List.copyOf(parts);
  }

  /**
   * A feature as it is to be.
   *
   * @param geometry in the metres of the layers; null for the place of the case, or the one that a
   *     changed feature has
   * @param values by attribute of the dictionary, or by column; what is not said is not known, or
   *     stays
   */
  public record Part(@Nullable Geometry geometry, Map<String, @Nullable Object> values) {
    /** Without a word: the place of the case and its answers. */
    public static final Part OF_CASE = new Part(null, Map.of());

    /** Copies the values, keeping their order and their nulls. */
    public Part {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }
}
