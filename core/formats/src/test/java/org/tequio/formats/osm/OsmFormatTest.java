package org.tequio.formats.osm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.table.Reading;

class OsmFormatTest {
  private static final String SQUARE =
      "<node id='4' lat='0' lon='0'/><node id='2' lat='0' lon='9'/><node id='3' lat='9' lon='9'/>"
          + "<node id='5' lat='1' lon='5'/><node id='6' lat='1' lon='6'/><node id='7' lat='2' lon='6'/>"
          + "<way id='10'><nd ref='4'/><nd ref='2'/></way>"
          + "<way id='11'><nd ref='4'/><nd ref='3'/><nd ref='2'/></way>"
          + "<way id='12'><nd ref='5'/><nd ref='6'/><nd ref='7'/><nd ref='5'/></way>";

  @TempDir Path folder;

  @Test
  void aBlockThatPromisesTooMuchIsRefused() throws IOException {
    byte[] header = "\n\u0009OSMHeader".getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes = ByteBuffer.allocate(32).putInt(header.length + 6).put(header);
    bytes.put((byte) 0x18).put(new byte[] {-1, -1, -1, -1, 7});
    Path file = Files.write(folder.resolve("a.osm.pbf"), bytes.array());

    assertThatThrownBy(() -> Reading.of(new OsmFormat(), file))
        .isInstanceOf(FormatException.class)
        .extracting(e -> ((FormatException) e).code())
        .isEqualTo(FindingCode.FILE_REFUSED);
  }

  @Test
  void aRelationWhoseWaysAreNotThereHasNoPlace() throws Exception {
    Reading reading =
        read(
            SQUARE
                + "<relation id='1'><member type='way' ref='99' role='outer'/>"
                + "<tag k='type' v='boundary'/><tag k='name' v='X'/></relation>");

    assertThat(reading.wkt(0)).isNull();
    assertThat(reading.codes()).containsExactly(FindingCode.GEOMETRY_UNREADABLE);
  }

  @Test
  void waysAreJoinedIntoRingsAndHolesFindTheirOutline() throws Exception {
    Reading reading =
        read(
            SQUARE
                + "<relation id='1'><member type='way' ref='10' role='outer'/>"
                + "<member type='way' ref='11' role='outer'/><member type='way' ref='12' role='inner'/>"
                + "<tag k='type' v='multipolygon'/><tag k='landuse' v='forest'/></relation>");

    assertThat(reading.wkt(0))
        .isEqualTo("MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0), (5 1, 6 1, 6 2, 5 1)))");
    assertThat(reading.features().getFirst().sourceId()).isEqualTo("relation/1");
  }

  @Test
  void tagsSayWhichClosedWaysAreAreas() throws Exception {
    String ring = "<nd ref='5'/><nd ref='6'/><nd ref='7'/><nd ref='5'/>";
    Reading reading =
        read(
            SQUARE
                + "<way id='20' version='3' timestamp='2020-01-02T03:04:05Z'>"
                + ring
                + "<tag k='building' v='yes'/><tag k='osm_id' v='\"7\"'/></way>"
                + "<way id='21'>"
                + ring
                + "<tag k='highway' v='residential'/></way><way id='22'>"
                + ring
                + "<tag k='highway' v='pedestrian'/><tag k='area' v='yes'/></way>");

    assertThat(reading.layers().stream().map(SourceLayer::name))
        .containsExactly("lines", "polygons");
    assertThat(reading.features().stream().map(f -> f.sourceId()))
        .containsExactly("way/21", "way/20", "way/22");
    assertThat(reading.values(1)).contains(20L, "way", 3L, "yes", "{\"osm_id\":\"\\\"7\\\"\"}");
  }

  private Reading read(String text) throws IOException, FormatException {
    return Reading.of(new OsmFormat(), folder, "a.osm", "<osm version='0.6'>" + text + "</osm>");
  }
}
