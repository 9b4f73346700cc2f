package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.FIELD_NAME_DUPLICATE;
import static org.tequio.feature.FindingCode.KEY_MISSING;

import java.io.IOException;
import java.util.Locale;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.CsvTable;
import org.tequio.demo.file.GpxTable;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Block;

/** Public safety: police, fire brigade, cameras. */
final class SafetyOffice implements Office {
  @Override
  public String folder() {
    return "Seguridad Ciudadana";
  }

  @Override
  public void write(Desk desk) throws IOException {
    try (GpxTable table = new GpxTable(desk.file("seguridad_y_bomberos.gpx"))) {
      int n = 0;
      for (Block block : Places.blocks(desk.town(), Block.Use.GOVERNMENT)) {
        double[] c = block.ring().inside();
        Dice dice = desk.dice("safety", block.id());
        n++;
        boolean fire = n % 3 == 0;
        table.row(
            desk.world().point(c[0], c[1]),
            String.format(Locale.ROOT, "SEG-%03d", n),
            fire
                ? "Estación de Bomberos " + n
                : "Módulo de Policía " + desk.colonia(block) + " " + n,
            fire ? "Bomberos" : dice.pick("Policía", "Protección Civil"));
      }
      for (var site :
          Places.lots(
              desk.town(), desk.dice("posts"), Math.max(12, desk.town().lotCount() / 2_500))) {
        double[] door = site.door();
        n++;
        table.row(
            desk.world().point(door[0], door[1]),
            String.format(Locale.ROOT, "SEG-%03d", n),
            "Módulo de Policía " + desk.colonia(site.block()) + " " + n,
            "Policía");
      }
    }
    desk.plant(
        KEY_MISSING, "seguridad_y_bomberos.gpx", null, 1, "a receiver's file has no numbers");
    String name = "camaras_videovigilancia.csv";
    try (CsvTable table =
        new CsvTable(
            desk.file(name),
            CsvTable.Style.GOOD,
            CsvTable.Place.LATLON,
            Column.list("id_camara tipo estado tipo"))) {
      Dice dice = desk.dice("cameras");
      var streets = Places.streets(desk.town());
      int count = Math.max(60, desk.town().lotCount() / 200);
      for (int i = 1; i <= count; i++) {
        double[] at =
            Desk.onStreet(streets.get((int) ((i - dice.unit()) * streets.size() / count)), dice);
        table.row(
            desk.world().point(at[0], at[1]),
            String.format(Locale.ROOT, "CAM-%04d", i),
            dice.pick("Fija", "Domo"),
            dice.pick("En línea", "Fuera de línea"),
            dice.pick("Poste", "Fachada"));
      }
    }
    desk.plant(
        FIELD_NAME_DUPLICATE,
        name,
        null,
        org.tequio.demo.PlantedDefect.ANY,
        "two columns named tipo");
  }
}
