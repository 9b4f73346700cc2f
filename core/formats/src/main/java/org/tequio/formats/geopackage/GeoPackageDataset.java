package org.tequio.formats.geopackage;

import static org.tequio.formats.geopackage.SqlName.quoted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.formats.Dataset;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;

/**
 * An opened GeoPackage. The file may be hostile: it is opened read-only and immutable, without
 * extensions, with a schema that may call nothing but harmless functions, and a statement that
 * brings no row for too long is stopped.
 */
final class GeoPackageDataset implements SourceDataset {
  private static final Set<String> DATA_TYPES = Set.of("features", "attributes", "aspatial");

  private final Connection connection;
  private final List<SourceLayer> layers;

  private GeoPackageDataset(Connection connection, List<SourceLayer> layers) {
    this.connection = connection;
    this.layers = List.copyOf(layers);
  }

  static GeoPackageDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    SourceFile file = dataset.primary();
    if (!GeoPackageFormat.isSqlite(file)) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "byte 0: not a SQLite file, so not a GeoPackage");
    }
    reportJournal(dataset, context);
    try {
      Connection connection = connect(file.path());
      try {
        Patience patience = new Patience(context.progress());
        ProgressHandler.setHandler(connection, Patience.STEPS, patience);
        List<SourceLayer> layers = layers(connection, file, context, patience);
        if (layers.isEmpty()) {
          throw new FormatException(
              FindingCode.FILE_UNREADABLE, "the GeoPackage lists no layer and no table");
        }
        reportMixedCrs(file, layers, context);
        return new GeoPackageDataset(connection, layers);
      } catch (SQLException | IOException | FormatException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "the database cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public List<SourceLayer> layers() {
    return layers;
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static Connection connect(Path path) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.enableLoadExtension(false);
    // Immutable: no locks, no journal files beside a department's file.
    String uri = path.toUri().getRawPath();
    Connection connection =
        config.createConnection("jdbc:sqlite:file:" + uri + "?mode=ro&immutable=1");
    try (Statement sql = connection.createStatement()) {
      sql.execute("PRAGMA query_only = ON");
      sql.execute("PRAGMA trusted_schema = OFF");
      sql.execute("PRAGMA cell_size_check = ON");
      sql.execute("PRAGMA cache_size = -16000");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  private static List<SourceLayer> layers(
      Connection connection, SourceFile file, ReadContext context, Patience patience)
      throws SQLException, IOException, FormatException {
    Map<String, String> kinds = tables(connection);
    if (!kinds.containsKey("gpkg_contents")) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE,
          "a SQLite file without the table gpkg_contents, so not a GeoPackage");
    }
    Map<String, GeometryColumn> geometries = geometries(connection, kinds);
    Map<String, Long> counts = counts(connection, kinds);
    Map<String, Map<String, String>> aliases = aliases(connection, kinds);
    List<SourceLayer> layers = new ArrayList<>();
    try (Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("SELECT table_name, data_type FROM gpkg_contents")) {
      while (rows.next()) {
        String table = text(rows, 1);
        String type = text(rows, 2).toLowerCase(Locale.ROOT);
        String source = file.displayName() + "#" + table;
        String kind = kinds.get(table.toLowerCase(Locale.ROOT));
        if (!DATA_TYPES.contains(type)) {
          report(
              context,
              FindingCode.FILE_UNKNOWN,
              source,
              "the GeoPackage's contents of type '" + type + "' are not read");
        } else if (kind == null || kind.equals("virtual")) {
          report(
              context,
              FindingCode.FILE_UNREADABLE,
              source,
              kind == null
                  ? "the GeoPackage lists this table and does not have it"
                  : "a virtual table, which runs code of its own, is not read");
        } else {
          List<Column> columns = columns(connection, table, source, context);
          if (columns.size() > context.limits().columns()) {
            throw new FormatException(
                FindingCode.FILE_REFUSED,
                table + " has more than " + context.limits().columns() + " columns");
          }
          if (!columns.isEmpty()) {
            String lower = table.toLowerCase(Locale.ROOT);
            layers.add(
                new GeoPackageLayer(
                    connection,
                    table,
                    source,
                    columns,
                    geometries.get(lower),
                    aliases.getOrDefault(lower, Map.of()),
                    counts.getOrDefault(lower, -1L),
                    kind.equals("view") ? Files.size(file.path()) : Long.MAX_VALUE,
                    context,
                    patience));
          }
        }
      }
    }
    return layers;
  }

  private static Map<String, String> tables(Connection connection) throws SQLException {
    Map<String, String> kinds = new HashMap<>();
    try (Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "SELECT name, type, sql FROM sqlite_schema WHERE type IN ('table', 'view')")) {
      while (rows.next()) {
        String definition = text(rows, 3).stripLeading().toUpperCase(Locale.ROOT);
        boolean virtual = definition.startsWith("CREATE VIRTUAL");
        kinds.put(text(rows, 1).toLowerCase(Locale.ROOT), virtual ? "virtual" : text(rows, 2));
      }
    }
    return kinds;
  }

  // A view that calls for what is forbidden fails here already, and takes nothing else with it.
  private static List<Column> columns(
      Connection connection, String table, String source, ReadContext context) {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement sql =
        connection.prepareStatement("SELECT name, type, pk FROM pragma_table_xinfo(?)")) {
      sql.setString(1, table);
      try (ResultSet rows = sql.executeQuery()) {
        while (rows.next()) {
          columns.add(new Column(text(rows, 1), text(rows, 2), rows.getInt(3) > 0));
        }
      }
      return columns;
    } catch (SQLException e) {
      report(
          context,
          FindingCode.FILE_UNREADABLE,
          source,
          "the table or view cannot be described: " + e.getMessage());
      return List.of();
    }
  }

  private static Map<String, GeometryColumn> geometries(
      Connection connection, Map<String, String> kinds) throws SQLException {
    Map<String, GeometryColumn> geometries = new HashMap<>();
    if (!kinds.containsKey("gpkg_geometry_columns")) {
      return geometries;
    }
    Map<Integer, SourceCrs> systems = systems(connection, kinds);
    try (Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "SELECT table_name, column_name, geometry_type_name, srs_id"
                    + " FROM gpkg_geometry_columns")) {
      while (rows.next()) {
        SourceCrs crs = systems.getOrDefault(rows.getInt(4), new SourceCrs.Missing());
        geometries.put(
            text(rows, 1).toLowerCase(Locale.ROOT),
            new GeometryColumn(text(rows, 2), type(text(rows, 3)), crs));
      }
    }
    return geometries;
  }

  private static Map<Integer, SourceCrs> systems(Connection connection, Map<String, String> kinds)
      throws SQLException {
    Map<Integer, SourceCrs> systems = new HashMap<>();
    if (!kinds.containsKey("gpkg_spatial_ref_sys")) {
      return systems;
    }
    try (Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "SELECT srs_id, organization, organization_coordsys_id, definition"
                    + " FROM gpkg_spatial_ref_sys")) {
      while (rows.next()) {
        systems.put(rows.getInt(1), crs(text(rows, 2), rows.getInt(3), text(rows, 4)));
      }
    }
    return systems;
  }

  private static SourceCrs crs(String organization, int code, String definition) {
    CrsRegistry registry = CrsRegistry.standard();
    if (organization.equalsIgnoreCase("EPSG") && code > 0 && code < 1_000_000) {
      Crs crs = new Crs(code);
      if (registry.knows(crs)) {
        return new SourceCrs.Declared(crs, "gpkg_spatial_ref_sys");
      }
    }
    if (definition.isBlank() || definition.strip().equalsIgnoreCase("undefined")) {
      return new SourceCrs.Missing();
    }
    return registry
        .findByWkt(definition)
        .<SourceCrs>map(crs -> new SourceCrs.Declared(crs, "gpkg_spatial_ref_sys.definition"))
        .orElseGet(() -> new SourceCrs.Unrecognized(definition));
  }

  private static GeometryType type(String name) {
    for (GeometryType type : GeometryType.values()) {
      if (type != GeometryType.NONE && type.geoPackageName().equalsIgnoreCase(name)) {
        return type;
      }
    }
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "MULTISURFACE" -> GeometryType.MULTIPOLYGON;
      case "MULTICURVE" -> GeometryType.MULTILINESTRING;
      default -> GeometryType.GEOMETRY;
    };
  }

  private static Map<String, Long> counts(Connection connection, Map<String, String> kinds)
      throws SQLException {
    Map<String, Long> counts = new HashMap<>();
    if (kinds.containsKey("gpkg_ogr_contents")) {
      try (Statement sql = connection.createStatement();
          ResultSet rows =
              sql.executeQuery("SELECT table_name, feature_count FROM gpkg_ogr_contents")) {
        while (rows.next()) {
          if (rows.getObject(2) instanceof Number count) {
            counts.put(text(rows, 1).toLowerCase(Locale.ROOT), count.longValue());
          }
        }
      }
    }
    return counts;
  }

  private static Map<String, Map<String, String>> aliases(
      Connection connection, Map<String, String> kinds) throws SQLException {
    Map<String, Map<String, String>> aliases = new HashMap<>();
    if (kinds.containsKey("gpkg_data_columns")) {
      try (Statement sql = connection.createStatement();
          ResultSet rows =
              sql.executeQuery(
                  "SELECT table_name, column_name, coalesce(title, name)"
                      + " FROM gpkg_data_columns")) {
        while (rows.next()) {
          String alias = rows.getString(3);
          if (alias != null && !alias.isBlank()) {
            aliases
                .computeIfAbsent(text(rows, 1).toLowerCase(Locale.ROOT), key -> new HashMap<>())
                .put(text(rows, 2).toLowerCase(Locale.ROOT), alias);
          }
        }
      }
    }
    return aliases;
  }

  private static void reportJournal(Dataset dataset, ReadContext context) throws IOException {
    for (SourceFile part : dataset.files()) {
      if (part.fileName().endsWith("-wal") && Files.size(part.path()) > 0) {
        report(
            context,
            FindingCode.FILE_TRUNCATED,
            dataset.primary().displayName(),
            "the write-ahead log beside it ("
                + Files.size(part.path())
                + " bytes) holds changes that are not in the file; close it in the program that"
                + " edits it and send it again");
      }
    }
  }

  private static void reportMixedCrs(
      SourceFile file, List<SourceLayer> layers, ReadContext context) {
    Set<String> systems = new LinkedHashSet<>();
    for (SourceLayer layer : layers) {
      if (layer.crs() instanceof SourceCrs.Declared declared) {
        systems.add(declared.crs().toString());
      }
    }
    if (systems.size() > 1) {
      String all = String.join(", ", systems);
      context
          .findings()
          .add(
              Finding.of(
                  FindingCode.CRS_MIXED,
                  file.displayName(),
                  all,
                  layers.size() + " layers in " + systems.size() + " systems",
                  Finding.Action.KEPT));
    }
  }

  private static void report(
      ReadContext context, FindingCode code, String source, String evidence) {
    context.findings().add(Finding.of(code, source, null, evidence, Finding.Action.SET_ASIDE));
  }

  private static String text(ResultSet rows, int column) throws SQLException {
    String text = rows.getString(column);
    return text == null ? "" : text;
  }

  /** A column of a table, as declared. */
  record Column(String name, String type, boolean key) {
    String sql() {
      return quoted(name);
    }
  }

  /** Where the geometry of a table is and what it is said to be. */
  record GeometryColumn(String name, GeometryType type, SourceCrs crs) {}
}
