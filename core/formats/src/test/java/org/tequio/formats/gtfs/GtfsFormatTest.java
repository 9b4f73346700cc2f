package org.tequio.formats.gtfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FindingCode;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.table.Reading;

class GtfsFormatTest {
  @TempDir Path folder;

  @Test
  void aPointWithoutANumberIsLeftOutAndCounted() throws Exception {
    Reading reading = feed("s1,3,19.3,-99.3\ns1,1,19.1,-99.1\ns1,2,x,-99.2\n");

    assertThat(reading.wkt(1)).isEqualTo("LINESTRING (-99.1 19.1, -99.3 19.3)");
    assertThat(reading.codes()).containsExactly(FindingCode.GEOMETRY_BAD_COORDINATE);
  }

  @Test
  void routesHaveTheLinesOfTheirTripsAndShapesKnowTheirRoutes() throws Exception {
    Reading reading = feed("s1,1,19.1,-99.1\ns1,2,19.2,-99.2\ns2,1,0,0\ns2,2,1,1\n");

    assertThat(reading.layers().stream().map(SourceLayer::name))
        .containsExactly("stops", "shapes", "routes", "trips");
    assertThat(reading.wkt(0)).isEqualTo("POINT (-99.13 19.43)");
    assertThat(reading.values(1)).containsExactly("s1", "r1", 1L);
    assertThat(reading.wkt(3)).isEqualTo("MULTILINESTRING ((-99.1 19.1, -99.2 19.2), (0 0, 1 1))");
  }

  @Test
  void aFolderWithoutStopsIsNoFeed() throws Exception {
    Path routes = Files.writeString(folder.resolve("routes.txt"), "route_id\nr1\n");

    assertThat(Reading.of(new GtfsFormat(), routes).layers()).isEmpty();
  }

  private Reading feed(String shapes) throws Exception {
    return Reading.of(
        new GtfsFormat(),
        file("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\n1,Zócalo,19.43,-99.13\n"),
        file("routes.txt", "route_id,route_long_name\nr1,Línea 1\n"),
        file("trips.txt", "route_id,service_id,trip_id,shape_id\nr1,a,t1,s1\nr1,a,t2,s2\n"),
        file("shapes.txt", "shape_id,shape_pt_sequence,shape_pt_lat,shape_pt_lon\n" + shapes));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
