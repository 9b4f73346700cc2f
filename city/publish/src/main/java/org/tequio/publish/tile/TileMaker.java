package org.tequio.publish.tile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.MvtDetail;
import org.tequio.feature.MvtWriter;
import org.tequio.feature.PackedRows;
import org.tequio.feature.TileCoord;
import org.tequio.feature.TileTransform;
import org.tequio.http.Coding;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.memory.LayersInMemory;
import org.tequio.storage.FeatureQuery;

/**
 * Makes tiles that are never larger than so many bytes compressed. Where features are too many for
 * any such tile, the larger ones are drawn and of the small ones a share that stands for all; a
 * tile that is still too large is made again with fewer attributes, then with fewer features. What
 * is left out depends on the tile's own content only. Not thread-safe: one for each tile in work.
 */
final class TileMaker {
  /** From this level on a tile has every public property. */
  static final int ALL_ATTRIBUTES_FROM_ZOOM = 14;

  /** Below it, so many at most. */
  static final int FEW_ATTRIBUTES = 6;

  /** From this level on nothing is simplified. */
  static final int FULL_DETAIL_FROM_ZOOM = 16;

  /** A property with more different values than one for so many features is the first to go. */
  private static final int FEW_SHARE = 50;

  private static final int MAX_THINNING = 1 << 20;
  private static final int MAX_TURNS = 40;

  /** A feature with nothing but a place takes so many bytes compressed, and with a few values. */
  private static final int BARE_BYTES = 12;

  private static final int USUAL_BYTES = 25;

  /** Layers with more features are worth a wait for being in memory, where much of them is seen. */
  private static final int MANY = 50_000;

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final LayersInMemory store;
  private final int maxBytes;
  private final MvtWriter writer = new MvtWriter();

  TileMaker(LayersInMemory store, int maxBytes) {
    this.store = store;
    this.maxBytes = maxBytes;
  }

  EncodedTile make(LayerTiles tiles, TileCoord tile, Coding coding) {
    PublicLayer layer = tiles.layer();
    TileTransform transform = tiles.transform(tile);
    if (transform.isEmpty() || layer.stored().extent() == null) {
      return EncodedTile.EMPTY;
    }
    List<Field> fields = fields(layer, tile.detail());
    List<String> keys = fields.stream().map(Field::name).toList();
    int[] positions = keys.stream().mapToInt(layer::positionOf).toArray();
    MvtDetail detail = MvtDetail.ofZoom(tile.detail());
    Optional<PackedRows> rows = rows(layer, tile);
    long seen;
    if (rows.isPresent() && tile.detail() < FULL_DETAIL_FROM_ZOOM) {
      seen = rows.get().count(transform.domain());
      writeDrawn(rows.get(), layer, keys, positions, transform, tile, detail);
    } else {
      writer.begin(layer.id().value(), keys, transform, detail);
      FeatureQuery query = FeatureQuery.touching(transform.domain()).at(layer.state());
      seen = store.scan(layer.id(), query, row -> add(row, positions));
    }
    return writer.written() == 0 ? EncodedTile.EMPTY : fitted(keys.size(), seen, coding);
  }

  private Optional<PackedRows> rows(PublicLayer layer, TileCoord tile) {
    long revision = layer.stored().revision();
    boolean large = layer.stored().count() > MANY && tile.detail() < ALL_ATTRIBUTES_FROM_ZOOM;
    return large ? store.await(layer.id(), revision, PATIENCE) : store.find(layer.id(), revision);
  }

  private boolean add(FeatureRow row, int[] positions) {
    writer.add(row, positions);
    return true;
  }

  /** Raises the least measure of what is surely drawn until the features are not too many. */
  private void writeDrawn(
      PackedRows rows,
      PublicLayer layer,
      List<String> keys,
      int[] positions,
      TileTransform transform,
      TileCoord tile,
      MvtDetail usual) {
    int most = maxBytes / (tile.detail() < ALL_ATTRIBUTES_FROM_ZOOM ? USUAL_BYTES : BARE_BYTES);
    double squareUnits = transform.squareUnits();
    int dimension = squareUnits > 0 ? rows.dimension() : -1;
    MvtDetail detail = usual;
    double least = dimension == 2 ? usual.tinyArea() / squareUnits : 0;
    for (int turn = 0; true; turn++) {
      writer.begin(layer.id().value(), keys, transform, detail);
      if (rows.scanDrawn(
          transform.domain(),
          least,
          dimension < 0 || turn == MAX_TURNS ? Integer.MAX_VALUE : most,
          row -> add(row, positions))) {
        return;
      }
      switch (dimension) {
        case 2 -> {
          detail = detail.withTinyArea(2 * detail.tinyArea());
          least = detail.tinyArea() / squareUnits;
        }
        case 1 -> least = least == 0 ? 1 / Math.sqrt(squareUnits) : 2 * least;
        default -> least = least == 0 ? 2 : 2 * least;
      }
    }
  }

  /**
   * Leaves out what makes the tile too large: values that few features share, all values, features.
   */
  private EncodedTile fitted(int width, long seen, Coding coding) {
    boolean[] kept = new boolean[width];
    Arrays.fill(kept, true);
    int oneIn = 1;
    while (true) {
      byte[] bytes = writer.toBytes(kept, oneIn);
      // What is small enough already is small enough packed.
      boolean plain = coding == Coding.IDENTITY;
      byte[] packed =
          plain && bytes.length <= maxBytes
              ? bytes
              : (plain ? Coding.GZIP : coding).pack(bytes, bytes.length);
      if (packed.length <= maxBytes || oneIn >= MAX_THINNING) {
        return new EncodedTile(plain ? bytes : packed, writer.countOneIn(oneIn), seen, count(kept));
      }
      if (!dropCostly(kept)) {
        if (count(kept) > 0) {
          Arrays.fill(kept, false);
        } else {
          oneIn *= Math.max(2, Math.ceilDiv(packed.length, maxBytes));
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
