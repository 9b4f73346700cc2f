package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.LAT_LON_SWAPPED;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.CsvTable;
import org.tequio.demo.file.Projection;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Block;

/** Health: hospitals and clinics. */
final class HealthOffice implements Office {
  @Override
  public String folder() {
    return "Salud";
  }

  @Override
  public void write(Desk desk) throws IOException {
    String name = "unidades_de_salud.csv";
    int swapped = 0;
    try (CsvTable table =
        new CsvTable(
            desk.file(name),
            CsvTable.Style.GOOD,
            CsvTable.Place.NONE,
            Column.list(
                "clues nombre tipo nivel:i institucion horario camas:i latitud:d longitud:d"))) {
      int n = 0;
      for (Block block : Places.blocks(desk.town(), Block.Use.HOSPITAL)) {
        double[] c = block.ring().inside();
        n++;
        Dice dice = desk.dice("hospital", block.id());
        row(
            desk,
            table,
            n,
            "Hospital " + Facilities.word(desk.town(), block),
            "Hospital",
            dice.between(40, 220),
            c,
            false);
      }
      for (var site :
          Places.lots(
              desk.town(), desk.dice("clinics"), Math.max(18, desk.town().lotCount() / 900))) {
        n++;
        boolean wrong = n % 9 == 4 && swapped < 3;
        swapped += wrong ? 1 : 0;
        row(
            desk,
            table,
            n,
            "Centro de Salud " + desk.colonia(site.block()) + " " + n,
            "Clínica",
            0,
            site.door(),
            wrong);
      }
    }
    desk.plant(LAT_LON_SWAPPED, name, null, swapped, "typed into the wrong cells");
  }

  private static void row(
      Desk desk,
      CsvTable table,
      int n,
      String name,
      String type,
      int beds,
      double[] at,
      boolean swapped)
      throws IOException {
    double[] q = Projection.LONLAT.apply(desk.world().point(at[0], at[1]).parts()[0][0]);
    Dice dice = desk.dice("unit", n);
    table.row(
        null,
        String.format(Locale.ROOT, "VTSSA%06d", n),
        name,
        type,
        beds > 0 ? 2 : 1,
        dice.pick(List.of("Secretaría de Salud", "Seguro Social", "Municipal")),
        beds > 0 ? "24 horas" : "8:00 a 20:00",
        beds > 0 ? (Integer) beds : null,
        swapped ? q[0] : q[1],
        swapped ? q[1] : q[0]);
  }
}
