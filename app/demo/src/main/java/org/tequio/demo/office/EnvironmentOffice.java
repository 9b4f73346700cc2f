package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.FILE_TRUNCATED;
import static org.tequio.feature.FindingCode.GEOMETRY_RING_NOT_CLOSED;
import static org.tequio.feature.FindingCode.GEOMETRY_TOO_FEW_POINTS;
import static org.tequio.feature.FindingCode.VALUE_UNREADABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.CsvTable;
import org.tequio.demo.file.GeoJsonTable;
import org.tequio.demo.file.GeoPackageFile;
import org.tequio.demo.file.KmlTable;
import org.tequio.demo.file.Projection;
import org.tequio.demo.file.Shape;
import org.tequio.demo.file.Table;
import org.tequio.demo.land.Dice;
import org.tequio.demo.land.Land;
import org.tequio.demo.land.Noise;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.Quarter;
import org.tequio.demo.town.Ring;
import org.tequio.demo.town.Town;
import org.tequio.feature.GeometryType;

/** The environment: trees, green areas, protected land, air. */
final class EnvironmentOffice implements Office {
  @Override
  public String folder() {
    return "Medio Ambiente";
  }

  @Override
  public void write(Desk desk) throws IOException {
    trees(desk);
    greens(desk);
    protectedLand(desk);
    conservation(desk);
    air(desk);
    weather(desk);
    playgrounds(desk);
  }

  private static void trees(Desk desk) throws IOException {
    Town town = desk.town();
    List<String> species =
        List.of(
            "Jacaranda",
            "Fresno",
            "Trueno",
            "Ficus",
            "Colorín",
            "Ahuehuete",
            "Pirul",
            "Cedro blanco",
            "Liquidámbar",
            "Álamo",
            "Naranjo agrio",
            "Tepozán");
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file("arbolado_urbano.geojsonl.gz"),
            "arbolado_urbano",
            GeoJsonTable.Style.LINES,
            Column.list(
                "id_arbol especie altura_m:d dap_cm:d copa_m:d condicion riesgo lugar fecha_inv:t"))) {
      int[] n = new int[1];
      for (Block block : town.blocks()) {
        desk.check();
        Quarter quarter = town.districts().get(block.district()).quarter();
        Dice dice = desk.dice("tree", block.id());
        String street = dice.pick(species);
        double planted =
            switch (quarter) {
              case CENTER -> 0.16;
              case OLD -> 0.42;
              case GRID -> 0.36;
              case ESTATE -> 0.5;
              case INDUSTRY, HILLSIDE -> 0.12;
              case INFORMAL -> 0.04;
              case VILLAGE -> 0.3;
            };
        boolean park =
            block.use() == Block.Use.PARK
                || block.use() == Block.Use.SQUARE
                || block.use() == Block.Use.CEMETERY;
        IOException[] failed = new IOException[1];
        Places.along(
            town,
            block,
            9,
            1.9,
            (number, link, x, y) -> {
              if (dice.chance(park ? 0.8 : planted)) {
                try {
                  tree(
                      desk,
                      table,
                      ++n[0],
                      dice.chance(0.6) ? street : dice.pick(species),
                      "banqueta",
                      x,
                      y,
                      dice);
                } catch (IOException e) {
                  failed[0] = e;
                }
              }
            });
        if (failed[0] != null) {
          throw failed[0];
        }
        if (park || block.use() == Block.Use.GREEN) {
          int wanted = (int) Math.min(90, block.ring().area() / 110);
          double[] box = box(block.ring());
          for (int i = 0; i < wanted; i++) {
            double x = dice.between(box[0], box[2]);
            double y = dice.between(box[1], box[3]);
            if (block.ring().contains(x, y)) {
              tree(desk, table, ++n[0], dice.pick(species), "parque", x, y, dice);
            }
          }
        }
      }
    }
  }

  private static double[] box(Ring ring) {
    double[] x = ring.extent(1, 0);
    double[] y = ring.extent(0, 1);
    return new double[] {x[0], y[0], x[1], y[1]};
  }

  private static void tree(
      Desk desk, Table table, int n, String species, String where, double x, double y, Dice dice)
      throws IOException {
    double height = Math.rint(dice.between(2.0, 16.0) * 10) / 10;
    table.row(
        desk.world().point(x, y),
        String.format(Locale.ROOT, "ARB-%07d", n),
        species,
        height,
        Math.rint(height * dice.between(1.8, 3.4)),
        Math.rint(height * dice.between(0.3, 0.6) * 10) / 10,
        dice.pick("Buena", "Buena", "Regular", "Mala"),
        dice.pick("Bajo", "Bajo", "Bajo", "Medio", "Alto"),
        where,
        Desk.day(dice, 2021, 2023));
  }

  private static void greens(Desk desk) throws IOException {
    String name = "areas_verdes.js";
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file(name),
            "areas_verdes",
            GeoJsonTable.Style.SCRIPT,
            Column.list("id_area nombre categoria superficie_m2:d estado administrador"))) {
      int n = 0;
      for (Block block : desk.town().blocks()) {
        String kind =
            switch (block.use()) {
              case SQUARE -> "Plaza";
              case PARK -> "Parque";
              case SPORTS -> "Deportivo";
              case GREEN -> "Camellón o remanente";
              case LOTS, SCHOOL, HOSPITAL, MARKET, CEMETERY, GOVERNMENT -> "";
            };
        if (kind.isEmpty()) {
          continue;
        }
        n++;
        double[] ring = desk.world().ring(block.ring());
        // Digitised by hand: one outline left open, one with a corner too few.
        double[] drawn =
            n == 4
                ? Arrays.copyOf(ring, ring.length - 2)
                : n == 6
                    ? new double[] {ring[0], ring[1], ring[2], ring[3], ring[0], ring[1]}
                    : ring;
        Dice dice = desk.dice("green", block.id());
        table.row(
            Shape.polygon(drawn),
            String.format(Locale.ROOT, "AV-%04d", n),
            block.use() == Block.Use.SQUARE
                ? "Plaza de la Constitución"
                : kind + " " + Facilities.word(desk.town(), block),
            kind,
            Desk.cents(block.ring().area()),
            dice.pick("Bueno", "Bueno", "Regular", "Malo"),
            dice.pick("Sector", "Ciudad", "Vecinos"));
      }
      desk.plant(GEOMETRY_RING_NOT_CLOSED, name, null, 1, "an outline left open");
      desk.plant(GEOMETRY_TOO_FEW_POINTS, name, null, 1, "an outline of two corners");
      Land land = desk.land();
      double[] hill = land.hill();
      double r = 0.30 * land.townRadius();
      for (double[][] polygon :
          CivilProtectionOffice.areas(
              desk,
              (x, y) -> {
                double d = 1 - Math.hypot(x - hill[0], y - hill[1]) / r;
                return d < -0.5 || desk.town().findColonia(x, y) >= 0
                    ? Math.min(d, -0.05)
                    : Math.min(d, 0.1);
              },
              22,
              20_000)) {
        table.row(
            Shape.polygon(polygon),
            String.format(Locale.ROOT, "AV-%04d", ++n),
            "Parque Cerro del Tepozán",
            "Parque urbano",
            Desk.cents(Contours.area(polygon[0])),
            "Bueno",
            "Ciudad");
      }
    }
  }

  private static void protectedLand(Desk desk) throws IOException {
    Land land = desk.land();
    try (KmlTable table =
        new KmlTable(
            desk.file("areas_naturales_protegidas.kml"),
            "Áreas naturales protegidas",
            Column.list("id_decreto nombre categoria decreto zonificacion"),
            1)) {
      int n = 0;
      for (double[][] polygon :
          CivilProtectionOffice.areas(
              desk,
              (x, y) -> {
                double r = Math.hypot(x, y) / land.townRadius();
                return 12
                    * Math.min(
                        r - 1.28 - 0.1 * Noise.at(land.seed() + 320, x / 700, y / 700),
                        (land.aboveRiver(x, y) - 105) / 200);
              },
              42,
              70_000)) {
        n++;
        table.row(
            Shape.polygon(polygon),
            String.format(Locale.ROOT, "ANP-%02d", n),
            n == 1 ? "Sierra del Tequio" : "Sierra del Tequio, polígono " + n,
            "Zona sujeta a conservación ecológica",
            "Gaceta 14-08-1992",
            n % 2 == 0 ? "Uso público" : "Protección");
      }
    }
  }

  private static void conservation(Desk desk) throws IOException {
    Land land = desk.land();
    String[] kinds = {"Agroecológica", "Forestal de conservación", "Forestal de protección"};
    double[][] bands = {{-99, 34}, {34, 130}, {130, 9_999}};
    try (GeoPackageFile file = new GeoPackageFile(desk.file("suelo_de_conservacion.gpkg"))) {
      Table table =
          file.layer(
              "suelo_de_conservacion",
              GeometryType.POLYGON,
              Projection.UTM,
              Column.list("id_zonif_eco categoria zonificacion_ecologica decreto superficie_ha:d"));
      int n = 0;
      for (int k = 0; k < kinds.length; k++) {
        double low = bands[k][0];
        double high = bands[k][1];
        for (double[][] polygon :
            CivilProtectionOffice.areas(
                desk,
                (x, y) -> {
                  double r = Math.hypot(x, y) / land.townRadius();
                  double h = land.aboveRiver(x, y);
                  return 10
                      * Math.min(
                          Math.min((h - low) / 60, (high - h) / 60),
                          Math.min(
                              r - 1.19 - 0.05 * Noise.at(land.seed() + 330, x / 800, y / 800),
                              -land.lake(x, y) - 0.02));
                },
                40,
                30_000)) {
          table.row(
              Shape.polygon(polygon),
              String.format(Locale.ROOT, "SC-%03d", ++n),
              kinds[k],
              "Z" + (k + 1),
              "PMOEL 2016",
              Desk.cents(Contours.area(polygon[0]) / 1e4));
        }
      }
    }
  }

  private static void air(Desk desk) throws IOException {
    try (CsvTable table =
        new CsvTable(
            desk.file("estaciones_calidad_aire.csv"),
            CsvTable.Style.GOOD,
            CsvTable.Place.LATLON,
            Column.list("clave estacion contaminantes alta:t"))) {
      String[] names = {"Centro", "Industrial Oriente", "La Presa", "Sierra", "Ribera", "Estadio"};
      Dice dice = desk.dice("air");
      var sites = Places.lots(desk.town(), dice, names.length);
      for (int i = 0; i < sites.size(); i++) {
        double[] c = sites.get(i).lot().ring().inside();
        table.row(
            desk.world().point(c[0], c[1]),
            "VT" + (char) ('A' + i),
            names[i],
            i % 2 == 0 ? "PM10, PM2.5, O3" : "PM10, O3, NO2, CO",
            Desk.day(dice, 2004, 2019));
      }
    }
  }

  /** A file whose download stopped. */
  private static void weather(Desk desk) throws IOException {
    Path file = desk.file("Estaciones_Meteorologicas.geojson");
    try (GeoJsonTable table =
        new GeoJsonTable(
            file,
            "Estaciones_Meteorologicas",
            GeoJsonTable.Style.COLLECTION,
            Column.list("clave estacion"))) {
      table.row(desk.world().point(0, 0), "EM-01", "Palacio Municipal");
      table.row(desk.world().point(900, 300), "EM-02", "Estadio");
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, 173));
    desk.plant(
        FILE_TRUNCATED,
        "Estaciones_Meteorologicas.geojson",
        null,
        1,
        "the download stopped after 173 bytes");
  }

  private static void playgrounds(Desk desk) throws IOException {
    String name = "inventario_juegos_infantiles.gpkg";
    try (GeoPackageFile file = new GeoPackageFile(desk.file(name))) {
      Table table =
          file.layer(
              "juegos_infantiles",
              GeometryType.POINT,
              Projection.UTM,
              Column.list("id_juego tipo piezas:i anio_instalacion:i estado"));
      int n = 0;
      for (Block block : Places.blocks(desk.town(), Block.Use.PARK)) {
        Dice dice = desk.dice("play", block.id());
        double[] c = block.ring().inside();
        n++;
        table.row(
            desk.world().point(c[0] + 4, c[1] - 3),
            String.format(Locale.ROOT, "JI-%03d", n),
            dice.pick("Columpios", "Resbaladilla", "Circuito", "Gimnasio al aire libre"),
            n == 3 || n == 5 ? (Object) "aprox. 12" : (Object) dice.between(2, 14),
            dice.between(2005, 2023),
            dice.pick("Bueno", "Regular", "Malo"));
      }
      desk.plant(VALUE_UNREADABLE, name, "piezas", n >= 5 ? 2 : 1, "words in a column of numbers");
    }
  }
}
