package org.tequio.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;

class WritersTest {
  private static final LayerSchema MARKETS =
      new LayerSchema(
          GeometryType.MULTIPOLYGON,
          false,
          false,
          List.of(
              Field.of("nombre", FieldType.TEXT),
              Field.of("locales_ocupados", FieldType.INTEGER),
              Field.of("locales_vacíos", FieldType.INTEGER),
              Field.of("superficie", FieldType.DECIMAL),
              Field.of("abierto", FieldType.BOOLEAN),
              Field.of("desde", FieldType.DATE),
              Field.of("visto", FieldType.INSTANT)),
          null);
  private static final TestRow LA_MERCED =
      TestRow.of(
          7,
          "POLYGON((-99.13 19.42,-99.13 19.43,-99.12 19.43,-99.12 19.42,-99.13 19.42))",
          "La Merced \"nave mayor\" ñ",
          3205L,
          11L,
          12.5,
          true,
          LocalDate.of(1957, 9, 23),
          Instant.parse("2026-01-02T03:04:05Z"));
  private static final TestRow NOWHERE =
      TestRow.of(8, null, null, null, null, null, null, null, null);

  @TempDir Path folder;

  @Test
  void aGeometryCollectionInAShapefileIsRefusedWithWhatToChooseInstead() throws IOException {
    FeatureWriter writer = open("x.shp.zip", Crs.CRS84);

    assertThatThrownBy(
            () ->
                writer.write(
                    TestRow.of(
                        3,
                        "GEOMETRYCOLLECTION(POINT(1 2))",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("feature 3")
        .hasMessageContaining("GeoPackage");
    writer.close();
  }

  @Test
  void geoJsonIsWrittenCounterClockwiseWithNullsAsNull() throws IOException {
    Path file = write("mercados.geojson", LA_MERCED, NOWHERE);

    assertThat(file)
        .content(StandardCharsets.UTF_8)
        .contains("[[[-99.13,19.42],[-99.12,19.42],[-99.12,19.43],[-99.13,19.43],[-99.13,19.42]]]")
        .contains("\"nombre\":\"La Merced \\\"nave mayor\\\" ñ\",\"locales_ocupados\":3205")
        .contains("\"visto\":\"2026-01-02T03:04:05Z\"")
        .contains("{\"type\":\"Feature\",\"id\":8,\"properties\":{\"nombre\":null,")
        .contains("\"geometry\":null}");
  }

  @Test
  void aShapefileTellsWhichNamesItShortened() throws IOException {
    Path file = write("mercados.shp.zip", LA_MERCED, NOWHERE);

    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(names(zip))
          .contains("mercados.shp", "mercados.shx", "mercados.dbf", "mercados.cpg");
      byte[] note = zip.getInputStream(zip.getEntry("mercados_LEEME_README.txt")).readAllBytes();
      assertThat(new String(note, StandardCharsets.UTF_8))
          .contains("'locales_ocupados' -> 'locales_oc'")
          .contains("'locales_vacíos' -> 'locales_va'");
    }
  }

  @Test
  void aMixedLayerBecomesOneShapefileForEachKind() throws IOException {
    TestRow door = TestRow.of(9, "POINT(-99.12 19.42)", "x", 1L, 1L, 1.0, null, null, null);

    Path file = write("mercados.shp.zip", LA_MERCED, door);

    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(names(zip)).contains("mercados_point.shp", "mercados_polygon.shp");
    }
    assertThat(folder)
        .isDirectoryContaining("glob:**.shp.zip")
        .isDirectoryNotContaining("glob:**/shapefile-*");
  }

  @Test
  void aGeoPackageIsMarkedAsOne() throws IOException {
    Path file = write("mercados.gpkg", LA_MERCED, NOWHERE);

    byte[] head = Files.readAllBytes(file);

    assertThat(new String(head, 68, 4, StandardCharsets.US_ASCII)).isEqualTo("GPKG");
  }

  private static List<String> names(ZipFile zip) {
    List<String> names = new ArrayList<>();
    zip.stream().map(ZipEntry::getName).forEach(names::add);
    return names;
  }

  private Path write(String name, TestRow... rows) throws IOException {
    try (FeatureWriter writer = open(name, Crs.CRS84)) {
      for (TestRow row : rows) {
        writer.write(row);
      }
    }
    return folder.resolve(name);
  }

  private FeatureWriter open(String name, Crs crs) throws IOException {
    WriterFormat format = Formats.findWriter(name).orElseThrow();
    return format.open(folder.resolve(name), "mercados", MARKETS, crs);
  }
}
