package org.tequio.publish;

import org.tequio.storage.FeatureStore;

/** Features of one layer, one after the other, from one consistent state. */
@FunctionalInterface
public interface FeatureRows {
  /** Passes each on; a row is valid during the call only. */
  void forEach(FeatureStore.RowVisitor visitor);
}
