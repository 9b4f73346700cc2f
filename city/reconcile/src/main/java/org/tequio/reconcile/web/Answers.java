package org.tequio.reconcile.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;
import org.tequio.http.Parameter;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.reconcile.ReconcileRefused;

/** What the endpoints of this module have in common. */
final class Answers {
  private Answers() {}

  /** A number in the path, of a reconciliation, a check or a group. */
  static Parameter<Long> number(String name, String description) {
    return new Parameter<>(
        Parameter.Place.PATH,
        name,
        description,
        new LocalText("un número", "um número", "a number"),
        Parameter.schema("string"),
        text -> text.matches("[0-9]{1,15}") ? Optional.of(Long.parseLong(text)) : Optional.empty());
  }

  /** The number after which a page begins. */
  static final Parameter<Integer> AFTER =
      Parameter.integer("after", "The page after this number.", 0, Integer.MAX_VALUE, 0);

  /** How long a page is. */
  static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "At most so many.", 1, 500, 100);

  /** Does it; a refusal becomes a problem. */
  static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (ReconcileRefused e) {
      throw new ProblemException(Problem.conflict("reconcile-refused", e.reason()));
    }
  }

  static <T> Map<String, @Nullable Object> page(List<T> items, @Nullable String next) {
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("items", items);
    page.put("next", next);
    return page;
  }

  static @Nullable List<Double> bbox(@Nullable Bbox box) {
    return box == null ? null : List.of(box.minX(), box.minY(), box.maxX(), box.maxY());
  }

  /** A GeoJSON feature (RFC 7946). */
  static Map<String, @Nullable Object> feature(
      @Nullable Geometry geometry, Map<String, Object> properties) {
    Map<String, @Nullable Object> feature = new LinkedHashMap<>();
    feature.put("type", "Feature");
    feature.put("geometry", geometry == null || geometry.isEmpty() ? null : geometry(geometry));
    feature.put("properties", properties);
    return feature;
  }

  static Map<String, Object> collection(List<Map<String, @Nullable Object>> features) {
    return Map.of("type", "FeatureCollection", "features", features);
  }

  private static Map<String, Object> geometry(Geometry geometry) {
    return switch (geometry) {
      case Point point -> Map.of("type", "Point", "coordinates", position(point.getCoordinate()));
      case LineString line -> Map.of("type", "LineString", "coordinates", positions(line));
      case Polygon polygon -> Map.of("type", "Polygon", "coordinates", rings(polygon));
      default -> {
        List<Map<String, Object>> parts = new ArrayList<>();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
          parts.add(geometry(geometry.getGeometryN(i)));
        }
        yield Map.of("type", "GeometryCollection", "geometries", parts);
      }
    };
  }

  private static List<Object> rings(Polygon polygon) {
    List<Object> rings = new ArrayList<>();
    rings.add(positions(polygon.getExteriorRing()));
    for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
      rings.add(positions(polygon.getInteriorRingN(i)));
    }
    return rings;
  }

  private static List<List<Double>> positions(LineString line) {
    List<List<Double>> positions = new ArrayList<>(line.getNumPoints());
    for (Coordinate coordinate : line.getCoordinates()) {
      positions.add(position(coordinate));
    }
    return positions;
  }

  private static List<Double> position(Coordinate coordinate) {
    return List.of(rounded(coordinate.x), rounded(coordinate.y));
  }

  /** A centimetre is enough to see. */
  private static double rounded(double degrees) {
    return Math.rint(degrees * 1e7) / 1e7;
  }
}
