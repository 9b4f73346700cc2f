package org.tequio.storage;

import java.sql.Connection;
import java.util.List;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;

/** The inside of one revision: everything in it becomes visible together, or nothing does. */
public interface Transaction {
  /** The number that this revision will have. */
  long revision();

  /**
   * The last revision that changed a layer, this one aside, as this transaction sees it; 0 where
   * there is no such layer.
   */
  long lastChange(LayerId layer);

  /** Makes a staged layer the current generation; the one before stays for as-of reads and undo. */
  void publish(StagedLayer staged);

  /**
   * Makes a version that waited the current generation, as above.
   *
   * @throws IllegalArgumentException when it does not wait
   */
  void publish(AsOf.Waiting version);

  /** Removes a layer from the newest state; its past stays readable. */
  void withdraw(LayerId layer);

  /**
   * Applies edits in order, all or none.
   *
   * @return the ids of the features created, in order
   * @throws EditConflict when a feature was changed after the revision an edit is based on
   */
  List<FeatureId> edit(LayerId layer, List<Edit> edits);

  /** An id that no feature of this layer has had. */
  FeatureId nextFeatureId(LayerId layer);

  /**
   * Empties values in the newest state and in every past and waiting one, so that neither an as-of
   * reading nor an undo can bring them back; what they were is overwritten where it was kept. For
   * what the law wants erased, and for nothing else: everything else stays undoable. {@link
   * CityStore#scrub} completes it.
   *
   * @param fields names of fields, ignoring case; a state that lacks one is left as it is
   */
  void erase(LayerId layer, List<FeatureId> features, List<String> fields);

  /**
   * The connection of this transaction, for a module's own tables. Do not commit, roll back or
   * close it.
   */
  Connection connection();
}
