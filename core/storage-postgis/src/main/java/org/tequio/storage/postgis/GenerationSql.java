package org.tequio.storage.postgis;

import java.util.List;
import java.util.stream.Collectors;
import org.tequio.feature.Crs;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.storage.Sql;
import org.tequio.storage.sql.Generation;

/**
 * The statements that make a generation's tables in PostgreSQL. Its table never changes its name,
 * so that whoever reads an older state goes on reading; what GIS tools see is a view.
 */
record GenerationSql(Generation generation) {
  /**
   * Edits of other programs stand under this number and the id of their transaction, until a
   * revision takes them up. It is after every revision, so no reading as of a revision sees them.
   */
  static final long PENDING = 1L << 61;

  /** The column of a geometry that PostGIS does not take, as it was received; null elsewhere. */
  static final String REFUSED = "tq_wkb";

  /** What the function and trigger that keep the history of a table are called. */
  static String keeper(long generation) {
    return "tq_k" + generation;
  }

  /** The statements that make its empty tables, without indexes. */
  List<String> createStatements() {
    String table = generation.asideTable();
    String body =
        (generation.spatial() ? ", geom " + geometryType() + ", " + REFUSED + " BYTEA" : "")
            + fieldColumns();
    String history = generation.historyTable();
    String keeper = keeper(generation.id());
    return List.of(
        "CREATE TABLE " + table + " (fid BIGINT NOT NULL" + body + ")",
        "CREATE TABLE "
            + history
            + " (fid BIGINT NOT NULL"
            + body
            + ", from_revision BIGINT NOT NULL, to_revision BIGINT NOT NULL)",
        "CREATE INDEX " + history + "_fid ON " + history + " (fid, to_revision)",
        keeperFunction(),
        "CREATE TRIGGER "
            + keeper
            + " AFTER INSERT OR UPDATE OR DELETE ON "
            + table
            + " FOR EACH ROW EXECUTE FUNCTION "
            + keeper
            + "()",
        "ALTER TABLE " + table + " DISABLE TRIGGER " + keeper);
  }

  /** The statements that make the indexes of its table, once it is loaded. */
  List<String> indexStatements() {
    String table = generation.asideTable();
    String key = "ALTER TABLE " + table + " ADD PRIMARY KEY (fid)";
    return generation.spatial()
        ? List.of(
            key,
            "CREATE INDEX " + table + "_geom ON " + table + " USING gist (geom)",
            // Empty for most layers, so that a search by place costs nothing for what it cannot
            // find by place.
            "CREATE INDEX "
                + table
                + "_refused ON "
                + table
                + " (fid) WHERE "
                + REFUSED
                + " IS NOT NULL")
        : List.of(key);
  }

  /**
   * The column type that says most. A layer with heights or measures may have features without
   * them, which no such type takes; then, and for any geometry, a check keeps out what WKB of
   * simple features cannot say.
   */
  private String geometryType() {
    LayerSchema schema = generation.schema();
    String type = schema.geometry().geoPackageName();
    int srid = srid(generation.crs());
    if (!schema.hasZ() && !schema.hasM() && schema.geometry() != GeometryType.GEOMETRY) {
      return "geometry(" + type + ", " + srid + ")";
    }
    String types =
        schema.geometry() == GeometryType.GEOMETRY
            ? "'POINT', 'LINESTRING', 'POLYGON', 'MULTIPOINT', 'MULTILINESTRING', 'MULTIPOLYGON',"
                + " 'GEOMETRYCOLLECTION'"
            : "'" + type + "'";
    return "geometry CHECK (ST_SRID(geom) = "
        + srid
        + " AND rtrim(GeometryType(geom), 'M') IN ("
        + types
        + "))";
  }

  /** PostGIS's number of a coordinate system. */
  static int srid(Crs crs) {
    return crs.epsg();
  }

  private String fieldColumns() {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < generation.columns().size(); i++) {
      sql.append(", ")
          .append(Sql.quoted(generation.columns().get(i)))
          .append(' ')
          .append(columnType(generation.schema().fields().get(i).type()));
    }
    return sql.toString();
  }

  private static String columnType(FieldType type) {
    return switch (type) {
      case TEXT -> "TEXT";
      case INTEGER -> "BIGINT";
      case DECIMAL -> "DOUBLE PRECISION";
      case BOOLEAN -> "BOOLEAN";
      case DATE -> "DATE";
      case INSTANT -> "TIMESTAMP WITH TIME ZONE";
    };
  }

  // Runs with the rights of the city's role, for programs that may edit the view and nothing else.
  // Only that role itself may say under which revision it edits.
  private String keeperFunction() {
    return """
    CREATE FUNCTION %1$s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT AS $keeper$
    DECLARE
      f bigint;
      w bigint := %2$d + pg_current_xact_id()::text::bigint;
    BEGIN
      IF session_user = current_user THEN
        w := coalesce(nullif(current_setting('tequio.revision', true), '')::bigint, w);
      END IF;
      IF TG_OP <> 'INSERT' THEN
        SELECT revision INTO f FROM tq_change
          WHERE generation = %3$d AND fid = OLD.fid FOR UPDATE;
        f := coalesce(f, 0);
        IF f <> w THEN
          INSERT INTO %4$s (%5$s, from_revision, to_revision) VALUES (%6$s, f, w);
        END IF;
        INSERT INTO tq_log VALUES (w, %3$d, OLD.fid) ON CONFLICT DO NOTHING;
        IF TG_OP = 'DELETE' OR NEW.fid <> OLD.fid THEN
          DELETE FROM tq_change WHERE generation = %3$d AND fid = OLD.fid;
        END IF;
      END IF;
      IF TG_OP <> 'DELETE' THEN
        INSERT INTO tq_change VALUES (%3$d, NEW.fid, w)
          ON CONFLICT (generation, fid) DO UPDATE SET revision = excluded.revision;
        INSERT INTO tq_log VALUES (w, %3$d, NEW.fid) ON CONFLICT DO NOTHING;
        IF w >= %2$d THEN
          PERFORM tq_raise('%7$s', NEW.fid);
        END IF;
      END IF;
      RETURN NULL;
    END $keeper$"""
        .formatted(
            keeper(generation.id()),
            PENDING,
            generation.id(),
            generation.historyTable(),
            columns(""),
            columns("OLD."),
            generation.layer().value());
  }

  /** The columns that hold a feature, each with a prefix. */
  String columns(String prefix) {
    String all = generation.columnList(prefix);
    return generation.spatial() ? all + "," + prefix + REFUSED : all;
  }

  /** The columns as {@link PostgisRow} reads them. */
  String readColumns(String prefix) {
    return prefix
        + Generation.FID
        + (generation.spatial()
            ? ", COALESCE(ST_AsBinary(" + prefix + "geom, 'NDR'), " + prefix + REFUSED + ")"
            : "")
        + generation.columns().stream()
            .map(column -> ", " + prefix + Sql.quoted(column))
            .collect(Collectors.joining());
  }
}
