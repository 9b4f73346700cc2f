package org.tequio.publish.tile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tequio.feature.Bbox;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.MvtDetail;
import org.tequio.feature.MvtWriter;
import org.tequio.feature.TileCoord;
import org.tequio.feature.TileTransform;
import org.tequio.http.Reply;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * Makes tiles that are never larger than {@value #MAX_BYTES} bytes compressed: a tile that would be
 * is made again with fewer attributes, then with fewer features. What is left out depends on the
 * tile's own content only. Not thread-safe: one for each tile in work.
 */
final class TileMaker {
  /** Past this size phones wait. */
  static final int MAX_BYTES = 500_000;

  /** From this level on a tile has every public property. */
  static final int ALL_ATTRIBUTES_FROM_ZOOM = 14;

  /** Below it, so many at most. */
  static final int FEW_ATTRIBUTES = 6;

  /** A property with more different values than one for so many features is the first to go. */
  private static final int FEW_SHARE = 50;

  private static final int MAX_THINNING = 1 << 20;

  private final FeatureStore store;
  private final MvtWriter writer = new MvtWriter();

  TileMaker(FeatureStore store) {
    this.store = store;
  }

  EncodedTile make(PublicLayer layer, TileCoord tile) {
    Bbox extent = layer.stored().extent();
    TileTransform transform =
        TileTransform.of(tile, CrsRegistry.standard(), layer.stored().crs(), extent);
    if (transform.isEmpty() || extent == null) {
      return EncodedTile.EMPTY;
    }
    List<Field> fields = fields(layer, tile.z());
    List<String> keys = fields.stream().map(Field::name).toList();
    int[] positions = keys.stream().mapToInt(layer::positionOf).toArray();
    writer.begin(layer.id().value(), keys, transform, MvtDetail.ofZoom(tile.z()));
    long seen =
        store.scan(
            layer.id(),
            FeatureQuery.touching(transform.domain()).at(layer.asOf()),
            row -> {
              writer.add(row, positions);
              return true;
            });
    return writer.written() == 0 ? EncodedTile.EMPTY : fitted(keys.size(), seen);
  }

  /**
   * Leaves out what makes the tile too large: values that few features share, all values, features.
   */
  private EncodedTile fitted(int width, long seen) {
    boolean[] kept = new boolean[width];
    Arrays.fill(kept, true);
    int oneIn = 1;
    while (true) {
      byte[] bytes = writer.toBytes(kept, oneIn);
      byte[] gzip = Reply.gzip(bytes, bytes.length);
      if (gzip.length <= MAX_BYTES || oneIn >= MAX_THINNING) {
        return new EncodedTile(gzip, writer.countOneIn(oneIn), seen, count(kept));
      }
      if (!dropCostly(kept)) {
        if (count(kept) > 0) {
          Arrays.fill(kept, false);
        } else {
          oneIn *= Math.max(2, Math.ceilDiv(gzip.length, MAX_BYTES));
        }
      }
    }
  }

  private boolean dropCostly(boolean[] kept) {
    boolean any = false;
    for (int k = 0; k < kept.length; k++) {
      if (kept[k] && writer.distinctValues(k) > writer.written() / FEW_SHARE) {
        kept[k] = false;
        any = true;
      }
    }
    return any;
  }

  private static int count(boolean[] kept) {
    int count = 0;
    for (boolean one : kept) {
      count += one ? 1 : 0;
    }
    return count;
  }

  static List<Field> fields(PublicLayer layer, int z) {
    return z >= ALL_ATTRIBUTES_FROM_ZOOM ? layer.fields() : few(layer);
  }

  /** The name, code lists and numbers first: what maps are coloured and labelled by. */
  private static List<Field> few(PublicLayer layer) {
    List<Field> few = new ArrayList<>();
    layer.titleField().ifPresent(few::add);
    for (int turn = 0; turn < 3; turn++) {
      for (Field field : layer.fields()) {
        int rank = !field.codes().isEmpty() ? 0 : field.type() == FieldType.TEXT ? 1 : 2;
        if (rank == turn && few.size() < FEW_ATTRIBUTES && !few.contains(field)) {
          few.add(field);
        }
      }
    }
    return few;
  }
}
