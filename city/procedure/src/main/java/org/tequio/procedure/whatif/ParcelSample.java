package org.tequio.procedure.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Progress;
import org.tequio.feature.Wkb;
import org.tequio.procedure.InputType;
import org.tequio.procedure.rule.AskedLayer;
import org.tequio.procedure.rule.Layers;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parcels of a city drawn at random, each as likely as any other (Vitter 1985, algorithm R).
 *
 * @param parcels those drawn
 * @param total how many there are
 */
record ParcelSample(List<Parcel> parcels, long total) {
  private static final String LAYER = "cat.predio";

  /**
   * One of them.
   *
   * @param key the department's own identifier, or where there is none the feature's
   * @param outline in longitude and latitude (CRS84)
   */
  record Parcel(String key, Geometry outline) {
    /** A position inside of it. */
    Point inside() {
      return outline.getInteriorPoint();
    }

    /** The parcel as the answer to a question for a place; for a line, its first side. */
    ObjectNode as(InputType.Shape shape) {
      return switch (shape) {
        case POINT, PARCEL -> geometry("Point", pair(inside().getCoordinate()));
        case POLYGON -> area();
        case LINE -> {
          Coordinate[] corners = outline.getCoordinates();
          yield geometry("LineString", ring(new Coordinate[] {corners[0], corners[1]}));
        }
      };
    }

    private ObjectNode area() {
      ArrayNode parts = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < outline.getNumGeometries(); i++) {
        if (outline.getGeometryN(i) instanceof Polygon polygon) {
          parts.add(rings(polygon));
        }
      }
      return parts.size() == 1
          ? geometry("Polygon", (ArrayNode) parts.get(0))
          : geometry("MultiPolygon", parts);
    }

    private static ObjectNode geometry(String type, ArrayNode coordinates) {
      ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", type);
      node.set("coordinates", coordinates);
      return node;
    }

    private static ArrayNode rings(Polygon polygon) {
      ArrayNode rings = JsonNodeFactory.instance.arrayNode();
      rings.add(ring(polygon.getExteriorRing().getCoordinates()));
      for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
        rings.add(ring(polygon.getInteriorRingN(i).getCoordinates()));
      }
      return rings;
    }

    private static ArrayNode ring(Coordinate[] corners) {
      ArrayNode ring = JsonNodeFactory.instance.arrayNode();
      for (Coordinate corner : corners) {
        ring.add(pair(corner));
      }
      return ring;
    }

    private static ArrayNode pair(Coordinate at) {
      return JsonNodeFactory.instance.arrayNode().add(at.x).add(at.y);
    }
  }

  /** Draws them. */
  static ParcelSample draw(Layers layers, int size, long seed, Progress progress) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    CrsOperation toDegrees = CrsRegistry.standard().operation(layers.crs(), Crs.CRS84);
    List<Parcel> drawn = new ArrayList<>();
    long[] seen = new long[1];
    if (size > 0) {
      for (AskedLayer layer : layers.find(LAYER, null)) {
        layer.scan(
            null,
            row -> {
              byte[] wkb = row.wkb();
              if (wkb == null) {
                return true;
              }
              if (seen[0] % 10_000 == 0) {
                progress.check();
              }
              long place = seen[0] < size ? seen[0] : random.nextLong(seen[0] + 1);
              seen[0]++;
              if (place < size) {
                byte[] own =
                    java.util.Arrays.copyOfRange(
                        wkb, row.wkbOffset(), row.wkbOffset() + row.wkbLength());
                toDegrees.apply(own, 0);
                Object key = layer.keyPosition() < 0 ? null : row.value(layer.keyPosition());
                Parcel parcel =
                    new Parcel(
                        key == null ? layer.id() + "/" + row.id() : key.toString(),
                        Wkb.toGeometry(own, 0, own.length));
                if (place < drawn.size()) {
                  drawn.set((int) place, parcel);
                } else {
                  drawn.add(parcel);
                }
              }
              return true;
            });
      }
    }
    return new ParcelSample(List.copyOf(drawn), seen[0]);
  }
}
