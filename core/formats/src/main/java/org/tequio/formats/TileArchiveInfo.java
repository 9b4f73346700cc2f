package org.tequio.formats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.Bbox;

/**
 * What an archive of tiles says of itself.
 *
 * @param name what people call it
 * @param description what is in it, in a sentence or two
 * @param attribution who is to be named where it is shown
 * @param bounds what it shows, in longitude and latitude
 * @param minZoom the lowest level
 * @param maxZoom the deepest level
 * @param layers the layers of vector tiles; empty where the tiles are PNG pictures
 * @param more further statements, such as licence, date and revision
 */
public record TileArchiveInfo(
    String name,
    String description,
    String attribution,
    Bbox bounds,
    int minZoom,
    int maxZoom,
    List<VectorLayer> layers,
    Map<String, String> more) {

  /** Refuses levels in the wrong order and copies the collections. */
  public TileArchiveInfo {
    if (minZoom < 0 || maxZoom < minZoom) {
      throw new IllegalArgumentException("no levels from " + minZoom + " to " + maxZoom);
    }
    layers = List.copyOf(layers);
    more = new LinkedHashMap<>(more);
  }

  /** True where the tiles are Mapbox Vector Tiles, false where they are PNG pictures. */
  public boolean isVector() {
    return !layers.isEmpty();
  }

  /**
   * A layer of vector tiles, as TileJSON describes it.
   *
   * @param id its name in the tiles
   * @param description what people read
   * @param fields the type of each property: String, Number or Boolean
   */
  public record VectorLayer(String id, String description, Map<String, String> fields) {
    /** Keeps the fields' order. */
    public VectorLayer {
      fields = new LinkedHashMap<>(fields);
    }
  }
}
