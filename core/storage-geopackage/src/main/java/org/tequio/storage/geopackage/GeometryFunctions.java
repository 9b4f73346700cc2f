package org.tequio.storage.geopackage;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.tequio.feature.GeoPackageGeometry;
import org.tequio.feature.Wkb;

/** The SQL functions that the triggers of the R*Tree extension call (OGC 12-128r19, annex F.3). */
final class GeometryFunctions {
  private GeometryFunctions() {}

  /** Makes them known to one connection. */
  static void register(Connection connection) throws SQLException {
    create(connection, "ST_IsEmpty", -1);
    create(connection, "ST_MinX", 0);
    create(connection, "ST_MinY", 1);
    create(connection, "ST_MaxX", 2);
    create(connection, "ST_MaxY", 3);
  }

  private static void create(Connection connection, String name, int ordinate) throws SQLException {
    Function.create(
        connection,
        name,
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            byte[] blob = value_blob(0);
            double[] envelope = blob == null ? null : envelope(blob);
            if (ordinate < 0) {
              if (blob == null) {
                result();
              } else {
                result(envelope == null ? 1 : 0);
              }
            } else if (envelope == null) {
              result();
            } else {
              result(envelope[ordinate]);
            }
          }
        },
        1,
        Function.FLAG_DETERMINISTIC);
  }

  private static double @Nullable [] envelope(byte[] blob) {
    double[] envelope = new double[4];
    try {
      return Wkb.envelope(blob, GeoPackageGeometry.wkbOffset(blob), envelope) ? envelope : null;
    } catch (IllegalArgumentException | IndexOutOfBoundsException notAGeometry) {
      return null;
    }
  }
}
