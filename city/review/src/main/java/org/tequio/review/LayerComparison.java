package org.tequio.review;

import java.io.IOException;
import java.util.List;
import org.tequio.feature.LayerId;

/**
 * What is different between two states of a layer.
 *
 * @param summary how many features became what
 * @param schema fields that the two do not share
 * @param changes the features that changed
 */
public record LayerComparison(
    LayerId layer, DiffSummary summary, List<SchemaChange> schema, Changes changes) {
  /** Copies the list. */
  public LayerComparison {
    schema = List.copyOf(schema);
  }

  /** A feature that changed. */
  public record Change(long feature, String kind) {}

  /** Gives the features that changed, page by page. */
  @FunctionalInterface
  public interface Changes {
    /** Those with ids greater than {@code after}, in the order of their ids. */
    List<Change> list(long after, int limit) throws IOException;
  }
}
