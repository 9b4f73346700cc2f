package org.tequio.formats;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Wkb;
import org.tequio.formats.gml.GmlCrs;
import org.tequio.formats.gml.GmlGeometry;
import org.tequio.formats.xml.BadShapeException;
import org.tequio.formats.xml.Shape;

/**
 * A geometry of GML that stands in another document, such as a filter or an edit.
 *
 * @param wkb x before y, whatever order it was written in
 * @param box the same, where an envelope was written; null for other geometries
 * @param crs in which
 */
public record GmlPlace(byte[] wkb, @Nullable Bbox box, Crs crs) {

  /** True where the cursor stands at the beginning of a geometry. */
  public static boolean isAt(XmlReader xml) {
    return GmlGeometry.isGeometry(xml);
  }

  /**
   * Reads the geometry where the cursor stands, to its end.
   *
   * @param system the {@code srsName} of geometries that have none
   * @param alwaysXFirst true for documents that write x before y whatever the name of the system
   * @throws FormatException where it is no geometry, or of a system that Tequio does not know
   */
  public static GmlPlace read(XmlReader xml, String system, boolean alwaysXFirst)
      throws FormatException {
    long line = xml.line();
    String element = xml.localName();
    if (!isAt(xml)) {
      throw unreadable(line, "<" + element + "> is no geometry of GML");
    }
    GmlGeometry geometry = new GmlGeometry(xml);
    Shape shape = geometry.read();
    BadShapeException fault = geometry.fault();
    if (fault != null) {
      throw new FormatException(fault.code(), String.valueOf(fault.getMessage()));
    }
    if (shape == null) {
      throw unreadable(line, "<" + element + "> has no position");
    }
    String name = geometry.srsName() == null ? system : geometry.srsName();
    GmlCrs crs = GmlCrs.of(name);
    if (!(crs.source() instanceof SourceCrs.Declared declared)
        || !CrsRegistry.standard().knows(declared.crs())) {
      throw unreadable(line, "'" + name + "' is no known coordinate system");
    }
    byte[] wkb = (crs.swapped() && !alwaysXFirst ? shape.swapped() : shape).toWkb();
    boolean isBox = element.equals("Envelope") || element.equals("Box");
    return new GmlPlace(wkb, isBox ? bounds(wkb, line) : null, declared.crs());
  }

  private static Bbox bounds(byte[] wkb, long line) throws FormatException {
    double[] envelope = new double[4];
    if (!Wkb.envelope(wkb, 0, envelope)) {
      throw unreadable(line, "an envelope without corners");
    }
    return new Bbox(envelope[0], envelope[1], envelope[2], envelope[3]);
  }

  private static FormatException unreadable(long line, String what) {
    return new FormatException(FindingCode.GEOMETRY_UNREADABLE, "line " + line + ": " + what);
  }
}
