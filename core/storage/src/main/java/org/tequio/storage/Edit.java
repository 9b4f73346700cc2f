package org.tequio.storage;

import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;

/** What can happen to a feature; a new kind of edit fails to compile until every store does it. */
public sealed interface Edit {
  /**
   * A new feature. Its id is given by the store, whatever the feature carries; see {@link
   * Transaction#nextFeatureId}.
   */
  record Create(Feature feature) implements Edit {}

  /**
   * A feature with new content.
   *
   * @param after the same id, new geometry and properties
   * @param basedOn the store's revision that the editor had read; the edit is refused when the
   *     feature changed after it
   */
  record Replace(Feature after, long basedOn) implements Edit {}

  /**
   * A feature that goes.
   *
   * @param id which
   * @param basedOn as in {@link Replace}
   */
  record Delete(FeatureId id, long basedOn) implements Edit {}
}
