package org.tequio.feature.filter;

import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LocalText;

/** Makes the geometries of filters out of lists of positions, nested as GeoJSON nests them. */
final class Shapes {
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private Shapes() {}

  /**
   * A geometry of one type.
   *
   * @param coordinates positions, two or three numbers each, in as many lists as the type has
   * @throws FilterRefused where they are no such geometry
   */
  static Expression.Shape of(GeometryType type, Object coordinates) {
    return new Expression.Shape(
        switch (type) {
          case POINT -> point(coordinates);
          case LINESTRING -> line(coordinates);
          case POLYGON -> polygon(coordinates);
          case MULTIPOINT ->
              FACTORY.createMultiPoint(
                  list(coordinates).stream().map(Shapes::point).toArray(Point[]::new));
          case MULTILINESTRING ->
              FACTORY.createMultiLineString(
                  list(coordinates).stream().map(Shapes::line).toArray(LineString[]::new));
          case MULTIPOLYGON ->
              FACTORY.createMultiPolygon(
                  list(coordinates).stream().map(Shapes::polygon).toArray(Polygon[]::new));
          case NONE, GEOMETRY, GEOMETRYCOLLECTION ->
              throw new IllegalArgumentException(type + " has no coordinates of its own");
        });
  }

  static Expression.Shape collection(List<Expression.Shape> members) {
    return new Expression.Shape(
        FACTORY.createGeometryCollection(
            members.stream().map(Expression.Shape::geometry).toArray(Geometry[]::new)));
  }

  static Expression.Box box(List<Double> bounds) {
    if (bounds.size() != 4 && bounds.size() != 6) {
      throw refused(
          new LocalText(
              "una caja tiene cuatro o seis números",
              "uma caixa tem quatro ou seis números",
              "a box has four or six numbers"));
    }
    return new Expression.Box(bounds);
  }

  private static List<?> list(Object coordinates) {
    if (coordinates instanceof List<?> list && !list.isEmpty()) {
      return list;
    }
    throw refused(
        new LocalText(
            "faltan coordenadas en una geometría",
            "faltam coordenadas em uma geometria",
            "a geometry lacks coordinates"));
  }

  private static Coordinate position(Object position) {
    if (position instanceof double[] n && (n.length == 2 || n.length == 3)) {
      return n.length == 2 ? new Coordinate(n[0], n[1]) : new Coordinate(n[0], n[1], n[2]);
    }
    throw refused(
        new LocalText(
            "una posición tiene dos o tres números",
            "uma posição tem dois ou três números",
            "a position has two or three numbers"));
  }

  private static Coordinate[] positions(Object positions, int fewest) {
    List<?> list = list(positions);
    if (list.size() < fewest) {
      throw refused(
          new LocalText(
              "una línea tiene al menos " + fewest + " posiciones aquí",
              "uma linha tem ao menos " + fewest + " posições aqui",
              "a line has at least " + fewest + " positions here"));
    }
    return list.stream().map(Shapes::position).toArray(Coordinate[]::new);
  }

  private static Point point(Object position) {
    return FACTORY.createPoint(position(position));
  }

  private static LineString line(Object positions) {
    return FACTORY.createLineString(positions(positions, 2));
  }

  private static Polygon polygon(Object rings) {
    List<LinearRing> all = list(rings).stream().map(Shapes::ring).toList();
    return FACTORY.createPolygon(
        all.getFirst(), all.subList(1, all.size()).toArray(LinearRing[]::new));
  }

  private static LinearRing ring(Object positions) {
    Coordinate[] ring = positions(positions, 4);
    if (!ring[0].equals2D(ring[ring.length - 1])) {
      throw refused(
          new LocalText(
              "el contorno de un polígono no vuelve a su comienzo",
              "o contorno de um polígono não volta ao seu começo",
              "the outline of a polygon does not return to where it begins"));
    }
    return FACTORY.createLinearRing(ring);
  }

  private static FilterRefused refused(LocalText why) {
    return new FilterRefused(why);
  }
}
