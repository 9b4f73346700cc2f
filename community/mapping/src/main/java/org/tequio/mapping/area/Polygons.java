package org.tequio.mapping.area;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.tequio.feature.LocalText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Multipolygons in degrees: from GeoJSON (RFC 7946) and back, with seven decimals, and their size.
 */
public final class Polygons {
  /** Makes geometries on a grid of 1e-7 degrees, about a centimeter. */
  public static final GeometryFactory FACTORY = new GeometryFactory(new PrecisionModel(1e7), 4326);

  /** Of a sphere with the surface of the Earth. */
  private static final double RADIUS_METERS = 6_371_007.2;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Polygons() {}

  /** All polygons of a geometry; points and lines in it are dropped. */
  public static MultiPolygon of(Geometry geometry) {
    List<Polygon> polygons = new ArrayList<>();
    collect(geometry, polygons);
    return FACTORY.createMultiPolygon(polygons.toArray(Polygon[]::new));
  }

  private static void collect(Geometry geometry, List<Polygon> into) {
    if (geometry instanceof Polygon polygon) {
      if (!polygon.isEmpty()) {
        into.add(polygon);
      }
    } else if (geometry instanceof GeometryCollection) {
      for (int i = 0; i < geometry.getNumGeometries(); i++) {
        collect(geometry.getGeometryN(i), into);
      }
    }
  }

  /** A rectangle. */
  static MultiPolygon box(double west, double south, double east, double north) {
    return of(FACTORY.toGeometry(new org.locationtech.jts.geom.Envelope(west, east, south, north)));
  }

  /** The surface of a geometry on the Earth, in square meters. */
  public static double squareMeters(Geometry geometry) {
    double sum = 0;
    MultiPolygon all = of(geometry);
    for (int i = 0; i < all.getNumGeometries(); i++) {
      Polygon polygon = (Polygon) all.getGeometryN(i);
      sum += squareMeters(polygon.getExteriorRing());
      for (int k = 0; k < polygon.getNumInteriorRing(); k++) {
        sum -= squareMeters(polygon.getInteriorRingN(k));
      }
    }
    return sum;
  }

  // Chamberlain and Duquette's formula for polygons on a sphere.
  private static double squareMeters(LinearRing ring) {
    Coordinate[] at = ring.getCoordinates();
    double sum = 0;
    for (int i = 0; i + 1 < at.length; i++) {
      sum +=
          Math.toRadians(at[i + 1].x - at[i].x)
              * (2 + Math.sin(Math.toRadians(at[i].y)) + Math.sin(Math.toRadians(at[i + 1].y)));
    }
    return Math.abs(sum) * RADIUS_METERS * RADIUS_METERS / 2;
  }

  // ---- GeoJSON

  /** A GeoJSON geometry as text. */
  public static String write(MultiPolygon geometry) {
    StringBuilder text = new StringBuilder(256);
    text.append("{\"type\":\"MultiPolygon\",\"coordinates\":[");
    for (int i = 0; i < geometry.getNumGeometries(); i++) {
      Polygon polygon = (Polygon) geometry.getGeometryN(i);
      text.append(i == 0 ? "[" : ",[");
      write(polygon.getExteriorRing(), text);
      for (int k = 0; k < polygon.getNumInteriorRing(); k++) {
        text.append(',');
        write(polygon.getInteriorRingN(k), text);
      }
      text.append(']');
    }
    return text.append("]}").toString();
  }

  private static void write(LinearRing ring, StringBuilder text) {
    Coordinate[] at = ring.getCoordinates();
    for (int i = 0; i < at.length; i++) {
      text.append(i == 0 ? "[[" : ",[");
      degrees(at[i].x, text);
      text.append(',');
      degrees(at[i].y, text);
      text.append(']');
    }
    text.append(']');
  }

  private static void degrees(double value, StringBuilder text) {
    long scaled = Math.round(value * 1e7);
    if (scaled < 0) {
      text.append('-');
      scaled = -scaled;
    }
    text.append(scaled / 10_000_000);
    long decimals = scaled % 10_000_000;
    if (decimals > 0) {
      text.append('.').append(String.format("%07d", decimals).replaceFirst("0+$", ""));
    }
  }

  /** The geometry of a text that {@link #write} made. */
  public static MultiPolygon parse(String geoJson) {
    return read(MAPPER.readTree(geoJson));
  }

  /**
   * A GeoJSON Polygon or MultiPolygon; heights are dropped.
   *
   * @throws InvalidArea for anything else
   */
  public static MultiPolygon read(JsonNode geometry) {
    JsonNode coordinates = geometry.path("coordinates");
    return switch (geometry.path("type").asString("")) {
      case "Polygon" -> FACTORY.createMultiPolygon(new Polygon[] {polygon(coordinates)});
      case "MultiPolygon" -> {
        List<Polygon> polygons = new ArrayList<>();
        for (JsonNode one : coordinates) {
          polygons.add(polygon(one));
        }
        yield FACTORY.createMultiPolygon(polygons.toArray(Polygon[]::new));
      }
      default ->
          throw new InvalidArea(
              "MustBeMultiPloygon",
              "el área debe ser de polígonos",
              "a área deve ser de polígonos",
              "the area must be made of polygons");
    };
  }

  /**
   * All polygons of a geometry in degrees, on our grid and without heights.
   *
   * @throws InvalidArea where a position is not of this world
   */
  static MultiPolygon inDegrees(Geometry geometry) {
    List<Polygon> polygons = new ArrayList<>();
    MultiPolygon all = of(geometry);
    for (int i = 0; i < all.getNumGeometries(); i++) {
      Polygon polygon = (Polygon) all.getGeometryN(i);
      LinearRing[] holes = new LinearRing[polygon.getNumInteriorRing()];
      for (int k = 0; k < holes.length; k++) {
        holes[k] = ring(polygon.getInteriorRingN(k));
      }
      polygons.add(FACTORY.createPolygon(ring(polygon.getExteriorRing()), holes));
    }
    return FACTORY.createMultiPolygon(polygons.toArray(Polygon[]::new));
  }

  private static LinearRing ring(LinearRing ring) {
    Coordinate[] at = ring.getCoordinates();
    Coordinate[] there = new Coordinate[at.length];
    for (int i = 0; i < at.length; i++) {
      there[i] = position(at[i].x, at[i].y);
    }
    return FACTORY.createLinearRing(there);
  }

  private static Polygon polygon(JsonNode rings) {
    if (!rings.isArray() || rings.isEmpty()) {
      throw invalid(LocalText.same("[]"));
    }
    LinearRing[] holes = new LinearRing[rings.size() - 1];
    for (int i = 1; i < rings.size(); i++) {
      holes[i - 1] = ring(rings.get(i));
    }
    return FACTORY.createPolygon(ring(rings.get(0)), holes);
  }

  private static LinearRing ring(JsonNode positions) {
    if (positions.size() < 4) {
      throw invalid(
          new LocalText(
              "un anillo tiene al menos cuatro posiciones",
              "um anel tem ao menos quatro posições",
              "a ring has at least four positions"));
    }
    Coordinate[] at = new Coordinate[positions.size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = position(positions.get(i));
    }
    if (!at[0].equals2D(at[at.length - 1])) {
      throw invalid(
          new LocalText(
              "un anillo no cierra en " + shown(at[0]),
              "um anel não se fecha em " + shown(at[0]),
              "a ring is not closed at " + shown(at[0])));
    }
    return FACTORY.createLinearRing(at);
  }

  private static Coordinate position(JsonNode position) {
    return position(position.path(0).asDouble(Double.NaN), position.path(1).asDouble(Double.NaN));
  }

  private static Coordinate position(double x, double y) {
    if (!(Math.abs(x) <= 180) || !(Math.abs(y) <= 85.06)) {
      throw invalid(
          new LocalText(
              "se esperaba longitud y latitud en grados",
              "esperava-se longitude e latitude em graus",
              "wanted longitude and latitude in degrees"));
    }
    Coordinate at = new Coordinate(x, y);
    FACTORY.getPrecisionModel().makePrecise(at);
    return at;
  }

  static String shown(Coordinate at) {
    return at.x + ", " + at.y;
  }

  static InvalidArea invalid(LocalText why) {
    return new InvalidArea("InvalidMultipolygon", why.es(), why.pt(), why.en());
  }
}
