package org.tequio.formats.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.formats.Format;
import org.tequio.formats.csv.CsvFormat;
import org.tequio.formats.gpx.GpxFormat;
import org.tequio.formats.gtfs.GtfsFormat;
import org.tequio.formats.osm.OsmFormat;
import org.tequio.formats.xlsx.XlsxFormat;
import org.tequio.testing.SharedData;

/** Real files of real cities: every row arrives, and every place that there is. */
class SharedTablesTest {

  @ParameterizedTest
  @CsvSource({
    "ciudad-de-mexico/economia/tianguis.csv, 1367, 1367",
    "ciudad-de-mexico/medio-ambiente/aire/stations.csv, 70, 70",
    "ciudad-de-mexico/medio-ambiente/aire/zonas.csv, 36, 0",
    "ciudad-de-mexico/medio-ambiente/proteccion/anp_inventario.csv, 66, 0",
    "ciudad-de-mexico/movilidad/metro_station_locations.csv, 190, 190",
    "ciudad-de-mexico/movilidad/EcobiciStationsLocation.json, 480, 480",
    "ciudad-de-mexico/movilidad/ImpoundLotsLocation.json, 30, 30",
    "ciudad-de-mexico/movilidad/VerificentrosLocation.json, 59, 59",
    "ciudad-de-mexico/resiliencia/cat_mun_revisado.csv, 2475, 0",
    "ciudad-de-mexico/resiliencia/mpios_codgeo.csv, 76, 0",
    "ciudad-de-mexico/seguridad-uso/usos_suelo.csv, 66572, 0",
    "ciudad-de-mexico/seguridad-uso/diccionario_datos_ageb_urbana_09_cpv2020.csv, 230, 0",
    "colombia/emergencias/CONSOLIDADO_EMERGENCIAS_1998-2024.csv, 17828, 0",
    "colombia/emergencias/DIVIPOLA.csv, 1122, 0",
    "lima/metropolitana/inei2017_zona_data_poblacion.csv, 2226, 0",
    "photos/mapillary/sf_30km_h.gpx, 1, 1",
    "xlsform/osm-fieldwork/solidwaste.xlsx, 70, 0",
    "osm/monaco-latest.osm.pbf, 6663, 6597",
    "ciudad-de-mexico/movilidad/gtfs-2013, 72806, 5619"
  })
  void everyRowArrives(String file, int rows, int places) throws Exception {
    Optional<Path> path = SharedData.find("data/" + file);
    assumeTrue(path.isPresent(), "the shared data folder is absent");

    Reading reading = Reading.of(format(file), files(path.orElseThrow()));

    assertThat(reading.asides()).isEmpty();
    assertThat(reading.features()).hasSize(rows);
    assertThat(reading.features().stream().filter(f -> f.wkb() != null)).hasSize(places);
  }

  private static Path[] files(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return new Path[] {path};
    }
    try (var all = Files.list(path)) {
      return all.sorted().toArray(Path[]::new);
    }
  }

  private static Format format(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "csv" -> new CsvFormat();
      case "json" -> new JsonTableFormat();
      case "gpx" -> new GpxFormat();
      case "xlsx" -> new XlsxFormat();
      case "pbf" -> new OsmFormat();
      default -> new GtfsFormat();
    };
  }
}
