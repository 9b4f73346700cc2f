package org.tequio.demo.file;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table in a text file, with the place in columns of its own or none. */
public final class CsvTable implements Table {
  /** How the place is written. */
  public enum Place {
    /** Not at all. */
    NONE,
    /** Columns {@code latitud} and {@code longitud}. */
    LATLON,
    /** Columns {@code coord_x} and {@code coord_y} in UTM metres. */
    UTM,
    /** A column {@code wkt} in longitude and latitude. */
    WKT
  }

  /**
   * How the text is written.
   *
   * @param delimiter between cells
   * @param point the decimal mark
   * @param charset the encoding
   * @param mark true for a byte-order mark
   */
  public record Style(char delimiter, char point, Charset charset, boolean mark) {
    /** Commas, points, UTF-8 with its mark: a good file. */
    public static final Style GOOD = new Style(',', '.', StandardCharsets.UTF_8, true);

    /** What a Spanish Excel writes: semicolons, decimal commas, Latin-1. */
    public static final Style EXCEL = new Style(';', ',', StandardCharsets.ISO_8859_1, false);
  }

  private final TextFile file;
  private final Style style;
  private final Place place;
  private final List<Column> columns;

  /** Begins a file with its header. */
  public CsvTable(Path path, Style style, Place place, List<Column> columns) throws IOException {
    this(path, style, place, columns, List.of());
  }

  /** Begins a file with lines of titles above its header. */
  public CsvTable(Path path, Style style, Place place, List<Column> columns, List<String> titles)
      throws IOException {
    this.file = new TextFile(path, style.charset());
    this.style = style;
    this.place = place;
    this.columns = columns;
    if (style.mark()) {
      file.add('\ufeff');
    }
    for (String title : titles) {
      file.add(title).add("\r\n");
    }
    for (int i = 0; i < columns.size(); i++) {
      file.add(i > 0 ? String.valueOf(style.delimiter()) : "").add(columns.get(i).name());
    }
    file.add(
        switch (place) {
          case NONE -> "";
          case LATLON -> style.delimiter() + "latitud" + style.delimiter() + "longitud";
          case UTM -> style.delimiter() + "coord_x" + style.delimiter() + "coord_y";
          case WKT -> style.delimiter() + "wkt";
        });
    file.add("\r\n");
  }

  @Override
  public void row(@Nullable Shape shape, @Nullable Object... values) throws IOException {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values for " + columns);
    }
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        file.add(style.delimiter());
      }
      switch (values[i]) {
        case null -> {}
        case Double d -> file.add(d, 4, style.point());
        case Object o -> cell(o.toString());
      }
    }
    switch (place) {
      case NONE -> {}
      case LATLON, UTM -> {
        file.add(style.delimiter());
        if (shape == null) {
          file.add(style.delimiter());
        } else {
          boolean utm = place == Place.UTM;
          double[] xy = (utm ? Projection.UTM : Projection.LONLAT).apply(shape.parts()[0][0]);
          int decimals = utm ? 2 : 7;
          file.add(utm ? xy[0] : xy[1], decimals, style.point());
          file.add(style.delimiter()).add(utm ? xy[1] : xy[0], decimals, style.point());
        }
      }
      case WKT -> {
        file.add(style.delimiter());
        if (shape != null) {
          wkt(shape);
        }
      }
    }
    file.add("\r\n");
    file.flush();
  }

  /** Writes a line as it is: a row that is none. */
  public void raw(String line) throws IOException {
    file.add(line).add("\r\n");
    file.flush();
  }

  private void cell(String text) {
    if (text.indexOf(style.delimiter()) >= 0 || text.indexOf('"') >= 0) {
      file.add('"').add(text.replace("\"", "\"\"")).add('"');
    } else {
      file.add(text);
    }
  }

  private void wkt(Shape shape) {
    boolean multi = shape.parts().length != 1;
    file.add('"').add(multi ? "MULTI" : "");
    file.add(
        switch (shape.kind()) {
          case POINT -> "POINT ";
          case LINE -> "LINESTRING ";
          case POLYGON -> "POLYGON ";
        });
    if (multi) {
      file.add('(');
    }
    for (int p = 0; p < shape.parts().length; p++) {
      file.add(p > 0 ? ", " : "").add(shape.kind() == Shape.Kind.POLYGON ? "(" : "");
      for (int r = 0; r < shape.parts()[p].length; r++) {
        file.add(r > 0 ? ", (" : "(");
        double[] xy = Projection.LONLAT.apply(shape.parts()[p][r]);
        for (int i = 0; i < xy.length; i += 2) {
          file.add(i > 0 ? ", " : "").add(xy[i], 8).add(' ').add(xy[i + 1], 8);
        }
        file.add(')');
      }
      file.add(shape.kind() == Shape.Kind.POLYGON ? ")" : "");
    }
    file.add(multi ? ")\"" : "\"");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
