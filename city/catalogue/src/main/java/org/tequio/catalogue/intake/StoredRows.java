package org.tequio.catalogue.intake;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.match.RowSource;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/** The features of a published layer, as of the revision at which it was looked at. */
final class StoredRows implements RowSource {
  private final FeatureStore store;
  private final StoredLayer layer;
  private final List<Integer> fields;

  /**
   * Some columns of a layer.
   *
   * @param fields their places in the layer's schema
   */
  StoredRows(FeatureStore store, StoredLayer layer, List<Integer> fields) {
    this.store = store;
    this.layer = layer;
    this.fields = List.copyOf(fields);
  }

  @Override
  public int size() {
    return Math.toIntExact(layer.count());
  }

  @Override
  public void forEach(@Nullable BitSet wanted, Sink sink) {
    @Nullable Object[] values = new Object[fields.size()];
    int[] at = new int[1];
    store.scan(
        layer.id(),
        FeatureQuery.ALL.at(new AsOf.AtRevision(layer.revision())),
        row -> {
          int place = at[0]++;
          if (wanted != null && !wanted.get(place)) {
            return wanted.nextSetBit(place) >= 0;
          }
          for (int i = 0; i < values.length; i++) {
            values[i] = row.value(fields.get(i));
          }
          sink.row(row.id(), row.wkb(), row.wkbOffset(), row.wkbLength(), values);
          return true;
        });
  }
}
