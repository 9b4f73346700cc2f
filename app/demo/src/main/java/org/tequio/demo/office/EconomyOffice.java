package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.CRS_GUESSED;
import static org.tequio.feature.FindingCode.KEY_NOT_UNIQUE;
import static org.tequio.feature.FindingCode.LINES_BEFORE_HEADER;
import static org.tequio.feature.FindingCode.MOJIBAKE_IRREPARABLE;
import static org.tequio.feature.FindingCode.ROW_UNREADABLE;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.CsvTable;
import org.tequio.demo.file.GeoJsonTable;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.Link;
import org.tequio.demo.town.Lot;
import org.tequio.demo.town.Town;
import org.tequio.demo.town.WayKind;

/** Economic development: businesses, notices, markets, street markets, street vending. */
final class EconomyOffice implements Office {
  private static final String[] TRADES = {
    "Abarrotes", "Panadería", "Farmacia", "Fonda", "Taller mecánico", "Tortillería", "Papelería",
    "Estética", "Ferretería", "Consultorio dental", "Carnicería", "Zapatería", "Café",
        "Refaccionaria",
    "Lavandería", "Cerrajería"
  };
  private static final int[] CODES = {
    461110, 311812, 464111, 722513, 811111, 311830, 465311, 812110, 467111, 621211, 461121, 463310,
    722515, 468211, 812210, 811491
  };

  @Override
  public String folder() {
    return "Desarrollo Económico";
  }

  @Override
  public void write(Desk desk) throws IOException {
    businesses(desk);
    markets(desk);
    streetMarkets(desk);
    vending(desk);
  }

  private static void businesses(Desk desk) throws IOException {
    Town town = desk.town();
    String name = "unidades_economicas_denue.csv";
    int repeated = 0;
    try (CsvTable units =
            new CsvTable(
                desk.file(name),
                CsvTable.Style.GOOD,
                CsvTable.Place.LATLON,
                Column.list(
                    "id_denue nom_estab scian:i actividad per_ocu vialidad numero:i colonia fecha_alta"));
        CsvTable notices =
            new CsvTable(
                desk.file("avisos_siapem.csv"),
                CsvTable.Style.GOOD,
                CsvTable.Place.LATLON,
                Column.list(
                    "folio_siapem giro impacto superficie:d aforo:i horario vigencia:t estatus predio_fk"))) {
      int n = 0;
      int m = 0;
      for (Block block : town.blocks()) {
        desk.check();
        if (block.isWhole()) {
          continue;
        }
        for (Lot lot : town.lots(block)) {
          Premises premises = Premises.of(town, block, lot);
          if (!premises.shop() || lot.link() < 0) {
            continue;
          }
          Dice dice = desk.dice("shop", block.id(), lot.number());
          double[] door = new Places.Site(block, lot).door();
          var place = desk.world().point(door[0], door[1]);
          int trade = dice.between(0, TRADES.length - 1);
          n++;
          boolean again = n % 211 == 120 && repeated < 3;
          repeated += again ? 1 : 0;
          units.row(
              place,
              String.format(Locale.ROOT, "VTDEN%07d", again ? n - 1 : n),
              TRADES[trade]
                  + " "
                  + dice.pick(
                      "La Esperanza",
                      "El Sol",
                      "La Guadalupana",
                      "Del Barrio",
                      "El Portal",
                      "La Central",
                      "El Ahorro",
                      "Los Compadres")
                  + " "
                  + n,
              CODES[trade],
              TRADES[trade],
              dice.pick("0 a 5 personas", "0 a 5 personas", "6 a 10 personas", "11 a 30 personas"),
              desk.street(lot),
              lot.houseNumber(),
              desk.colonia(block),
              String.format(Locale.ROOT, "%d-%02d", dice.between(2010, 2024), dice.between(1, 12)));
          if (dice.chance(0.3)) {
            m++;
            notices.row(
                place,
                String.format(Locale.ROOT, "SIAPEM-%06d", m),
                TRADES[trade],
                dice.pick("bajo", "bajo", "vecinal", "zonal"),
                Desk.cents(dice.between(12.0, 240.0)),
                dice.between(4, 120),
                "9:00 a " + dice.between(17, 23) + ":00",
                LocalDate.of(2025, dice.between(1, 12), dice.between(1, 28)),
                dice.pick("Vigente", "Vigente", "Por revalidar"),
                desk.parcelKey(block, lot));
          }
        }
      }
    }
    desk.plant(
        KEY_NOT_UNIQUE,
        name,
        "id_denue",
        org.tequio.demo.PlantedDefect.ANY,
        repeated + " numbers were given twice");
  }

  private static void markets(Desk desk) throws IOException {
    Town town = desk.town();
    String name = "mercados_publicos.geojson";
    int lost = 0;
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file(name),
            "mercados_publicos",
            GeoJsonTable.Style.COLLECTION,
            Column.list("id_mercado mercado locales:i giro dias"))) {
      int n = 0;
      for (Block block : Places.blocks(town, Block.Use.MARKET)) {
        Dice dice = desk.dice("market", block.id());
        n++;
        boolean broken = n == 1 || n == 3;
        lost += broken ? 1 : 0;
        table.row(
            desk.world().polygon(block.ring()),
            String.format(Locale.ROOT, "MER-%02d", n),
            broken
                ? "Mercado Jard\uFFFDn de la Pe\uFFFDa " + n
                : "Mercado " + desk.colonia(block) + " " + n,
            dice.between(40, 380),
            dice.pick("Mixto", "Alimentos", "Artesanías"),
            "Todos los días");
      }
    }
    if (lost > 0) {
      desk.plant(
          MOJIBAKE_IRREPARABLE, name, "mercado", lost, "letters that a conversion threw away");
    }
  }

  private static void streetMarkets(Desk desk) throws IOException {
    Town town = desk.town();
    List<Link> streets =
        Places.streets(town).stream()
            .filter(l -> l.way().kind() == WayKind.LOCAL || l.way().kind() == WayKind.OLD)
            .toList();
    try (CsvTable table =
        new CsvTable(
            desk.file("tianguis.csv"),
            CsvTable.Style.GOOD,
            CsvTable.Place.UTM,
            Column.list("id_tianguis tianguis dia puestos:i colonia"),
            List.of("Padrón de tianguis 2024"))) {
      int n = 0;
      for (int k = 0; k < town.colonias().size(); k += 2) {
        Dice dice = desk.dice("tianguis", k);
        for (int attempt = 0; attempt < 80; attempt++) {
          Link link = dice.pick(streets);
          if (link.way().colonia() == k) {
            double[] at = Desk.onStreet(link, dice);
            table.row(
                desk.world().point(at[0], at[1]),
                String.format(Locale.ROOT, "TIA-%03d", ++n),
                "Tianguis " + link.way().name() + " " + n,
                dice.pick("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
                dice.between(25, 260),
                town.coloniaName(k));
            break;
          }
        }
      }
    }
    desk.plant(CRS_GUESSED, "tianguis.csv", null, 1, "UTM columns that name no system");
    desk.plant(LINES_BEFORE_HEADER, "tianguis.csv", null, 1, "a title above the table");
  }

  private static void vending(Desk desk) throws IOException {
    Town town = desk.town();
    String name = "comercio_via_publica.csv";
    List<Link> streets = Places.streets(town);
    try (CsvTable table =
        new CsvTable(
            desk.file(name),
            CsvTable.Style.GOOD,
            CsvTable.Place.LATLON,
            Column.list("folio giro dimensiones horario vigencia:t estatus"))) {
      int count = Math.max(90, town.lotCount() / 140);
      for (int i = 1; i <= count; i++) {
        Dice dice = desk.dice("vending", i);
        Link link =
            Places.weighted(
                streets,
                dice,
                l ->
                    l.way().kind().isMajor()
                        ? 0.9
                        : Math.hypot(l.path()[0], l.path()[1]) < 600 ? 0.8 : 0.1);
        double[] at = Desk.onStreet(link, dice);
        table.row(
            desk.world().point(at[0], at[1]),
            String.format(Locale.ROOT, "VP-%05d", i),
            dice.pick(
                "Alimentos", "Periódicos y revistas", "Bolería", "Flores", "Artesanías", "Jugos"),
            dice.pick("1.2 x 1.8 m", "2 x 2 m", "1 x 1 m"),
            dice.pick("Matutino", "Vespertino", "Todo el día"),
            LocalDate.of(2025, dice.between(1, 12), dice.between(1, 28)),
            dice.pick("Vigente", "Vencido", "En trámite"));
        if (i == 30 || i == 61) {
          table.raw(
              String.format(
                  Locale.ROOT,
                  "VP-9999%d,Alimentos,2 x 2 m,Matutino,2025-05-0%d,Vigente,19.07,-98.72,pagado,,revisar con caja",
                  i / 30,
                  i / 30));
        }
      }
    }
    desk.plant(ROW_UNREADABLE, name, null, 2, "rows with cells too many");
  }
}
