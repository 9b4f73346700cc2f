package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.FILE_DUPLICATE;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.XlsxTable;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.Town;

/** Education: schools. */
final class EducationOffice implements Office {
  @Override
  public String folder() {
    return "Educación";
  }

  @Override
  public void write(Desk desk) throws IOException {
    Town town = desk.town();
    try (XlsxTable table =
        new XlsxTable(
            desk.file("escuelas.xlsx"),
            "Escuelas",
            true,
            Column.list("cct escuela nivel turno sostenimiento matricula:i colonia"))) {
      int n = 0;
      for (Block block : Places.blocks(town, Block.Use.SCHOOL)) {
        Dice dice = desk.dice("school", block.id());
        double[] c = block.ring().inside();
        String level = Facilities.level(town, block);
        String code =
            switch (level) {
              case "Primaria" -> "DPR";
              case "Secundaria" -> "DES";
              case "Preparatoria" -> "EBH";
              default -> "DJN";
            };
        table.row(
            desk.world().point(c[0], c[1]),
            String.format(Locale.ROOT, "00%s%04d%s", code, ++n, (char) ('A' + n % 26)),
            Facilities.school(town, block),
            level,
            dice.pick("Matutino", "Vespertino", "Tiempo completo"),
            dice.chance(0.85) ? "Público" : "Privado",
            dice.between(90, 720),
            desk.colonia(block));
      }
    }
    Files.copy(
        desk.file("escuelas.xlsx"),
        desk.file("escuelas (copia).xlsx"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    // In the order of names the copy comes first.
    desk.plant(
        FILE_DUPLICATE,
        "escuelas.xlsx",
        null,
        1,
        "a copy was kept beside it (either of the two may be named)");
  }
}
