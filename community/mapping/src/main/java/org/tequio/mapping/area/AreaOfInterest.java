package org.tequio.mapping.area;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.operation.overlayng.UnaryUnionNG;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import org.tequio.feature.LocalText;
import tools.jackson.databind.JsonNode;

/**
 * What somebody drew or sent as the area of a project.
 *
 * @param area all of it, dissolved
 * @param parts the features as they came, in their order
 */
public record AreaOfInterest(MultiPolygon area, List<TaskShape> parts) {
  /** No project is larger: 5,000 square kilometers, as the reference has it. */
  public static final double MAX_SQUARE_METERS = 5e9;

  private static final int MAX_POSITIONS = 200_000;

  /** Copies the parts. */
  public AreaOfInterest {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a feature collection, a feature or a geometry.
   *
   * @throws InvalidArea where it is no area, crosses itself, or is too large
   */
  public static AreaOfInterest read(JsonNode json) {
    return of(parts(json));
  }

  /**
   * The area of polygons.
   *
   * @throws InvalidArea where one of them crosses itself, or all together are too large
   */
  static AreaOfInterest of(List<TaskShape> parts) {
    List<Geometry> grounds = new ArrayList<>();
    int positions = 0;
    for (TaskShape part : parts) {
      requireValid(part.geometry());
      positions += part.geometry().getNumPoints();
      grounds.add(part.geometry());
    }
    if (positions > MAX_POSITIONS) {
      throw new InvalidArea(
          "AreaTooDetailed",
          "el área tiene más de " + MAX_POSITIONS + " posiciones; simplifíquela",
          "a área tem mais de " + MAX_POSITIONS + " posições; simplifique-a",
          "the area has more than " + MAX_POSITIONS + " positions; simplify it");
    }
    MultiPolygon area =
        Polygons.of(
            UnaryUnionNG.union(
                Polygons.FACTORY.buildGeometry(grounds), Polygons.FACTORY.getPrecisionModel()));
    double size = Polygons.squareMeters(area);
    if (size > MAX_SQUARE_METERS) {
      long there = Math.round(size / 1e6);
      throw new InvalidArea(
          "AreaTooLarge",
          "el área mide " + there + " km²; se aceptan hasta 5000",
          "a área mede " + there + " km²; aceitam-se até 5000",
          "the area is " + there + " km²; at most 5000 are taken");
    }
    return new AreaOfInterest(area, parts);
  }

  /** The features of a collection that are polygons. */
  static List<TaskShape> parts(JsonNode json) {
    List<TaskShape> parts = new ArrayList<>();
    switch (json.path("type").asString("")) {
      case "FeatureCollection" -> {
        if (!json.path("features").isArray() || json.path("features").isEmpty()) {
          throw new InvalidArea(
              "MustHaveFeatures",
              "el área no tiene ningún elemento",
              "a área não tem nenhum elemento",
              "the area has no features");
        }
        for (JsonNode feature : json.path("features")) {
          if (isPolygonal(feature.path("geometry"))) {
            parts.add(part(feature));
          }
        }
      }
      case "Feature" -> parts.add(part(json));
      case "Polygon", "MultiPolygon" ->
          parts.add(new TaskShape(null, false, Polygons.read(json), Map.of()));
      default ->
          throw new InvalidArea(
              "MustBeFeatureCollection",
              "el área debe ser una FeatureCollection de GeoJSON",
              "a área deve ser uma FeatureCollection de GeoJSON",
              "the area must be a GeoJSON FeatureCollection");
    }
    if (parts.isEmpty()) {
      throw new InvalidArea(
          "MustBeMultiPloygon",
          "el área debe ser de polígonos",
          "a área deve ser de polígonos",
          "the area must be made of polygons");
    }
    return parts;
  }

  private static boolean isPolygonal(JsonNode geometry) {
    String type = geometry.path("type").asString("");
    return type.equals("Polygon") || type.equals("MultiPolygon");
  }

  private static TaskShape part(JsonNode feature) {
    JsonNode given = feature.path("properties");
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : given.properties()) {
      JsonNode value = one.getValue();
      if (value.isNumber()) {
        properties.put(one.getKey(), value.numberValue());
      } else if (value.isValueNode() && !value.isNull()) {
        properties.put(one.getKey(), value.asString());
      }
    }
    boolean isTile = given.path("x").isInt() && given.path("y").isInt() && given.has("zoom");
    GridTile tile =
        isTile
            ? new GridTile(
                given.path("x").asInt(), given.path("y").asInt(), given.path("zoom").asInt())
            : null;
    MultiPolygon ground = Polygons.read(feature.path("geometry"));
    // Only ground that is the tile's is called square, or a split would move it.
    boolean isSquare =
        tile != null
            && tile.zoom() >= 0
            && tile.zoom() <= TaskGrid.MAX_ZOOM
            && ground.getEnvelopeInternal().getDiameter() > 0
            && near(ground, tile.square());
    for (String own : List.of("x", "y", "zoom", "isSquare")) {
      properties.remove(own);
    }
    return isSquare && tile != null
        ? new TaskShape(tile, true, tile.square(), properties)
        : new TaskShape(tile, false, ground, properties);
  }

  private static boolean near(MultiPolygon a, MultiPolygon b) {
    return a.norm().equalsExact(b.norm(), 1e-6);
  }

  private static void requireValid(MultiPolygon ground) {
    TopologyValidationError error = new IsValidOp(ground).getValidationError();
    if (error != null) {
      String at = Polygons.shown(error.getCoordinate());
      throw Polygons.invalid(
          new LocalText(
              "el área se cruza consigo misma, o algo parecido, en " + at,
              "a área se cruza consigo mesma, ou algo assim, em " + at,
              error.getMessage() + " at " + at));
    }
  }
}
