package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.COUNT_MISMATCH;
import static org.tequio.feature.FindingCode.FEATURE_DUPLICATE;
import static org.tequio.feature.FindingCode.GEOMETRY_NULL;
import static org.tequio.feature.FindingCode.KEY_EMPTY;
import static org.tequio.feature.FindingCode.KEY_MISSING;
import static org.tequio.feature.FindingCode.ROW_DELETED;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tequio.demo.file.Archive;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.GeoJsonTable;
import org.tequio.demo.file.GpxTable;
import org.tequio.demo.file.Projection;
import org.tequio.demo.file.Shape;
import org.tequio.demo.file.ShapefileTable;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.Link;
import org.tequio.demo.town.Quarter;
import org.tequio.demo.town.Ring;
import org.tequio.demo.town.Town;
import org.tequio.demo.town.Zone;

/** Public works and services: lamps, works, waste collection, benches, poles. */
final class WorksOffice implements Office {
  @Override
  public String folder() {
    return "Obras y Servicios";
  }

  @Override
  public void write(Desk desk) throws IOException {
    lamps(desk);
    works(desk);
    waste(desk);
    benches(desk);
    poles(desk);
    neighborhoods(desk);
  }

  /**
   * The neighbourhoods as the sweeping crews keep them: traced over an old image that lies a few
   * metres off, numbered anew, named in capitals and short forms; the newest is missing, and the
   * depot has a zone of its own.
   */
  private static void neighborhoods(Desk desk) throws IOException {
    Town town = desk.town();
    try (ShapefileTable table =
        new ShapefileTable(
            desk.folder().resolve("barrido"),
            "colonias_barrido",
            Shape.Kind.POLYGON,
            Projection.UTM,
            Column.list("num:i nombre turno cuadrilla"),
            StandardCharsets.UTF_8)) {
      List<Zone> zones = town.colonias();
      for (Zone zone : zones.subList(0, zones.size() - 1)) {
        Dice dice = desk.dice("sweeping", zone.id());
        table.row(
            shifted(desk.world().ring(zone.ring()), dice),
            100 + zone.id(),
            shortName(town.coloniaName(zone.id())),
            dice.pick("Matutino", "Vespertino", "Nocturno"),
            "C-" + dice.between(1, 9));
      }
      double[] depot = zones.getFirst().ring().inside();
      table.row(
          desk.world()
              .polygon(
                  new Ring(
                      new double[] {depot[0], depot[0] + 40, depot[0] + 40, depot[0]},
                      new double[] {depot[1], depot[1], depot[1] + 30, depot[1] + 30},
                      new int[] {Ring.NO_LINK, Ring.NO_LINK, Ring.NO_LINK, Ring.NO_LINK})),
          999,
          "PATIO DE MAQUINARIA",
          "Matutino",
          "C-0");
    }
    desk.plant(
        KEY_MISSING,
        "barrido/colonias_barrido.shp",
        null,
        1,
        "the crews number their zones and call the column num");
  }

  private static Shape shifted(double[] ring, Dice dice) {
    double dx = 6 + dice.between(-2.0, 2.0);
    double dy = -4 + dice.between(-2.0, 2.0);
    double[] moved = ring.clone();
    for (int i = 0; i < moved.length; i += 2) {
      moved[i] += dx;
      moved[i + 1] += dy;
    }
    return Shape.polygon(moved);
  }

  private static String shortName(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .replaceAll("\\p{M}+", "")
        .toUpperCase(Locale.ROOT)
        .replace("UNIDAD HABITACIONAL ", "U.H. ")
        .replace("FRACCIONAMIENTO ", "FRACC. ")
        .replace("AMPLIACION ", "AMPL. ")
        .replace("BARRIO ", "BO. ")
        .replace("PUEBLO ", "PBLO. ")
        .replace("SANTA ", "STA. ")
        .replace("SAN ", "S. ");
  }

  private static void lamps(Desk desk) throws IOException {
    Town town = desk.town();
    Path work = desk.folder().resolve("lumin");
    try (ShapefileTable table =
        new ShapefileTable(
            work,
            "luminarias_2024",
            Shape.Kind.POINT,
            Projection.UTM,
            Column.list("id_lumin tecnolog potencia:i circuito jurisdic estado"),
            StandardCharsets.UTF_8)) {
      int[] n = new int[1];
      for (Block block : town.blocks()) {
        desk.check();
        Quarter quarter = town.districts().get(block.district()).quarter();
        Dice dice = desk.dice("lamp", block.id());
        double spacing = quarter == Quarter.INFORMAL ? 75 : quarter == Quarter.CENTER ? 31 : 42;
        IOException[] failed = new IOException[1];
        Places.along(
            town,
            block,
            spacing,
            1.1,
            (number, link, x, y) -> {
              n[0]++;
              boolean major = town.links().get(link).way().kind().isMajor();
              // Nine lamps were put up after the last inventory and have no number yet.
              String id =
                  n[0] % 977 == 400 && n[0] / 977 < 3
                      ? null
                      : String.format(Locale.ROOT, "LUM-%06d", n[0]);
              Object[] row = {
                id,
                dice.pick("LED", "LED", "LED", "Vapor de sodio", "Aditivos metálicos"),
                major ? 150 : 75,
                String.format(Locale.ROOT, "C-%03d", block.district() + 1),
                major ? "Ciudad" : "Sector",
                dice.chance(0.07) ? "Apagada" : "En servicio"
              };
              try {
                if (n[0] % 1_000 == 7 && n[0] < 4_000) {
                  Object[] old = row.clone();
                  old[0] = String.format(Locale.ROOT, "BAJA-%03d", n[0] / 1_000);
                  table.deleted(desk.world().point(x, y), old);
                }
                table.row(desk.world().point(x, y), row);
              } catch (IOException e) {
                failed[0] = e;
              }
            });
        if (failed[0] != null) {
          throw failed[0];
        }
      }
      String name = "lumin_2024.zip!/luminarias_2024.shp";
      int empty =
          (int) java.util.stream.IntStream.of(400, 1_377, 2_354).filter(k -> k <= n[0]).count();
      if (empty > 0) {
        desk.plant(KEY_EMPTY, name, "id_lumin", empty, "lamps put up after the last inventory");
      }
      desk.plant(
          ROW_DELETED,
          name,
          null,
          1
              + (int)
                  java.util.stream.IntStream.of(1_007, 2_007, 3_007).filter(k -> k <= n[0]).count(),
          "lamps taken down, still in the table");
    }
    Archive.pack(work, desk.file("lumin_2024.zip"));
  }

  private static void works(Desk desk) throws IOException {
    String name = "obras_publicas.geojson";
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file(name),
            "obras_publicas",
            GeoJsonTable.Style.COLLECTION,
            Column.list(
                "folio tipo descripcion superficie:d niveles:i inicio:t fin:t estatus predio_fk"))) {
      Dice dice = desk.dice("works");
      int n = 0;
      for (var site : Places.lots(desk.town(), dice, 340)) {
        n++;
        LocalDate start = Desk.day(dice, 2022, 2024);
        double[] door = site.door();
        boolean lost = n % 45 == 12 && n / 45 < 7;
        String type = dice.pick("A", "B", "B", "C", "LCE", "ROE");
        table.row(
            lost ? null : desk.world().point(door[0], door[1]),
            String.format(Locale.ROOT, "OB-%d-%04d", start.getYear(), n),
            type,
            dice.pick(
                "Obra nueva",
                "Ampliación",
                "Remodelación",
                "Barda",
                "Demolición parcial",
                "Bacheo y guarniciones"),
            Desk.cents(dice.between(40.0, 900.0)),
            dice.between(1, 4),
            start,
            start.plusDays(dice.between(60, 400)),
            dice.pick("En proceso", "Terminada", "Suspendida", "En proceso"),
            desk.parcelKey(site.block(), site.lot()));
      }
      int count = 0;
      for (int i = 1; i <= n; i++) {
        count += i % 45 == 12 && i / 45 < 7 ? 1 : 0;
      }
      desk.plant(GEOMETRY_NULL, name, null, count, "works whose place nobody wrote down");
    }
  }

  private static void waste(Desk desk) throws IOException {
    Town town = desk.town();
    try (GpxTable table = new GpxTable(desk.file("rutas_recoleccion_residuos.gpx"))) {
      List<Link> streets = Places.streets(town);
      int routes = Math.max(8, town.colonias().size() / 3);
      Dice dice = desk.dice("waste");
      for (int r = 0; r < routes; r++) {
        Link link = streets.get((int) ((r + 0.5) * streets.size() / routes));
        double[] path = link.path();
        for (int i = 0; i < 30 && Places.length(path) < 260; i++) {
          link = streets.get((int) ((r + dice.unit()) * streets.size() / routes));
          path = link.path();
        }
        table.row(
            desk.world().line(path),
            String.format(Locale.ROOT, "RES-%03d", r + 1),
            "Ruta por "
                + link.way().name()
                + ", "
                + dice.pick("lunes, miércoles y viernes", "martes, jueves y sábado", "diario")
                + ", 7:00",
            dice.pick("Orgánica", "Inorgánica", "Mixta"));
      }
    }
    desk.plant(
        KEY_MISSING, "rutas_recoleccion_residuos.gpx", null, 1, "a receiver's file has no numbers");
  }

  private static void benches(Desk desk) throws IOException {
    String name = "bancas.geojson";
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file(name),
            "bancas",
            GeoJsonTable.Style.COLLECTION,
            Column.list("tipo material estado"))) {
      Dice dice = desk.dice("benches");
      int n = 0;
      for (Block block : desk.town().blocks()) {
        if (block.use() != Block.Use.PARK && block.use() != Block.Use.SQUARE) {
          continue;
        }
        var walk = block.ring().inset(side -> 6.0);
        if (walk == null) {
          continue;
        }
        for (int i = 0; i < walk.size(); i++) {
          if (walk.length(i) < 8) {
            continue;
          }
          Object[] row = {
            "Banca",
            dice.pick("Hierro", "Concreto", "Madera"),
            dice.pick("Bueno", "Regular", "Malo")
          };
          Shape place =
              desk.world().point((walk.x(i) + walk.x(i + 1)) / 2, (walk.y(i) + walk.y(i + 1)) / 2);
          table.row(place, row);
          n++;
          if (n == 3 || n == 7 || n == 11 || n == 12) {
            table.row(place, row);
          }
        }
      }
      desk.plant(KEY_MISSING, name, null, 1, "benches are not numbered");
      desk.plant(
          FEATURE_DUPLICATE,
          name,
          null,
          (n >= 3 ? 1 : 0) + (n >= 7 ? 1 : 0) + (n >= 11 ? 1 : 0) + (n >= 12 ? 1 : 0),
          "pasted twice");
    }
  }

  private static void poles(Desk desk) throws IOException {
    Path folder = desk.folder().resolve("postes");
    int count = 120;
    try (ShapefileTable table =
        new ShapefileTable(
            folder,
            "postes",
            Shape.Kind.POINT,
            Projection.UTM,
            Column.list("id_poste material uso"),
            StandardCharsets.UTF_8)) {
      Dice dice = desk.dice("poles");
      List<Link> streets = Places.streets(desk.town());
      for (int i = 1; i <= count; i++) {
        double[] at =
            Desk.onStreet(streets.get((int) ((i - dice.unit()) * streets.size() / count)), dice);
        table.row(
            desk.world().point(at[0], at[1]),
            String.format(Locale.ROOT, "POS-%04d", i),
            dice.pick("Concreto", "Madera", "Acero"),
            dice.pick("Energía", "Telefonía", "Ambos"));
      }
    }
    // Someone opened the table in a spreadsheet and lost its last three rows.
    Path dbf = folder.resolve("postes.dbf");
    byte[] bytes = Files.readAllBytes(dbf);
    int header = (bytes[8] & 0xff) | (bytes[9] & 0xff) << 8;
    int record = (bytes[10] & 0xff) | (bytes[11] & 0xff) << 8;
    int kept = count - 3;
    bytes[4] = (byte) kept;
    byte[] shorter = Arrays.copyOf(bytes, header + kept * record + 1);
    shorter[shorter.length - 1] = 0x1a;
    Files.write(dbf, shorter);
    desk.plant(KEY_EMPTY, "postes/postes.shp", "id_poste", 3, "the rows that were lost");
    desk.plant(
        COUNT_MISMATCH,
        "postes/postes.shp",
        null,
        org.tequio.demo.PlantedDefect.ANY,
        "the table was saved from a spreadsheet");
  }
}
