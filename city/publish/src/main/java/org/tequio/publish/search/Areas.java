package org.tequio.publish.search;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.index.strtree.STRtree;

/** The neighbourhoods of one layer: which of them holds a point. Thread-safe once built. */
final class Areas {
  private final STRtree tree = new STRtree();
  private int count;

  private record Area(String name, Envelope envelope, IndexedPointInAreaLocator locator) {}

  /** Takes a neighbourhood in, in longitude and latitude; before the first question. */
  void add(String name, Geometry area) {
    Envelope envelope = area.getEnvelopeInternal();
    tree.insert(envelope, new Area(name, envelope, new IndexedPointInAreaLocator(area)));
    count++;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The names of those that hold a point. */
  List<String> at(double lon, double lat) {
    List<String> names = new ArrayList<>(1);
    Coordinate point = new Coordinate(lon, lat);
    tree.query(
        new Envelope(point),
        item -> {
          Area area = (Area) item;
          if (area.locator.locate(point) != Location.EXTERIOR) {
            names.add(area.name);
          }
        });
    return names;
  }
}
