package org.tequio.publish;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.formats.TileArchiveFormat;

/**
 * Which tiles someone wants to have in one file.
 *
 * @param layers one or more; each is a layer of every tile
 * @param area in longitude and latitude (CRS84): whole tiles that touch it are taken; null for
 *     everything
 * @param minZoom the lowest level, from 0
 * @param maxZoom the deepest level, at most {@value #LAST_ZOOM}
 * @param format of the file
 * @param language of what the file says of itself
 */
public record TileArchiveOrder(
    List<LayerId> layers,
    @Nullable Geometry area,
    int minZoom,
    int maxZoom,
    TileArchiveFormat format,
    Language language) {
  /** The deepest level that may be asked for. */
  public static final int LAST_ZOOM = 18;

  /** The deepest level with content of its own; maps enlarge it beyond. */
  public static final int FULL_ZOOM = 16;

  /** More layers than this are not put together. */
  public static final int MOST_LAYERS = 64;

  /** Refuses levels that there are not, and orders for nothing. */
  public TileArchiveOrder {
    layers = layers.stream().distinct().toList();
    if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
      throw new IllegalArgumentException("wanted 1 to " + MOST_LAYERS + " layers");
    }
    if (minZoom < 0 || maxZoom < minZoom || maxZoom > LAST_ZOOM) {
      throw new IllegalArgumentException(
          "wanted levels within 0-" + LAST_ZOOM + " but got " + minZoom + "-" + maxZoom);
    }
  }
}
