package org.tequio.demo.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GeoJSON in its common disguises. */
public final class GeoJsonTable implements Table {
  /** How the features are wrapped. */
  public enum Style {
    /** One collection. */
    COLLECTION,
    /** One collection, indented, with the properties before the geometry. */
    PRETTY,
    /** One feature a line. */
    LINES,
    /** A JavaScript variable, as qgis2web writes it. */
    SCRIPT
  }

  private final TextFile file;
  private final Style style;
  private final List<Column> columns;
  private boolean first = true;

  /** Begins a file; the name is that of the collection or the variable. */
  public GeoJsonTable(Path path, String name, Style style, List<Column> columns)
      throws IOException {
    this.file = new TextFile(path, StandardCharsets.UTF_8);
    this.style = style;
    this.columns = columns;
    switch (style) {
      case COLLECTION, SCRIPT -> {
        if (style == Style.SCRIPT) {
          file.add("var json_").add(name).add(" = ");
        }
        file.add("{\"type\":\"FeatureCollection\",\"name\":")
            .quoted(name)
            .add(
                ",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\"features\":[\n");
      }
      case PRETTY -> file.add("{\n  \"type\": \"FeatureCollection\",\n  \"features\": [\n");
      case LINES -> {}
    }
  }

  @Override
  public void row(@Nullable Shape shape, @Nullable Object... values) throws IOException {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values for " + columns);
    }
    if (!first && style != Style.LINES) {
      file.add(",\n");
    }
    first = false;
    if (style == Style.PRETTY) {
      file.add("    {\n      \"type\": \"Feature\",\n      \"properties\": ");
      properties(values, ": ");
      file.add(",\n      \"geometry\": ");
      geometry(shape);
      file.add("\n    }");
    } else {
      file.add("{\"type\":\"Feature\",\"properties\":");
      properties(values, ":");
      file.add(",\"geometry\":");
      geometry(shape);
      file.add('}');
    }
    if (style == Style.LINES) {
      file.add('\n');
    }
    file.flush();
  }

  private void properties(@Nullable Object[] values, String colon) {
    file.add('{');
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        file.add(", ");
      }
      file.quoted(columns.get(i).name()).add(colon);
      switch (values[i]) {
        case null -> file.add("null");
        case Integer n -> file.add(n.toString());
        case Long n -> file.add(n.toString());
        case Double d -> file.add(d, 4);
        case Object o -> file.quoted(o.toString());
      }
    }
    file.add('}');
  }

  private void geometry(@Nullable Shape shape) {
    if (shape == null) {
      file.add("null");
      return;
    }
    double[][][] parts = shape.parts();
    boolean multi = parts.length != 1;
    file.add("{\"type\":\"").add(multi ? "Multi" : "");
    file.add(
        switch (shape.kind()) {
          case POINT -> "Point";
          case LINE -> "LineString";
          case POLYGON -> "Polygon";
        });
    file.add("\",\"coordinates\":");
    if (multi) {
      file.add('[');
    }
    for (int p = 0; p < parts.length; p++) {
      if (p > 0) {
        file.add(',');
      }
      if (shape.kind() == Shape.Kind.POLYGON) {
        file.add('[');
      }
      for (int r = 0; r < parts[p].length; r++) {
        if (r > 0) {
          file.add(',');
        }
        double[] xy = Projection.LONLAT.apply(parts[p][r]);
        if (shape.kind() != Shape.Kind.POINT) {
          file.add('[');
        }
        for (int i = 0; i < xy.length; i += 2) {
          if (i > 0) {
            file.add(',');
          }
          file.add('[').add(xy[i], 8).add(',').add(xy[i + 1], 8);
          if (shape.hasHeight()) {
            file.add(',').add(shape.height(), 2);
          }
          file.add(']');
        }
        if (shape.kind() != Shape.Kind.POINT) {
          file.add(']');
        }
      }
      if (shape.kind() == Shape.Kind.POLYGON) {
        file.add(']');
      }
    }
    if (multi) {
      file.add(']');
    }
    file.add('}');
  }

  @Override
  public void close() throws IOException {
    switch (style) {
      case COLLECTION -> file.add("\n]}\n");
      case SCRIPT -> file.add("\n]}");
      case PRETTY -> file.add("\n  ]\n}\n");
      case LINES -> {}
    }
    file.close();
  }
}
