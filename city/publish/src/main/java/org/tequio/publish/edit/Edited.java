package org.tequio.publish.edit;

import java.util.List;
import org.tequio.feature.FeatureId;

/**
 * What became of edits; durable.
 *
 * @param revision that holds them; the newest one where nothing changed
 * @param inserted the identifiers of the new features, in the order of the edits
 * @param updated how many features were updated
 * @param replaced how many features were replaced
 * @param deleted how many features were deleted
 */
public record Edited(
    long revision, List<FeatureId> inserted, long updated, long replaced, long deleted) {
  /** Copies the list. */
  public Edited {
    inserted = List.copyOf(inserted);
  }
}
