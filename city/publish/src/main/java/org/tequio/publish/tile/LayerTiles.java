package org.tequio.publish.tile;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.TileCoord;
import org.tequio.feature.TileMatrixSet;
import org.tequio.feature.TileTransform;
import org.tequio.feature.TileTransforms;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.storage.FeatureStore;

/**
 * The tiles of one state of a layer, and which version each has: an edit changes the version of the
 * tiles that the feature touched or touches, and of no others. Immutable.
 */
final class LayerTiles {
  /** Past so many edits all tiles get a new version. */
  private static final int MOST_CHANGES = 5_000;

  private final PublicLayer layer;

  /** The state that unchanged tiles have had since. */
  private final PublicLayer base;

  private final List<FeatureStore.Change> changes;
  private final @Nullable Bbox extent;
  private final TileTransforms mercator;

  private LayerTiles(PublicLayer layer, PublicLayer base, List<FeatureStore.Change> changes) {
    this.layer = layer;
    this.base = base;
    this.changes = changes;
    // Where something was counts, too: its tiles have changed.
    Bbox all = union(layer.stored().extent(), base.stored().extent());
    for (FeatureStore.Change change : changes) {
      for (Bbox place : change.places()) {
        all = union(all, place);
      }
    }
    this.extent = all;
    this.mercator = transforms(TileMatrixSet.WEB_MERCATOR_QUAD);
  }

  private static @Nullable Bbox union(@Nullable Bbox a, @Nullable Bbox b) {
    return a == null ? b : b == null ? a : a.union(b);
  }

  static LayerTiles of(PublicLayer layer) {
    return new LayerTiles(layer, layer, List.of());
  }

  /** Those of a later state; tiles that nothing happened in keep their version. */
  LayerTiles at(PublicLayer later, FeatureStore store) {
    if (!later.saysTheSame(base)) {
      return of(later);
    }
    Optional<List<FeatureStore.Change>> since =
        store.findChanges(
            later.id(), base.stored().revision(), later.stored().revision(), MOST_CHANGES);
    return since.map(list -> new LayerTiles(later, base, list)).orElseGet(() -> of(later));
  }

  PublicLayer layer() {
    return layer;
  }

  TileTransform transform(TileCoord tile) {
    TileMatrixSet set = tile.set();
    return (set == TileMatrixSet.WEB_MERCATOR_QUAD ? mercator : transforms(set)).of(tile);
  }

  private TileTransforms transforms(TileMatrixSet set) {
    return TileTransforms.of(CrsRegistry.standard(), layer.stored().crs(), extent, set);
  }

  /** What a tile's content is known by; safe in an ETag. */
  String version(TileCoord tile) {
    if (changes.isEmpty()) {
      return base.version();
    }
    TileTransform transform = transform(tile);
    long last = 0;
    if (!transform.isEmpty()) {
      Bbox box = transform.domain();
      for (FeatureStore.Change change : changes) {
        if (change.revision() > last && touches(change, box)) {
          last = change.revision();
        }
      }
    }
    return last == 0 ? base.version() : base.version() + "." + last;
  }

  private static boolean touches(FeatureStore.Change change, Bbox box) {
    for (Bbox place : change.places()) {
      if (place.intersects(box)) {
        return true;
      }
    }
    return false;
  }
}
