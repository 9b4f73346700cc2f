package org.tequio.demo.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** KML 2.2 with extended data, each layer in a folder of its own. */
public final class KmlTable implements Table {
  private final TextFile file;
  private final List<Column> columns;
  private final int title;

  /**
   * Begins a document.
   *
   * @param name of the document and its folder
   * @param title the position of the column that placemarks are named by
   */
  public KmlTable(Path path, String name, List<Column> columns, int title) throws IOException {
    this.file = new TextFile(path, StandardCharsets.UTF_8);
    this.columns = columns;
    this.title = title;
    file.add(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document><name>")
        .escaped(name)
        .add("</name>\n<Folder><name>")
        .escaped(name)
        .add("</name>\n");
  }

  @Override
  public void row(@Nullable Shape shape, @Nullable Object... values) throws IOException {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values for " + columns);
    }
    file.add("<Placemark><name>").escaped(text(values[title])).add("</name><ExtendedData>");
    for (int i = 0; i < values.length; i++) {
      file.add("<Data name=\"")
          .escaped(columns.get(i).name())
          .add("\"><value>")
          .escaped(text(values[i]))
          .add("</value></Data>");
    }
    file.add("</ExtendedData>");
    if (shape != null) {
      boolean multi = shape.parts().length != 1;
      file.add(multi ? "<MultiGeometry>" : "");
      for (double[][] part : shape.parts()) {
        switch (shape.kind()) {
          case POINT -> run("<Point>", part[0], "</Point>");
          case LINE -> run("<LineString>", part[0], "</LineString>");
          case POLYGON -> {
            file.add("<Polygon>");
            for (int r = 0; r < part.length; r++) {
              String side = r == 0 ? "outerBoundaryIs>" : "innerBoundaryIs>";
              run("<" + side + "<LinearRing>", part[r], "</LinearRing></" + side);
            }
            file.add("</Polygon>");
          }
        }
      }
      file.add(multi ? "</MultiGeometry>" : "");
    }
    file.add("</Placemark>\n");
    file.flush();
  }

  private void run(String before, double[] line, String after) {
    file.add(before).add("<coordinates>");
    double[] xy = Projection.LONLAT.apply(line);
    for (int i = 0; i < xy.length; i += 2) {
      file.add(i > 0 ? " " : "").add(xy[i], 8).add(',').add(xy[i + 1], 8);
    }
    file.add("</coordinates>").add(after);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Double d -> Digits.of(d, 4);
      case Object o -> o.toString();
    };
  }

  @Override
  public void close() throws IOException {
    file.add("</Folder>\n</Document>\n</kml>\n");
    file.close();
  }
}
