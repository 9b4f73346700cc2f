package org.tequio.storage.postgis;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.tequio.feature.LayerId;
import org.tequio.storage.Sql;
import org.tequio.storage.StoreFault;

/**
 * The views under the names of the layers: what GIS staff see, and edit as they may. A view shows
 * its layer's current generation; who was granted what on it stays so when the layer is loaded
 * anew.
 */
final class LayerViews {
  private static final String OTHER_COLUMNS = "42P16";
  private static final String HAS_DEPENDENTS = "2BP01";

  private LayerViews() {}

  /** A layer whose view is not as its periods say. */
  private record Stale(LayerId layer, Optional<Long> shown, Optional<Long> current) {}

  /** Makes every view show what is current. */
  static void settle(Connection connection) throws SQLException {
    List<Stale> stale =
        Sql.list(
            connection,
            row ->
                new Stale(
                    new LayerId(row.getString(1)),
                    Optional.ofNullable(row.getObject(2, Long.class)),
                    Optional.ofNullable(row.getObject(3, Long.class))),
            "SELECT COALESCE(v.layer, p.layer), v.generation, p.generation FROM tq_view AS v"
                + " FULL JOIN (SELECT layer, generation FROM tq_period WHERE to_revision IS NULL)"
                + " AS p ON p.layer = v.layer WHERE v.generation IS DISTINCT FROM p.generation");
    for (Stale one : stale) {
      if (one.current().isEmpty()) {
        drop(connection, one.layer());
      } else {
        show(connection, one, one.current().get());
      }
    }
  }

  private static void show(Connection connection, Stale one, long generation) throws SQLException {
    LayerId layer = one.layer();
    String view = Sql.quoted(layer.value());
    if (one.shown().isEmpty() && exists(connection, layer)) {
      throw new IllegalArgumentException(
          "the schema has a table or view named '" + layer + "' that is no layer of the city");
    }
    String columns =
        Sql.first(
                connection,
                row -> row.getString(1),
                "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
                    + " WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped"
                    + " AND attname <> ?",
                "tq_g" + generation,
                GenerationSql.REFUSED)
            .orElseThrow();
    String select = " VIEW " + view + " AS SELECT " + columns + " FROM tq_g" + generation;
    Sql.run(connection, "SAVEPOINT show");
    try {
      Sql.run(connection, "CREATE OR REPLACE" + select);
    } catch (SQLException e) {
      if (!OTHER_COLUMNS.equals(e.getSQLState())) {
        throw e;
      }
      Sql.run(connection, "ROLLBACK TO show");
      List<String> grants = grants(connection, layer);
      drop(connection, layer);
      Sql.run(connection, "CREATE" + select);
      for (String grant : grants) {
        Sql.run(connection, grant);
      }
    }
    Sql.run(connection, "RELEASE show");
    Sql.run(
        connection,
        "ALTER VIEW "
            + view
            + " ALTER COLUMN fid SET DEFAULT nextval('"
            + PostgisDialect.sequence(connection, layer)
            + "')");
    Sql.update(
        connection,
        "INSERT INTO tq_view VALUES (?, ?) ON CONFLICT (layer)"
            + " DO UPDATE SET generation = excluded.generation",
        layer.value(),
        generation);
  }

  private static void drop(Connection connection, LayerId layer) throws SQLException {
    try {
      Sql.run(connection, "DROP VIEW IF EXISTS " + Sql.quoted(layer.value()));
    } catch (SQLException e) {
      if (HAS_DEPENDENTS.equals(e.getSQLState())) {
        throw new StoreFault(
            "layer "
                + layer
                + " changes its columns or goes, but something in the database was made upon it;"
                + " drop that first: "
                + e.getMessage(),
            e);
      }
      throw e;
    }
    Sql.update(connection, "DELETE FROM tq_view WHERE layer = ?", layer.value());
  }

  private static boolean exists(Connection connection, LayerId layer) throws SQLException {
    return Sql.number(
            connection,
            "SELECT COUNT(*) FROM pg_class WHERE relname = ?"
                + " AND relnamespace = current_schema()::regnamespace",
            layer.value())
        > 0;
  }

  private static List<String> grants(Connection connection, LayerId layer) throws SQLException {
    return Sql.list(
        connection,
        row -> row.getString(1),
        "SELECT format('GRANT %s ON %I TO %s', a.privilege_type, c.relname,"
            + " CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END)"
            + " FROM pg_class AS c, aclexplode(c.relacl) AS a WHERE c.relname = ?"
            + " AND c.relnamespace = current_schema()::regnamespace AND a.grantee <> c.relowner",
        layer.value());
  }
}
