package org.tequio.formats.kml;

import java.io.IOException;
import java.io.Writer;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.table.GeometryColumns;
import org.tequio.formats.table.NameField;
import org.tequio.formats.xml.XmlText;

/** The one document of a KML file, in the order of elements that the schema prescribes. */
final class KmlFeatureWriter implements FeatureWriter {
  private final Writer out;
  private final LayerSchema schema;
  private final int nameField;

  KmlFeatureWriter(Writer out, LayerSchema schema) {
    this.out = out;
    this.schema = schema;
    this.nameField = NameField.indexIn(schema);
  }

  void begin(String layerName, Imprint imprint) throws IOException {
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.write("<kml xmlns=\"http://www.opengis.net/kml/2.2\"");
    out.write(" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<Document id=\"document\">\n");
    element("name", imprint.title().isEmpty() ? layerName : imprint.title());
    origin(imprint);
    out.write("<Style id=\"plain\"><IconStyle><color>ff7a4a1f</color></IconStyle>");
    out.write("<LineStyle><color>ff7a4a1f</color><width>2</width></LineStyle>");
    out.write("<PolyStyle><color>597a4a1f</color></PolyStyle></Style>\n");
    facts(imprint);
    out.write("<Schema name=\"");
    text(layerName);
    out.write("\" id=\"layer\">\n");
    for (Field field : schema.fields()) {
      out.write("<SimpleField type=\"" + kmlType(field.type()) + "\" name=\"");
      text(field.name());
      out.write("\"></SimpleField>\n");
    }
    out.write("</Schema>\n");
  }

  private void origin(Imprint imprint) throws IOException {
    if (!imprint.publisher().isEmpty()) {
      out.write("<atom:author>");
      element("atom:name", imprint.publisher());
      out.write("</atom:author>\n");
    }
    String page = imprint.page();
    if (page != null) {
      out.write("<atom:link href=\"");
      text(page);
      out.write("\" rel=\"describedby\" type=\"text/html\"/>\n");
    }
    if (!imprint.isEmpty()) {
      element("description", imprint.text());
    }
  }

  private void facts(Imprint imprint) throws IOException {
    if (imprint.isEmpty()) {
      return;
    }
    out.write("<ExtendedData>\n");
    for (Imprint.Fact fact : imprint.facts()) {
      out.write("<Data name=\"");
      text(fact.name());
      out.write("\"><displayName>");
      text(fact.label());
      out.write("</displayName><value>");
      text(fact.value());
      out.write("</value></Data>\n");
    }
    out.write("</ExtendedData>\n");
  }

  private void element(String name, String text) throws IOException {
    out.write("<" + name + ">");
    text(text);
    out.write("</" + name + ">\n");
  }

  private static String kmlType(FieldType type) {
    return switch (type) {
      case INTEGER -> "int";
      case DECIMAL -> "double";
      case BOOLEAN -> "bool";
      case TEXT, DATE, INSTANT -> "string";
    };
  }

  @Override
  public void write(FeatureRow row) throws IOException {
    out.write("<Placemark>");
    Object name = nameField < 0 ? null : row.value(nameField);
    if (name != null) {
      out.write("<name>");
      text(plain(name));
      out.write("</name>");
    }
    out.write("<styleUrl>#plain</styleUrl>");
    attributes(row);
    byte[] wkb = row.wkb();
    if (wkb != null && !Wkb.isEmpty(wkb, row.wkbOffset())) {
      geometry(wkb, row.wkbOffset());
    }
    out.write("</Placemark>\n");
  }

  private void attributes(FeatureRow row) throws IOException {
    out.write("<ExtendedData><SchemaData schemaUrl=\"#layer\">");
    for (int i = 0; i < schema.fields().size(); i++) {
      Object value = row.value(i);
      if (value != null) {
        out.write("<SimpleData name=\"");
        text(schema.fields().get(i).name());
        out.write("\">");
        text(plain(value));
        out.write("</SimpleData>");
      }
    }
    out.write("</SchemaData></ExtendedData>");
  }

  private static String plain(Object value) {
    return value instanceof Double number ? GeometryColumns.plain(number) : value.toString();
  }

  // Returns the position after the geometry.
  private int geometry(byte[] wkb, int at) throws IOException {
    int stride = Wkb.hasM(wkb, at) && Wkb.hasZ(wkb, at) ? 32 : 16;
    if (stride == 16 && (Wkb.hasZ(wkb, at) || Wkb.hasM(wkb, at))) {
      stride = 24;
    }
    boolean z = Wkb.hasZ(wkb, at);
    GeometryType type = Wkb.type(wkb, at);
    int p = at + 5;
    switch (type) {
      case POINT -> {
        out.write("<Point>");
        coordinates(wkb, p, stride, 1, z);
        out.write("</Point>");
        return p + stride;
      }
      case LINESTRING -> {
        int n = Wkb.getInt(wkb, p);
        out.write("<LineString>");
        coordinates(wkb, p + 4, stride, n, z);
        out.write("</LineString>");
        return p + 4 + n * stride;
      }
      case POLYGON -> {
        return polygon(wkb, p, stride, z);
      }
      default -> {
        int parts = Wkb.getInt(wkb, p);
        p += 4;
        out.write("<MultiGeometry>");
        for (int i = 0; i < parts; i++) {
          p = geometry(wkb, p);
        }
        out.write("</MultiGeometry>");
        return p;
      }
    }
  }

  private int polygon(byte[] wkb, int at, int stride, boolean z) throws IOException {
    int rings = Wkb.getInt(wkb, at);
    int p = at + 4;
    out.write("<Polygon>");
    for (int i = 0; i < rings; i++) {
      String boundary = i == 0 ? "outerBoundaryIs" : "innerBoundaryIs";
      int n = Wkb.getInt(wkb, p);
      out.write("<" + boundary + "><LinearRing>");
      coordinates(wkb, p + 4, stride, n, z);
      out.write("</LinearRing></" + boundary + ">");
      p += 4 + n * stride;
    }
    out.write("</Polygon>");
    return p;
  }

  private void coordinates(byte[] wkb, int at, int stride, int n, boolean z) throws IOException {
    if (z) {
      out.write("<altitudeMode>absolute</altitudeMode>");
    }
    out.write("<coordinates>");
    for (int i = 0, p = at; i < n; i++, p += stride) {
      if (i > 0) {
        out.write(' ');
      }
      out.write(GeometryColumns.plain(Wkb.getDouble(wkb, p)));
      out.write(',');
      out.write(GeometryColumns.plain(Wkb.getDouble(wkb, p + 8)));
      double height = z ? Wkb.getDouble(wkb, p + 16) : Double.NaN;
      if (Double.isFinite(height)) {
        out.write(',');
        out.write(GeometryColumns.plain(height));
      }
    }
    out.write("</coordinates>");
  }

  private void text(String text) throws IOException {
    XmlText.write(text, out);
  }

  @Override
  public void close() throws IOException {
    try (out) {
      out.write("</Document>\n</kml>\n");
    }
  }
}
