package org.tequio.publish.wfs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GetFeature or GetPropertyValue, read and checked.
 *
 * @param queries in the order in which they are answered
 * @param count at most so many features; {@link Long#MAX_VALUE} for all
 * @param start so many are passed over
 * @param hits true where only their number is asked for
 * @param bare true for a stored query whose answer is the feature itself
 * @param reference the property whose values are asked for; null where features are
 * @param sent the query as {@link SentQuery} packs it, where it came as XML; null where it came by
 *     parameters or is too long
 */
record FeatureRequest(
    WfsVersion version,
    List<TypeQuery> queries,
    OutputFormat format,
    long count,
    long start,
    boolean hits,
    boolean bare,
    @Nullable String reference,
    @Nullable String sent) {
  /** Copies the list. */
  FeatureRequest {
    queries = List.copyOf(queries);
  }
}
