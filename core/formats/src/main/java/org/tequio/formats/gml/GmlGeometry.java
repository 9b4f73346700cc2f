package org.tequio.formats.gml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.XmlReader;
import org.tequio.formats.xml.BadShapeException;
import org.tequio.formats.xml.NumberScanner;
import org.tequio.formats.xml.Positions;
import org.tequio.formats.xml.Shape;

/**
 * Reads the geometry elements of GML 2 to 3.2 (OGC 07-036, clauses 10 and 11) that simple features
 * use. Coordinates come out in the order in which they stand. Arcs, and pieces that are only
 * linked, are told as unreadable. One for each geometry.
 */
public final class GmlGeometry {
  private final XmlReader xml;
  private @Nullable BadShapeException fault;
  private @Nullable String srsName;

  /** Reads where the cursor stands at the beginning of one. */
  public GmlGeometry(XmlReader xml) {
    this.xml = xml;
  }

  /** True where the cursor stands at the beginning of a geometry. */
  public static boolean isGeometry(XmlReader xml) {
    return xml.namespace().startsWith("http://www.opengis.net/gml") && isGeometry(xml.localName());
  }

  private static boolean isGeometry(String element) {
    return switch (element) {
      case "Point",
          "LineString",
          "LinearRing",
          "Polygon",
          "Curve",
          "Surface",
          "PolygonPatch",
          "Ring",
          "CompositeCurve",
          "CompositeSurface",
          "PolyhedralSurface",
          "TriangulatedSurface",
          "Tin",
          "Triangle",
          "Rectangle",
          "OrientableCurve",
          "OrientableSurface",
          "MultiPoint",
          "MultiLineString",
          "MultiCurve",
          "MultiPolygon",
          "MultiSurface",
          "MultiGeometry",
          "LineStringSegment",
          "Box",
          "Envelope" ->
          true;
      default -> false;
    };
  }

  /**
   * Reads the element where the cursor stands, to its end; what is wrong with it is told by {@link
   * #fault}.
   */
  public @Nullable Shape read() throws FormatException {
    Shape shape = element(2);
    return fault == null ? shape : null;
  }

  /** What is wrong with it; null where nothing is. */
  public @Nullable BadShapeException fault() {
    return fault;
  }

  /** The first srsName inside the geometry; null where there is none. */
  public @Nullable String srsName() {
    return srsName;
  }

  private @Nullable Shape element(int inheritedDimension) throws FormatException {
    String element = xml.localName();
    note(xml.attribute("srsName"));
    int dimension = dimension(inheritedDimension);
    int inside = xml.depth();
    Positions positions = new Positions();
    List<Positions> rings = new ArrayList<>();
    List<Shape> parts = new ArrayList<>();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.localName()) {
        case "pos", "lowerCorner", "upperCorner" -> numbers(positions, dimension, true);
        case "posList" -> numbers(positions, dimension, false);
        case "coordinates" -> coordinates(positions);
        case "coord" -> coord(positions);
        case "exterior", "outerBoundaryIs" -> rings.addFirst(ring(dimension));
        case "interior", "innerBoundaryIs" -> rings.add(ring(dimension));
        case "Arc",
            "ArcString",
            "ArcByCenterPoint",
            "ArcByBulge",
            "Circle",
            "CircleByCenterPoint",
            "CubicSpline",
            "BSpline",
            "Bezier",
            "Clothoid",
            "GeodesicString",
            "Geodesic" -> {
          unreadable("a curve that is not made of straight lines: " + xml.localName());
          xml.skip();
        }
        default -> {
          if (isGeometry(xml.localName())) {
            Shape part = element(dimension);
            if (part != null) {
              parts.add(part);
            }
          }
        }
      }
    }
    return build(element, positions, rings, parts);
  }

  private @Nullable Shape build(
      String element, Positions positions, List<Positions> rings, List<Shape> parts) {
    return switch (element) {
      case "Point" -> positions.size() == 0 ? null : new Shape.Point(positions);
      case "LineString", "LinearRing", "LineStringSegment" ->
          positions.size() == 0 ? null : new Shape.Line(positions);
      case "Polygon", "PolygonPatch", "Triangle", "Rectangle" ->
          rings.isEmpty() ? null : new Shape.Polygon(rings);
      case "Curve", "Ring", "CompositeCurve", "OrientableCurve" -> {
        Positions joined = positions;
        for (Shape part : parts) {
          if (part instanceof Shape.Line(Positions line)) {
            joined.join(line);
          }
        }
        yield joined.size() == 0 ? null : new Shape.Line(joined);
      }
      case "Surface", "OrientableSurface" ->
          parts.size() == 1 ? parts.getFirst() : parts.isEmpty() ? null : new Shape.Many(parts);
      case "MultiPoint" -> {
        for (int i = 0; i < positions.size(); i++) {
          Positions one = new Positions();
          parts.add(new Shape.Point(one.add(positions.x(i), positions.y(i), positions.z(i))));
        }
        yield parts.isEmpty() ? null : new Shape.Many(parts);
      }
      case "Box", "Envelope" -> positions.size() == 2 ? box(positions) : null;
      default -> parts.isEmpty() ? null : new Shape.Many(parts);
    };
  }

  private static Shape box(Positions corners) {
    Positions ring = new Positions();
    ring.add(corners.x(0), corners.y(0), Double.NaN).add(corners.x(1), corners.y(0), Double.NaN);
    ring.add(corners.x(1), corners.y(1), Double.NaN).add(corners.x(0), corners.y(1), Double.NaN);
    ring.add(corners.x(0), corners.y(0), Double.NaN);
    return new Shape.Polygon(List.of(ring));
  }

  private Positions ring(int dimension) throws FormatException {
    int inside = xml.depth();
    Positions ring = new Positions();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (xml.isStart() && isGeometry(xml.localName())) {
        if (element(dimension) instanceof Shape.Line(Positions line)) {
          ring.join(line);
        }
      }
    }
    return ring;
  }

  private void note(@Nullable String name) {
    if (srsName == null && name != null && !name.isBlank()) {
      srsName = name;
    }
  }

  private int dimension(int inherited) {
    String text = xml.attribute("srsDimension");
    if (text == null) {
      text = xml.attribute("dimension");
    }
    return "3".equals(text) ? 3 : "2".equals(text) ? 2 : inherited;
  }

  private void numbers(Positions into, int inherited, boolean one) throws FormatException {
    note(xml.attribute("srsName"));
    int dimension = dimension(inherited);
    long line = xml.line();
    NumberScanner text = new NumberScanner(xml.text());
    try {
      while (!text.isDone()) {
        double x = text.next();
        double y = text.next();
        boolean third = one ? !text.isDone() : dimension == 3;
        into.add(x, y, third ? text.next() : Double.NaN);
        if (one && !text.isDone()) {
          throw new BadShapeException(
              FindingCode.GEOMETRY_BAD_COORDINATE, "a position with more than three numbers");
        }
      }
    } catch (BadShapeException e) {
      keep(e, line);
    }
  }

  // GML 2: tuples whose separators may be chosen.
  private void coordinates(Positions into) throws FormatException {
    long line = xml.line();
    String decimal = orElse(xml.attribute("decimal"), ".");
    String cs = orElse(xml.attribute("cs"), ",");
    String ts = orElse(xml.attribute("ts"), " ");
    String text = xml.text();
    if (!decimal.equals(".") || !cs.equals(",") || !ts.isBlank()) {
      text = text.replace(ts.isBlank() ? "\u0000" : ts, " ").replace(cs, "\u0001");
      text = text.replace(decimal, ".").replace('\u0001', ',');
    }
    NumberScanner scanner = new NumberScanner(text);
    try {
      while (!scanner.isDone()) {
        double x = scanner.next();
        if (!scanner.take(',')) {
          throw new BadShapeException(
              FindingCode.GEOMETRY_BAD_COORDINATE, "a position with one number");
        }
        double y = scanner.next();
        into.add(x, y, scanner.take(',') ? scanner.next() : Double.NaN);
      }
    } catch (BadShapeException e) {
      keep(e, line);
    }
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }

  private void coord(Positions into) throws FormatException {
    long line = xml.line();
    int inside = xml.depth();
    double[] at = {Double.NaN, Double.NaN, Double.NaN};
    try {
      while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
        int axis = xml.isStart() ? List.of("X", "Y", "Z").indexOf(xml.localName()) : -1;
        if (axis >= 0) {
          at[axis] = new NumberScanner(xml.text()).next();
        }
      }
      into.add(at[0], at[1], at[2]);
    } catch (BadShapeException e) {
      keep(e, line);
    }
  }

  private void unreadable(String what) {
    keep(new BadShapeException(FindingCode.GEOMETRY_UNREADABLE, what), xml.line());
  }

  private void keep(BadShapeException e, long line) {
    if (fault == null) {
      fault = new BadShapeException(e.code(), "line " + line + ": " + e.getMessage());
    }
  }
}
