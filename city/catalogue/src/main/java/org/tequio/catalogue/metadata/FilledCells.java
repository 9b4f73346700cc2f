package org.tequio.catalogue.metadata;

import java.util.ArrayList;
import java.util.List;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Field;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * How many cells of a layer hold a value: of the columns that a steward mapped to the dictionary,
 * where there are such, else of all; and the places of the features.
 *
 * @param filled cells with a value
 * @param cells cells that were looked at; 0 where there was none
 * @param rows features that were looked at
 */
record FilledCells(long filled, long cells, long rows) {
  /** So many features say how full a layer is. */
  private static final int MOST_ROWS = 20_000;

  static FilledCells of(FeatureStore store, LayerRecord layer) {
    List<Field> fields = layer.schema().fields();
    int[] positions = positions(layer, fields);
    boolean hasPlaces = layer.schema().hasGeometry();
    long[] counts = new long[3];
    store.scan(
        layer.id(),
        FeatureQuery.ALL.page(0, MOST_ROWS),
        row -> {
          for (int position : positions) {
            counts[0] += row.value(position) == null ? 0 : 1;
          }
          if (hasPlaces) {
            counts[0] += row.wkb() == null ? 0 : 1;
          }
          counts[1] += positions.length + (hasPlaces ? 1 : 0);
          counts[2]++;
          return true;
        });
    return new FilledCells(counts[0], counts[1], counts[2]);
  }

  private static int[] positions(LayerRecord layer, List<Field> fields) {
    List<Integer> mapped = new ArrayList<>();
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      all.add(i);
      if (layer.attributeOf(fields.get(i).name()).isPresent()) {
        mapped.add(i);
      }
    }
    return (mapped.isEmpty() ? all : mapped).stream().mapToInt(Integer::intValue).toArray();
  }
}
