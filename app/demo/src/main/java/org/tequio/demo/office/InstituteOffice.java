package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.CRS_GUESSED;
import static org.tequio.feature.FindingCode.GEOMETRY_NULL;
import static org.tequio.feature.FindingCode.GEOMETRY_UNREADABLE;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.operation.overlayng.UnaryUnionNG;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.CsvTable;
import org.tequio.demo.file.GeoJsonTable;
import org.tequio.demo.file.Shape;
import org.tequio.demo.land.Land;
import org.tequio.demo.town.Ring;
import org.tequio.demo.town.Town;
import org.tequio.demo.town.Zone;

/** The planning institute and the post: sectors, limit, postal codes. */
final class InstituteOffice implements Office {
  private static final GeometryFactory FACTORY = new GeometryFactory();

  @Override
  public String folder() {
    return "Instituto de Planeación";
  }

  @Override
  public void write(Desk desk) throws IOException {
    sectors(desk);
    postal(desk);
    geodesy(desk);
  }

  /** The municipality's outline. */
  static double[] limit(Desk desk) {
    Land land = desk.land();
    int n = Math.max(140, (int) (land.townRadius() / 12));
    double[] plan = new double[2 * n + 2];
    for (int i = 0; i <= n; i++) {
      double a = 2 * Math.PI * (i % n) / n;
      double r = land.boundaryRadius(a);
      plan[2 * i] = r * StrictMath.cos(a);
      plan[2 * i + 1] = r * StrictMath.sin(a);
    }
    return desk.world().path(plan);
  }

  private static void sectors(Desk desk) throws IOException {
    Town town = desk.town();
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file("sectores.geojson"),
            "sectores",
            GeoJsonTable.Style.COLLECTION,
            Column.list("cvegeo cve_ent cve_mun cve_sector nombre area_km2:d vigente_desde:t"))) {
      for (int s = 0; s < town.sectorCount(); s++) {
        List<Geometry> faces = new ArrayList<>();
        for (int i = 0; i < town.faces().size(); i++) {
          if (town.faceSector(i) == s) {
            faces.add(polygon(town.faces().get(i)));
          }
        }
        if (faces.isEmpty()) {
          continue;
        }
        Geometry union = UnaryUnionNG.union(faces, new PrecisionModel(100));
        union.normalize();
        double[][][] parts = new double[union.getNumGeometries()][][];
        for (int i = 0; i < parts.length; i++) {
          parts[i] = rings(desk.world(), (Polygon) union.getGeometryN(i));
        }
        table.row(
            Shape.polygons(parts),
            "0001500" + (s + 1),
            "00",
            "015",
            "S-" + (s + 1),
            town.sectorName(s),
            Math.rint(union.getArea() / 1e4) / 100,
            java.time.LocalDate.of(2018, 10, 1));
      }
    }
  }

  private static Polygon polygon(Ring ring) {
    Coordinate[] c = new Coordinate[ring.size() + 1];
    for (int i = 0; i <= ring.size(); i++) {
      c[i] = new Coordinate(ring.x(i), ring.y(i));
    }
    return FACTORY.createPolygon(c);
  }

  private static double[][] rings(World world, Polygon polygon) {
    double[][] rings = new double[1 + polygon.getNumInteriorRing()][];
    for (int i = 0; i < rings.length; i++) {
      LinearRing ring = i == 0 ? polygon.getExteriorRing() : polygon.getInteriorRingN(i - 1);
      Coordinate[] c = ring.getCoordinates();
      boolean turn = org.locationtech.jts.algorithm.Orientation.isCCW(c) != (i == 0);
      double[] plan = new double[2 * c.length];
      for (int k = 0; k < c.length; k++) {
        Coordinate at = c[turn ? c.length - 1 - k : k];
        plan[2 * k] = at.x;
        plan[2 * k + 1] = at.y;
      }
      rings[i] = world.path(plan);
    }
    return rings;
  }

  /** The control points, with one place that was cut off. */
  private static void geodesy(Desk desk) throws IOException {
    String name = "red_geodesica_municipal.csv";
    List<Column> columns = Column.list("id_marco epoca marco_ref orden altura_m:d");
    int broken = 0;
    try (CsvTable table =
        new CsvTable(desk.file(name), CsvTable.Style.GOOD, CsvTable.Place.WKT, columns)) {
      int n = 0;
      for (var site : Places.lots(desk.town(), desk.dice("geodesy"), 24)) {
        n++;
        double[] c = site.lot().ring().inside();
        String mark = String.format(Locale.ROOT, "VTG-%03d", n);
        if (n == 5) {
          table.raw(mark + ",2010.0,ITRF2008,C,2255.1,\"POINT (-98.7\"");
          broken++;
          continue;
        }
        table.row(
            desk.world().point(c[0], c[1]),
            mark,
            "2010.0",
            "ITRF2008",
            n % 6 == 0 ? "B" : "C",
            Desk.cents(desk.land().elevation(c[0], c[1])));
      }
    }
    desk.plant(CRS_GUESSED, name, null, 1, "a column of WKT that names no system");
    desk.plant(GEOMETRY_NULL, name, null, broken, "what is left of a cell that was cut off");
    desk.plant(GEOMETRY_UNREADABLE, name, null, broken, "a cell that was cut off");
  }

  private static void postal(Desk desk) throws IOException {
    Town town = desk.town();
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file("codigos_postales.geojson"),
            "codigos_postales",
            GeoJsonTable.Style.COLLECTION,
            Column.list("cve_cp cp alc oficina colonias"))) {
      for (Zone zone : town.postalZones()) {
        List<String> names = new ArrayList<>();
        for (Zone colonia : town.colonias()) {
          if (colonia.parent() == zone.id()) {
            names.add(town.coloniaName(colonia.id()));
          }
        }
        double[] c = zone.ring().inside();
        table.row(
            desk.world().polygon(zone.ring()),
            "CP-" + Desk.postalCode(zone.id()),
            Desk.postalCode(zone.id()),
            desk.sector(c[0], c[1]),
            String.format(Locale.ROOT, "Administración Postal %d", 1 + zone.id() % 6),
            String.join("; ", names));
      }
    }
  }
}
