package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.CRS_MIXED;
import static org.tequio.feature.FindingCode.GEOMETRY_MIXED_DIMENSIONS;
import static org.tequio.feature.FindingCode.OUTSIDE_CITY;
import static org.tequio.feature.FindingCode.VALUE_MIXED_DATES;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.tequio.demo.file.Archive;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.CsvTable;
import org.tequio.demo.file.GeoJsonTable;
import org.tequio.demo.file.GeoPackageFile;
import org.tequio.demo.file.GmlTable;
import org.tequio.demo.file.Projection;
import org.tequio.demo.file.Shape;
import org.tequio.demo.file.ShapefileTable;
import org.tequio.demo.file.Table;
import org.tequio.demo.land.Dice;
import org.tequio.demo.land.Land;
import org.tequio.demo.town.Link;
import org.tequio.demo.town.Names;
import org.tequio.demo.town.Town;
import org.tequio.demo.town.WayKind;
import org.tequio.feature.GeometryType;

/** The water works: rivers, basins, pipes, wells, drains, reports and ponding. */
final class WaterOffice implements Office {
  private static final DateTimeFormatter SLASHES =
      DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);

  @Override
  public String folder() {
    return "Sistema de Aguas";
  }

  @Override
  public void write(Desk desk) throws IOException {
    rivers(desk);
    bodies(desk);
    basins(desk);
    networks(desk);
    inlets(desk);
    reports(desk);
    ponding(desk);
  }

  private static void rivers(Desk desk) throws IOException {
    String name = "rios_y_arroyos.geojson";
    Town town = desk.town();
    Land land = desk.land();
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file(name),
            "rios_y_arroyos",
            GeoJsonTable.Style.COLLECTION,
            Column.list("id_rio nombre tipo orden_strahler:i zona_federal_m:d condicion"))) {
      int n = 0;
      for (double[] part : Places.inside(town, land.river())) {
        table.row(
            desk.world().line(part),
            "RIO-" + ++n,
            "Río Tequio",
            "perenne",
            3,
            10.0,
            "A cielo abierto");
      }
      int raised = 0;
      int i = 0;
      for (double[] stream : land.streams()) {
        String called = Names.brook(i);
        for (double[] part : Places.inside(town, stream)) {
          Shape shape = desk.world().line(part);
          boolean high = i % 2 == 0;
          raised += high ? 1 : 0;
          table.row(
              high ? shape.raised(Math.rint(land.elevation(part[0], part[1]))) : shape,
              "RIO-" + ++n,
              called,
              "intermitente",
              1,
              5.0,
              i % 3 == 0 ? "Azolvado" : "A cielo abierto");
        }
        i++;
      }
      desk.plant(
          GEOMETRY_MIXED_DIMENSIONS,
          name,
          null,
          org.tequio.demo.PlantedDefect.ANY,
          raised + " brooks were traced in 3-D");
    }
  }

  private static void bodies(Desk desk) throws IOException {
    Land land = desk.land();
    try (GeoPackageFile file = new GeoPackageFile(desk.file("cuerpos_de_agua.gpkg"))) {
      Table table =
          file.layer(
              "cuerpos_de_agua",
              GeometryType.POLYGON,
              Projection.UTM,
              Column.list("id_cuerpo nombre tipo superficie_m2:d"));
      int n = 0;
      for (double[][] lake :
          CivilProtectionOffice.areas(desk, (x, y) -> 10 * land.lake(x, y), 18, 4_000)) {
        table.row(
            Shape.polygon(lake),
            "CA-" + ++n,
            "Presa Vieja",
            "presa",
            Desk.cents(Contours.area(lake[0])));
      }
      for (double[] part : Places.inside(desk.town(), land.river())) {
        // The river's bed, piece by piece, but not under the reservoir.
        int from = 0;
        for (int i = 0; i <= part.length; i += 2) {
          boolean end = i == part.length || land.lake(part[i], part[i + 1]) > -0.02;
          if (end || (i - from) / 2 >= 24) {
            int to = end ? i : i + 2;
            if (to - from >= 6) {
              double[] bed = bed(land, java.util.Arrays.copyOfRange(part, from, to));
              double[] ring = desk.world().path(bed);
              table.row(
                  Shape.polygon(ring),
                  "CA-" + ++n,
                  "Río Tequio",
                  "río",
                  Desk.cents(Contours.area(ring)));
            }
            from = end ? i + 2 : i;
          }
        }
      }
    }
  }

  private static double[] bed(Land land, double[] path) {
    int n = path.length / 2;
    double[] ring = new double[4 * n + 2];
    for (int i = 0; i < n; i++) {
      int a = Math.max(0, i - 1);
      int b = Math.min(n - 1, i + 1);
      double dx = path[2 * b] - path[2 * a];
      double dy = path[2 * b + 1] - path[2 * a + 1];
      double length = Math.hypot(dx, dy);
      double half = land.riverWidth(land.along(path[2 * i], path[2 * i + 1])) / 2;
      double ox = dy / length * half;
      double oy = -dx / length * half;
      ring[2 * i] = path[2 * i] + ox;
      ring[2 * i + 1] = path[2 * i + 1] + oy;
      int back = 2 * n - 1 - i;
      ring[2 * back] = path[2 * i] - ox;
      ring[2 * back + 1] = path[2 * i + 1] - oy;
    }
    ring[4 * n] = ring[0];
    ring[4 * n + 1] = ring[1];
    return ring;
  }

  private static void basins(Desk desk) throws IOException {
    Land land = desk.land();
    try (GmlTable table =
        new GmlTable(
            desk.file("cuencas.gml"),
            "cuencas",
            Column.list("clave nombre recarga:d vext:d disponibilidad:d"))) {
      String[] names = {
        "Cuenca Alta del Tequio", "Subcuenca Norte", "Subcuenca Sur", "Cuenca Baja del Tequio"
      };
      double r = land.townRadius();
      int n = 0;
      for (int k = 0; k < 4; k++) {
        int which = k;
        for (double[][] polygon :
            CivilProtectionOffice.areas(
                desk,
                (x, y) -> {
                  double u = land.along(x, y) / r;
                  double v = land.fromRiver(x, y) / r;
                  double up = -0.75 - u;
                  double down = u - 0.75;
                  return switch (which) {
                        case 0 -> up;
                        case 1 -> Math.min(Math.min(-up, -down), v);
                        case 2 -> Math.min(Math.min(-up, -down), -v);
                        default -> down;
                      }
                      * 10;
                },
                60,
                40_000)) {
          table.row(
              Shape.polygon(polygon),
              String.format(Locale.ROOT, "CU-%02d", ++n),
              names[k],
              12.4 + k,
              9.8 + 1.3 * k,
              2.6 - 0.3 * k);
        }
      }
    }
  }

  private static void networks(Desk desk) throws IOException {
    String name = "infraestructura_hidraulica.gpkg";
    Town town = desk.town();
    try (GeoPackageFile file = new GeoPackageFile(desk.file(name))) {
      Table water =
          file.layer(
              "red_agua_potable",
              GeometryType.LINESTRING,
              Projection.UTM,
              Column.list("id_tramo diametro_mm:i material presion_kgcm2:d sector anio:i"));
      Table drains =
          file.layer(
              "red_drenaje",
              GeometryType.LINESTRING,
              Projection.UTM,
              Column.list(
                  "id_tramo diametro_cm:i tipo pendiente_mil:d estado ult_desazolve:t jurisdiccion"));
      Table wells =
          file.layer(
              "pozos_y_tanques",
              GeometryType.POINT,
              Projection.to(32614),
              Column.list("id_pozo nombre sistema colonia tipo profundidad_m:i estado"));
      int n = 0;
      for (Link link : Places.streets(town)) {
        desk.check();
        WayKind kind = link.way().kind();
        boolean main = kind.ordinal() <= WayKind.COLLECTOR.ordinal() || kind == WayKind.BANK;
        for (double[] segment : town.segments(link)) {
          Dice dice = desk.dice("pipe", n);
          double[] c = {segment[0], segment[1]};
          double[] side = aside(segment, 1.6);
          n++;
          water.row(
              desk.world().line(side),
              String.format(Locale.ROOT, "AP-%06d", n),
              main ? dice.pick(List.of(300, 450, 600)) : dice.pick(List.of(75, 100, 150)),
              dice.pick("PVC", "PEAD", "Asbesto-cemento", "Acero"),
              Desk.cents(dice.between(0.4, 2.6)),
              desk.sector(c[0], c[1]),
              dice.between(1962, 2022));
          drains.row(
              desk.world().line(aside(segment, -1.6)),
              String.format(Locale.ROOT, "DR-%06d", n),
              main ? dice.pick(List.of(61, 91, 122, 183)) : dice.pick(List.of(20, 30, 38)),
              main ? "Colector" : "Atarjea",
              Desk.cents(dice.between(2.0, 18.0)),
              dice.pick("Bueno", "Bueno", "Regular", "Malo"),
              Desk.day(dice, 2021, 2024),
              main ? "Ciudad" : "Sector");
        }
      }
      int wellCount = Math.max(12, town.lotCount() / 1_500);
      Dice dice = desk.dice("wells");
      int k = 0;
      for (var site : Places.lots(town, dice, wellCount)) {
        double[] c = site.lot().ring().inside();
        String colonia = desk.colonia(site.block());
        boolean tank = dice.chance(0.3);
        k++;
        wells.row(
            desk.world().point(c[0], c[1]),
            String.format(Locale.ROOT, "POZ-%03d", k),
            (tank ? "Tanque " : "Pozo ") + colonia + " " + k,
            "Sistema " + (1 + k % 4),
            colonia,
            tank ? "Tanque" : "Pozo",
            tank ? null : (Integer) dice.between(90, 320),
            dice.pick("En operación", "En operación", "En rehabilitación"));
      }
    }
    desk.plant(CRS_MIXED, name, null, 1, "the wells came from a contractor in WGS 84 UTM");
  }

  /** A path moved to one side. */
  private static double[] aside(double[] path, double meters) {
    double[] out = new double[path.length];
    int n = path.length / 2;
    for (int i = 0; i < n; i++) {
      int a = Math.max(0, i - 1);
      int b = Math.min(n - 1, i + 1);
      double dx = path[2 * b] - path[2 * a];
      double dy = path[2 * b + 1] - path[2 * a + 1];
      double length = Math.max(1e-6, Math.hypot(dx, dy));
      out[2 * i] = path[2 * i] - dy / length * meters;
      out[2 * i + 1] = path[2 * i + 1] + dx / length * meters;
    }
    return out;
  }

  private static void inlets(Desk desk) throws IOException {
    Town town = desk.town();
    Path work = desk.folder().resolve("coladeras");
    try (ShapefileTable table =
        new ShapefileTable(
            work,
            "coladeras_y_sumideros",
            Shape.Kind.POINT,
            Projection.UTM,
            Column.list("id_colad tipo estado ult_des:t"),
            StandardCharsets.UTF_8)) {
      int n = 0;
      for (Link link : Places.streets(town)) {
        for (double[] segment : town.segments(link)) {
          if (Places.length(segment) < 30) {
            continue;
          }
          Dice dice = desk.dice("inlet", n);
          double[] side = aside(segment, link.way().kind().width() * 0.32);
          double t = 0.08;
          double x = side[0] + t * (side[2] - side[0]);
          double y = side[1] + t * (side[3] - side[1]);
          table.row(
              desk.world().point(x, y),
              String.format(Locale.ROOT, "COL-%06d", ++n),
              dice.pick("Coladera pluvial", "Sumidero", "Rejilla", "Boca de tormenta"),
              dice.pick("Limpia", "Azolvada", "Sin tapa", "Limpia"),
              Desk.day(dice, 2022, 2024));
        }
      }
    }
    Archive.pack(work, desk.file("coladeras.zip"));
  }

  private static void reports(Desk desk) throws IOException {
    String name = "reportes_agua_2023_2024.csv";
    Town town = desk.town();
    int count = Math.max(240, town.lotCount() / 14);
    List<Link> streets = Places.streets(town);
    try (CsvTable table =
        new CsvTable(
            desk.file(name),
            CsvTable.Style.GOOD,
            CsvTable.Place.LATLON,
            Column.list("folio fecha:t clasificacion reporte medio_recepcion colonia estatus"))) {
      int outside = 0;
      for (int i = 1; i <= count; i++) {
        Dice dice = desk.dice("report", i);
        double[] at = Desk.onStreet(dice.pick(streets), dice);
        Shape place = desk.world().point(at[0], at[1]);
        if (i % 47 == 20 && outside < 5) {
          // Typed from a telephone call: a place of the same street name in another state.
          outside++;
          place =
              Shape.point(
                  Land.EASTING + 210_000 + 900 * outside, Land.NORTHING + 140_000 + 700 * outside);
        }
        String kind = dice.pick("agua potable", "agua potable", "drenaje", "agua tratada");
        table.row(
            place,
            String.format(Locale.ROOT, "AG-%06d", i),
            LocalDate.of(2023, 1, 1).plusDays((long) (i - 1) * 731 / count),
            kind,
            kind.equals("drenaje")
                ? dice.pick("Encharcamiento", "Coladera sin tapa", "Drenaje obstruido")
                : dice.pick("Fuga", "Falta de agua", "Baja presión", "Mala calidad"),
            dice.pick("Teléfono", "Aplicación", "Redes sociales", "Ventanilla"),
            desk.coloniaAt(at[0], at[1]),
            dice.pick("Atendido", "Atendido", "Atendido", "En proceso", "Pendiente"));
      }
      desk.plant(OUTSIDE_CITY, name, null, outside, "a street of the same name in another state");
    }
  }

  private static void ponding(Desk desk) throws IOException {
    String name = "encharcamientos_2023.csv";
    Town town = desk.town();
    Land land = desk.land();
    List<Link> streets = Places.streets(town);
    try (CsvTable table =
        new CsvTable(
            desk.file(name),
            CsvTable.Style.GOOD,
            CsvTable.Place.LATLON,
            Column.list(
                "folio fecha hora causa tirante_cm:i volumen_m3:d calle colonia atendio"))) {
      int count = Math.max(150, town.lotCount() / 110);
      for (int i = 1; i <= count; i++) {
        Dice dice = desk.dice("pond", i);
        Link link = Places.weighted(streets, dice, l -> low(land, l.path()[0], l.path()[1]));
        double[] at = Desk.onStreet(link, dice);
        LocalDate day = LocalDate.of(2023, 5, 20).plusDays(dice.between(0, 150));
        table.row(
            desk.world().point(at[0], at[1]),
            String.format(Locale.ROOT, "ENC-%05d", i),
            // The night shift writes dates its own way.
            i % 3 == 0 ? SLASHES.format(day) : day.toString(),
            String.format(Locale.ROOT, "%02d:%02d", dice.between(14, 22), dice.between(0, 59)),
            dice.pick("Coladera obstruida", "Insuficiencia de red", "Hundimiento", "Basura"),
            dice.between(8, 70),
            Desk.cents(dice.between(5.0, 800.0)),
            link.way().name(),
            desk.coloniaAt(at[0], at[1]),
            dice.pick("Brigada 1", "Brigada 2", "Unidad Tormenta"));
      }
    }
    desk.plant(
        VALUE_MIXED_DATES,
        name,
        "fecha",
        org.tequio.demo.PlantedDefect.ANY,
        "two shifts, two ways to write a date");
  }

  /** How likely water stands at a place. */
  private static double low(Land land, double x, double y) {
    return 0.08 + 0.92 * Math.max(0, 1 - land.aboveRiver(x, y) / 16);
  }
}
