package org.tequio.formats.xml;

import java.util.List;
import org.tequio.feature.GeometryType;
import org.tequio.feature.WkbBuilder;

/**
 * A geometry as a text format gives it, on its way to WKB. It may be invalid: a ring that is not
 * closed passes through, so that the importer sees it.
 */
public sealed interface Shape {
  /** One position, or none. */
  record Point(Positions positions) implements Shape {}

  /** A line. */
  record Line(Positions positions) implements Shape {}

  /** A polygon: the outer ring first. */
  record Polygon(List<Positions> rings) implements Shape {
    /** Copies the rings. */
    public Polygon {
      rings = List.copyOf(rings);
    }
  }

  /** Several geometries. */
  record Many(List<Shape> parts) implements Shape {
    /** Copies the parts. */
    public Many {
      parts = List.copyOf(parts);
    }
  }

  /** The type: several points are a multipoint, several of different kinds a collection. */
  default GeometryType type() {
    return switch (this) {
      case Point _ -> GeometryType.POINT;
      case Line _ -> GeometryType.LINESTRING;
      case Polygon _ -> GeometryType.POLYGON;
      case Many many -> {
        GeometryType all = many.parts.isEmpty() ? GeometryType.GEOMETRY : many.parts.get(0).type();
        for (Shape part : many.parts) {
          all = part.type() == all ? all : GeometryType.GEOMETRY;
        }
        yield switch (all) {
          case POINT -> GeometryType.MULTIPOINT;
          case LINESTRING -> GeometryType.MULTILINESTRING;
          case POLYGON -> GeometryType.MULTIPOLYGON;
          default -> GeometryType.GEOMETRYCOLLECTION;
        };
      }
    };
  }

  /** True where a position has a height. */
  default boolean hasHeights() {
    return switch (this) {
      case Point point -> point.positions.hasHeights();
      case Line line -> line.positions.hasHeights();
      case Polygon polygon -> polygon.rings.stream().anyMatch(Positions::hasHeights);
      case Many many -> many.parts.stream().anyMatch(Shape::hasHeights);
    };
  }

  /** The same without multigeometries inside multigeometries of one kind, as ISO WKB wants it. */
  default Shape flat() {
    if (!(this instanceof Many many)) {
      return this;
    }
    List<Shape> parts =
        many.parts.stream()
            .map(Shape::flat)
            .flatMap(
                part -> part instanceof Many inner ? inner.parts.stream() : List.of(part).stream())
            .toList();
    return new Many(parts);
  }

  /** The same with the first and the second number of each position in the other order. */
  default Shape swapped() {
    return switch (this) {
      case Point point -> new Point(point.positions.swapped());
      case Line line -> new Line(line.positions.swapped());
      case Polygon polygon -> new Polygon(polygon.rings.stream().map(Positions::swapped).toList());
      case Many many -> new Many(many.parts.stream().map(Shape::swapped).toList());
    };
  }

  /** ISO WKB. */
  default byte[] toWkb() {
    WkbBuilder builder = new WkbBuilder();
    write(flat(), builder, hasHeights());
    return builder.toBytes();
  }

  private static void write(Shape shape, WkbBuilder builder, boolean z) {
    builder.header(shape.type(), z, false);
    switch (shape) {
      case Point point -> {
        Positions at = point.positions;
        boolean some = at.size() > 0;
        position(
            builder,
            some ? at.x(0) : Double.NaN,
            some ? at.y(0) : Double.NaN,
            some ? at.z(0) : Double.NaN,
            z);
      }
      case Line line -> run(builder, line.positions, z);
      case Polygon polygon -> {
        builder.count(polygon.rings.size());
        polygon.rings.forEach(ring -> run(builder, ring, z));
      }
      case Many many -> {
        builder.count(many.parts.size());
        many.parts.forEach(part -> write(part, builder, z));
      }
    }
  }

  private static void run(WkbBuilder builder, Positions run, boolean z) {
    builder.count(run.size());
    for (int i = 0; i < run.size(); i++) {
      position(builder, run.x(i), run.y(i), run.z(i), z);
    }
  }

  private static void position(WkbBuilder builder, double x, double y, double height, boolean z) {
    builder.xy(x, y);
    if (z) {
      builder.ordinate(height);
    }
  }
}
