package org.tequio.publish.map;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.MapView;
import org.tequio.cartography.Picture;
import org.tequio.cartography.PictureFormat;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Language;
import org.tequio.feature.TileMatrixSet;
import org.tequio.publish.layer.PublicLayer;

/**
 * Pictures of a layer cut into tiles of {@value #SIDE} pixels. The newest are kept in memory under
 * the version of their layer, so that none is given after a change. Thread-safe.
 */
public final class MapTiles {
  /** Pixels along a side. */
  public static final int SIDE = TileMatrixSet.TILE_PIXELS;

  /** The deepest level. */
  public static final int LAST_ZOOM = 20;

  private static final long MOST_BYTES = 32 << 20;
  private static final int OVERHEAD_BYTES = 200;

  private final DrawingRoom room;
  private final LinkedHashMap<Tile, byte[]> kept = new LinkedHashMap<>(256, 0.75f, true);
  private long bytes;

  /** Which tile of which content. */
  private record Tile(
      String version, String layer, TileMatrixSet set, int z, int column, int row) {}

  /** Draws in this room. */
  public MapTiles(DrawingRoom room) {
    this.room = room;
  }

  /** The tiles of a level on which something of a layer may be; nothing where it has no place. */
  public static Optional<TileMatrixSet.Range> range(PublicLayer layer, TileMatrixSet set, int z) {
    Bbox extent = layer.record().extent();
    if (extent == null) {
      return Optional.empty();
    }
    // The square of Web Mercator ends before the poles.
    double most = set.crs().crs().equals(Crs.WEB_MERCATOR) ? 85.06 : 90;
    double south = Math.clamp(extent.minY(), -most, most);
    double north = Math.clamp(extent.maxY(), -most, most);
    Bbox within = new Bbox(extent.minX(), south, extent.maxX(), north);
    try {
      return Optional.of(
          set.range(z, CrsRegistry.standard().operation(Crs.CRS84, set.crs().crs()).apply(within)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** One tile, which must exist in its set. */
  public byte[] draw(
      PublicLayer layer, TileMatrixSet set, int z, int column, int row, Language language) {
    Tile key = new Tile(layer.version(), layer.id().value(), set, z, column, row);
    byte[] known = find(key);
    if (known != null) {
      return known;
    }
    double side = set.side(z);
    double west = set.west() + column * side;
    double north = set.north() - row * side;
    MapView view =
        new MapView(
            set.crs().crs(),
            new Bbox(west, north - side, west + side, north),
            SIDE,
            SIDE,
            MapView.SCREEN_DPI);
    byte[] drawn =
        room.draw(
            new Picture(
                room.styled(List.of(layer), language),
                view,
                PictureFormat.PNG,
                0,
                true,
                Picture.PATIENCE));
    keep(key, drawn);
    return drawn;
  }

  private synchronized byte @Nullable [] find(Tile key) {
    return kept.get(key);
  }

  private synchronized void keep(Tile key, byte[] drawn) {
    byte[] before = kept.put(key, drawn);
    bytes += drawn.length + OVERHEAD_BYTES;
    if (before != null) {
      bytes -= before.length + OVERHEAD_BYTES;
    }
    var eldest = kept.entrySet().iterator();
    while (bytes > MOST_BYTES && eldest.hasNext()) {
      Map.Entry<Tile, byte[]> gone = eldest.next();
      bytes -= gone.getValue().length + OVERHEAD_BYTES;
      eldest.remove();
    }
  }
}
