package org.tequio.formats.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
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

class CsvWriterTest {
  private static final List<Field> NAME_AND_NUMBER =
      List.of(Field.of("nombre", FieldType.TEXT), Field.of("n", FieldType.DECIMAL));

  @TempDir Path folder;

  @Test
  void textThatWouldBeAFormulaGetsAnApostropheAndNumbersStayNumbers() throws IOException {
    assertThat(
            written(
                GeometryType.NONE,
                new Row(1, null, "=cmd|' /C calc'!A0", -1.5),
                new Row(2, null, "-12.5", 1e7),
                new Row(3, null, "@SUM(A1)", null),
                new Row(4, null, "\tx", null),
                new Row(5, null, "+52 55 1234", 3.0)))
        .isEqualTo(
            """
            \ufeffnombre,n
            '=cmd|' /C calc'!A0,-1.5
            -12.5,10000000
            '@SUM(A1),
            "'\tx",
            '+52 55 1234,3
            """);
  }

  @Test
  void noFormulaHidesBehindACharacterThatSpreadsheetsDrop() throws IOException {
    for (String start :
        List.of("\u0000", "\r", "\n", "\t", "\ufeff", "\u200b", "\u001f", "\uff1d")) {
      String cell = written(GeometryType.NONE, new Row(1, null, start + "=1+1", null));

      assertThat(cell.substring(cell.indexOf('\n') + 1)).matches("(?s)\"?'.*");
    }
    assertThat(written(GeometryType.NONE, new Row(1, null, "Calle = 1", null)))
        .endsWith("\nCalle = 1,\n");
  }

  @Test
  void quotesWhatNeedsItAndTellsEmptyFromUnknown() throws IOException {
    assertThat(
            written(
                GeometryType.NONE,
                new Row(1, null, "La \"Merced\", centro", null),
                new Row(2, null, "", null),
                new Row(3, null, null, null)))
        .isEqualTo("\ufeffnombre,n\n\"La \"\"Merced\"\", centro\",\n\"\",\n,\n");
  }

  @Test
  void pointsAreTwoColumnsAndAPlaceNotKnownIsEmpty() throws IOException {
    assertThat(
            written(
                GeometryType.POINT,
                new Row(1, WkbBuilder.point(-99.125, 19.425), "La Merced", null),
                new Row(2, null, "Surquillo", null)))
        .isEqualTo("\ufeffnombre,n,lon,lat\nLa Merced,,-99.125,19.425\nSurquillo,,,\n");
  }

  @Test
  void otherGeometryIsWktAndDatesAreIso() throws IOException {
    WkbBuilder builder = new WkbBuilder().header(GeometryType.LINESTRING, false, false);
    builder.count(2);
    byte[] wkb = builder.xy(486000.5, 2145000).xy(486010, 2145010).toBytes();
    LayerSchema schema =
        new LayerSchema(
            GeometryType.LINESTRING,
            false,
            false,
            List.of(Field.of("dia", FieldType.DATE), Field.of("visto", FieldType.INSTANT)),
            null);
    Path file = folder.resolve("calles.csv");
    try (var out = new CsvWriter().open(file, "calles", schema, new Crs(32614))) {
      out.write(new Row(1, wkb, LocalDate.of(2024, 2, 29), Instant.parse("2024-02-29T12:00:00Z")));
    }
    assertThat(Files.readString(file).replace("\r\n", "\n"))
        .isEqualTo(
            "\ufeffdia,visto,wkt\n2024-02-29,2024-02-29T12:00:00Z,"
                + "\"LINESTRING (486000.5 2145000, 486010 2145010)\"\n");
  }

  private String written(GeometryType geometry, Row... rows) throws IOException {
    LayerSchema schema = new LayerSchema(geometry, false, false, NAME_AND_NUMBER, null);
    Path file = folder.resolve("mercados.csv");
    try (var out = new CsvWriter().open(file, "mercados", schema, Crs.CRS84)) {
      for (Row row : rows) {
        out.write(row);
      }
    }
    return Files.readString(file).replace("\r\n", "\n");
  }
}
