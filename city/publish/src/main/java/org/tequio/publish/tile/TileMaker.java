package org.tequio.publish.tile;

import java.util.ArrayList;
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
    int oneIn = 1;
    while (true) {
      EncodedTile made = encode(layer, tile, transform, fields, oneIn);
      if (made.gzip().length <= MAX_BYTES || oneIn >= MAX_THINNING) {
        return made;
      }
      if (fields.size() > FEW_ATTRIBUTES) {
        fields = few(layer);
      } else if (!fields.isEmpty()) {
        fields = List.of();
      } else {
        oneIn *= (int) Math.max(2, Math.ceilDiv(made.gzip().length, MAX_BYTES));
      }
    }
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

  private EncodedTile encode(
      PublicLayer layer, TileCoord tile, TileTransform transform, List<Field> fields, int oneIn) {
    List<String> keys = fields.stream().map(Field::name).toList();
    int[] positions = keys.stream().mapToInt(layer::positionOf).toArray();
    MvtDetail detail = MvtDetail.ofZoom(tile.z()).keepingOneIn(oneIn);
    writer.begin(layer.id().value(), keys, transform, detail);
    long seen =
        store.scan(
            layer.id(),
            FeatureQuery.touching(transform.domain()),
            row -> {
              writer.add(row, positions);
              return true;
            });
    byte[] bytes = writer.toBytes();
    if (bytes.length == 0) {
      return EncodedTile.EMPTY;
    }
    return new EncodedTile(Reply.gzip(bytes, bytes.length), writer.written(), seen, keys.size());
  }
}
