package org.tequio.demo.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.GeoPackageGeometry;
import org.tequio.feature.GeometryType;
import org.tequio.feature.WkbBuilder;

/**
 * A GeoPackage with as many tables as a department likes, each in its own CRS (OGC 12-128r19).
 * Without spatial indexes, as exports of desktop tools often are.
 */
public final class GeoPackageFile implements Closeable {
  private static final String CHANGED = "2025-01-15T15:00:00.000Z";

  private final Connection connection;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Integer> systems = new ArrayList<>();

  /** Begins a file, in place of one that may be there. */
  public GeoPackageFile(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.deleteIfExists(file);
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement s = connection.createStatement()) {
        s.execute("PRAGMA page_size=4096");
        s.execute("PRAGMA journal_mode=OFF");
        s.execute("PRAGMA synchronous=OFF");
        s.execute("PRAGMA locking_mode=EXCLUSIVE");
        s.execute("PRAGMA application_id=1196444487");
        s.execute("PRAGMA user_version=10300");
        connection.setAutoCommit(false);
        s.execute(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL"
                + " PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT"
                + " NULL, definition TEXT NOT NULL, description TEXT)");
        s.execute(
            "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT"
                + " NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME"
                + " NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id"
                + " INTEGER)");
        s.execute(
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT"
                + " NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT"
                + " NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name,"
                + " column_name))");
        s.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined cartesian SRS',-1,'NONE',-1,"
                + "'undefined',NULL),('Undefined geographic SRS',0,'NONE',0,'undefined',NULL)");
      }
      system(Projection.LONLAT);
    } catch (SQLException e) {
      throw new IOException("GeoPackage " + file, e);
    }
  }

  /** Begins a table of features; several may be written at the same time. */
  public Table layer(
      String name, @Nullable GeometryType type, Projection projection, List<Column> columns)
      throws IOException {
    try {
      system(projection);
      StringBuilder sql =
          new StringBuilder("CREATE TABLE \"" + name + "\" (fid INTEGER PRIMARY KEY NOT NULL");
      StringBuilder marks = new StringBuilder("INSERT INTO \"" + name + "\" VALUES (?");
      if (type != null) {
        sql.append(", geom ").append(type.geoPackageName());
        marks.append(",?");
      }
      for (Column column : columns) {
        sql.append(", \"").append(column.name()).append("\" ").append(sqlType(column.type()));
        marks.append(",?");
      }
      try (Statement s = connection.createStatement()) {
        s.execute(sql.append(')').toString());
      }
      Layer layer =
          new Layer(
              name,
              type,
              projection,
              columns,
              connection.prepareStatement(marks.append(')').toString()));
      layers.add(layer);
      return layer;
    } catch (SQLException e) {
      throw new IOException("GeoPackage table " + name, e);
    }
  }

  private static String sqlType(Column.Type type) {
    return switch (type) {
      case TEXT -> "TEXT";
      case INTEGER -> "INTEGER";
      case DECIMAL -> "DOUBLE";
      case DATE -> "DATE";
    };
  }

  private void system(Projection projection) throws SQLException {
    if (systems.contains(projection.epsg())) {
      return;
    }
    systems.add(projection.epsg());
    try (PreparedStatement s =
        connection.prepareStatement(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,'EPSG',?,?,NULL)")) {
      s.setString(1, projection.name());
      s.setInt(2, projection.epsg());
      s.setInt(3, projection.epsg());
      s.setString(4, projection.wkt());
      s.execute();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      for (Layer layer : layers) {
        layer.finish();
      }
      connection.commit();
      connection.close();
    } catch (SQLException e) {
      throw new IOException("GeoPackage", e);
    }
  }

  private final class Layer implements Table {
    private final String name;
    private final @Nullable GeometryType type;
    private final Projection projection;
    private final List<Column> columns;
    private final PreparedStatement insert;
    private final double[] box = {
      Double.POSITIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    private final WkbBuilder wkb = new WkbBuilder();
    private long rows;

    Layer(
        String name,
        @Nullable GeometryType type,
        Projection projection,
        List<Column> columns,
        PreparedStatement insert) {
      this.name = name;
      this.type = type;
      this.projection = projection;
      this.columns = columns;
      this.insert = insert;
    }

    @Override
    public void row(@Nullable Shape shape, @Nullable Object... values) throws IOException {
      if (values.length != columns.size()) {
        throw new IllegalArgumentException(name + ": " + values.length + " values for " + columns);
      }
      try {
        insert.setLong(1, ++rows);
        int at = 2;
        if (type != null) {
          insert.setBytes(at++, shape == null ? null : blob(shape));
        }
        for (int i = 0; i < values.length; i++, at++) {
          switch (values[i]) {
            case null -> insert.setNull(at, java.sql.Types.NULL);
            case String s -> insert.setString(at, s);
            case Long n -> insert.setLong(at, n);
            case Integer n -> insert.setInt(at, n);
            case Double d -> insert.setDouble(at, d);
            case Object o -> insert.setString(at, o.toString());
          }
        }
        insert.execute();
      } catch (SQLException e) {
        throw new IOException("GeoPackage table " + name, e);
      }
    }

    private byte[] blob(Shape shape) {
      byte[] raw = shape.raw();
      if (raw != null) {
        byte[] blob = new byte[8 + raw.length];
        blob[0] = 'G';
        blob[1] = 'P';
        blob[3] = 1;
        blob[4] = (byte) projection.epsg();
        blob[5] = (byte) (projection.epsg() >> 8);
        System.arraycopy(raw, 0, blob, 8, raw.length);
        return blob;
      }
      double[] envelope = {
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      };
      byte[] bytes = encode(shape, envelope);
      if (envelope[0] > envelope[2]) {
        java.util.Arrays.fill(envelope, Double.NaN);
      } else {
        for (int i = 0; i < 2; i++) {
          box[i] = Math.min(box[i], envelope[i]);
          box[i + 2] = Math.max(box[i + 2], envelope[i + 2]);
        }
      }
      return GeoPackageGeometry.of(projection.epsg(), bytes, envelope);
    }

    private byte[] encode(Shape shape, double[] envelope) {
      boolean z = shape.hasHeight();
      boolean multi =
          switch (type) {
            case MULTIPOLYGON, MULTILINESTRING, MULTIPOINT -> true;
            case null, default -> shape.parts().length != 1;
          };
      GeometryType single =
          switch (shape.kind()) {
            case POINT -> GeometryType.POINT;
            case LINE -> GeometryType.LINESTRING;
            case POLYGON -> GeometryType.POLYGON;
          };
      wkb.reset();
      if (multi) {
        wkb.header(
            single.union(
                switch (single) {
                  case POINT -> GeometryType.MULTIPOINT;
                  case LINESTRING -> GeometryType.MULTILINESTRING;
                  default -> GeometryType.MULTIPOLYGON;
                }),
            z,
            false);
        wkb.count(shape.parts().length);
      }
      for (double[][] part : shape.parts()) {
        wkb.header(single, z, false);
        if (single == GeometryType.POLYGON) {
          wkb.count(part.length);
        }
        for (double[] run : part) {
          double[] xy = projection.apply(run);
          if (single != GeometryType.POINT) {
            wkb.count(xy.length / 2);
          }
          for (int i = 0; i < xy.length; i += 2) {
            wkb.xy(xy[i], xy[i + 1]);
            if (z) {
              wkb.ordinate(shape.height());
            }
            if (Double.isFinite(xy[i])) {
              envelope[0] = Math.min(envelope[0], xy[i]);
              envelope[1] = Math.min(envelope[1], xy[i + 1]);
              envelope[2] = Math.max(envelope[2], xy[i]);
              envelope[3] = Math.max(envelope[3], xy[i + 1]);
            }
          }
        }
      }
      return wkb.toBytes();
    }

    void finish() throws SQLException {
      insert.close();
      boolean boxed = box[0] <= box[2];
      try (PreparedStatement s =
          connection.prepareStatement("INSERT INTO gpkg_contents VALUES (?,?,?,'',?,?,?,?,?,?)")) {
        s.setString(1, name);
        s.setString(2, type == null ? "attributes" : "features");
        s.setString(3, name);
        s.setString(4, CHANGED);
        for (int i = 0; i < 4; i++) {
          if (boxed) {
            s.setDouble(5 + i, box[i]);
          } else {
            s.setNull(5 + i, java.sql.Types.NULL);
          }
        }
        if (type == null) {
          s.setNull(9, java.sql.Types.NULL);
        } else {
          s.setInt(9, projection.epsg());
        }
        s.execute();
      }
      if (type != null) {
        try (PreparedStatement s =
            connection.prepareStatement(
                "INSERT INTO gpkg_geometry_columns VALUES (?,'geom',?,?,0,0)")) {
          s.setString(1, name);
          s.setString(2, type.geoPackageName());
          s.setInt(3, projection.epsg());
          s.execute();
        }
      }
    }

    @Override
    public void close() {
      // The file is finished as a whole.
    }
  }
}
