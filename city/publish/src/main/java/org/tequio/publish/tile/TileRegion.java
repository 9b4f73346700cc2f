package org.tequio.publish.tile;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.tequio.feature.Bbox;
import org.tequio.feature.Hilbert;
import org.tequio.feature.TileCoord;
import org.tequio.feature.TileTransform;

/**
 * The tiles of WebMercatorQuad in which something may be. They are found by going down from the one
 * tile of level 0, so that a sea without data costs nothing. Not thread-safe.
 */
final class TileRegion {
  private static final double BUFFER = (double) TileTransform.BUFFER / TileTransform.EXTENT;

  private final GeometryFactory factory = new GeometryFactory();
  private final List<Bbox> extents;
  private final @Nullable PreparedGeometry area;

  /**
   * A region.
   *
   * @param extents where the layers are, in longitude and latitude
   * @param area the part that is wanted, likewise; null for everything
   */
  TileRegion(List<Bbox> extents, @Nullable Geometry area) {
    this.area = area == null ? null : PreparedGeometryFactory.prepare(area);
    // On the highest levels one tile holds the area and a layer that is nowhere near.
    this.extents = extents.stream().filter(this::isWanted).toList();
  }

  private boolean isWanted(Bbox extent) {
    return area == null || area.intersects(square(extent));
  }

  private Geometry square(Bbox box) {
    return factory.toGeometry(new Envelope(box.minX(), box.maxX(), box.minY(), box.maxY()));
  }

  /** Takes tiles, one after the other. */
  @FunctionalInterface
  interface Sink {
    /** Takes one. */
    void take(TileCoord tile) throws IOException;
  }

  /** Every tile of one level, along the Hilbert curve. */
  void each(int z, Sink sink) throws IOException {
    visit(z, 0, 0, area == null, sink);
  }

  /** How many tiles there are, level by level; stops counting past {@code most}. */
  long count(int minZoom, int maxZoom, long most) {
    long[] count = new long[1];
    try {
      for (int z = minZoom; z <= maxZoom; z++) {
        each(
            z,
            tile -> {
              if (++count[0] > most) {
                throw new Enough();
              }
            });
      }
    } catch (Enough e) {
      return count[0];
    } catch (IOException e) {
      throw new IllegalStateException("counting reads nothing", e);
    }
    return count[0];
  }

  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private void visit(int z, int level, long index, boolean inside, Sink sink) throws IOException {
    long cell = Hilbert.cell(level, index);
    TileCoord tile = new TileCoord(level, (int) (cell >> 32), (int) cell);
    Bbox box = degrees(tile);
    Bbox reach = box.expandedBy(box.width() * BUFFER);
    if (extents.stream().noneMatch(reach::intersects)) {
      return;
    }
    boolean within = inside;
    if (!inside && area != null) {
      Geometry square = square(box);
      if (!area.intersects(square)) {
        return;
      }
      within = area.contains(square);
    }
    if (level == z) {
      sink.take(tile);
      return;
    }
    for (int i = 0; i < 4; i++) {
      visit(z, level + 1, 4 * index + i, within, sink);
    }
  }

  /** A tile's box in longitude and latitude. */
  static Bbox degrees(TileCoord tile) {
    double columns = 1 << tile.z();
    return new Bbox(
        tile.x() / columns * 360 - 180,
        latitude((tile.y() + 1) / columns),
        (tile.x() + 1) / columns * 360 - 180,
        latitude(tile.y() / columns));
  }

  private static double latitude(double row) {
    return Math.toDegrees(Math.atan(Math.sinh(Math.PI * (1 - 2 * row))));
  }
}
