package org.tequio.formats.esri;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.WkbBuilder;
import org.tequio.formats.ring.RingNesting;
import org.tequio.formats.xml.Positions;
import org.tequio.formats.xml.Shape;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one geometry object: x and y, points, paths or rings. Rings are sorted into polygons with
 * holes as those of shapefiles are. Curves are told, not straightened. Not thread-safe.
 */
final class EsriGeometry {
  private final RingNesting nesting = new RingNesting();
  private @Nullable String fault;
  private boolean measured;

  /** Why the last geometry could not be read; null where it could. */
  @Nullable String fault() {
    return fault;
  }

  /**
   * Reads the object at the parser, to its end; null where there is no geometry.
   *
   * @param zFirst true where a third number is a height; a measure otherwise
   */
  @Nullable Shape read(JsonParser parser, boolean zFirst) {
    fault = null;
    measured = !zFirst;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    double[] at = {Double.NaN, Double.NaN, Double.NaN};
    boolean point = false;
    Shape shape = null;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      switch (name) {
        case "x" -> {
          at[0] = number(parser);
          point = true;
        }
        case "y" -> at[1] = number(parser);
        case "z" -> at[2] = number(parser);
        case "hasZ" -> measured = parser.currentToken() == JsonToken.VALUE_FALSE;
        case "points" -> shape = points(positions(parser));
        case "paths" -> shape = lines(lists(parser));
        case "rings" -> shape = polygons(lists(parser));
        case "curvePaths", "curveRings" -> {
          fault = "curves: " + name;
          parser.skipChildren();
        }
        default -> parser.skipChildren();
      }
    }
    if (point && !Double.isNaN(at[0]) && !Double.isNaN(at[1])) {
      shape = new Shape.Point(new Positions().add(at[0], at[1], at[2]));
    }
    return fault == null ? shape : null;
  }

  private static double number(JsonParser parser) {
    return parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN;
  }

  private static @Nullable Shape points(Positions positions) {
    List<Shape> parts = new ArrayList<>();
    for (int i = 0; i < positions.size(); i++) {
      parts.add(
          new Shape.Point(new Positions().add(positions.x(i), positions.y(i), positions.z(i))));
    }
    return parts.isEmpty() ? null : new Shape.Many(parts);
  }

  private static @Nullable Shape lines(List<Positions> paths) {
    List<Shape> parts = new ArrayList<>();
    paths.forEach(path -> parts.add(new Shape.Line(path)));
    return parts.isEmpty() ? null : parts.size() == 1 ? parts.getFirst() : new Shape.Many(parts);
  }

  private @Nullable Shape polygons(List<Positions> rings) {
    rings.removeIf(ring -> ring.size() == 0);
    WkbBuilder corners = new WkbBuilder();
    int[] firsts = new int[rings.size() + 1];
    for (int r = 0; r < rings.size(); r++) {
      Positions ring = rings.get(r);
      for (int i = 0; i < ring.size(); i++) {
        corners.xy(ring.x(i), ring.y(i));
      }
      firsts[r + 1] = firsts[r] + ring.size();
    }
    nesting.nest(corners.toBytes(), 0, firsts, rings.size());
    List<Shape> polygons = new ArrayList<>();
    int at = 0;
    while (at < rings.size()) {
      List<Positions> one = new ArrayList<>();
      for (int left = nesting.ringsFrom(at); left > 0; left--) {
        one.add(rings.get(nesting.ring(at++)));
      }
      polygons.add(new Shape.Polygon(one));
    }
    return polygons.isEmpty()
        ? null
        : polygons.size() == 1 ? polygons.getFirst() : new Shape.Many(polygons);
  }

  private List<Positions> lists(JsonParser parser) {
    List<Positions> lists = new ArrayList<>();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return lists;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      lists.add(positions(parser));
    }
    return lists;
  }

  private Positions positions(JsonParser parser) {
    Positions positions = new Positions();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      fault = fault == null ? "a list of positions was wanted" : fault;
      parser.skipChildren();
      return positions;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      position(parser, positions);
    }
    return positions;
  }

  private void position(JsonParser parser, Positions into) {
    double[] at = {Double.NaN, Double.NaN, Double.NaN};
    int n = 0;
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (n < 3) {
          at[n] = number(parser);
        }
        n++;
        parser.skipChildren();
      }
    } else {
      parser.skipChildren();
    }
    if (n < 2) {
      fault = fault == null ? "a position with " + n + " numbers" : fault;
      return;
    }
    into.add(at[0], at[1], measured ? Double.NaN : at[2]);
  }
}
