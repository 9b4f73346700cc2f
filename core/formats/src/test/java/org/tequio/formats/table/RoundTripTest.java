package org.tequio.formats.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.WkbBuilder;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.WriterFormat;
import org.tequio.formats.csv.CsvFormat;
import org.tequio.formats.csv.CsvWriter;
import org.tequio.formats.kml.KmlFormat;
import org.tequio.formats.kml.KmlWriter;
import org.tequio.formats.xlsx.XlsxFormat;
import org.tequio.formats.xlsx.XlsxWriter;

/** What is written is read again as it was. */
class RoundTripTest {
  private static final LayerSchema SCHEMA =
      new LayerSchema(
          GeometryType.POINT,
          false,
          false,
          List.of(Field.of("clave", FieldType.TEXT), Field.of("nota", FieldType.TEXT)),
          null);

  @Property(tries = 60)
  void csvKeepsTextAndPlaces(
      @ForAll("texts") @Size(min = 1, max = 8) List<String> texts,
      @ForAll @DoubleRange(min = -179.9, max = 179.9) double x)
      throws Exception {
    check(new CsvWriter(), new CsvFormat(), texts, x + 0.000123);
  }

  @Property(tries = 40)
  void kmlKeepsTextAndPlaces(
      @ForAll("texts") @Size(min = 1, max = 8) List<String> texts,
      @ForAll @DoubleRange(min = -179.9, max = 179.9) double x)
      throws Exception {
    check(new KmlWriter(), new KmlFormat(), texts, x + 0.000123);
  }

  @Property(tries = 20)
  void xlsxKeepsTextAndPlaces(
      @ForAll("texts") @Size(min = 1, max = 8) List<String> texts,
      @ForAll @DoubleRange(min = -179.9, max = 179.9) double x)
      throws Exception {
    check(new XlsxWriter(), new XlsxFormat(), texts, x + 0.000123);
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.strings()
        .withChars("aáñÇ \",;|<>&'=+-@1.\n\tZ")
        .ofMinLength(1)
        .ofMaxLength(12)
        .map(text -> "t" + text + "t")
        .list();
  }

  private static void check(WriterFormat writer, Format reader, List<String> texts, double x)
      throws IOException, FormatException {
    Path file = Files.createTempFile("ida", "." + writer.extension());
    try {
      try (var out = writer.open(file, "capa", SCHEMA, Crs.CRS84)) {
        for (int i = 0; i < texts.size(); i++) {
          out.write(new Row(i + 1, WkbBuilder.point(x, 19.5), "c" + i, texts.get(i)));
        }
      }
      Reading reading = Reading.of(reader, file);
      assertThat(reading.features()).hasSize(texts.size());
      int note = reading.fieldNames().indexOf("nota");
      for (int i = 0; i < texts.size(); i++) {
        assertThat(reading.values(i).get(note)).isEqualTo(texts.get(i));
        assertThat(reading.features().get(i).wkb()).isEqualTo(WkbBuilder.point(x, 19.5));
      }
    } finally {
      Files.delete(file);
    }
  }
}
