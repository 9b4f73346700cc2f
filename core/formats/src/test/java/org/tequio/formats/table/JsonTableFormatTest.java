package org.tequio.formats.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FieldType;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;

class JsonTableFormatTest {
  @TempDir Path folder;

  @Test
  void recordsNestedWithoutEndAreRefused() {
    String deep = "{\"a\":".repeat(1_000);

    assertThatThrownBy(() -> read("[{\"id\":1}," + deep + "1" + "}".repeat(1_000) + "]"))
        .isInstanceOf(FormatException.class)
        .extracting(e -> ((FormatException) e).code())
        .isEqualTo(FindingCode.FILE_REFUSED);
  }

  @Test
  void aListThatBreaksOffIsToldWithItsLine() {
    assertThatThrownBy(() -> read("[{\"id\":1},\n{\"id\":"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void objectsInsideBecomeDottedColumnsAndPlaces() throws Exception {
    Reading reading =
        read(
            "[{\"id\":448,\"zip\":null,\"location\":{\"lat\":19.426,\"lon\":-99.144},\"tags\":[1,\"a\"]},"
                + "{\"id\":449,\"zip\":\"03340\",\"location\":{\"lat\":19.359,\"lon\":-99.162}}]");

    assertThat(reading.fieldNames())
        .containsExactly("id", "location.lat", "location.lon", "tags", "zip");
    assertThat(reading.wkt(0)).isEqualTo("POINT (-99.144 19.426)");
    assertThat(reading.values(0)).containsExactly(448L, 19.426, -99.144, "[1,\"a\"]", null);
    assertThat(reading.layer().fields().getFirst().type()).isEqualTo(FieldType.INTEGER);
  }

  @Test
  void anObjectAroundOneListIsLookedThroughAndGeoJsonIsNot() throws Exception {
    assertThat(read("{\"ok\":true,\"value\":[{\"a\":1},{\"a\":2.5}]}").features()).hasSize(2);
    assertThat(read("{\"type\":\"FeatureCollection\",\"features\":[{\"a\":1}]}").layers())
        .isEmpty();
  }

  private Reading read(String text) throws IOException, FormatException {
    return Reading.of(new JsonTableFormat(), folder, "a.json", text);
  }
}
