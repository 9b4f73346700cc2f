package org.tequio.demo.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GML 3.2 simple features in the city's UTM system. */
public final class GmlTable implements Table {
  private static final String SRS = " srsName=\"urn:ogc:def:crs:EPSG::6369\"";

  private final TextFile file;
  private final String name;
  private final List<Column> columns;
  private int rows;

  /** Begins a collection of features of one name. */
  public GmlTable(Path path, String name, List<Column> columns) throws IOException {
    this.file = new TextFile(path, StandardCharsets.UTF_8);
    this.name = name;
    this.columns = columns;
    file.add(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<vt:FeatureCollection xmlns:vt=\"http://villatequio.example/geo\" xmlns:gml=\"http://www.opengis.net/gml/3.2\" gml:id=\"fc\">\n");
  }

  @Override
  public void row(@Nullable Shape shape, @Nullable Object... values) throws IOException {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values for " + columns);
    }
    String id = name + "." + ++rows;
    file.add("<vt:featureMember><vt:").add(name).add(" gml:id=\"").add(id).add("\">");
    if (shape != null) {
      file.add("<vt:geometria>");
      switch (shape.kind()) {
        case POINT -> {
          file.add("<gml:Point gml:id=\"").add(id).add(".g\"").add(SRS).add("><gml:pos>");
          positions(shape.parts()[0][0]);
          file.add("</gml:pos></gml:Point>");
        }
        case LINE -> {
          file.add("<gml:LineString gml:id=\"").add(id).add(".g\"").add(SRS).add("><gml:posList>");
          positions(shape.parts()[0][0]);
          file.add("</gml:posList></gml:LineString>");
        }
        case POLYGON -> {
          file.add("<gml:MultiSurface gml:id=\"").add(id).add(".g\"").add(SRS).add('>');
          for (int p = 0; p < shape.parts().length; p++) {
            double[][] part = shape.parts()[p];
            file.add("<gml:surfaceMember><gml:Polygon gml:id=\"").add(id).add(".g." + p).add("\">");
            for (int r = 0; r < part.length; r++) {
              String side = r == 0 ? "gml:exterior>" : "gml:interior>";
              file.add("<").add(side).add("<gml:LinearRing><gml:posList>");
              positions(part[r]);
              file.add("</gml:posList></gml:LinearRing></").add(side);
            }
            file.add("</gml:Polygon></gml:surfaceMember>");
          }
          file.add("</gml:MultiSurface>");
        }
      }
      file.add("</vt:geometria>");
    }
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null) {
        String column = columns.get(i).name();
        file.add("<vt:").add(column).add(">");
        file.escaped(value instanceof Double d ? Digits.of(d, 4) : value.toString());
        file.add("</vt:").add(column).add(">");
      }
    }
    file.add("</vt:").add(name).add("></vt:featureMember>\n");
    file.flush();
  }

  private void positions(double[] run) {
    double[] xy = Projection.UTM.apply(run);
    for (int i = 0; i < xy.length; i += 2) {
      file.add(i > 0 ? " " : "").add(xy[i], 3).add(' ').add(xy[i + 1], 3);
    }
  }

  @Override
  public void close() throws IOException {
    file.add("</vt:FeatureCollection>\n");
    file.close();
  }
}
