package org.tequio.publish.tile;

import org.tequio.feature.Bbox;
import org.tequio.feature.TileCoord;
import org.tequio.http.ProblemException;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;

/**
 * Makes the tiles that show much of a large layer before anybody asks for them: they are few, and
 * each is made from most of the layer. Thread-safe.
 */
public final class OverviewTiles {
  /** Layers with fewer features are quick at every level. */
  public static final int MANY_FEATURES = 50_000;

  private static final int MOST_TILES = 100;

  private final TilesEndpoint tiles;
  private final PublicLayers layers;
  private final long many;
  private String known = "";

  /**
   * Fills what the endpoint keeps.
   *
   * @param many layers with more features get theirs
   */
  public OverviewTiles(TilesEndpoint tiles, PublicLayers layers, long many) {
    this.tiles = tiles;
    this.layers = layers;
    this.many = many;
  }

  /**
   * Makes those that are missing, where anything has changed since; ends when interrupted, and
   * where the machine has no room left beside those who wait for an answer: the next run goes on.
   *
   * @return how many it made
   */
  public synchronized int make() {
    String tag = layers.tag();
    int made = 0;
    if (tag.equals(known)) {
      return made;
    }
    for (PublicLayer layer : layers.list()) {
      Bbox extent = layer.record().extent();
      if (extent != null && layer.stored().count() > many) {
        try {
          made += make(layer, extent);
        } catch (ProblemException e) {
          if (e.problem().status() != 503) {
            throw e;
          }
          return made;
        }
      }
      if (Thread.currentThread().isInterrupted()) {
        return made;
      }
    }
    known = tag;
    return made;
  }

  private int make(PublicLayer layer, Bbox extent) {
    int made = 0;
    int passed = 0;
    for (int z = 0; z < TilesEndpoint.MAX_ZOOM; z++) {
      TileCoord first = TileCoord.at(extent.minX(), extent.maxY(), z);
      TileCoord last = TileCoord.at(extent.maxX(), extent.minY(), z);
      long here = (last.x() - first.x() + 1L) * (last.y() - first.y() + 1L);
      if (passed + here > MOST_TILES) {
        return made;
      }
      for (int x = first.x(); x <= last.x(); x++) {
        for (int y = first.y(); y <= last.y(); y++) {
          if (Thread.currentThread().isInterrupted()) {
            return made;
          }
          made += tiles.prepare(layer, new TileCoord(z, x, y)) ? 1 : 0;
        }
      }
      passed += (int) here;
    }
    return made;
  }
}
