package org.tequio.catalogue;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;

/**
 * Which features of layers are elements of the community map too, as those know it who keep both
 * together. The layers say nothing of it themselves. Thread-safe.
 */
@FunctionalInterface
public interface CommunityLinks {
  /** Where nobody maps. */
  CommunityLinks NONE = (layer, features) -> Map.of();

  /**
   * The elements that features are as they stand now, by the numbers of the features. Of a feature
   * that is none, or whose element was deleted, nothing is said.
   */
  Map<Long, Element> find(LayerId layer, Collection<Long> features);

  /**
   * An element of the community map.
   *
   * @param type node, way or relation
   * @param version in which it agreed with the feature last; null where it never did
   */
  record Element(String type, long id, @Nullable Integer version) {
    /** Its name: {@code way/17}. */
    public String name() {
      return type + "/" + id;
    }
  }
}
