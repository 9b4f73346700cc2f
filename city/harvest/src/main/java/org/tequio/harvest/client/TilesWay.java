package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import org.locationtech.jts.geom.Envelope;
import org.tequio.formats.PagedFile.Page;
import org.tequio.harvest.HarvestException;

/**
 * Tile by tile, for a WFS that knows no pages: a tile with more features than one answer may have
 * is cut in four. A feature on an edge comes with both sides and is kept once. Features without a
 * place do not come this way.
 *
 * @param extent where the server says that the features are, in longitude and latitude
 * @param most features in one answer
 * @param features the address of what is asked with further parameters
 * @param hits how many that are
 */
record TilesWay(Envelope extent, int most, Requests features, Hits hits) implements Way {
  private static final int MOST_DEPTH = 16;
  private static final String LATITUDE_FIRST = "urn:ogc:def:crs:EPSG::4326";
  private static final String LONGITUDE_FIRST = "EPSG:4326";

  /** Makes addresses. */
  @FunctionalInterface
  interface Requests {
    URI with(Map<String, String> parameters);
  }

  /** Asks for a number. */
  @FunctionalInterface
  interface Hits {
    long of(Map<String, String> parameters) throws IOException, HarvestException;
  }

  private record Tile(Envelope box, int depth) {}

  @Override
  public String name() {
    return "bbox";
  }

  @Override
  public End go(Walk walk) throws IOException, HarvestException, DamagedPage {
    Envelope all = new Envelope(extent);
    all.expandBy(Math.max(0.01, extent.getWidth() / 100), Math.max(0.01, extent.getHeight() / 100));
    // Servers differ in the order they read; the one that finds more reads what was meant.
    long formal = hits.of(bbox(all, LATITUDE_FIRST));
    long plain = formal > 0 && formal == walk.total() ? 0 : hits.of(bbox(all, LONGITUDE_FIRST));
    String order = plain > formal ? LONGITUDE_FIRST : LATITUDE_FIRST;
    if (Math.max(plain, formal) < 0) {
      return new End.Fault("resultType=hits");
    }
    Deque<Tile> tiles = new ArrayDeque<>();
    tiles.add(new Tile(all, 0));
    while (!tiles.isEmpty()) {
      Tile tile = tiles.removeFirst();
      Map<String, String> box = bbox(tile.box, order);
      long inside = hits.of(box);
      if (inside == 0) {
        continue;
      }
      if (inside > most && tile.depth < MOST_DEPTH) {
        split(tile, tiles);
        continue;
      }
      switch (walk.add(features.with(box))) {
        case Page.Fault fault -> {
          return new End.Fault(fault.text());
        }
        case Page.Features page -> {
          if (page.count() < inside) {
            if (tile.depth >= MOST_DEPTH) {
              return new End.Repeated();
            }
            split(tile, tiles);
          }
        }
      }
    }
    return new End.NoMore();
  }

  private static void split(Tile tile, Deque<Tile> into) {
    Envelope box = tile.box;
    double x = (box.getMinX() + box.getMaxX()) / 2;
    double y = (box.getMinY() + box.getMaxY()) / 2;
    int depth = tile.depth + 1;
    into.addFirst(new Tile(new Envelope(x, box.getMaxX(), y, box.getMaxY()), depth));
    into.addFirst(new Tile(new Envelope(box.getMinX(), x, y, box.getMaxY()), depth));
    into.addFirst(new Tile(new Envelope(x, box.getMaxX(), box.getMinY(), y), depth));
    into.addFirst(new Tile(new Envelope(box.getMinX(), x, box.getMinY(), y), depth));
  }

  private static Map<String, String> bbox(Envelope box, String crs) {
    boolean latitudeFirst = crs.equals(LATITUDE_FIRST);
    double[] at =
        latitudeFirst
            ? new double[] {box.getMinY(), box.getMinX(), box.getMaxY(), box.getMaxX()}
            : new double[] {box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY()};
    String text = String.format(Locale.ROOT, "%.9f,%.9f,%.9f,%.9f", at[0], at[1], at[2], at[3]);
    return Map.of("bbox", text + "," + crs);
  }
}
