package org.tequio.publish.edit;

import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;

/** What somebody wants to become of one feature. */
public sealed interface LayerEdit {
  /** The layer. */
  LayerId layer();

  /** A new feature; what is not said of it is not known. */
  record Insert(LayerId layer, Content content) implements LayerEdit {}

  /**
   * A feature of which some fields, or the place, become others; the rest stays.
   *
   * @param basedOn the revision of the map that the editor had seen; 0 where that is not known
   */
  record Update(LayerId layer, FeatureId feature, Content changes, long basedOn)
      implements LayerEdit {}

  /**
   * A feature that becomes another under the same identifier; open fields that are not said are not
   * known any more, closed ones stay.
   *
   * @param basedOn as in {@link Update}
   */
  record Replace(LayerId layer, FeatureId feature, Content content, long basedOn)
      implements LayerEdit {}

  /**
   * A feature that goes.
   *
   * @param basedOn as in {@link Update}
   */
  record Delete(LayerId layer, FeatureId feature, long basedOn) implements LayerEdit {}
}
