package org.tequio.review.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Geometries in longitude and latitude as GeoJSON (RFC 7946), seven decimals. */
final class GeoJson {
  private GeoJson() {}

  /** One feature. */
  static Map<String, @Nullable Object> feature(
      @Nullable Geometry geometry, Map<String, @Nullable Object> properties) {
    Map<String, @Nullable Object> feature = new LinkedHashMap<>();
    feature.put("type", "Feature");
    feature.put("geometry", geometry == null || geometry.isEmpty() ? null : geometry(geometry));
    feature.put("properties", properties);
    return feature;
  }

  static Map<String, Object> geometry(Geometry geometry) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", geometry.getGeometryType());
    if (geometry instanceof GeometryCollection all
        && geometry.getGeometryType().equals("GeometryCollection")) {
      List<Object> parts = new ArrayList<>();
      for (int i = 0; i < all.getNumGeometries(); i++) {
        parts.add(geometry(all.getGeometryN(i)));
      }
      object.put("geometries", parts);
    } else {
      object.put("coordinates", coordinates(geometry));
    }
    return object;
  }

  private static Object coordinates(Geometry geometry) {
    return switch (geometry) {
      case Point point -> position(point.getCoordinate());
      case LineString line -> positions(line.getCoordinates());
      case Polygon polygon -> {
        List<Object> rings = new ArrayList<>();
        rings.add(positions(polygon.getExteriorRing().getCoordinates()));
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
          rings.add(positions(polygon.getInteriorRingN(i).getCoordinates()));
        }
        yield rings;
      }
      default -> {
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
          parts.add(coordinates(geometry.getGeometryN(i)));
        }
        yield parts;
      }
    };
  }

  private static List<Object> positions(Coordinate[] coordinates) {
    List<Object> all = new ArrayList<>(coordinates.length);
    for (Coordinate coordinate : coordinates) {
      all.add(position(coordinate));
    }
    return all;
  }

  private static double[] position(Coordinate coordinate) {
    return new double[] {rounded(coordinate.x), rounded(coordinate.y)};
  }

  static double rounded(double degrees) {
    return Math.round(degrees * 1e7) / 1e7;
  }
}
