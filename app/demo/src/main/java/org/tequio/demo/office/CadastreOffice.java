package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.ENCODING_GUESSED;
import static org.tequio.feature.FindingCode.PERSONAL_DATA;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.tequio.demo.PlantedChange;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.CsvTable;
import org.tequio.demo.file.GeoPackageFile;
import org.tequio.demo.file.Projection;
import org.tequio.demo.file.Shape;
import org.tequio.demo.file.ShapefileTable;
import org.tequio.demo.file.Table;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.Lot;
import org.tequio.demo.town.Quarter;
import org.tequio.demo.town.Town;
import org.tequio.demo.town.Zone;
import org.tequio.feature.GeometryType;

/** The treasury's cadastre: parcels, blocks, buildings, tax accounts, land values. */
final class CadastreOffice implements Office {
  private static final String ACCOUNTS = "cuentas_prediales.csv";

  @Override
  public String folder() {
    return "Catastro";
  }

  @Override
  public void write(Desk desk) throws IOException {
    parcels(desk, table -> table);
    values(desk);
  }

  /**
   * Writes the file of parcels again as the office sends it a year later.
   *
   * @param changes is told what differs
   */
  static void writeNext(Desk desk, List<PlantedChange> changes) throws IOException {
    parcels(desk, table -> new NextYear(table, desk.land().seed(), changes));
    Files.delete(desk.file(ACCOUNTS));
  }

  static double unitValue(Quarter quarter, double age) {
    double base =
        switch (quarter) {
          case CENTER -> 6_400;
          case OLD -> 4_100;
          case GRID -> 2_700;
          case ESTATE -> 3_200;
          case INDUSTRY -> 1_900;
          case HILLSIDE -> 1_300;
          case INFORMAL -> 620;
          case VILLAGE -> 1_100;
        };
    return Math.rint(base * (1.15 - 0.3 * age));
  }

  private static void parcels(Desk desk, UnaryOperator<Table> edition) throws IOException {
    Town town = desk.town();
    List<Column> accounts =
        Column.list(
            "cuenta clave tipo indiviso:d superficie:d uso tipo_clase propietario curp telefono correo");
    try (GeoPackageFile file = new GeoPackageFile(desk.file("predios.gpkg"));
        CsvTable account =
            new CsvTable(
                desk.file(ACCOUNTS), CsvTable.Style.EXCEL, CsvTable.Place.NONE, accounts)) {
      Table blocks =
          file.layer(
              "manzanas",
              GeometryType.POLYGON,
              Projection.UTM,
              Column.list("cvegeo clave_manzana ambito tipo_mza colonia"));
      Table parcels =
          edition.apply(
              file.layer(
                  "predios",
                  GeometryType.POLYGON,
                  Projection.UTM,
                  Column.list(
                      "clave call_numero colonia_predio codigo_postal superficie_terreno:d"
                          + " superficie_construccion:d uso_construccion clave_rango_nivel"
                          + " anio_construccion:i instalaciones_especiales valor_unitario_suelo:d"
                          + " valor_suelo:d clave_valor_unitario_suelo estatus vigente_desde:t")));
      Table buildings =
          file.layer(
              "construcciones",
              GeometryType.POLYGON,
              Projection.UTM,
              Column.list(
                  "id_construccion predio_fk niveles:i altura_m:d superficie_huella:d uso material"
                      + " anio:i fuente"));
      long accountNumber = 0;
      for (Block block : town.blocks()) {
        desk.check();
        if (block.use() == Block.Use.GREEN) {
          continue;
        }
        String colonia = desk.colonia(block);
        String postal = desk.postalCode(block);
        Quarter quarter = town.districts().get(block.district()).quarter();
        double unit = unitValue(quarter, town.districts().get(block.district()).age());
        String valueKey = String.format(Locale.ROOT, "A%03d", town.colonia(block).id() + 1);
        String key =
            String.format(Locale.ROOT, "%03d-%04d", town.colonia(block).id() + 1, block.number());
        blocks.row(
            desk.world().polygon(block.ring()),
            Desk.blockKey(block),
            key,
            "Urbana",
            kind(block),
            colonia);
        for (Lot lot : town.lots(block)) {
          Dice dice = desk.dice("parcel", block.id(), lot.number());
          Premises premises = Premises.of(town, block, lot);
          String parcel = desk.parcelKey(block, lot);
          double area = Desk.cents(lot.ring().area());
          double built = Desk.cents(premises.footprint() * premises.floors());
          boolean empty = premises.buildings().isEmpty();
          LocalDate since =
              LocalDate.of(
                  Math.max(1990, empty ? 1994 : premises.year()),
                  1 + dice.between(0, 11),
                  dice.between(1, 28));
          parcels.row(
              desk.world().polygon(lot.ring()),
              parcel,
              desk.street(lot) + (lot.link() < 0 ? "" : " " + lot.houseNumber()),
              colonia,
              postal,
              area,
              empty ? null : built,
              premises.use(),
              range(premises.floors()),
              empty ? null : (Object) premises.year(),
              special(dice, premises),
              unit,
              Desk.cents(area * unit),
              valueKey,
              "Vigente",
              since);
          int n = 0;
          for (double[][] rings : premises.buildings()) {
            n++;
            double[][] outline = new double[rings.length][];
            double footprint = 0;
            for (int i = 0; i < rings.length; i++) {
              outline[i] = desk.world().path(rings[i]);
              footprint += Contours.area(rings[i]);
            }
            int floors = n == 1 ? premises.floors() : 1;
            buildings.row(
                Shape.polygon(outline),
                parcel + "-C" + n,
                parcel,
                floors,
                Desk.cents(floors * (quarter == Quarter.INDUSTRY ? 5.5 : 2.9) + 0.4),
                Desk.cents(footprint),
                n == 1 ? premises.use() : "Bodega",
                premises.material(),
                premises.year(),
                quarter == Quarter.INFORMAL ? "Imagen" : "Catastro");
          }
          if (!block.isWhole()) {
            accountNumber++;
            String who = words(dice);
            account.row(
                null,
                parcel.replace("-", "") + "000" + (accountNumber % 10),
                parcel,
                premises.dwellings() > 3 ? "Condominio" : "Individual",
                1.0,
                area,
                premises.use(),
                "H-" + Math.max(1, premises.floors()),
                who,
                curp(accountNumber, dice),
                "55" + String.format(Locale.ROOT, "%08d", 10_000_000 + accountNumber % 90_000_000),
                "titular" + accountNumber + "@correo.invalid");
          }
        }
      }
      desk.plant(ENCODING_GUESSED, ACCOUNTS, null, 1, "saved by a Spanish spreadsheet in Latin-1");
      for (String field : List.of("propietario", "curp", "telefono", "correo")) {
        desk.plant(
            PERSONAL_DATA,
            ACCOUNTS,
            field,
            org.tequio.demo.PlantedDefect.ANY,
            "the account table is sent with its holders");
      }
    }
  }

  private static String kind(Block block) {
    return switch (block.use()) {
      case LOTS -> "Típica";
      case SQUARE, PARK, SPORTS -> "Área verde";
      case CEMETERY -> "Panteón";
      case SCHOOL, HOSPITAL, MARKET, GOVERNMENT -> "Equipamiento";
      case GREEN -> "Camellón";
    };
  }

  private static String range(int floors) {
    return floors == 0 ? "RU" : floors <= 2 ? "02" : floors <= 5 ? "05" : "10";
  }

  private static @org.jspecify.annotations.Nullable String special(Dice dice, Premises premises) {
    return premises.floors() > 3 ? "Elevador" : dice.chance(0.08) ? "Cisterna" : null;
  }

  /** A holder who does not exist: words, not a name. */
  private static String words(Dice dice) {
    return dice.pick("Titular", "Titular", "Poseedor", "Copropietario")
        + " Ficticio "
        + dice.pick(
            "Uno", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho", "Nueve", "Diez")
        + " "
        + dice.pick("Peñón", "Cañada", "Ñandú", "Río", "Jardín", "Maíz");
  }

  /** A text with the form of a CURP that no register ever gave out: all begin with XEXX. */
  private static String curp(long n, Dice dice) {
    return String.format(
        Locale.ROOT,
        "XEXX%02d%02d%02d%sNEXXX%s%d",
        dice.between(40, 99),
        dice.between(1, 12),
        dice.between(1, 28),
        dice.pick("H", "M"),
        (char) ('A' + n % 26),
        n % 10);
  }

  private static void values(Desk desk) throws IOException {
    Town town = desk.town();
    double[] sum = new double[town.colonias().size()];
    int[] count = new int[sum.length];
    town.districts()
        .forEach(
            d -> {
              sum[d.colonia()] += unitValue(d.quarter(), d.age());
              count[d.colonia()]++;
            });
    List<Zone> zones = new ArrayList<>(town.colonias());
    try (ShapefileTable table =
        new ShapefileTable(
            desk.folder().resolve("valores_unitarios"),
            "valores_unitarios_suelo",
            Shape.Kind.POLYGON,
            Projection.UTM,
            Column.list("clave_val alc colonia tipo valor_m2:d ejercicio:i"),
            StandardCharsets.UTF_8)) {
      for (Zone zone : zones) {
        double[] c = zone.ring().inside();
        table.row(
            desk.world().polygon(zone.ring()),
            String.format(Locale.ROOT, "A%03d", zone.id() + 1),
            desk.sector(c[0], c[1]),
            town.coloniaName(zone.id()),
            "area",
            Math.rint(sum[zone.id()] / count[zone.id()]),
            2025);
      }
    }
  }
}
