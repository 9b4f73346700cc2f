package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.CRS_CONTRADICTED;
import static org.tequio.feature.FindingCode.GEOMETRY_MIXED_TYPES;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.tequio.demo.file.Archive;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.CsvTable;
import org.tequio.demo.file.GeoJsonTable;
import org.tequio.demo.file.GeoPackageFile;
import org.tequio.demo.file.KmlTable;
import org.tequio.demo.file.Projection;
import org.tequio.demo.file.Shape;
import org.tequio.demo.file.Table;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.Link;
import org.tequio.demo.town.Quarter;
import org.tequio.demo.town.Town;
import org.tequio.demo.town.Way;
import org.tequio.demo.town.WayKind;
import org.tequio.feature.GeometryType;

/** Mobility: streets, railway, buses, cycle lanes, parking, crashes. */
final class MobilityOffice implements Office {
  @Override
  public String folder() {
    return "Movilidad";
  }

  @Override
  public void write(Desk desk) throws IOException {
    streets(desk);
    buses(desk);
    cycling(desk);
    parking(desk);
    crashes(desk);
    lights(desk);
  }

  private static void streets(Desk desk) throws IOException {
    Town town = desk.town();
    try (GeoPackageFile file = new GeoPackageFile(desk.file("vialidades.gpkg"))) {
      Table table =
          file.layer(
              "vialidades",
              GeometryType.LINESTRING,
              Projection.UTM,
              Column.list(
                  "id_segmento nombre tipo jurisdiccion sentido carriles:i superficie ancho_m:d"));
      Table rails =
          file.layer(
              "vias_ferreas",
              GeometryType.LINESTRING,
              Projection.UTM,
              Column.list("id_via nombre estado"));
      int n = 0;
      int r = 0;
      for (Link link : town.links()) {
        WayKind kind = link.way().kind();
        if (kind == WayKind.RAIL) {
          for (double[] part : Places.inside(town, link.path())) {
            rails.row(
                desk.world().line(part),
                String.format(Locale.ROOT, "VF-%03d", ++r),
                "Ferrocarril de la Sierra",
                "En operación");
          }
          continue;
        }
        if (!link.isBuilt() || !kind.isStreet()) {
          continue;
        }
        desk.check();
        boolean informal = kind == WayKind.LANE;
        for (double[] segment : town.segments(link)) {
          n++;
          table.row(
              desk.world().line(segment),
              String.format(Locale.ROOT, "SEG-%06d", n),
              link.way().name(),
              kind.code(),
              kind == WayKind.EXPRESS ? "federal" : kind.isMajor() ? "ciudad" : "sector",
              kind == WayKind.LOCAL && link.way().id() % 3 == 0 ? "único" : "doble",
              kind == WayKind.EXPRESS
                  ? 6
                  : kind == WayKind.PRIMARY ? 4 : kind == WayKind.SECONDARY ? 3 : informal ? 1 : 2,
              informal
                  ? "terracería"
                  : kind == WayKind.OLD ? "adoquín" : kind.isMajor() ? "concreto" : "asfalto",
              kind.width());
        }
      }
    }
  }

  /** One bus route: an avenue from end to end. */
  private record Route(Way way, double[] path, double[] along) {}

  private static List<Route> routes(Town town) {
    List<Route> routes = new ArrayList<>();
    for (Way way : town.ways()) {
      if (way.kind() != WayKind.PRIMARY
          && way.kind() != WayKind.EXPRESS
          && way.kind() != WayKind.BANK) {
        continue;
      }
      List<Link> links =
          town.links().stream()
              .filter(l -> l.way() == way && l.isBuilt())
              .filter(l -> Math.hypot(l.path()[0], l.path()[1]) < 1.05 * town.land().townRadius())
              .sorted(Comparator.comparingDouble(l -> l.position(l.path()[0], l.path()[1])))
              .toList();
      List<Double> xy = new ArrayList<>();
      for (Link link : links) {
        double[] path = link.path();
        boolean joined =
            xy.size() >= 2
                && Math.hypot(xy.get(xy.size() - 2) - path[0], xy.get(xy.size() - 1) - path[1]) < 5;
        if (xy.size() >= 2
            && !joined
            && Math.hypot(xy.get(xy.size() - 2) - path[0], xy.get(xy.size() - 1) - path[1]) > 400) {
          break;
        }
        for (int i = joined ? 2 : 0; i < path.length; i += 2) {
          xy.add(path[i]);
          xy.add(path[i + 1]);
        }
      }
      double[] path = xy.stream().mapToDouble(Double::doubleValue).toArray();
      if (path.length >= 4 && Places.length(path) > 600) {
        double[] along = new double[path.length / 2];
        for (int i = 1; i < along.length; i++) {
          along[i] =
              along[i - 1]
                  + Math.hypot(path[2 * i] - path[2 * i - 2], path[2 * i + 1] - path[2 * i - 1]);
        }
        routes.add(new Route(way, path, along));
      }
    }
    return routes;
  }

  private static double[] at(Route route, double along) {
    int i = 1;
    while (i < route.along().length - 1 && route.along()[i] < along) {
      i++;
    }
    double span = Math.max(1e-6, route.along()[i] - route.along()[i - 1]);
    double t = Math.max(0, Math.min(1, (along - route.along()[i - 1]) / span));
    double[] p = route.path();
    return new double[] {
      p[2 * i - 2] + t * (p[2 * i] - p[2 * i - 2]), p[2 * i - 1] + t * (p[2 * i + 1] - p[2 * i - 1])
    };
  }

  private static void buses(Desk desk) throws IOException {
    Path work = desk.folder().resolve("gtfs");
    Files.createDirectories(work);
    StringBuilder stops =
        new StringBuilder("stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding\n");
    StringBuilder routes =
        new StringBuilder(
            "route_id,agency_id,route_short_name,route_long_name,route_type,route_color\n");
    StringBuilder trips = new StringBuilder("route_id,service_id,trip_id,shape_id,direction_id\n");
    StringBuilder times =
        new StringBuilder("trip_id,arrival_time,departure_time,stop_id,stop_sequence\n");
    StringBuilder shapes =
        new StringBuilder("shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n");
    String[] colors = {
      "9E1B32", "00573F", "1F4E9E", "E07A00", "6A1B9A", "00838F", "AD1457", "33691E"
    };
    int r = 0;
    int s = 0;
    for (Route route : routes(desk.town())) {
      r++;
      String id = "R" + String.format(Locale.ROOT, "%02d", r);
      routes
          .append(id)
          .append(",VT,")
          .append(r)
          .append(',')
          .append(route.way().name())
          .append(",3,")
          .append(colors[r % colors.length])
          .append('\n');
      trips.append(id).append(",DIARIO,").append(id).append("-1,S").append(id).append(",0\n");
      double[] line = Projection.LONLAT.apply(desk.world().path(route.path()));
      for (int i = 0; i < line.length; i += 2) {
        shapes
            .append('S')
            .append(id)
            .append(',')
            .append(degrees(line[i + 1]))
            .append(',')
            .append(degrees(line[i]))
            .append(',')
            .append(i / 2 + 1)
            .append('\n');
      }
      double length = route.along()[route.along().length - 1];
      int count = Math.max(3, (int) (length / 420));
      for (int k = 0; k < count; k++) {
        s++;
        double[] p = at(route, length * k / (count - 1));
        double[] q = Projection.LONLAT.apply(desk.world().point(p[0], p[1]).parts()[0][0]);
        String stop = String.format(Locale.ROOT, "P%04d", s);
        stops
            .append(stop)
            .append(',')
            .append(route.way().name())
            .append(" parada ")
            .append(k + 1)
            .append(',')
            .append(degrees(q[1]))
            .append(',')
            .append(degrees(q[0]))
            .append(',')
            .append(s % 3 == 0 ? 1 : 2)
            .append('\n');
        int minute = 6 * 60 + 2 * k;
        String clock = String.format(Locale.ROOT, "%02d:%02d:00", minute / 60, minute % 60);
        times
            .append(id)
            .append("-1,")
            .append(clock)
            .append(',')
            .append(clock)
            .append(',')
            .append(stop)
            .append(',')
            .append(k + 1)
            .append('\n');
      }
    }
    put(
        work,
        "agency.txt",
        "agency_id,agency_name,agency_url,agency_timezone\nVT,Transporte de Villa Tequio,https://villatequio.example,America/Mexico_City\n");
    put(
        work,
        "calendar.txt",
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nDIARIO,1,1,1,1,1,1,1,20250101,20251231\n");
    put(work, "stops.txt", stops.toString());
    put(work, "routes.txt", routes.toString());
    put(work, "trips.txt", trips.toString());
    put(work, "stop_times.txt", times.toString());
    put(work, "shapes.txt", shapes.toString());
    Archive.pack(work, desk.file("transporte_gtfs.zip"));
  }

  private static String degrees(double value) {
    return String.format(Locale.ROOT, "%.7f", value);
  }

  private static void put(Path folder, String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private static void cycling(Desk desk) throws IOException {
    String name = "ciclovias.geojson";
    Town town = desk.town();
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file(name),
            "ciclovias",
            GeoJsonTable.Style.COLLECTION,
            Column.list("id_ciclo tipo estado longitud_m:d anio:i"))) {
      int n = 0;
      for (Link link : town.links()) {
        WayKind kind = link.way().kind();
        boolean chosen =
            link.isBuilt()
                && (kind == WayKind.BANK
                    || kind == WayKind.SECONDARY && link.way().id() % 3 == 1
                    || kind == WayKind.PRIMARY && link.way().id() % 4 == 0)
                && Math.hypot(link.path()[0], link.path()[1]) < town.land().townRadius();
        if (!chosen) {
          continue;
        }
        Dice dice = desk.dice("cycle", link.id());
        double length = Places.length(link.path());
        n++;
        table.row(
            desk.world().line(link.path()),
            String.format(Locale.ROOT, "CIC-%04d", n),
            kind == WayKind.BANK ? "Ciclovía" : dice.pick("Ciclocarril", "Carril compartido"),
            dice.chance(0.85) ? "Existente" : "Proyectada",
            Desk.cents(length),
            dice.between(2014, 2024));
        if (n % 4 == 0) {
          n++;
          table.row(
              desk.world().point(link.path()[0], link.path()[1]),
              String.format(Locale.ROOT, "CIC-%04d", n),
              "Biciestacionamiento",
              "Existente",
              null,
              dice.between(2016, 2024));
        }
      }
    }
    desk.plant(
        GEOMETRY_MIXED_TYPES,
        name,
        null,
        org.tequio.demo.PlantedDefect.ANY,
        "lanes and racks in one layer");
  }

  private static void parking(Desk desk) throws IOException {
    Town town = desk.town();
    try (KmlTable table =
        new KmlTable(
            desk.file("zonas_parquimetros.kml"),
            "Zonas de parquímetros",
            Column.list("id_zona zona horario tarifa_hora:d cajones:i"),
            1)) {
      int n = 0;
      for (Block block : town.blocks()) {
        Quarter quarter = town.districts().get(block.district()).quarter();
        if (quarter == Quarter.CENTER && block.use() == Block.Use.LOTS && n < 40) {
          n++;
          table.row(
              desk.world().polygon(block.ring()),
              String.format(Locale.ROOT, "PQ-%02d", n),
              "Zona Centro " + n,
              "8:00 a 20:00",
              12.0,
              (int) (Town.around(block.ring()) / 6));
        }
      }
    }
  }

  private static void crashes(Desk desk) throws IOException {
    Town town = desk.town();
    List<Link> streets = Places.streets(town);
    try (CsvTable table =
        new CsvTable(
            desk.file("hechos_transito_2024.csv"),
            CsvTable.Style.GOOD,
            CsvTable.Place.LATLON,
            Column.list("folio fecha:t hora tipo modo lesionados:i fallecidos:i via"))) {
      int count = Math.max(120, town.lotCount() / 60);
      for (int i = 1; i <= count; i++) {
        Dice dice = desk.dice("crash", i);
        Link link =
            Places.weighted(
                streets,
                dice,
                l ->
                    l.way().kind().isMajor()
                        ? 1.0
                        : l.way().kind() == WayKind.SECONDARY ? 0.6 : 0.06);
        double[] at = Desk.onStreet(link, dice);
        int hurt = dice.chance(0.35) ? dice.between(1, 3) : 0;
        table.row(
            desk.world().point(at[0], at[1]),
            String.format(Locale.ROOT, "HT-2024-%05d", i),
            LocalDate.of(2024, 1, 1).plusDays((long) (i - 1) * 366 / count),
            String.format(Locale.ROOT, "%02d:%02d", dice.between(0, 23), dice.between(0, 59)),
            dice.pick("Choque", "Choque", "Atropellamiento", "Volcadura", "Derrape"),
            dice.pick("Automóvil", "Motocicleta", "Bicicleta", "Autobús", "Peatón"),
            hurt,
            dice.chance(0.02) ? 1 : 0,
            link.way().name());
      }
    }
  }

  /** A file that says UTM and holds degrees. */
  private static void lights(Desk desk) throws IOException {
    String name = "semaforos.gpkg";
    Town town = desk.town();
    try (GeoPackageFile file = new GeoPackageFile(desk.file(name))) {
      Table table =
          file.layer(
              "semaforos",
              GeometryType.POINT,
              Projection.UTM,
              Column.list("id_semaforo tipo estado"));
      List<Link> majors =
          Places.streets(town).stream().filter(l -> l.way().kind().isMajor()).toList();
      Dice dice = desk.dice("lights");
      int n = 0;
      for (Link link : majors) {
        double[] q =
            Projection.LONLAT.apply(
                desk.world().point(link.path()[0], link.path()[1]).parts()[0][0]);
        table.row(
            Shape.point(q[0] + 1e-6 * n, q[1]),
            String.format(Locale.ROOT, "SEM-%03d", ++n),
            dice.pick("Vehicular", "Peatonal", "Mixto"),
            dice.pick("En servicio", "Intermitente"));
      }
    }
    desk.plant(
        CRS_CONTRADICTED,
        name,
        null,
        org.tequio.demo.PlantedDefect.ANY,
        "degrees under a UTM label");
  }
}
