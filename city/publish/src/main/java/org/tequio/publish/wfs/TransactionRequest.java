package org.tequio.publish.wfs;

import java.util.List;
import org.tequio.publish.edit.Content;

/**
 * A transaction, read and checked against the names of the layers.
 *
 * @param version that the answer speaks
 * @param old true for one of version 1.0 (OGC 02-058), which QGIS sends to services of 2.0
 * @param handle what the client calls it; empty where it has no name
 * @param actions in order
 */
record TransactionRequest(WfsVersion version, boolean old, String handle, List<Action> actions) {
  /** Copies the list. */
  TransactionRequest {
    actions = List.copyOf(actions);
  }

  /** One thing to do. */
  sealed interface Action {
    FeatureType type();

    /** What the client calls it; empty where it has no name. */
    String handle();

    /** A new feature. */
    record Insert(FeatureType type, String handle, Content content) implements Action {}

    /** Features of which some properties become others. */
    record Update(FeatureType type, String handle, FesFilter filter, Content changes)
        implements Action {}

    /** Features that become another. */
    record Replace(FeatureType type, String handle, FesFilter filter, Content content)
        implements Action {}

    /** Features that go. */
    record Delete(FeatureType type, String handle, FesFilter filter) implements Action {}
  }
}
