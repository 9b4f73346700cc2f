package org.tequio.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;

/**
 * Which features of a layer, in order of their ids.
 *
 * @param bbox in the layer's CRS; features whose envelope touches it; null for all, also those
 *     without a place
 * @param equal every one must hold
 * @param after only ids greater than this; 0 for all: the key of the page before
 * @param limit at most so many; {@link Long#MAX_VALUE} for all
 * @param asOf at which state
 */
public record FeatureQuery(
    @Nullable Bbox bbox, List<FieldEquals> equal, long after, long limit, AsOf asOf) {

  /** Every feature of the newest state. */
  public static final FeatureQuery ALL =
      new FeatureQuery(null, List.of(), 0, Long.MAX_VALUE, AsOf.NOW);

  /** Copies the conditions. */
  public FeatureQuery {
    equal = List.copyOf(equal);
  }

  /** Features whose envelope touches a box, in the newest state. */
  public static FeatureQuery touching(Bbox bbox) {
    return new FeatureQuery(bbox, List.of(), 0, Long.MAX_VALUE, AsOf.NOW);
  }

  /** The same as of another state. */
  public FeatureQuery at(AsOf asOf) {
    return new FeatureQuery(bbox, equal, after, limit, asOf);
  }

  /** The same, a page of it. */
  public FeatureQuery page(long after, long limit) {
    return new FeatureQuery(bbox, equal, after, limit, asOf);
  }

  /**
   * A field has exactly this value.
   *
   * @param field a name of the schema, ignoring case
   * @param value typed as the field is
   */
  public record FieldEquals(String field, Object value) {}
}
