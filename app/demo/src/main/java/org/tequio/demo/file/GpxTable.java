package org.tequio.demo.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** GPX 1.1 as a hand-held receiver keeps it: waypoints and tracks with a name and a note. */
public final class GpxTable implements Table {
  private final TextFile file;

  /** Begins a file. Rows have a name, a description and a type. */
  public GpxTable(Path path) throws IOException {
    this.file = new TextFile(path, StandardCharsets.UTF_8);
    file.add(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"Villa Tequio\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n");
  }

  @Override
  public void row(@Nullable Shape shape, @Nullable Object... values) throws IOException {
    if (shape == null) {
      throw new IllegalArgumentException("GPX rows have a place");
    }
    double[] xy = Projection.LONLAT.apply(shape.parts()[0][0]);
    if (shape.kind() == Shape.Kind.POINT) {
      position("<wpt", xy, 0);
      words(values);
      file.add("</wpt>\n");
    } else {
      file.add("<trk>");
      words(values);
      file.add("<trkseg>");
      for (int i = 0; i < xy.length; i += 2) {
        position("<trkpt", xy, i);
        file.add("</trkpt>");
      }
      file.add("</trkseg></trk>\n");
    }
    file.flush();
  }

  private void position(String open, double[] xy, int at) {
    file.add(open).add(" lat=\"").add(xy[at + 1], 7).add("\" lon=\"").add(xy[at], 7).add("\">");
  }

  private void words(@Nullable Object[] values) {
    String[] names = {"name", "desc", "type"};
    for (int i = 0; i < values.length; i++) {
      file.add("<")
          .add(names[i])
          .add(">")
          .escaped(String.valueOf(values[i]))
          .add("</")
          .add(names[i])
          .add(">");
    }
  }

  @Override
  public void close() throws IOException {
    file.add("</gpx>\n");
    file.close();
  }
}
