package org.tequio.formats.kml;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.WriterFormat;
import org.tequio.formats.table.GeometryColumns;
import org.tequio.formats.xml.XmlText;

/**
 * Writes KML 2.2: one document with a schema, one plain style and one placemark a feature.
 * Coordinates are longitude, latitude and, where there is one, height above the sea. Unknown values
 * are left out.
 */
public final class KmlWriter implements WriterFormat {
  private static final List<String> NAME_FIELDS =
      List.of("nombre", "nome", "name", "nom", "denominacion", "título", "titulo", "title");

  @Override
  public String name() {
    return "KML";
  }

  @Override
  public String extension() {
    return "kml";
  }

  @Override
  public String mediaType() {
    return "application/vnd.google-earth.kml+xml";
  }

  @Override
  public Crs crsFor(Crs asked) {
    return Crs.CRS84;
  }

  @Override
  public FeatureWriter open(Path file, String layerName, LayerSchema schema, Crs crs)
      throws IOException {
    Writer out = new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), 1 << 16);
    KmlFeatureWriter writer = new KmlFeatureWriter(out, schema);
    writer.begin(layerName);
    return writer;
  }

  /** The placemarks. */
  private static final class KmlFeatureWriter implements FeatureWriter {
    private final Writer out;
    private final LayerSchema schema;
    private final int nameField;

    KmlFeatureWriter(Writer out, LayerSchema schema) {
      this.out = out;
      this.schema = schema;
      this.nameField = nameField(schema);
    }

    private static int nameField(LayerSchema schema) {
      for (int i = 0; i < schema.fields().size(); i++) {
        if (NAME_FIELDS.contains(schema.fields().get(i).name().toLowerCase(Locale.ROOT))) {
          return i;
        }
      }
      return schema.key() == null ? -1 : schema.indexOf(schema.key());
    }

    void begin(String layerName) throws IOException {
      out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
      out.write("<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>");
      text(layerName);
      out.write("</name>\n");
      out.write("<Style id=\"plain\"><IconStyle><color>ff7a4a1f</color></IconStyle>");
      out.write("<LineStyle><color>ff7a4a1f</color><width>2</width></LineStyle>");
      out.write("<PolyStyle><color>597a4a1f</color></PolyStyle></Style>\n<Schema name=\"");
      text(layerName);
      out.write("\" id=\"layer\">\n");
      for (Field field : schema.fields()) {
        out.write("<SimpleField type=\"" + kmlType(field.type()) + "\" name=\"");
        text(field.name());
        out.write("\"></SimpleField>\n");
      }
      out.write("</Schema>\n");
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
}
