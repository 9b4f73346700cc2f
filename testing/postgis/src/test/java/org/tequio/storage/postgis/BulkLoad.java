package org.tequio.storage.postgis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeoPackageGeometry;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.storage.Revision;
import org.tequio.storage.Sql;
import org.tequio.storage.StagedLayer;

/**
 * Measures the load of a layer of a GeoPackage, to be run beside {@code ogr2ogr -f PostgreSQL} with
 * {@code PG_USE_COPY=YES}: {@code main FILE.gpkg LAYER EPSG TYPE postgres://…}; the time goes to
 * {@code FILE.gpkg.report}. Not a test.
 */
final class BulkLoad {
  private static final LayerId LAYER = new LayerId("loaded");

  private BulkLoad() {}

  public static void main(String[] args) throws Exception {
    Path scratch = Files.createTempDirectory("bulk-load-");
    Crs crs = new Crs(Integer.parseInt(args[2]));
    PostgisLocation location = PostgisLocation.parse(args[4], "bulk");
    try (PostgisCityStore city = TrialServer.create(location, scratch);
        Connection file = DriverManager.getConnection("jdbc:sqlite:" + args[0])) {
      long began = System.nanoTime();
      List<String> columns = new ArrayList<>();
      List<Field> fields = new ArrayList<>();
      Sql.each(
          file,
          row -> {
            String type = row.getString(2);
            if (!type.equals(args[3]) && !row.getString(1).equals("fid")) {
              columns.add(Sql.quoted(row.getString(1)));
              fields.add(Field.of(row.getString(1), fieldType(type)));
            }
          },
          "SELECT name, type FROM pragma_table_info(?)",
          args[1]);
      LayerSchema schema =
          new LayerSchema(GeometryType.valueOf(args[3]), false, false, fields, null);
      try (StagedLayer staged = city.stage(LAYER, schema, crs)) {
        fill(file, args[1], columns, fields, staged);
        staged.finish();
        city.revise(new Revision.Note("bench", "import", ""), t -> t.publish(staged));
      }
      long millis = (System.nanoTime() - began) / 1_000_000;
      long rows = city.features().findLayer(LAYER).orElseThrow().count();
      Files.writeString(
          Path.of(args[0] + ".report"),
          rows + " rows in " + millis + " ms, " + rows * 1000 / millis + " rows/s\n");
    }
  }

  private static FieldType fieldType(String type) {
    return switch (type.replaceAll("\\(.*", "")) {
      case "INTEGER", "MEDIUMINT", "SMALLINT", "TINYINT" -> FieldType.INTEGER;
      case "REAL", "DOUBLE", "FLOAT" -> FieldType.DECIMAL;
      default -> FieldType.TEXT;
    };
  }

  private static void fill(
      Connection file, String layer, List<String> columns, List<Field> fields, StagedLayer staged)
      throws SQLException {
    double[] envelope = new double[4];
    String sql = "SELECT fid, geom, " + String.join(", ", columns) + " FROM " + Sql.quoted(layer);
    try (Statement statement = file.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        byte[] blob = rows.getBytes(2);
        byte[] wkb = Arrays.copyOfRange(blob, GeoPackageGeometry.wkbOffset(blob), blob.length);
        Wkb.envelope(wkb, 0, envelope);
        @Nullable Object[] values = new @Nullable Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
          Object value = rows.getObject(3 + i);
          values[i] = value instanceof Integer number ? (Object) number.longValue() : value;
        }
        staged.add(rows.getLong(1), wkb, envelope, values);
      }
    }
  }
}
