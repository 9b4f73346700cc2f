package org.tequio.osm.layer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;
import org.tequio.formats.osm.OsmElement;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * Looks at an element and a feature that are one thing, or may be. Belongs to one reading of the
 * database and one state of the layer.
 */
final class Pair {
  /** Elements are kept to a centimetre. */
  private static final double SAME_METERS = 0.03;

  private final FeatureStore store;
  private final BoundMapping bound;
  private final FoundElements elements;
  private final CrsOperation toLayer;
  private final CrsOperation toDegrees;
  private final double meter;

  Pair(FeatureStore store, CrsRegistry registry, BoundMapping bound, Connection connection) {
    this.store = store;
    this.bound = bound;
    this.elements = new FoundElements(connection, bound.mapping());
    Crs crs = bound.stored().crs();
    this.toLayer = registry.operation(Crs.CRS84, crs);
    this.toDegrees = registry.operation(crs, Crs.CRS84);
    this.meter = registry.isGeographic(crs) ? 1 / 111_195.0 : 1;
  }

  FoundElements elements() {
    return elements;
  }

  /** One metre in the units of the layer. */
  double meter() {
    return meter;
  }

  /** The feature as the layer has it; empty where it is gone. */
  Optional<Feature> feature(long id) {
    return store.findFeature(
        bound.stored().id(), new FeatureId(id), new AsOf.AtRevision(bound.stored().revision()));
  }

  /** The features whose box touches one in the layer's coordinates. */
  List<Long> idsNear(Envelope near) {
    List<Long> ids = new ArrayList<>();
    store.scan(
        bound.stored().id(),
        FeatureQuery.touching(
                new Bbox(near.getMinX(), near.getMinY(), near.getMaxX(), near.getMaxY()))
            .at(new AsOf.AtRevision(bound.stored().revision())),
        row -> ids.add(row.id()));
    return ids;
  }

  /** A place as the layer would keep it, so that both can be compared. */
  Geometry inLayer(Geometry degrees) {
    return moved(fitting(degrees), toLayer);
  }

  /** An area as the layer's coordinates have it. */
  Geometry areaInLayer(Geometry degrees) {
    return moved(degrees, toLayer);
  }

  /** A place of the layer in longitude and latitude. */
  Geometry inDegrees(Geometry place) {
    return moved(place, toDegrees);
  }

  private static Geometry moved(Geometry place, CrsOperation operation) {
    byte[] wkb = Wkb.of(place);
    operation.apply(wkb, 0);
    return Wkb.toGeometry(wkb, 0, wkb.length);
  }

  /** What stands for an element in a layer of points is a point in it. */
  Geometry fitting(Geometry degrees) {
    return bound.stored().schema().geometry().dimension() == 0 && degrees.getDimension() > 0
        ? degrees.getInteriorPoint()
        : degrees;
  }

  /** True where the layer can hold such a place. */
  boolean fits(Geometry degrees) {
    GeometryType type = bound.stored().schema().geometry();
    Geometry place = fitting(degrees);
    return type == GeometryType.GEOMETRY
        || type.dimension() == place.getDimension()
            && (place.getNumGeometries() == 1
                || type == GeometryType.MULTIPOLYGON
                || type == GeometryType.MULTILINESTRING
                || type == GeometryType.MULTIPOINT);
  }

  /** What both owe each other. */
  Agreement agreement(FoundElements.Found found, Feature feature, LinkTable.@Nullable Link link)
      throws SQLException {
    Map<String, Object> said = bound.read(found.element()).values();
    Map<String, Object> base = null;
    boolean moved = false;
    Feature featureBase = null;
    Map<String, Agreement.@Nullable Side> open = Map.of();
    Geometry place = found.place();
    if (link != null) {
      open = link.open();
      if (link.version() > 0 && link.revision() > 0) {
        base =
            elements
                .version(link.element(), link.version())
                .map(one -> bound.read(one).values())
                .orElse(null);
        featureBase =
            store
                .findFeature(link.layer(), link.featureId(), new AsOf.AtRevision(link.revision()))
                .orElse(null);
      }
      moved = place != null && ElementShapes.fingerprint(place) != link.shape();
    }
    return Agreement.of(
        bound,
        new Agreement.ElementSide(said, base, moved),
        new Agreement.LayerSide(feature, featureBase),
        place == null || samePlace(place, feature.geometry()),
        open);
  }

  private boolean samePlace(Geometry degrees, @Nullable Geometry ours) {
    if (ours == null) {
      return false;
    }
    Geometry theirs = inLayer(degrees);
    Geometry one = theirs.getNumGeometries() == 1 ? theirs.getGeometryN(0).norm() : theirs.norm();
    Geometry other = ours.getNumGeometries() == 1 ? ours.getGeometryN(0).norm() : ours.norm();
    return one.equalsExact(other, SAME_METERS * meter);
  }

  /** What of the contradictions is still one, and what is new; choices stay. */
  static Map<String, Agreement.@Nullable Side> stillOpen(
      Agreement agreement, LinkTable.@Nullable Link link) {
    Map<String, Agreement.@Nullable Side> open = new LinkedHashMap<>();
    for (String name : agreement.conflicts()) {
      open.put(name, null);
    }
    if (link != null) {
      link.open()
          .forEach(
              (name, side) -> {
                boolean waits =
                    side == Agreement.Side.LAYER
                        && (agreement.toElement().containsKey(name)
                            || name.equals(Agreement.PLACE) && agreement.placeToElement());
                boolean comes =
                    side == Agreement.Side.ELEMENT
                        && (agreement.toLayer().containsKey(name)
                            || name.equals(Agreement.PLACE) && agreement.placeToLayer());
                if (waits || comes) {
                  open.put(name, side);
                }
              });
    }
    return open;
  }

  /** True where an element is still there and still one of the mapping's. */
  boolean isThere(OsmElement element) {
    return element.meta().visible() && bound.mapping().isMeant(element);
  }
}
