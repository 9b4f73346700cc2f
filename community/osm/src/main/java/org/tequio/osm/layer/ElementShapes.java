package org.tequio.osm.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.feature.RowHash;
import org.tequio.feature.Wkb;
import org.tequio.formats.FormatException;
import org.tequio.formats.osm.NodePlaces;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.RingAssembly;
import org.tequio.osm.element.ElementKey;

/** The places of elements in longitude and latitude (CRS84). Not thread-safe. */
final class ElementShapes {
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private final Map<Long, OsmElement> known = new HashMap<>();

  /** An element that has no place of the kind that was asked for. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String why) {
      super(why, null, false, false);
    }
  }

  /** Knows one more element. */
  void add(OsmElement element) {
    known.put(ElementKey.of(element), element);
  }

  /** An element that it knows; null for others. */
  @Nullable OsmElement find(OsmElement.Type type, long id) {
    return known.get(ElementKey.of(type, id));
  }

  /** The place of an element. */
  Geometry place(OsmElement element, TagMapping.Shape shape) throws Unfit {
    return switch (shape) {
      case POINT -> FACTORY.createPoint(at(element));
      case LINE -> {
        Coordinate[] line = line(element);
        if (line.length < 2) {
          throw new Unfit("a way of one node");
        }
        yield FACTORY.createLineString(line);
      }
      case AREA ->
          element.type() == OsmElement.Type.WAY
              ? FACTORY.createPolygon(line(element))
              : multiPolygon(element);
    };
  }

  private static Coordinate at(OsmElement node) {
    return new Coordinate(node.x() / 1e7, node.y() / 1e7);
  }

  private Coordinate[] line(OsmElement way) throws Unfit {
    Coordinate[] line = new Coordinate[way.refs().length];
    for (int i = 0; i < line.length; i++) {
      line[i] = at(node(way.refs()[i]));
    }
    return line;
  }

  private OsmElement node(long id) throws Unfit {
    OsmElement node = find(OsmElement.Type.NODE, id);
    if (node == null || !node.meta().visible()) {
      throw new Unfit("node " + id + " is not on the map");
    }
    return node;
  }

  private Geometry multiPolygon(OsmElement relation) throws Unfit {
    NodePlaces places = new NodePlaces();
    List<long[]> outer = new ArrayList<>();
    List<long[]> inner = new ArrayList<>();
    try {
      for (int i = 0; i < relation.refs().length; i++) {
        if (relation.types()[i] != OsmElement.Type.WAY) {
          continue;
        }
        OsmElement way = find(OsmElement.Type.WAY, relation.refs()[i]);
        if (way == null || !way.meta().visible()) {
          throw new Unfit("way " + relation.refs()[i] + " is not on the map");
        }
        (relation.roles()[i].equals("inner") ? inner : outer).add(way.refs());
        for (long ref : way.refs()) {
          OsmElement node = node(ref);
          places.add(node.id(), node.x(), node.y());
        }
      }
    } catch (FormatException e) {
      throw new Unfit(String.valueOf(e.getMessage()));
    }
    RingAssembly assembly = new RingAssembly(places);
    byte[] wkb = assembly.multiPolygon(outer, inner);
    if (wkb == null) {
      throw new Unfit(assembly.fault());
    }
    return Wkb.toGeometry(wkb, 0, wkb.length);
  }

  /** Equal for equal places; another for another. */
  static long fingerprint(Geometry place) {
    byte[] wkb = Wkb.of(place);
    RowHash hash = new RowHash();
    hash.add(wkb, 0, wkb.length);
    return hash.high();
  }
}
