package org.tequio.storage;

import java.util.List;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;

/** Edits that were based on features which have changed since. Nothing was applied. */
public final class EditConflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient LayerId layer;
  private final transient List<FeatureId> features;

  /** Names what changed in the meantime. */
  public EditConflict(LayerId layer, List<FeatureId> features) {
    super("changed since they were read: features " + features + " of layer " + layer);
    this.layer = layer;
    this.features = List.copyOf(features);
  }

  /** The layer. */
  public LayerId layer() {
    return layer;
  }

  /** The features that are not as the editor read them. */
  public List<FeatureId> features() {
    return features;
  }
}
