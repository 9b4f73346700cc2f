package org.tequio.reconcile.merge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LayerId;
import org.tequio.feature.Wkb;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * Some features of a layer read at once, to be asked for in any order: one scan where their ids lie
 * close together, one by one where they do not.
 */
final class FeatureBlock {
  private static final int SCAN_WORTH = 6;

  private final long[] ids;
  private final byte[] @Nullable [] wkbs;
  private final @Nullable Object[][] values;

  private FeatureBlock(long[] ids) {
    this.ids = ids;
    this.wkbs = new byte[ids.length] @Nullable [];
    this.values = new @Nullable Object[ids.length][];
  }

  /**
   * Reads.
   *
   * @param ids without order, may repeat
   * @param geometry true where their geometry is wanted
   */
  static FeatureBlock read(
      FeatureStore store, LayerId layer, AsOf asOf, int fields, long[] ids, boolean geometry) {
    FeatureBlock block = new FeatureBlock(Arrays.stream(ids).sorted().distinct().toArray());
    int count = block.ids.length;
    if (count == 0) {
      return block;
    }
    long first = block.ids[0];
    long last = block.ids[count - 1];
    if (last - first < (long) SCAN_WORTH * count) {
      store.scan(
          layer,
          FeatureQuery.ALL.page(first - 1, Long.MAX_VALUE).at(asOf),
          row -> {
            int at = block.find(row.id());
            if (at >= 0) {
              block.keep(at, row, fields, geometry);
            }
            return row.id() < last;
          });
    } else {
      for (int i = 0; i < count; i++) {
        int at = i;
        store
            .findFeature(layer, new FeatureId(block.ids[i]), asOf)
            .ifPresent(feature -> block.keep(at, feature, geometry));
      }
    }
    return block;
  }

  private void keep(int at, FeatureRow row, int fields, boolean geometry) {
    byte[] wkb = row.wkb();
    if (geometry && wkb != null) {
      wkbs[at] = Arrays.copyOfRange(wkb, row.wkbOffset(), row.wkbOffset() + row.wkbLength());
    }
    values[at] = new @Nullable Object[fields];
    for (int i = 0; i < fields; i++) {
      values[at][i] = row.value(i);
    }
  }

  private void keep(int at, Feature feature, boolean geometry) {
    if (geometry && feature.geometry() != null) {
      wkbs[at] = Wkb.of(feature.geometry());
    }
    values[at] = feature.properties().values().toArray();
  }

  private int find(long id) {
    return Arrays.binarySearch(ids, id);
  }

  /** True where the layer has the feature. */
  boolean has(long id) {
    int at = find(id);
    return at >= 0 && values[at] != null;
  }

  byte @Nullable [] wkb(long id) {
    int at = find(id);
    return at < 0 ? null : wkbs[at];
  }

  @Nullable Object value(long id, int field) {
    int at = find(id);
    return at < 0 || values[at] == null ? null : values[at][field];
  }
}
