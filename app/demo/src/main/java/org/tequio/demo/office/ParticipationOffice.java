package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.FILE_EMPTY;
import static org.tequio.feature.FindingCode.LAYER_DUPLICATE;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.GeoJsonTable;
import org.tequio.demo.land.Dice;

/** Citizen participation: participatory budget and its territorial units. */
final class ParticipationOffice implements Office {
  @Override
  public String folder() {
    return "Participación Ciudadana";
  }

  @Override
  public void write(Desk desk) throws IOException {
    PlanningOffice.neighborhoods(
        desk, desk.file("unidades_territoriales.geojson"), GeoJsonTable.Style.PRETTY);
    desk.plant(
        LAYER_DUPLICATE,
        "unidades_territoriales.geojson",
        null,
        1,
        "the neighbourhoods again under another name");
    try (GeoJsonTable table =
        new GeoJsonTable(
            desk.file("presupuesto_participativo.geojson"),
            "presupuesto_participativo",
            GeoJsonTable.Style.COLLECTION,
            Column.list(
                "folio unidad_territorial rubro proyecto monto:d votos:i estatus avance_pct:d"))) {
      int n = 0;
      for (var site :
          Places.lots(
              desk.town(), desk.dice("budget"), Math.max(30, desk.town().colonias().size() * 2))) {
        n++;
        Dice dice = desk.dice("project", n);
        double[] door = site.door();
        String kind =
            dice.pick(
                "Alumbrado",
                "Banquetas",
                "Parque de bolsillo",
                "Captación de lluvia",
                "Cancha",
                "Mural",
                "Cruce seguro");
        table.row(
            desk.world().point(door[0], door[1]),
            String.format(Locale.ROOT, "PP-2024-%03d", n),
            desk.colonia(site.block()),
            kind,
            kind + " en " + desk.street(site.lot()),
            Math.rint(dice.between(180_000.0, 1_400_000.0)),
            dice.between(12, 640),
            dice.pick("En ejecución", "Concluido", "Por iniciar"),
            Math.rint(dice.between(0.0, 100.0)));
      }
    }
    String empty = "consulta_vecinal_2025.csv";
    Files.write(desk.file(empty), new byte[0]);
    desk.plant(FILE_EMPTY, empty, null, 1, "an export that wrote nothing");
  }
}
