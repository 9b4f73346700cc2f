package org.tequio.publish.layer;

import java.util.Locale;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/** The geometry of a coverage or an area, in longitude and latitude, as GeoJSON. */
final class CoverageJson {
  private CoverageJson() {}

  static String of(Geometry geometry) {
    StringBuilder json = new StringBuilder(1024);
    json.append("{\"type\":\"MultiPolygon\",\"coordinates\":[");
    String separator = "";
    for (int i = 0; i < geometry.getNumGeometries(); i++) {
      if (geometry.getGeometryN(i) instanceof Polygon polygon && !polygon.isEmpty()) {
        json.append(separator).append('[');
        ring(polygon.getExteriorRing(), json);
        for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
          json.append(',');
          ring(polygon.getInteriorRingN(hole), json);
        }
        json.append(']');
        separator = ",";
      }
    }
    return json.append("]}").toString();
  }

  private static void ring(LineString ring, StringBuilder json) {
    json.append('[');
    String separator = "";
    for (Coordinate c : ring.getCoordinates()) {
      json.append(separator).append(String.format(Locale.ROOT, "[%.6f,%.6f]", c.x, c.y));
      separator = ",";
    }
    json.append(']');
  }
}
