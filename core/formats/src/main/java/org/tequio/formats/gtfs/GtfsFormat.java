package org.tequio.formats.gtfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.FieldType;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.GeometryType;
import org.tequio.formats.Dataset;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceField;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.table.TableGeometry;
import org.tequio.formats.table.TableRows;

/**
 * Reads a GTFS feed: {@code stops} are points, {@code shapes} lines with the routes that run on
 * them, {@code routes} multilines with all columns of the route; every other table is a plain
 * table.
 */
public final class GtfsFormat implements Format {
  private static final List<String> TABLES =
      List.of(
          "stops",
          "shapes",
          "routes",
          "agency",
          "calendar",
          "calendar_dates",
          "trips",
          "stop_times",
          "frequencies",
          "transfers",
          "pathways",
          "levels",
          "fare_attributes",
          "fare_rules",
          "fare_products",
          "fare_leg_rules",
          "areas",
          "stop_areas",
          "feed_info",
          "attributions",
          "translations",
          "location_groups",
          "booking_rules",
          "networks",
          "route_networks",
          "timeframes",
          "fare_media",
          "fare_transfer_rules");
  private static final SourceCrs WGS_84 =
      new SourceCrs.Declared(Crs.CRS84, "GTFS is always WGS 84");

  @Override
  public String name() {
    return "GTFS";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) {
    Map<String, SourceFile> tables = new LinkedHashMap<>();
    for (SourceFile file : folder) {
      String stem = file.stem().toLowerCase(Locale.ROOT);
      if (file.extension().equals("txt") && TABLES.contains(stem)) {
        tables.putIfAbsent(stem, file);
      }
    }
    SourceFile stops = tables.remove("stops");
    if (stops == null || !(tables.containsKey("routes") || tables.containsKey("trips"))) {
      return List.of();
    }
    List<SourceFile> files = new ArrayList<>();
    files.add(stops);
    files.addAll(tables.values());
    return List.of(new Dataset(this, stops, files));
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    Map<String, GtfsTable> tables = new LinkedHashMap<>();
    for (String name : TABLES) {
      for (SourceFile file : dataset.files()) {
        if (file.stem().toLowerCase(Locale.ROOT).equals(name)) {
          GtfsTable table = GtfsTable.of(file, context);
          tables.put(name, table);
          report(table, context.findings());
        }
      }
    }
    GtfsNetwork network =
        GtfsNetwork.of(tables.get("shapes"), tables.get("trips"), context, context.findings());
    List<SourceLayer> layers = new ArrayList<>();
    for (Map.Entry<String, GtfsTable> entry : tables.entrySet()) {
      GtfsTable table = entry.getValue();
      if (table.names().isEmpty()) {
        continue;
      }
      layers.add(
          switch (entry.getKey()) {
            case "stops" -> new TableLayer("stops", table, stops(table), context);
            case "shapes" -> new ShapesLayer(table, network);
            case "routes" -> new RoutesLayer(table, network, context);
            default -> new TableLayer(entry.getKey(), table, new TableGeometry.None(), context);
          });
    }
    return new GtfsDataset(List.copyOf(layers));
  }

  private static TableGeometry stops(GtfsTable table) {
    int x = table.column("stop_lon");
    int y = table.column("stop_lat");
    return x < 0 || y < 0
        ? new TableGeometry.None()
        : new TableGeometry.Columns(x, y, false, WGS_84);
  }

  private static void report(GtfsTable table, Findings findings) {
    if (!table.encoding().certain()) {
      findings.add(
          Finding.of(
              FindingCode.ENCODING_CONTRADICTED,
              table.file().displayName(),
              table.encoding().charset().name(),
              "GTFS is UTF-8; " + table.encoding().evidence(),
              Finding.Action.ASSUMED));
    }
    if (table.names().isEmpty()) {
      findings.add(
          Finding.of(
              FindingCode.FILE_EMPTY,
              table.file().displayName(),
              null,
              "no header",
              Finding.Action.KEPT));
    }
  }

  /** The layers of one feed. */
  private record GtfsDataset(List<SourceLayer> layers) implements SourceDataset {
    @Override
    public void close() {}
  }

  /** A table as it stands, placed where it has coordinates. */
  private static final class TableLayer implements SourceLayer {
    private final String name;
    private final GtfsTable table;
    private final TableGeometry geometry;
    private final ReadContext context;
    private boolean reported;

    TableLayer(String name, GtfsTable table, TableGeometry geometry, ReadContext context) {
      this.name = name;
      this.table = table;
      this.geometry = geometry;
      this.context = context;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<SourceField> fields() {
      return table.names().stream().map(SourceField::untyped).toList();
    }

    @Override
    public GeometryType declaredGeometry() {
      return geometry.type();
    }

    @Override
    public SourceCrs crs() {
      return geometry.crs();
    }

    @Override
    public long declaredCount() {
      return -1;
    }

    @Override
    public void read(FeatureSink sink) throws IOException, FormatException {
      Findings findings = reported ? new Findings() : context.findings();
      reported = true;
      TableRows rows =
          new TableRows(table.file().displayName(), table.names().size(), geometry, findings, sink);
      table.forEach(
          context,
          (line, cells, fault) -> {
            if (!fault.isEmpty()) {
              sink.setAside(line, "line " + line + ": " + fault, GtfsTable.text(cells, 0));
              return;
            }
            @Nullable Object[] values = new @Nullable Object[cells.length];
            System.arraycopy(cells, 0, values, 0, cells.length);
            rows.row(line, values);
          });
    }
  }

  /** The lines on the street. */
  private record ShapesLayer(GtfsTable table, GtfsNetwork network) implements SourceLayer {
    @Override
    public String name() {
      return "shapes";
    }

    @Override
    public List<SourceField> fields() {
      return List.of(
          SourceField.typed("shape_id", FieldType.TEXT),
          SourceField.typed("route_ids", FieldType.TEXT),
          SourceField.typed("route_count", FieldType.INTEGER));
    }

    @Override
    public GeometryType declaredGeometry() {
      return GeometryType.LINESTRING;
    }

    @Override
    public SourceCrs crs() {
      return WGS_84;
    }

    @Override
    public long declaredCount() {
      return network.shapes().size();
    }

    @Override
    public void read(FeatureSink sink) {
      long row = 0;
      for (String shape : network.shapes()) {
        var routes = network.routesOf(shape);
        @Nullable Object[] values = {
          shape, routes.isEmpty() ? null : String.join(" ", routes), (long) routes.size()
        };
        sink.accept(new SourceFeature(++row, shape, network.line(shape), values));
      }
    }
  }

  /** The routes that passengers know. */
  private record RoutesLayer(GtfsTable table, GtfsNetwork network, ReadContext context)
      implements SourceLayer {
    @Override
    public String name() {
      return "routes";
    }

    @Override
    public List<SourceField> fields() {
      return table.names().stream().map(SourceField::untyped).toList();
    }

    @Override
    public GeometryType declaredGeometry() {
      return GeometryType.MULTILINESTRING;
    }

    @Override
    public SourceCrs crs() {
      return WGS_84;
    }

    @Override
    public long declaredCount() {
      return -1;
    }

    @Override
    public void read(FeatureSink sink) throws IOException, FormatException {
      int id = table.column("route_id");
      table.forEach(
          context,
          (line, cells, fault) -> {
            if (!fault.isEmpty() || cells.length > table.names().size()) {
              String reason = fault.isEmpty() ? cells.length + " cells" : fault;
              sink.setAside(line, "line " + line + ": " + reason, GtfsTable.text(cells, 0));
              return;
            }
            @Nullable Object[] values = new @Nullable Object[table.names().size()];
            System.arraycopy(cells, 0, values, 0, cells.length);
            String route = GtfsTable.text(cells, id);
            sink.accept(new SourceFeature(line, route, network.lines(route), values));
          });
    }
  }
}
