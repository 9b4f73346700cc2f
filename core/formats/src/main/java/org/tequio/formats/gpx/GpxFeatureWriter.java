package org.tequio.formats.gpx;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.table.GeometryColumns;
import org.tequio.formats.table.NameField;
import org.tequio.formats.xml.XmlText;

/**
 * The elements of a GPX file in the order of its schema. Extensions are in the namespace in which
 * GDAL writes them, so that its users get the fields back.
 */
final class GpxFeatureWriter implements FeatureWriter {
  private final Writer out;
  private final int nameField;
  private final List<String> elements = new ArrayList<>();
  private long placeless;

  GpxFeatureWriter(Writer out, LayerSchema schema) {
    this.out = out;
    this.nameField = NameField.indexIn(schema);
    for (Field field : schema.fields()) {
      elements.add(elementName(field.name()));
    }
  }

  // A field's name as XML can bear it; two that become the same keep apart by their order.
  private String elementName(String field) {
    String name = field.replaceAll("[^\\p{L}\\p{N}_.-]", "_");
    String known = Character.isLetter(name.charAt(0)) ? name : "_" + name;
    String free = known;
    for (int i = 2; elements.contains(free); i++) {
      free = known + "_" + i;
    }
    return free;
  }

  void begin(String layerName, Imprint imprint) throws IOException {
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.write("<gpx version=\"1.1\" creator=\"Tequio\"");
    out.write(" xmlns=\"http://www.topografix.com/GPX/1/1\"");
    out.write(" xmlns:ogr=\"http://osgeo.org/gdal\">\n<metadata>\n");
    element("name", imprint.title().isEmpty() ? layerName : imprint.title());
    if (!imprint.isEmpty()) {
      element("desc", imprint.text());
    }
    if (!imprint.publisher().isEmpty()) {
      out.write("<author>");
      element("name", imprint.publisher());
      out.write("</author>");
    }
    copyright(imprint);
    String page = imprint.page();
    if (page != null && !page.isEmpty()) {
      out.write("<link href=\"");
      XmlText.write(page, out);
      out.write("\"></link>\n");
    }
    Instant updated = imprint.updated();
    if (updated != null) {
      element("time", updated.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    out.write("</metadata>\n");
  }

  private void copyright(Imprint imprint) throws IOException {
    String terms = imprint.licenceUrl();
    if (terms == null) {
      return;
    }
    out.write("<copyright author=\"");
    XmlText.write(imprint.publisher(), out);
    out.write("\">");
    Instant updated = imprint.updated();
    if (updated != null) {
      element("year", Integer.toString(updated.atZone(ZoneOffset.UTC).getYear()));
    }
    element("license", terms);
    out.write("</copyright>\n");
  }

  @Override
  public void write(FeatureRow row) throws IOException {
    byte[] wkb = row.wkb();
    if (wkb == null || !isPlaced(wkb, row.wkbOffset())) {
      placeless++;
      return;
    }
    int offset = row.wkbOffset();
    GeometryType type = Wkb.type(wkb, offset);
    switch (type) {
      case POINT -> waypoint(row, wkb, offset + 5, Wkb.hasZ(wkb, offset));
      case MULTIPOINT -> {
        int count = Wkb.getInt(wkb, offset + 5);
        int stride = 16 + (Wkb.hasZ(wkb, offset) ? 8 : 0) + (Wkb.hasM(wkb, offset) ? 8 : 0);
        for (int i = 0; i < count; i++) {
          int at = offset + 9 + i * (5 + stride);
          waypoint(row, wkb, at + 5, Wkb.hasZ(wkb, offset));
        }
      }
      case LINESTRING, MULTILINESTRING -> track(row, wkb, offset);
      case POLYGON, MULTIPOLYGON, GEOMETRYCOLLECTION, NONE, GEOMETRY ->
          throw new IOException("feature " + row.id() + " is no point or line: " + type);
    }
  }

  private static boolean isPlaced(byte[] wkb, int offset) {
    boolean[] finite = {true};
    int count =
        Wkb.forEachVertex(
            wkb, offset, (x, y) -> finite[0] &= Double.isFinite(x) && Double.isFinite(y));
    return count > 0 && finite[0];
  }

  private void waypoint(FeatureRow row, byte[] wkb, int at, boolean z) throws IOException {
    place("wpt", wkb, at, z);
    values(row);
    out.write("</wpt>\n");
  }

  private void track(FeatureRow row, byte[] wkb, int offset) throws IOException {
    out.write("<trk>");
    values(row);
    List<int[]> runs = new ArrayList<>();
    Wkb.forEachRun(wkb, offset, (at, stride, n) -> runs.add(new int[] {at, stride, n}));
    boolean z = Wkb.hasZ(wkb, offset);
    for (int[] run : runs) {
      out.write("<trkseg>");
      for (int i = 0; i < run[2]; i++) {
        place("trkpt", wkb, run[0] + i * run[1], z);
        out.write("</trkpt>");
      }
      out.write("</trkseg>");
    }
    out.write("</trk>\n");
  }

  private void place(String element, byte[] wkb, int at, boolean z) throws IOException {
    out.write("<" + element + " lat=\"");
    out.write(GeometryColumns.plain(Wkb.getDouble(wkb, at + 8)));
    out.write("\" lon=\"");
    out.write(GeometryColumns.plain(Wkb.getDouble(wkb, at)));
    out.write("\">");
    double height = z ? Wkb.getDouble(wkb, at + 16) : Double.NaN;
    if (Double.isFinite(height)) {
      out.write("<ele>" + GeometryColumns.plain(height) + "</ele>");
    }
  }

  private void values(FeatureRow row) throws IOException {
    Object name = nameField < 0 ? null : row.value(nameField);
    if (name != null) {
      element("name", plain(name));
    }
    boolean any = false;
    for (int i = 0; i < elements.size(); i++) {
      Object value = row.value(i);
      if (value != null) {
        out.write(any ? "" : "<extensions>");
        any = true;
        element("ogr:" + elements.get(i), plain(value));
      }
    }
    out.write(any ? "</extensions>" : "");
  }

  private static String plain(Object value) {
    return value instanceof Double number ? GeometryColumns.plain(number) : value.toString();
  }

  private void element(String name, String text) throws IOException {
    out.write("<" + name + ">");
    XmlText.write(text, out);
    out.write("</" + name + ">");
  }

  @Override
  public void close() throws IOException {
    try (out) {
      if (placeless > 0) {
        out.write("<extensions>");
        element("ogr:features_without_a_place", Long.toString(placeless));
        out.write("</extensions>\n");
      }
      out.write("</gpx>\n");
    }
  }
}
