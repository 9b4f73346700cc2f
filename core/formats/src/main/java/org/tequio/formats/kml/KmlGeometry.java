package org.tequio.formats.kml;

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
 * Reads the geometry elements of KML 2.2 (section 10) and {@code gx:Track}. Heights that are all
 * zero are what programs write where they know none: such a geometry has no heights.
 */
final class KmlGeometry {
  private KmlGeometry() {}

  static boolean isGeometry(String element) {
    return switch (element) {
      case "Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack" ->
          true;
      default -> false;
    };
  }

  /**
   * Reads the element where the cursor stands, to its end. A fault inside is told only after the
   * element was read through, so that reading can go on.
   */
  static @Nullable Shape read(XmlReader xml) throws FormatException, BadShapeException {
    Fault fault = new Fault();
    Shape shape = element(xml, fault);
    if (fault.first != null) {
      throw fault.first;
    }
    return shape;
  }

  private static final class Fault {
    private @Nullable BadShapeException first;
  }

  private static @Nullable Shape element(XmlReader xml, Fault fault) throws FormatException {
    String element = xml.localName();
    int inside = xml.depth();
    Positions positions = new Positions();
    List<Positions> rings = new ArrayList<>();
    List<Shape> parts = new ArrayList<>();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (!xml.isStart()) {
        continue;
      }
      String name = xml.localName();
      switch (name) {
        case "coordinates" -> positions = coordinates(xml, fault);
        case "coord" -> track(xml, positions, fault);
        case "outerBoundaryIs", "innerBoundaryIs" -> boundary(xml, rings, fault);
        default -> {
          if (isGeometry(name)) {
            Shape part = element(xml, fault);
            if (part != null) {
              parts.add(part);
            }
          } else {
            xml.skip();
          }
        }
      }
    }
    return switch (element) {
      case "Point" -> positions.size() == 0 ? null : new Shape.Point(positions);
      case "LineString", "LinearRing", "Track" ->
          positions.size() == 0 ? null : new Shape.Line(positions);
      case "Polygon" -> rings.isEmpty() ? null : new Shape.Polygon(rings);
      default -> parts.isEmpty() ? null : new Shape.Many(parts);
    };
  }

  // Some programs put all inner rings into one boundary element.
  private static void boundary(XmlReader xml, List<Positions> rings, Fault fault)
      throws FormatException {
    boolean outer = xml.localName().equals("outerBoundaryIs");
    int inside = xml.depth();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (xml.isStart("coordinates")) {
        Positions ring = coordinates(xml, fault);
        if (outer && !rings.isEmpty()) {
          rings.addFirst(ring);
        } else {
          rings.add(ring);
        }
      }
    }
  }

  private static Positions coordinates(XmlReader xml, Fault fault) throws FormatException {
    long line = xml.line();
    Positions positions = new Positions();
    NumberScanner text = new NumberScanner(xml.text());
    try {
      while (!text.isDone()) {
        double x = text.next();
        if (!text.take(',')) {
          throw new BadShapeException(
              FindingCode.GEOMETRY_BAD_COORDINATE, "a position with one number");
        }
        double y = text.next();
        double z = text.take(',') && !text.isDone() ? text.next() : Double.NaN;
        positions.add(x, y, z);
      }
    } catch (BadShapeException e) {
      keep(fault, e, line);
    }
    return positions.hasNonZeroHeight() ? positions : positions.flatten();
  }

  private static void track(XmlReader xml, Positions positions, Fault fault)
      throws FormatException {
    long line = xml.line();
    NumberScanner text = new NumberScanner(xml.text());
    try {
      double x = text.next();
      double y = text.next();
      positions.add(x, y, text.isDone() ? Double.NaN : text.next());
    } catch (BadShapeException e) {
      keep(fault, e, line);
    }
  }

  private static void keep(Fault fault, BadShapeException e, long line) {
    if (fault.first == null) {
      fault.first = new BadShapeException(e.code(), "line " + line + ": " + e.getMessage());
    }
  }
}
