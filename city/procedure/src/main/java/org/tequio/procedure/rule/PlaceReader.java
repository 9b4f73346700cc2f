package org.tequio.procedure.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.procedure.InputType;
import org.tequio.procedure.rule.EntryReader.Wrong;
import tools.jackson.databind.JsonNode;

/**
 * Reads the place that somebody drew, a GeoJSON geometry (RFC 7946), into the metres of the layers.
 * What has too many corners or crosses itself is refused.
 *
 * @param operation from the coordinates that come to those of the layers
 */
public record PlaceReader(CrsOperation operation) {
  private static final int MOST_VERTICES = 10_000;
  private static final GeometryFactory FACTORY = new GeometryFactory();

  /** Reads longitudes and latitudes (CRS84) for layers in a system. */
  public static PlaceReader ofDegrees(Crs layers) {
    return new PlaceReader(CrsRegistry.standard().operation(Crs.CRS84, layers));
  }

  /** Reads coordinates that are those of the layers already. */
  public static PlaceReader ofMeters(Crs layers) {
    return new PlaceReader(CrsRegistry.standard().operation(layers, layers));
  }

  /**
   * Reads an area that an officer drew.
   *
   * @throws IllegalArgumentException saying what was wanted
   */
  public Geometry readArea(JsonNode given) {
    try {
      return read(given, InputType.Shape.PARCEL);
    } catch (Wrong e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  Geometry read(JsonNode given, InputType.Shape shape) {
    JsonNode coordinates = given.path("coordinates");
    int[] left = {MOST_VERTICES};
    Optional<Geometry> read =
        switch (given.path("type").asString("")) {
          case "Point" -> point(shape, coordinates, left);
          case "LineString" -> line(shape, coordinates, left);
          case "Polygon" -> area(shape, List.of(coordinates), left);
          case "MultiPolygon" ->
              area(
                  shape,
                  coordinates.isArray() ? coordinates.valueStream().toList() : List.of(),
                  left);
          default -> Optional.empty();
        };
    Geometry geometry = read.orElseThrow(() -> wanted(shape));
    if (!new IsValidOp(geometry).isValid()) {
      throw new Wrong(
          "el dibujo se cruza consigo mismo o no encierra nada",
          "o desenho se cruza consigo mesmo ou não encerra nada",
          "the drawing crosses itself or encloses nothing");
    }
    return geometry;
  }

  private static Wrong wanted(InputType.Shape shape) {
    String type =
        switch (shape) {
          case POINT -> "Point";
          case LINE -> "LineString";
          case POLYGON -> "Polygon, MultiPolygon";
          case PARCEL -> "Point, Polygon, MultiPolygon";
        };
    return new Wrong(
        "se esperaba una geometría GeoJSON: " + type,
        "esperava-se uma geometria GeoJSON: " + type,
        "wanted a GeoJSON geometry: " + type);
  }

  private Optional<Geometry> point(InputType.Shape shape, JsonNode coordinates, int[] left) {
    return shape == InputType.Shape.POINT || shape == InputType.Shape.PARCEL
        ? Optional.of(FACTORY.createPoint(position(coordinates, left)))
        : Optional.empty();
  }

  private Optional<Geometry> line(InputType.Shape shape, JsonNode coordinates, int[] left) {
    if (shape != InputType.Shape.LINE || coordinates.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(FACTORY.createLineString(positions(coordinates, left)));
  }

  private Optional<Geometry> area(InputType.Shape shape, List<JsonNode> parts, int[] left) {
    if (shape == InputType.Shape.POINT || shape == InputType.Shape.LINE || parts.isEmpty()) {
      return Optional.empty();
    }
    List<Polygon> polygons = new ArrayList<>();
    for (JsonNode part : parts) {
      List<LinearRing> rings = new ArrayList<>();
      for (JsonNode ring : part) {
        Coordinate[] corners = positions(ring, left);
        if (corners.length < 4 || !corners[0].equals2D(corners[corners.length - 1])) {
          return Optional.empty();
        }
        rings.add(FACTORY.createLinearRing(corners));
      }
      if (rings.isEmpty()) {
        return Optional.empty();
      }
      polygons.add(
          FACTORY.createPolygon(
              rings.getFirst(), rings.subList(1, rings.size()).toArray(LinearRing[]::new)));
    }
    return Optional.of(
        polygons.size() == 1
            ? polygons.getFirst()
            : FACTORY.createMultiPolygon(polygons.toArray(Polygon[]::new)));
  }

  private Coordinate[] positions(JsonNode list, int[] left) {
    if (list.size() > left[0]) {
      throw new Wrong(
          "se esperaban hasta " + MOST_VERTICES + " vértices",
          "esperavam-se até " + MOST_VERTICES + " vértices",
          "wanted at most " + MOST_VERTICES + " vertices");
    }
    Coordinate[] all = new Coordinate[list.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = position(list.get(i), left);
    }
    return all;
  }

  private Coordinate position(JsonNode node, int[] left) {
    left[0]--;
    boolean isPair =
        node.isArray() && node.size() >= 2 && node.get(0).isNumber() && node.get(1).isNumber();
    double x = isPair ? node.get(0).asDouble() : Double.NaN;
    double y = isPair ? node.get(1).asDouble() : Double.NaN;
    boolean inRange =
        !operation.source().equals(Crs.CRS84) || Math.abs(x) <= 180 && Math.abs(y) <= 90;
    double[] xy = {x, y};
    if (inRange && Double.isFinite(x) && Double.isFinite(y)) {
      operation.apply(xy, 1);
    }
    if (!inRange || !Double.isFinite(xy[0]) || !Double.isFinite(xy[1])) {
      throw new Wrong(
          "se esperaban longitud y latitud en grados",
          "esperavam-se longitude e latitude em graus",
          "wanted longitude and latitude in degrees");
    }
    return new Coordinate(xy[0], xy[1]);
  }
}
