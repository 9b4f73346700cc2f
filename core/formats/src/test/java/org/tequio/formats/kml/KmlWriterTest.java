package org.tequio.formats.kml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.WkbBuilder;
import org.tequio.formats.table.Row;

class KmlWriterTest {
  @TempDir Path folder;

  @Test
  void escapesWhatPeopleWroteAndDropsWhatXmlCannotHold() throws IOException {
    String kml = written(new Row(1, null, "<script>&\"\u0000\ud800", null));

    assertThat(kml).contains("&lt;script&gt;&amp;&quot;\ufffd\ufffd").doesNotContain("<script>");
  }

  @Test
  void writesLongitudeBeforeLatitudeAndLeavesOutWhatIsNotKnown() throws IOException {
    String kml = written(new Row(1, WkbBuilder.point(-99.125, 19.425), "La Merced", null));

    assertThat(kml)
        .contains("<name>La Merced</name>")
        .contains("<Point><coordinates>-99.125,19.425</coordinates></Point>")
        .doesNotContain("SimpleData name=\"n\"");
  }

  private String written(Row row) throws IOException {
    Path file = folder.resolve("mercados.kml");
    LayerSchema schema =
        new LayerSchema(
            GeometryType.POINT,
            false,
            false,
            List.of(Field.of("nombre", FieldType.TEXT), Field.of("n", FieldType.INTEGER)),
            null);
    KmlWriter format = new KmlWriter();
    try (var out = format.open(file, "mercados", schema, format.crsFor(new Crs(32614)))) {
      out.write(row);
    }
    return Files.readString(file);
  }
}
