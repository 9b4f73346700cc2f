package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.CRS_GUESSED;
import static org.tequio.feature.FindingCode.GEOMETRY_EMPTY;
import static org.tequio.feature.FindingCode.VALUE_NUMBER_AS_TEXT;
import static org.tequio.feature.FindingCode.VALUE_SUPPRESSED;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tequio.demo.file.Archive;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.CsvTable;
import org.tequio.demo.file.ElevationGrid;
import org.tequio.demo.file.GeoJsonTable;
import org.tequio.demo.file.GeoPackageFile;
import org.tequio.demo.file.KmlTable;
import org.tequio.demo.file.Projection;
import org.tequio.demo.file.Shape;
import org.tequio.demo.file.ShapefileTable;
import org.tequio.demo.file.Table;
import org.tequio.demo.file.XlsxTable;
import org.tequio.demo.land.Dice;
import org.tequio.demo.land.Land;
import org.tequio.demo.land.Noise;
import org.tequio.demo.town.Block;
import org.tequio.feature.GeometryType;

/** Civil protection: the risk atlas, shelters, hazardous places, damage. */
final class CivilProtectionOffice implements Office {
  @Override
  public String folder() {
    return "Protección Civil";
  }

  @Override
  public void write(Desk desk) throws IOException {
    floods(desk);
    seismic(desk);
    slopes(desk);
    subsidence(desk);
    fractures(desk);
    shelters(desk);
    hazardous(desk);
    damaged(desk);
    terrain(desk);
  }

  /** Polygons of a field within the municipality, in the world. */
  static List<double[][]> areas(Desk desk, Contours.Field field, double cell, double least) {
    Land land = desk.land();
    double reach = 1.95 * land.townRadius();
    double size = Math.max(cell, cell * Math.sqrt(land.scale()));
    List<double[][]> plan =
        Contours.areas(
            (x, y) -> {
              double inside = 20 * (land.inside(x, y) - 0.012);
              return inside < -0.5 ? inside : Math.min(inside, field.at(x, y));
            },
            reach,
            size,
            least);
    List<double[][]> world = new ArrayList<>();
    for (double[][] polygon : plan) {
      double[][] rings = new double[polygon.length][];
      for (int i = 0; i < rings.length; i++) {
        rings[i] = desk.world().path(polygon[i]);
      }
      world.add(rings);
    }
    return world;
  }

  private static void floods(Desk desk) throws IOException {
    Land land = desk.land();
    int[] years = {2, 5, 10, 50, 100};
    double[] heights = {2.9, 3.7, 4.7, 6.2, 7.6};
    String[] words = {"muy alto", "alto", "medio", "bajo", "muy bajo"};
    Path work = desk.folder().resolve("atlas");
    Files.createDirectories(work);
    try (KmlTable table =
        new KmlTable(
            work.resolve("doc.kml"),
            "Peligro de inundación",
            Column.list("id period_ret:i tirante_m:d velocidad:d intensidad fuente modelo"),
            0)) {
      for (int k = 0; k < years.length; k++) {
        double h = heights[k];
        int n = 0;
        for (double[][] polygon :
            areas(
                desk,
                (x, y) -> {
                  double d = Math.abs(land.fromRiver(x, y));
                  return d > 1_200
                      ? -1
                      : Math.min(
                          h - land.aboveRiver(x, y) - d * 0.0028, land.lake(x, y) > 0 ? -1 : 1e9);
                },
                17,
                1_800)) {
          table.row(
              Shape.polygon(polygon),
              String.format(Locale.ROOT, "INU-T%03d-%03d", years[k], ++n),
              years[k],
              Desk.cents(0.25 + 0.32 * k),
              Desk.cents(0.4 + 0.2 * k),
              words[k],
              "Atlas Municipal de Riesgos 2023",
              "Altura sobre cauce");
        }
      }
    }
    Archive.pack(work, desk.file("Atlas Inundacion.kmz"));
  }

  private static void seismic(Desk desk) throws IOException {
    Land land = desk.land();
    Contours.Field soft =
        (x, y) -> land.aboveRiver(x, y) + 3 * Noise.fractal(land.seed() + 300, x / 500, y / 500, 2);
    double[][] bands = {{-99, 7.5}, {7.5, 17}, {17, 1e6}};
    String[] zones = {"III", "II", "I"};
    try (GeoPackageFile file = new GeoPackageFile(desk.file("zonificacion_sismica.gpkg"))) {
      Table table =
          file.layer(
              "zonificacion_sismica",
              GeometryType.POLYGON,
              Projection.UTM,
              Column.list("id_zona zona subzona periodo_suelo_s:d coef_sismico:d fuente anio:i"));
      for (int k = 0; k < bands.length; k++) {
        double low = bands[k][0];
        double high = bands[k][1];
        int n = 0;
        for (double[][] polygon :
            areas(
                desk,
                (x, y) -> {
                  double v = soft.at(x, y);
                  return Math.min(v - low, high - v);
                },
                36,
                9_000)) {
          table.row(
              Shape.polygon(polygon),
              String.format(Locale.ROOT, "ZS-%s-%02d", zones[k], ++n),
              zones[k],
              k == 0 ? n % 2 == 0 ? "IIIb" : "IIIa" : null,
              k == 0 ? 1.4 : k == 1 ? 0.8 : 0.4,
              k == 0 ? 0.40 : k == 1 ? 0.32 : 0.16,
              "Estudio de microzonificación",
              2019);
        }
      }
    }
  }

  private static void slopes(Desk desk) throws IOException {
    Land land = desk.land();
    double[][] bands = {{0.20, 0.29}, {0.29, 0.40}, {0.40, 0.52}, {0.52, 99}};
    String[] grades = {"R1", "R2", "R3", "R4"};
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file("inestabilidad_laderas.geojson"),
            "inestabilidad_laderas",
            GeoJsonTable.Style.COLLECTION,
            Column.list("id_sector grado tipo_proceso fecha_vistoria:t fuente"))) {
      for (int k = 0; k < bands.length; k++) {
        double low = bands[k][0];
        double high = bands[k][1];
        int n = 0;
        for (double[][] polygon :
            areas(
                desk,
                (x, y) -> {
                  double[] g = land.gradient(x, y, 32);
                  double v = Math.hypot(g[0], g[1]);
                  return 40 * Math.min(v - low, high - v);
                },
                38,
                6_500)) {
          Dice dice = desk.dice("slope", k, n);
          table.row(
              Shape.polygon(polygon),
              String.format(Locale.ROOT, "LAD-%s-%03d", grades[k], ++n),
              grades[k],
              dice.pick("Deslizamiento", "Caída de rocas", "Flujo de lodo"),
              Desk.day(dice, 2021, 2023),
              "Inspección de campo y MDT");
        }
      }
    }
  }

  private static void subsidence(Desk desk) throws IOException {
    Land land = desk.land();
    String name = "subsidencia.gpkg";
    int suppressed = 0;
    try (GeoPackageFile file = new GeoPackageFile(desk.file(name))) {
      Table table =
          file.layer(
              "subsidencia",
              GeometryType.POLYGON,
              Projection.UTM,
              Column.list("id_celda velocidad_mm_anio:d periodo metodo"));
      double size = Math.max(200, 200 * Math.sqrt(land.scale()));
      double reach = 1.05 * land.townRadius();
      for (double y = -reach; y < reach; y += size) {
        for (double x = -reach; x < reach; x += size) {
          if (Math.hypot(x + size / 2, y + size / 2) > reach) {
            continue;
          }
          int i = (int) Math.round((x + reach) / size);
          int j = (int) Math.round((y + reach) / size);
          Dice dice = desk.dice("subsidence", i, j);
          double soft = Noise.step(14, 3, land.aboveRiver(x + size / 2, y + size / 2));
          boolean lost = dice.chance(0.03) || suppressed == 0 && y > 0;
          suppressed += lost ? 1 : 0;
          double rate =
              -(2
                  + 62 * soft * (0.6 + 0.4 * Noise.at(land.seed() + 310, x / 900, y / 900))
                  + dice.between(0.0, 1.5));
          table.row(
              Shape.polygon(
                  desk.world()
                      .path(
                          new double[] {x, y, x + size, y, x + size, y + size, x, y + size, x, y})),
              String.format(Locale.ROOT, "SUB-%03d-%03d", i, j),
              lost ? -9999.0 : Desk.cents(-rate),
              "2017-2023",
              "InSAR");
        }
      }
    }
    desk.plant(
        VALUE_SUPPRESSED,
        name,
        "velocidad_mm_anio",
        suppressed,
        "the satellite saw nothing there: -9999");
  }

  private static void fractures(Desk desk) throws IOException {
    Land land = desk.land();
    String stem = "fracturas_suelo";
    try (ShapefileTable table =
        new ShapefileTable(
            desk.folder().resolve(stem),
            stem,
            Shape.Kind.LINE,
            Projection.UTM,
            Column.list("id_frac tipo longitud:d desplaz_m:d fecha:t restr_m:d"),
            StandardCharsets.UTF_8)) {
      for (int k = 1; k <= 26; k++) {
        Dice dice = desk.dice("fracture", k);
        double[] p =
            land.atRiver(
                dice.between(-0.8, 0.8) * land.townRadius(),
                dice.between(-0.25, 0.25) * land.townRadius());
        double angle = 0.9 + dice.bell() * 0.25;
        int n = dice.between(4, 12);
        double[] path = new double[2 * n];
        for (int i = 0; i < n; i++) {
          path[2 * i] = p[0];
          path[2 * i + 1] = p[1];
          double a = angle + dice.bell() * 0.22;
          p[0] += 34 * StrictMath.cos(a);
          p[1] += 34 * StrictMath.sin(a);
        }
        table.row(
            desk.world().line(path),
            String.format(Locale.ROOT, "FR-%03d", k),
            dice.pick("Grieta", "Fractura", "Falla"),
            Desk.cents(Places.length(path)),
            Desk.cents(dice.between(0.0, 0.4)),
            Desk.day(dice, 2016, 2023),
            5.0);
      }
    }
    Files.delete(desk.folder().resolve(stem).resolve(stem + ".prj"));
    desk.plant(CRS_GUESSED, stem + "/" + stem + ".shp", null, 1, "the .prj was lost on the way");
  }

  private static void shelters(Desk desk) throws IOException {
    String name = "refugios_temporales.gpkg";
    try (GeoPackageFile file = new GeoPackageFile(desk.file(name))) {
      Table shelters =
          file.layer(
              "refugios_temporales",
              GeometryType.POINT,
              Projection.UTM,
              Column.list("id_refugio nombre tipo capacidad servicios accesible activo"));
      Table points =
          file.layer(
              "puntos_reunion",
              GeometryType.MULTIPOINT,
              Projection.UTM,
              Column.list("id_punto nombre superficie_m2:d"));
      int n = 0;
      List<Block> schools = Places.blocks(desk.town(), Block.Use.SCHOOL);
      for (int i = 0; i < schools.size(); i += 3) {
        Block block = schools.get(i);
        Dice dice = desk.dice("shelter", block.id());
        double[] c = block.ring().inside();
        n++;
        shelters.row(
            desk.world().point(c[0], c[1]),
            String.format(Locale.ROOT, "REF-%03d", n),
            "Refugio " + Facilities.school(desk.town(), block),
            "Escuela",
            String.valueOf(20 * dice.between(4, 30)),
            dice.pick("Agua, sanitarios", "Agua, sanitarios, cocina", "Sanitarios"),
            dice.pick("sí", "sí", "no"),
            dice.chance(0.85) ? "sí" : "no");
      }
      desk.plant(
          VALUE_NUMBER_AS_TEXT,
          name + "#refugios_temporales",
          "capacidad",
          n,
          "the capacity was typed as text");
      int k = 0;
      for (Block block : desk.town().blocks()) {
        if (block.use() == Block.Use.PARK || block.use() == Block.Use.SQUARE) {
          double[] c = block.ring().inside();
          k++;
          points.row(
              k == 4 || k == 5 ? Shape.empty(Shape.Kind.POINT) : desk.world().point(c[0], c[1]),
              String.format(Locale.ROOT, "PR-%03d", k),
              "Punto de reunión " + desk.colonia(block) + " " + block.number(),
              Desk.cents(block.ring().area() * 0.6));
        }
      }
      desk.plant(
          GEOMETRY_EMPTY,
          name + "#puntos_reunion",
          null,
          k >= 5 ? 2 : 1,
          "points deleted in the map but not in the table");
    }
  }

  private static void hazardous(Desk desk) throws IOException {
    try (CsvTable table =
        new CsvTable(
            desk.file("riesgo_quimico_gasolineras.csv"),
            CsvTable.Style.GOOD,
            CsvTable.Place.LATLON,
            Column.list("id_instalacion tipo sustancia capacidad_l:i radio_afectacion_m:i"))) {
      Dice dice = desk.dice("hazardous");
      int n = 0;
      for (var site :
          Places.lots(desk.town(), dice, Math.max(10, desk.town().lotCount() / 1_400))) {
        double[] door = site.door();
        boolean gas = dice.chance(0.25);
        table.row(
            desk.world().point(door[0], door[1]),
            String.format(Locale.ROOT, "RQ-%03d", ++n),
            gas ? "Gasera" : "Gasolinera",
            gas ? "Gas LP" : "Gasolina y diésel",
            gas ? 250_000 : 40_000 * dice.between(2, 4),
            gas ? 500 : 100);
      }
    }
  }

  private static void damaged(Desk desk) throws IOException {
    try (XlsxTable table =
        new XlsxTable(
            desk.file("inmuebles_danados_sismo.xlsx"),
            "Dictámenes",
            true,
            Column.list("folio fecha:t semaforo nivel_dano dictamen predio_fk"))) {
      Dice dice = desk.dice("damage");
      int n = 0;
      for (var site : Places.lots(desk.town(), dice, 150)) {
        double[] door = site.door();
        String color = dice.pick("verde", "verde", "amarillo", "rojo");
        table.row(
            desk.world().point(door[0], door[1]),
            String.format(Locale.ROOT, "DI-%04d", ++n),
            java.time.LocalDate.of(2022, 9, 20).plusDays(dice.between(0, 60)),
            color,
            color.equals("rojo") ? "Severo" : color.equals("amarillo") ? "Moderado" : "Ligero",
            color.equals("rojo") ? "No habitable" : "Habitable con reparaciones",
            desk.parcelKey(site.block(), site.lot()));
      }
    }
  }

  private static void terrain(Desk desk) throws IOException {
    Land land = desk.land();
    double reach = Math.ceil(1.9 * land.townRadius() / 100) * 100;
    double cell = Math.max(20, Math.rint(20 * land.scale()));
    ElevationGrid.write(
        desk.file("modelo_digital_terreno.asc"),
        Land.EASTING - reach,
        Land.NORTHING - reach,
        cell,
        (int) (2 * reach / cell),
        (easting, northing) -> {
          double[] p = land.toPlan(easting, northing);
          return land.inside(p[0], p[1]) < -0.06 ? Double.NaN : land.elevation(p[0], p[1]);
        });
  }
}
