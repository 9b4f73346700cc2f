package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.ENCODING_CONTRADICTED;
import static org.tequio.feature.FindingCode.ENCODING_GUESSED;
import static org.tequio.feature.FindingCode.MOJIBAKE_REPAIRABLE;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.GeoJsonTable;
import org.tequio.demo.file.Projection;
import org.tequio.demo.file.Shape;
import org.tequio.demo.file.ShapefileTable;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.District;
import org.tequio.demo.town.Quarter;
import org.tequio.demo.town.Town;

/** Culture and heritage: venues, libraries, listed buildings, conservation areas. */
final class CultureOffice implements Office {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @Override
  public String folder() {
    return "Cultura y Patrimonio";
  }

  @Override
  public void write(Desk desk) throws IOException {
    venues(desk);
    libraries(desk);
    listed(desk);
    conservationAreas(desk);
  }

  /** What becomes of UTF-8 text that a program takes for Windows-1252. */
  private static String misread(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), WINDOWS);
  }

  private static void venues(Desk desk) throws IOException {
    String name = "espacios_culturales.geojson";
    int broken = 0;
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file(name),
            "espacios_culturales",
            GeoJsonTable.Style.COLLECTION,
            Column.list("id_espacio nombre tipo horario accesible"))) {
      int n = 0;
      for (var site :
          Places.lots(
              desk.town(), desk.dice("venues"), Math.max(24, desk.town().lotCount() / 1_000))) {
        n++;
        Dice dice = desk.dice("venue", n);
        double[] door = site.door();
        boolean wrong = n % 5 == 3 && broken < 4;
        broken += wrong ? 1 : 0;
        String title =
            dice.pick(
                    "Galería del Jardín",
                    "Casa de la Música",
                    "Teatro Municipal Anáhuac",
                    "Museo del Maíz",
                    "Centro Artesanal El Telar",
                    "Salón Comunitario Acatlán")
                + " "
                + n;
        if (wrong) {
          title = misread("Café Cultural Corazón de Cañada " + n);
        }
        table.row(
            desk.world().point(door[0], door[1]),
            String.format(Locale.ROOT, "EC-%03d", n),
            title,
            dice.pick("Centro cultural", "Museo", "Teatro", "Casa de cultura"),
            "10:00 a 18:00",
            dice.pick("sí", "no"));
      }
    }
    desk.plant(
        MOJIBAKE_REPAIRABLE, name, "nombre", broken, "UTF-8 that was taken for Windows-1252 once");
  }

  private static void libraries(Desk desk) throws IOException {
    String stem = "bibliotecas";
    try (ShapefileTable table =
        new ShapefileTable(
            desk.folder().resolve(stem),
            stem,
            Shape.Kind.POINT,
            Projection.UTM,
            Column.list("id_bib nombre acervo:i"),
            WINDOWS)) {
      int n = 0;
      for (var site : Places.lots(desk.town(), desk.dice("libraries"), 14)) {
        double[] door = site.door();
        Dice dice = desk.dice("library", ++n);
        table.row(
            desk.world().point(door[0], door[1]),
            String.format(Locale.ROOT, "BIB-%02d", n),
            "Biblioteca Pública "
                + dice.pick(
                    "Jardín Ñandú", "Río Lerma", "Constitución", "Peñón Viejo", "Luz y Razón")
                + " "
                + n,
            dice.between(1_800, 22_000));
      }
    }
    Files.writeString(desk.folder().resolve(stem).resolve(stem + ".cpg"), "UTF-8");
    desk.plant(
        ENCODING_CONTRADICTED,
        stem + "/" + stem + ".shp",
        null,
        org.tequio.demo.PlantedDefect.ANY,
        "the .cpg says UTF-8, the table is Windows-1252");
  }

  private static void listed(Desk desk) throws IOException {
    String stem = "inmuebles_catalogados";
    Town town = desk.town();
    Path folder = desk.folder().resolve(stem);
    try (ShapefileTable table =
        new ShapefileTable(
            folder,
            stem,
            Shape.Kind.POINT,
            Projection.UTM,
            Column.list("id_ficha inmueble nivel_pro autoridad epoca situacion"),
            WINDOWS)) {
      int n = 0;
      for (var block : town.blocks()) {
        Quarter quarter = town.districts().get(block.district()).quarter();
        if (quarter != Quarter.CENTER && quarter != Quarter.OLD && quarter != Quarter.VILLAGE
            || block.isWhole()) {
          continue;
        }
        for (var lot : town.lots(block)) {
          Dice dice = desk.dice("listed", block.id(), lot.number());
          Premises premises = Premises.of(town, block, lot);
          if (premises.year() > 1925
              || !dice.chance(quarter == Quarter.CENTER ? 0.30 : 0.06)
              || lot.link() < 0) {
            continue;
          }
          double[] door = new Places.Site(block, lot).door();
          table.row(
              desk.world().point(door[0], door[1]),
              String.format(Locale.ROOT, "FN-%05d", ++n),
              dice.pick(
                      "Casa habitación",
                      "Casona",
                      "Edificio de productos",
                      "Mesón",
                      "Capilla",
                      "Botica")
                  + ", "
                  + desk.street(lot)
                  + " "
                  + lot.houseNumber(),
              dice.pick("1", "2", "3").equals("1") ? "Integral" : "Fachada",
              dice.pick("Instituto de Antropología", "Municipio", "Instituto de Bellas Artes"),
              premises.year() < 1821
                  ? "Virreinal"
                  : premises.year() < 1900 ? "Siglo XIX" : "Siglo XX",
              dice.pick("Conservado", "Alterado", "En riesgo"));
        }
      }
    }
    Files.delete(folder.resolve(stem + ".cpg"));
    desk.plant(
        ENCODING_GUESSED,
        stem + "/" + stem + ".shp",
        null,
        org.tequio.demo.PlantedDefect.ANY,
        "no .cpg and no language id in the table");
  }

  private static void conservationAreas(Desk desk) throws IOException {
    Town town = desk.town();
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file("areas_conservacion_patrimonial.geojson"),
            "areas_conservacion_patrimonial",
            GeoJsonTable.Style.COLLECTION,
            Column.list("id_zona nombre tipo decreto autoridad colindancia_m:d"))) {
      int n = 0;
      for (District district : town.districts()) {
        boolean center = district.quarter() == Quarter.CENTER;
        if (!center && (district.quarter() != Quarter.OLD || district.id() > 4)) {
          continue;
        }
        table.row(
            desk.world().polygon(district.ring()),
            String.format(Locale.ROOT, "ACP-%02d", ++n),
            center
                ? "Zona de Monumentos Históricos de Villa Tequio"
                : "Barrio de " + town.coloniaName(district.colonia()) + " " + n,
            center ? "Zona de monumentos" : "Área de conservación",
            center ? "DOF 12-03-1987" : "Gaceta 2005",
            center ? "Instituto de Antropología" : "Municipio",
            50.0);
      }
    }
  }
}
