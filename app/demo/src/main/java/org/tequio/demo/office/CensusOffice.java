package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.CRS_GUESSED;
import static org.tequio.feature.FindingCode.ROW_SHORT;
import static org.tequio.feature.FindingCode.VALUE_SUPPRESSED;

import java.io.IOException;
import org.tequio.demo.file.Column;
import org.tequio.demo.file.CsvTable;
import org.tequio.demo.file.GeoPackageFile;
import org.tequio.demo.file.Projection;
import org.tequio.demo.file.Table;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.District;
import org.tequio.demo.town.Lot;
import org.tequio.demo.town.Town;
import org.tequio.feature.GeometryType;

/** The statistics institute: census tracts, deprivation, housing. */
final class CensusOffice implements Office {
  @Override
  public String folder() {
    return "Estadística";
  }

  @Override
  public void write(Desk desk) throws IOException {
    Town town = desk.town();
    int[] people = new int[town.districts().size()];
    int[] homes = new int[people.length];
    for (Block block : town.blocks()) {
      desk.check();
      if (block.isWhole()) {
        continue;
      }
      for (Lot lot : town.lots(block)) {
        Premises premises = Premises.of(town, block, lot);
        people[block.district()] += premises.people();
        homes[block.district()] += premises.dwellings();
      }
    }
    String name = "ageb_urbanas_censo.csv";
    int suppressed = 0;
    try (CsvTable tracts =
            new CsvTable(
                desk.file(name),
                CsvTable.Style.GOOD,
                CsvTable.Place.WKT,
                Column.list(
                    "cvegeo pobtot:i pobfem:i pobmas:i viv_hab:i viv_internet:i grado_marginacion"));
        GeoPackageFile file = new GeoPackageFile(desk.file("marginacion_ageb.gpkg"));
        CsvTable housing =
            new CsvTable(
                desk.file("indicadores_vivienda.csv"),
                CsvTable.Style.GOOD,
                CsvTable.Place.NONE,
                Column.list(
                    "cvegeo viv_deshab_pct:d viv_ha:d hacinamiento_pct:d internet_pct:d"))) {
      Table deprivation =
          file.layer(
              "marginacion",
              GeometryType.POLYGON,
              Projection.UTM,
              Column.list("cvegeo grado indice:d anio:i fuente"));
      for (District district : town.districts()) {
        Dice dice = desk.dice("tract", district.id());
        String key = Desk.tract(district.id());
        int total = people[district.id()];
        int women = (int) (total * dice.between(0.50, 0.53));
        boolean few = total < 60 || district.id() % 29 == 17;
        suppressed += few ? 1 : 0;
        double poverty = poverty(district, dice);
        String grade =
            poverty < 0.25
                ? "Muy bajo"
                : poverty < 0.42
                    ? "Bajo"
                    : poverty < 0.6 ? "Medio" : poverty < 0.78 ? "Alto" : "Muy alto";
        double internet = Math.max(0.15, 0.95 - 0.75 * poverty);
        // The law of statistics: cells about few people are not told.
        Object star = "*";
        tracts.row(
            desk.world().polygon(district.ring()),
            key,
            total,
            few ? star : (Object) women,
            few ? star : (Object) (total - women),
            homes[district.id()],
            few ? star : (Object) (int) (homes[district.id()] * internet),
            grade);
        deprivation.row(
            desk.world().polygon(district.ring()),
            key,
            grade,
            Desk.cents(100 * poverty),
            2020,
            "Índice de marginación urbana");
        if (district.id() == 2) {
          // Someone pressed the wrong key: the last cell is gone.
          housing.raw(key + ",4.5,31.2,12.1");
          continue;
        }
        housing.row(
            null,
            key,
            Desk.cents(dice.between(2.0, 16.0)),
            Desk.cents(homes[district.id()] / (district.ring().area() / 1e4)),
            Desk.cents(100 * poverty * 0.4),
            Desk.cents(100 * internet));
      }
    }
    desk.plant(CRS_GUESSED, name, null, 1, "a column of WKT that names no system");
    desk.plant(ROW_SHORT, "indicadores_vivienda.csv", null, 1, "the last cell of a row is gone");
    for (String field : new String[] {"pobfem", "pobmas", "viv_internet"}) {
      if (suppressed > 0) {
        desk.plant(VALUE_SUPPRESSED, name, field, suppressed, "cells about few people: *");
      }
    }
  }

  private static double poverty(District district, Dice dice) {
    double base =
        switch (district.quarter()) {
          case CENTER -> 0.32;
          case OLD -> 0.28;
          case GRID -> 0.36;
          case ESTATE -> 0.22;
          case INDUSTRY -> 0.5;
          case HILLSIDE -> 0.62;
          case INFORMAL -> 0.86;
          case VILLAGE -> 0.58;
        };
    return Math.max(
        0.05, Math.min(0.98, base + 0.12 * (district.age() - 0.5) + dice.between(-0.07, 0.07)));
  }
}
