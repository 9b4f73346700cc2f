package org.tequio.formats.geopackage;

import static org.tequio.formats.geopackage.SqlName.quoted;

import java.util.List;

/**
 * The triggers that keep a spatial index true while others edit the file (OGC 12-128r17, extension
 * F.3): those of version 1.3, which the file says it is of.
 */
final class IndexTriggers {
  private IndexTriggers() {}

  static List<String> of(String table, String geometry, String fid) {
    String index = "rtree_" + table + "_" + geometry;
    String t = quoted(table);
    String r = quoted(index);
    String c = quoted(geometry);
    String i = quoted(fid);
    String box =
        "NEW.%s, ST_MinX(NEW.%s), ST_MaxX(NEW.%s), ST_MinY(NEW.%s), ST_MaxY(NEW.%s)"
            .formatted(i, c, c, c, c);
    String newFull = "(NEW." + c + " NOTNULL AND NOT ST_IsEmpty(NEW." + c + "))";
    String newEmpty = "(NEW." + c + " ISNULL OR ST_IsEmpty(NEW." + c + "))";
    String same = "OLD." + i + " = NEW." + i;
    String moved = "OLD." + i + " != NEW." + i;
    return List.of(
        trigger(index, "insert", "INSERT", t, newFull, insert(r, box)),
        trigger(index, "update1", "UPDATE OF " + c, t, same + " AND " + newFull, insert(r, box)),
        trigger(
            index,
            "update2",
            "UPDATE OF " + c,
            t,
            same + " AND " + newEmpty,
            delete(r, "OLD." + i)),
        trigger(
            index,
            "update3",
            "UPDATE",
            t,
            moved + " AND " + newFull,
            delete(r, "OLD." + i) + "; " + insert(r, box)),
        trigger(
            index,
            "update4",
            "UPDATE",
            t,
            moved + " AND " + newEmpty,
            "DELETE FROM " + r + " WHERE id IN (OLD." + i + ", NEW." + i + ")"),
        trigger(index, "delete", "DELETE", t, "OLD." + c + " NOTNULL", delete(r, "OLD." + i)));
  }

  private static String trigger(
      String index, String name, String event, String table, String when, String body) {
    return "CREATE TRIGGER "
        + quoted(index + "_" + name)
        + " AFTER "
        + event
        + " ON "
        + table
        + " WHEN "
        + when
        + " BEGIN "
        + body
        + "; END";
  }

  private static String insert(String index, String box) {
    return "INSERT OR REPLACE INTO " + index + " VALUES (" + box + ")";
  }

  private static String delete(String index, String id) {
    return "DELETE FROM " + index + " WHERE id = " + id;
  }
}
