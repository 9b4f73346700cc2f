package org.tequio.storage;

import java.util.List;
import java.util.Optional;
import org.tequio.feature.Bbox;
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

  /**
   * What edits changed in a layer between two states of it.
   *
   * @param after the revision of the earlier state
   * @param upTo the revision of the later state
   * @param most how many changed features are worth a list
   * @return by id; empty where the layer was replaced whole in between, where more features than
   *     {@code most} changed, or where the store cannot tell
   */
  default Optional<List<Change>> findChanges(LayerId layer, long after, long upTo, int most) {
    return Optional.empty();
  }

  /** The newest revision's number; 0 in a new store. */
  long headRevision();

  /** The revisions that touched a layer, or all where it is empty; newest first. */
  List<Revision> listRevisions(Optional<LayerId> layer, int limit);

  /** Everything that ever happened to one feature, oldest first. */
  List<FeatureVersion> listVersions(LayerId layer, FeatureId feature);

  /**
   * A feature that was made, changed or deleted.
   *
   * @param revision the last that did
   * @param places the envelopes that it had before, in between and has now, in the layer's CRS; it
   *     may list some that it had longer ago
   */
  record Change(FeatureId feature, long revision, List<Bbox> places) {
    /** Copies the places. */
    public Change {
      places = List.copyOf(places);
    }
  }

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
