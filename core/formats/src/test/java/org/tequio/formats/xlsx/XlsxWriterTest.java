package org.tequio.formats.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.WkbBuilder;

class XlsxWriterTest {
  @TempDir Path folder;

  @Test
  void textStaysTextAndNumbersAndDatesAreTyped() throws IOException {
    LayerSchema schema =
        new LayerSchema(
            GeometryType.POINT,
            false,
            false,
            List.of(
                Field.of("nombre", FieldType.TEXT),
                Field.of("cvegeo", FieldType.INTEGER),
                Field.of("fecha", FieldType.DATE),
                Field.of("visto", FieldType.INSTANT)),
            null);
    Path file = folder.resolve("mercados.xlsx");
    try (var out = new XlsxWriter().open(file, "Mercados [2024]", schema, Crs.CRS84)) {
      out.write(
          new org.tequio.formats.table.Row(
              1,
              WkbBuilder.point(-99.125, 19.425),
              "=HYPERLINK(\"x\")\u0000",
              900_200_010_010_001L * 10,
              LocalDate.of(2024, 2, 29),
              Instant.parse("2024-02-29T12:30:00Z")));
    }
    try (ReadableWorkbook book = new ReadableWorkbook(file.toFile())) {
      List<Row> rows = book.getFirstSheet().read();
      assertThat(book.getFirstSheet().getName()).isEqualTo("Mercados  2024");
      assertThat(rows.get(0).getCellText(4)).isEqualTo("lon");
      Row row = rows.get(1);
      assertThat(row.getCellText(0)).isEqualTo("'=HYPERLINK(\"x\")\ufffd");
      assertThat(row.getCell(1).getType()).isEqualTo(CellType.STRING);
      assertThat(row.getCell(2).asDate()).isEqualTo(LocalDateTime.of(2024, 2, 29, 0, 0));
      assertThat(row.getCell(3).asDate()).isEqualTo(LocalDateTime.of(2024, 2, 29, 12, 30));
      assertThat(row.getCell(4).asNumber()).isEqualByComparingTo("-99.125");
    }
  }
}
