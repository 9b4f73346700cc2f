package org.tequio.osm.layer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.Box;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.MapArea;
import org.tequio.osm.element.StoredElement;

/** Finds the elements of a mapping with their places. Belongs to one reading of the database. */
final class FoundElements {
  private static final int MOST_NODES = 50_000;
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private final Connection connection;
  private final TagMapping mapping;

  FoundElements(Connection connection, TagMapping mapping) {
    this.connection = connection;
    this.mapping = mapping;
  }

  /**
   * An element that its tags make one of the mapping's.
   *
   * @param place in longitude and latitude; null where it has none that fits
   * @param fault why not; empty where it has
   * @param lon where it is, more or less, in degrees; NaN where that is not known
   * @param lat its latitude
   */
  record Found(OsmElement element, @Nullable Geometry place, String fault, double lon, double lat) {
    long key() {
      return ElementKey.of(element);
    }

    String name() {
      return element.type().word() + "/" + element.id();
    }
  }

  /** Those whose middle lies in an area, in the order of files. */
  List<Found> in(Geometry area) throws SQLException {
    Envelope around = area.getEnvelopeInternal();
    Box box =
        new Box(
            (int) Math.floor(around.getMinX() * 1e7),
            (int) Math.floor(around.getMinY() * 1e7),
            (int) Math.ceil(around.getMaxX() * 1e7),
            (int) Math.ceil(around.getMaxY() * 1e7));
    Map<Long, Found> all = new LinkedHashMap<>();
    read(box, PreparedGeometryFactory.prepare(area), all);
    return all.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  private void read(Box box, PreparedGeometry area, Map<Long, Found> into) throws SQLException {
    Optional<List<StoredElement>> read = MapArea.read(connection, box, MOST_NODES);
    if (read.isEmpty()) {
      int lon = (int) (((long) box.west() + box.east()) / 2);
      int lat = (int) (((long) box.south() + box.north()) / 2);
      read(new Box(box.west(), box.south(), lon, lat), area, into);
      read(new Box(lon, box.south(), box.east(), lat), area, into);
      read(new Box(box.west(), lat, lon, box.north()), area, into);
      read(new Box(lon, lat, box.east(), box.north()), area, into);
      return;
    }
    ElementShapes shapes = new ElementShapes();
    List<OsmElement> meant = new ArrayList<>();
    for (StoredElement stored : read.get()) {
      OsmElement element =
          ElementBytes.read(stored.key(), stored.data(), ElementBytes.AuthorNames.NONE);
      shapes.add(element);
      if (element.meta().visible() && mapping.isMeant(element)) {
        meant.add(element);
      }
    }
    addMembers(meant, shapes);
    for (OsmElement element : meant) {
      Found found = found(element, shapes);
      boolean inside =
          !Double.isNaN(found.lon)
              && area.covers(FACTORY.createPoint(new Coordinate(found.lon, found.lat)));
      if (inside) {
        into.put(found.key(), found);
      }
    }
  }

  /** Ways of relations, and the nodes of these, may lie outside of the box. */
  private void addMembers(List<OsmElement> meant, ElementShapes shapes) throws SQLException {
    Set<Long> ways = new LinkedHashSet<>();
    for (OsmElement element : meant) {
      if (element.type() == OsmElement.Type.RELATION) {
        for (int i = 0; i < element.refs().length; i++) {
          if (element.types()[i] == OsmElement.Type.WAY) {
            ways.add(ElementKey.of(OsmElement.Type.WAY, element.refs()[i]));
          }
        }
      }
    }
    Set<Long> nodes = new HashSet<>();
    for (OsmElement way : Elements.list(connection, ways, ElementBytes.AuthorNames.NONE).values()) {
      shapes.add(way);
      for (long ref : way.refs()) {
        if (shapes.find(OsmElement.Type.NODE, ref) == null) {
          nodes.add(ref);
        }
      }
    }
    Elements.list(
            connection, Elements.keys(OsmElement.Type.NODE, nodes), ElementBytes.AuthorNames.NONE)
        .values()
        .forEach(shapes::add);
  }

  /** One element as it is now, with its place; empty where it never was. */
  Optional<Found> find(long key) throws SQLException {
    Optional<OsmElement> element = Elements.find(connection, key, ElementBytes.AuthorNames.NONE);
    if (element.isEmpty()) {
      return Optional.empty();
    }
    ElementShapes shapes = new ElementShapes();
    addWhole(element.get(), shapes);
    return Optional.of(found(element.get(), shapes));
  }

  private void addWhole(OsmElement element, ElementShapes shapes) throws SQLException {
    shapes.add(element);
    Set<Long> refs = new LinkedHashSet<>();
    Elements.addRefs(element, refs);
    addMembers(List.of(element), shapes);
    if (element.type() == OsmElement.Type.WAY) {
      Elements.list(connection, refs, ElementBytes.AuthorNames.NONE).values().forEach(shapes::add);
    }
  }

  /** What an element said in a version; empty where that is not kept. */
  Optional<OsmElement> version(long key, int version) throws SQLException {
    return Elements.version(connection, key, version)
        .map(one -> ElementBytes.read(key, one.data(), ElementBytes.AuthorNames.NONE));
  }

  private Found found(OsmElement element, ElementShapes shapes) {
    double[] middle = middle(element, shapes);
    if (!element.meta().visible()) {
      return new Found(element, null, "deleted", middle[0], middle[1]);
    }
    TagMapping.Shape shape = mapping.shape(element);
    if (shape == null) {
      return new Found(
          element, null, "drawn as something else than the layer has", middle[0], middle[1]);
    }
    try {
      Geometry place = shapes.place(element, shape);
      var centroid = place.getCentroid();
      if (!place.isValid()) {
        return new Found(
            element, null, "its outline crosses or touches itself", middle[0], middle[1]);
      }
      return new Found(element, place, "", centroid.getX(), centroid.getY());
    } catch (ElementShapes.Unfit | IllegalArgumentException e) {
      return new Found(element, null, String.valueOf(e.getMessage()), middle[0], middle[1]);
    }
  }

  private static double[] middle(OsmElement element, ElementShapes shapes) {
    OsmElement at = element;
    if (at.type() == OsmElement.Type.RELATION) {
      for (int i = 0; i < element.refs().length && at.type() == OsmElement.Type.RELATION; i++) {
        OsmElement member = shapes.find(element.types()[i], element.refs()[i]);
        at = member == null ? at : member;
      }
    }
    if (at.type() == OsmElement.Type.WAY && at.refs().length > 0) {
      OsmElement node = shapes.find(OsmElement.Type.NODE, at.refs()[0]);
      at = node == null ? at : node;
    }
    return at.type() == OsmElement.Type.NODE
        ? new double[] {at.x() / 1e7, at.y() / 1e7}
        : new double[] {Double.NaN, Double.NaN};
  }
}
