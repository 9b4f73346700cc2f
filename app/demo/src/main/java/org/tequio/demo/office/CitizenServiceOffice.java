package org.tequio.demo.office;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.CsvTable;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Link;
import org.tequio.demo.town.Town;
import org.tequio.demo.town.WayKind;

/** The service line 0311: what residents reported in two years. */
final class CitizenServiceOffice implements Office {
  private static final String[] TOPICS = {
    "Bache",
    "Bache",
    "Luminaria",
    "Luminaria",
    "Basura",
    "Poda de árbol",
    "Coladera sin tapa",
    "Fuga de agua",
    "Ruido",
    "Banqueta dañada",
    "Semáforo",
    "Retiro de cascajo"
  };
  private static final String[] OFFICES = {
    "Obras y Servicios",
    "Obras y Servicios",
    "Obras y Servicios",
    "Obras y Servicios",
    "Obras y Servicios",
    "Medio Ambiente",
    "Agua",
    "Agua",
    "Medio Ambiente",
    "Obras y Servicios",
    "Movilidad",
    "Obras y Servicios"
  };

  @Override
  public String folder() {
    return "Atención Ciudadana";
  }

  @Override
  public void write(Desk desk) throws IOException {
    Town town = desk.town();
    List<Link> streets = Places.streets(town);
    int count = Math.max(600, town.lotCount() / 4);
    try (CsvTable table =
        new CsvTable(
            desk.file("reportes_0311_2023_2024.csv"),
            CsvTable.Style.GOOD,
            CsvTable.Place.LATLON,
            Column.list(
                "id_folio fecha_solicitud:t tema_solicitud estatus colonia_datos calle dependencia"
                    + " fecha_cierre:t confirmado"))) {
      for (int i = 1; i <= count; i++) {
        if (i % 1_000 == 0) {
          desk.check();
        }
        Dice dice = desk.dice("request", i);
        Link link = Places.weighted(streets, dice, l -> l.way().kind() == WayKind.LANE ? 0.7 : 0.5);
        double[] at = Desk.onStreet(link, dice);
        int topic = dice.between(0, TOPICS.length - 1);
        LocalDate day = LocalDate.of(2023, 1, 1).plusDays((long) (i - 1) * 731 / count);
        boolean closed = dice.chance(day.getYear() == 2023 ? 0.93 : 0.71);
        int colonia = link.way().colonia();
        table.row(
            desk.world().point(at[0], at[1]),
            String.format(Locale.ROOT, "0311-%07d", i),
            day,
            TOPICS[topic],
            closed ? "Cerrado" : dice.pick("En proceso", "Turnado"),
            colonia >= 0 ? town.coloniaName(colonia) : desk.coloniaAt(at[0], at[1]),
            link.way().name(),
            OFFICES[topic],
            closed ? day.plusDays(dice.between(1, 45)) : null,
            closed ? dice.pick("sí", "sí", "no") : null);
      }
    }
  }
}
