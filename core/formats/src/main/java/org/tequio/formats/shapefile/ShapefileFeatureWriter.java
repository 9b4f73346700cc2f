package org.tequio.formats.shapefile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.archive.Packer;

/**
 * Keeps one pair of geometry and table for each kind of shape in a folder beside the target, and
 * packs them when the layer is complete.
 */
final class ShapefileFeatureWriter implements FeatureWriter {
  private final Path file;
  private final String name;
  private final LayerSchema schema;
  private final Crs crs;
  private final Imprint imprint;
  private final Path folder;
  private final Map<ShapeKind, Part> parts = new EnumMap<>(ShapeKind.class);
  private final List<String> remarks = new ArrayList<>();
  private boolean closed;

  ShapefileFeatureWriter(Path file, String layerName, LayerSchema schema, Crs crs, Imprint imprint)
      throws IOException {
    this.file = file;
    this.name = fileName(layerName);
    this.schema = schema;
    this.crs = crs;
    this.imprint = imprint;
    Path parent = file.toAbsolutePath().getParent();
    this.folder = Files.createTempDirectory(parent == null ? Path.of(".") : parent, "shapefile-");
  }

  @Override
  public void write(FeatureRow row) throws IOException {
    byte[] wkb = row.wkb();
    boolean empty = wkb == null || Wkb.isEmpty(wkb, row.wkbOffset());
    Part part = part(empty || wkb == null ? anyKind() : kind(row.id(), wkb, row.wkbOffset()));
    if (empty || wkb == null) {
      part.shapes.writeNull();
    } else {
      part.shapes.write(wkb, row.wkbOffset());
    }
    part.table.write(row);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (parts.isEmpty()) {
        part(ShapeKind.of(schema.geometry()));
      }
      for (Part part : parts.values()) {
        part.shapes.close();
        part.table.close();
      }
      pack();
    } finally {
      for (Part part : parts.values()) {
        part.shapes.close();
        part.table.abandon();
      }
      delete(folder);
    }
  }

  private void pack() throws IOException {
    try (Packer zip = new Packer(Files.newOutputStream(file), imprint.updated())) {
      String prj = CrsRegistry.standard().wkt(crs);
      for (Map.Entry<ShapeKind, Part> entry : parts.entrySet()) {
        Part part = entry.getValue();
        String base = parts.size() == 1 ? name : name + "_" + entry.getKey().suffix();
        if (schema.hasGeometry()) {
          zip.add(base + ".shp", part.shapes.shp());
          zip.add(base + ".shx", part.shapes.shx());
          if (!prj.isBlank()) {
            zip.add(base + ".prj", prj);
          }
        }
        zip.add(base + ".dbf", part.table.file());
        zip.add(base + ".cpg", "UTF-8");
        part.table.remarks().stream().filter(r -> !remarks.contains(r)).forEach(remarks::add);
      }
      zip.describe(name, imprint, remarks);
    }
  }

  private Part part(ShapeKind kind) throws IOException {
    Part part = parts.get(kind);
    if (part == null) {
      part =
          new Part(
              new ShapeOutput(folder, kind, schema.hasZ(), schema.hasM()),
              new DbfOutput(folder.resolve(kind.suffix() + ".dbf"), schema.fields()));
      parts.put(kind, part);
    }
    return part;
  }

  // A feature without a place stands with the others, whatever they are.
  private ShapeKind anyKind() {
    return parts.isEmpty() ? ShapeKind.of(schema.geometry()) : parts.keySet().iterator().next();
  }

  private ShapeKind kind(long id, byte[] wkb, int offset) throws IOException {
    GeometryType type = Wkb.type(wkb, offset);
    if (type == GeometryType.GEOMETRYCOLLECTION) {
      throw new IOException(
          "feature "
              + id
              + " is a geometry collection, which a shapefile cannot hold; choose GeoPackage or"
              + " GeoJSON");
    }
    boolean pointsAreMany = parts.containsKey(ShapeKind.MULTIPOINT);
    boolean declaredMany = schema.geometry() == GeometryType.MULTIPOINT;
    if (type == GeometryType.POINT && (pointsAreMany || declaredMany)) {
      return ShapeKind.MULTIPOINT;
    }
    return ShapeKind.of(type);
  }

  private static String fileName(String layerName) {
    String safe = layerName.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_").strip();
    return safe.isEmpty() || safe.startsWith(".") ? "layer" + safe : safe;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.deleteIfExists(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private record Part(ShapeOutput shapes, DbfOutput table) {}
}
