package org.tequio.storage.geopackage;

import java.util.ArrayList;
import java.util.List;
import org.tequio.feature.FieldType;
import org.tequio.storage.Sql;
import org.tequio.storage.sql.Generation;

/** The statements that make a generation's tables and triggers in a GeoPackage. */
record LayerSql(Generation generation) {
  private static final String FUNCTION_OF_NOW =
      "CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)";

  /** The R*Tree over a table. */
  static String rtree(String table) {
    return "rtree_" + table + "_" + Generation.GEOM;
  }

  private long id() {
    return generation.id();
  }

  /** The statements that make its empty tables. */
  List<String> createStatements() {
    String aside = generation.asideTable();
    List<String> statements = new ArrayList<>();
    String body =
        (generation.spatial()
                ? "," + Generation.GEOM + " " + generation.schema().geometry().geoPackageName()
                : "")
            + fieldColumns();
    statements.add(
        "CREATE TABLE "
            + Sql.quoted(aside)
            + " (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"
            + body
            + ")");
    statements.add(
        "CREATE TABLE "
            + generation.historyTable()
            + " (fid INTEGER NOT NULL"
            + body
            + ", from_revision INTEGER NOT NULL, to_revision INTEGER NOT NULL)");
    statements.add(
        "CREATE INDEX "
            + generation.historyTable()
            + "_fid ON "
            + generation.historyTable()
            + " (fid, to_revision)");
    if (generation.spatial()) {
      statements.add(
          "CREATE VIRTUAL TABLE "
              + Sql.quoted(rtree(aside))
              + " USING rtree(id, minx, maxx, miny, maxy)");
    }
    return statements;
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

  // OGC 12-128r19, table 1.
  private static String columnType(FieldType type) {
    return switch (type) {
      case TEXT -> "TEXT";
      case INTEGER -> "INTEGER";
      case DECIMAL -> "REAL";
      case BOOLEAN -> "BOOLEAN";
      case DATE -> "DATE";
      case INSTANT -> "DATETIME";
    };
  }

  /** The triggers of the current generation: those of the R*Tree extension, and the history's. */
  List<String> triggerStatements() {
    List<String> statements = new ArrayList<>();
    if (generation.spatial()) {
      rtreeTriggers(statements);
    }
    historyTriggers(statements);
    return statements;
  }

  /** The names of those triggers, in the same order. */
  List<String> triggerNames() {
    List<String> names = new ArrayList<>();
    if (generation.spatial()) {
      for (String suffix : RTREE_TRIGGERS) {
        names.add(rtree(generation.currentTable()) + "_" + suffix);
      }
    }
    for (String suffix : HISTORY_TRIGGERS) {
      names.add("tq_t" + id() + "_" + suffix);
    }
    return names;
  }

  private static final List<String> RTREE_TRIGGERS =
      List.of("insert", "update6", "update7", "update2", "update5", "update4", "delete");

  private static final List<String> HISTORY_TRIGGERS =
      List.of("replace", "insert", "update", "delete");

  // OGC 12-128r19, annex F.3, word for word, so that tools recognize them.
  private void rtreeTriggers(List<String> statements) {
    String t = Sql.quoted(generation.currentTable());
    String r = Sql.quoted(rtree(generation.currentTable()));
    String values =
        "NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)";
    String newHas = "(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))";
    String newHasNot = "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))";
    statements.add(
        rtreeTrigger(
                "insert",
                "AFTER INSERT ON " + t,
                "(NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))")
            + "INSERT OR REPLACE INTO "
            + r
            + " VALUES ("
            + values
            + "); END");
    statements.add(
        rtreeTrigger(
                "update6",
                "AFTER UPDATE OF geom ON " + t,
                "OLD.fid = NEW.fid AND "
                    + newHas
                    + " AND (OLD.geom NOTNULL AND NOT ST_IsEmpty(OLD.geom))")
            + "UPDATE "
            + r
            + " SET minx = ST_MinX(NEW.geom), maxx = ST_MaxX(NEW.geom),"
            + " miny = ST_MinY(NEW.geom), maxy = ST_MaxY(NEW.geom) WHERE id = NEW.fid; END");
    statements.add(
        rtreeTrigger(
                "update7",
                "AFTER UPDATE OF geom ON " + t,
                "OLD.fid = NEW.fid AND "
                    + newHas
                    + " AND (OLD.geom ISNULL OR ST_IsEmpty(OLD.geom))")
            + "INSERT INTO "
            + r
            + " VALUES ("
            + values
            + "); END");
    statements.add(
        rtreeTrigger(
                "update2", "AFTER UPDATE OF geom ON " + t, "OLD.fid = NEW.fid AND " + newHasNot)
            + "DELETE FROM "
            + r
            + " WHERE id = OLD.fid; END");
    statements.add(
        rtreeTrigger("update5", "AFTER UPDATE ON " + t, "OLD.fid != NEW.fid AND " + newHas)
            + "DELETE FROM "
            + r
            + " WHERE id = OLD.fid; INSERT OR REPLACE INTO "
            + r
            + " VALUES ("
            + values
            + "); END");
    statements.add(
        rtreeTrigger("update4", "AFTER UPDATE ON " + t, "OLD.fid != NEW.fid AND " + newHasNot)
            + "DELETE FROM "
            + r
            + " WHERE id IN (OLD.fid, NEW.fid); END");
    statements.add(
        rtreeTrigger("delete", "AFTER DELETE ON " + t, "OLD.geom NOT NULL")
            + "DELETE FROM "
            + r
            + " WHERE id = OLD.fid; END");
  }

  private String rtreeTrigger(String suffix, String event, String when) {
    return "CREATE TRIGGER "
        + Sql.quoted(rtree(generation.currentTable()) + "_" + suffix)
        + " "
        + event
        + " WHEN "
        + when
        + " BEGIN ";
  }

  // Plain SQL only: these also run inside QGIS and ogr2ogr. Conflict clauses are avoided because
  // the statement that fires a trigger overrides them.
  private void historyTriggers(List<String> statements) {
    String t = Sql.quoted(generation.currentTable());
    statements.add(
        "CREATE TRIGGER tq_t"
            + id()
            + "_replace BEFORE INSERT ON "
            + t
            + " WHEN EXISTS (SELECT 1 FROM "
            + t
            + " WHERE fid = NEW.fid) BEGIN "
            + beginOutside()
            + "INSERT INTO "
            + generation.historyTable()
            + " ("
            + generation.columnList("")
            + ", from_revision, to_revision)"
            + " SELECT "
            + generation.columnList("t.")
            + ", f, w FROM "
            + t
            + " AS t, "
            + range("NEW.fid")
            + " WHERE t.fid = NEW.fid AND f < w; "
            + changed("NEW.fid")
            + "END");
    statements.add(
        "CREATE TRIGGER tq_t"
            + id()
            + "_insert AFTER INSERT ON "
            + t
            + " BEGIN "
            + beginOutside()
            + changed("NEW.fid")
            + "END");
    statements.add(
        "CREATE TRIGGER tq_t"
            + id()
            + "_update AFTER UPDATE ON "
            + t
            + " BEGIN "
            + beginOutside()
            + keepOld()
            + "DELETE FROM tq_change WHERE generation = "
            + id()
            + " AND fid = OLD.fid; "
            + log("OLD.fid")
            + changed("NEW.fid")
            + "END");
    statements.add(
        "CREATE TRIGGER tq_t"
            + id()
            + "_delete AFTER DELETE ON "
            + t
            + " BEGIN "
            + beginOutside()
            + keepOld()
            + "DELETE FROM tq_change WHERE generation = "
            + id()
            + " AND fid = OLD.fid; "
            + log("OLD.fid")
            + "END");
  }

  private static String beginOutside() {
    return "INSERT INTO tq_revision (number, instant, author, source, message, open)"
        + " SELECT (SELECT COALESCE(MAX(number), 0) + 1 FROM tq_revision),"
        + " MAX("
        + FUNCTION_OF_NOW
        + ", (SELECT COALESCE(MAX(instant), 0) FROM tq_revision)),"
        + " 'outside', 'gis tool', '', 1 WHERE (SELECT revision FROM tq_writer) IS NULL; "
        + "UPDATE tq_writer SET revision = (SELECT MAX(number) FROM tq_revision)"
        + " WHERE revision IS NULL; ";
  }

  private String keepOld() {
    return "INSERT INTO "
        + generation.historyTable()
        + " ("
        + generation.columnList("")
        + ", from_revision, to_revision)"
        + " SELECT "
        + generation.columnList("OLD.")
        + ", f, w FROM "
        + range("OLD.fid")
        + " WHERE f < w; ";
  }

  private String range(String fid) {
    return "(SELECT COALESCE((SELECT revision FROM tq_change WHERE generation = "
        + id()
        + " AND fid = "
        + fid
        + "), 0) AS f, (SELECT revision FROM tq_writer) AS w)";
  }

  private String changed(String fid) {
    return "DELETE FROM tq_change WHERE generation = "
        + id()
        + " AND fid = "
        + fid
        + "; "
        + "INSERT INTO tq_change (generation, fid, revision)"
        + " SELECT "
        + id()
        + ", "
        + fid
        + ", revision FROM tq_writer; "
        + log(fid);
  }

  private String log(String fid) {
    return "INSERT INTO tq_log (revision, generation, fid)"
        + " SELECT w.revision, "
        + id()
        + ", "
        + fid
        + " FROM tq_writer AS w WHERE NOT EXISTS"
        + " (SELECT 1 FROM tq_log AS l WHERE l.revision = w.revision AND l.generation = "
        + id()
        + " AND l.fid = "
        + fid
        + "); ";
  }
}
