package org.tequio.storage;

import java.util.List;
import java.util.Optional;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LayerId;

/** Reads the features of all layers. Thread-safe; readers never wait for a writer. */
public interface FeatureStore {
  /** All layers of the newest state, by id. */
  List<StoredLayer> listLayers();

  /** One layer of the newest state. */
  Optional<StoredLayer> findLayer(LayerId layer);

  /** One layer as of a state: its schema and count were others then. */
  Optional<StoredLayer> findLayer(LayerId layer, AsOf asOf);

  /** One feature. */
  Optional<Feature> findFeature(LayerId layer, FeatureId feature, AsOf asOf);

  /**
   * Passes on the features that a query asks for, from one consistent state.
   *
   * @return how many were passed on
   * @throws IllegalArgumentException for a layer or field that does not exist as of that state
   */
  long scan(LayerId layer, FeatureQuery query, RowVisitor visitor);

  /** How many features a query gives, its limit and page aside. */
  long count(LayerId layer, FeatureQuery query);

  /** The newest revision's number; 0 in a new store. */
  long headRevision();

  /** The revisions that touched a layer, or all where it is empty; newest first. */
  List<Revision> listRevisions(Optional<LayerId> layer, int limit);

  /** Everything that ever happened to one feature, oldest first. */
  List<FeatureVersion> listVersions(LayerId layer, FeatureId feature);

  /** Sees the features of a scan. */
  @FunctionalInterface
  interface RowVisitor {
    /**
     * One feature.
     *
     * @param row valid during the call only
     * @return false to end the scan
     */
    boolean visit(FeatureRow row);
  }

  /**
   * A feature as one revision left it.
   *
   * @param revision what made it so
   * @param feature its content; empty where that revision deleted it
   */
  record FeatureVersion(Revision revision, Optional<Feature> feature) {}
}
