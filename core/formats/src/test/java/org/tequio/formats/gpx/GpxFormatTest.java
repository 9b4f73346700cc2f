package org.tequio.formats.gpx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.table.Reading;

class GpxFormatTest {
  @TempDir Path folder;

  @Test
  void aFileOfSomethingElseIsRefused() {
    assertThatThrownBy(() -> Reading.of(new GpxFormat(), folder, "a.gpx", "<html><body/></html>"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("not gpx");
  }

  @Test
  void waypointsRoutesAndTracksAreALayerEach() throws Exception {
    Reading reading =
        Reading.of(
            new GpxFormat(),
            folder,
            "a.gpx",
            "<gpx><wpt lat='19.4' lon='-99.1'><ele>2240</ele><name>Zócalo</name></wpt>"
                + "<wpt lat='x' lon='1'/>"
                + "<rte><name>r</name><rtept lat='0' lon='0'/><rtept lat='1' lon='1'/></rte>"
                + "<trk><trkseg><trkpt lat='0' lon='0'/><trkpt lat='1' lon='0'/></trkseg>"
                + "<trkseg><trkpt lat='5' lon='0'/><trkpt lat='6' lon='0'/></trkseg></trk></gpx>");

    assertThat(reading.layers().stream().map(SourceLayer::name))
        .containsExactly("waypoints", "routes", "tracks");
    assertThat(reading.wkt(0)).isEqualTo("POINT (-99.1 19.4)");
    assertThat(reading.wkt(1)).isNull();
    assertThat(reading.wkt(3)).isEqualTo("MULTILINESTRING ((0 0, 0 1), (0 5, 0 6))");
    assertThat(reading.codes()).containsExactly(FindingCode.GEOMETRY_BAD_COORDINATE);
  }
}
