package org.tequio.mapping.area;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.MultiPolygon;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Findings;
import org.tequio.feature.Progress;
import org.tequio.feature.Wkb;
import org.tequio.formats.Dataset;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.SourceScan;

/**
 * The polygons of a file that somebody has: GeoJSON, KML, a zipped shapefile, GeoPackage, an OSM
 * file, or whatever else the city imports. What the file says beside polygons is not asked.
 */
public final class AreaFile {
  private static final Crs LONGITUDE_LATITUDE = Crs.parse("EPSG:4326");

  /** An area is small: what unpacks to more than this is none. */
  private static final Limits LIMITS =
      new Limits(256L << 20, 1000, 2, 200, 16L << 20, 1 << 20, 1000, 64);

  private final CrsRegistry registry = CrsRegistry.standard();
  private final List<TaskShape> parts = new ArrayList<>();

  /** Lines that end where they begin: areas, in a file that has no others. */
  private final List<TaskShape> rings = new ArrayList<>();

  private AreaFile() {}

  /**
   * Reads a file.
   *
   * @param file its name's end says what it is
   * @param scratch an existing folder, for what is packed
   * @return the polygons in degrees, each by itself, in the order of the file
   * @throws InvalidArea where there are none, where they are not areas, or where they cannot be
   *     read
   */
  public static AreaOfInterest read(Path file, Path scratch) throws IOException {
    AreaFile reading = new AreaFile();
    try (SourceScan scan = SourceScan.of(List.of(file), scratch, LIMITS, new Findings())) {
      for (Dataset dataset : scan.datasets()) {
        reading.read(dataset);
      }
    }
    List<TaskShape> found = reading.parts.isEmpty() ? reading.rings : reading.parts;
    if (found.isEmpty()) {
      throw new InvalidArea(
          "MustHaveFeatures",
          "el archivo no tiene polígonos que se puedan leer",
          "o arquivo não tem polígonos que se possam ler",
          "there are no polygons in the file that can be read");
    }
    return AreaOfInterest.of(found);
  }

  private void read(Dataset dataset) throws IOException {
    try (SourceDataset opened =
        dataset.format().open(dataset, new ReadContext(new Findings(), LIMITS, Progress.NONE))) {
      for (SourceLayer layer : opened.layers()) {
        Optional<CrsOperation> operation = operation(layer);
        layer.read(new Sink(operation));
      }
    } catch (FormatException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static InvalidArea unreadable(String why) {
    return new InvalidArea(
        "InvalidFile",
        "el archivo no se puede leer: " + why,
        "o arquivo não pode ser lido: " + why,
        "the file cannot be read: " + why);
  }

  // Coordinates without a system are degrees, or the area would be refused: they say so by staying
  // within the world.
  private Optional<CrsOperation> operation(SourceLayer layer) {
    return switch (layer.crs()) {
      case SourceCrs.Declared(Crs crs, String evidence) -> {
        if (!registry.knows(crs)) {
          throw unknownCrs(crs + " (" + evidence + ")");
        }
        yield crs.equals(LONGITUDE_LATITUDE)
            ? Optional.empty()
            : Optional.of(registry.operation(crs, LONGITUDE_LATITUDE));
      }
      case SourceCrs.Unrecognized(String wkt) ->
          throw unknownCrs(wkt.substring(0, Math.min(80, wkt.length())));
      case SourceCrs.Missing(), SourceCrs.NotSpatial() -> Optional.empty();
    };
  }

  private static InvalidArea unknownCrs(String named) {
    return new InvalidArea(
        "UnknownCrs",
        "el archivo está en un sistema de coordenadas que no se conoce: " + named,
        "o arquivo está num sistema de coordenadas que não se conhece: " + named,
        "the file is in a coordinate system that is not known: " + named);
  }

  /** Keeps the polygons. */
  private final class Sink implements SourceLayer.FeatureSink {
    private final Optional<CrsOperation> operation;

    Sink(Optional<CrsOperation> operation) {
      this.operation = operation;
    }

    @Override
    public void accept(SourceFeature feature) {
      byte[] wkb = feature.wkb();
      if (wkb == null) {
        return;
      }
      operation.ifPresent(change -> change.apply(wkb, 0));
      Geometry geometry = Wkb.toGeometryOrNull(wkb);
      if (geometry instanceof LineString line && line.isClosed() && line.getNumPoints() > 3) {
        add(Polygons.FACTORY.createPolygon(line.getCoordinates()), rings);
      } else if (geometry != null) {
        add(geometry, parts);
      }
    }

    private static void add(Geometry geometry, List<TaskShape> to) {
      MultiPolygon ground = Polygons.inDegrees(geometry);
      if (!ground.isEmpty()) {
        if (to.size() >= TaskGrid.MAX_TASKS) {
          throw TaskGrid.tooMany();
        }
        to.add(new TaskShape(null, false, ground, Map.of()));
      }
    }

    @Override
    public void setAside(long row, String reason, String raw) {
      // Half of an area would be another area.
      throw unreadable("#" + row + ": " + reason);
    }
  }
}
