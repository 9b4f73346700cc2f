package org.tequio.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Language;
import org.tequio.feature.LayerSchema;
import org.tequio.formats.geoparquet.GeoParquetWriter;
import org.tequio.testing.ClientProgram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What hyparquet, a reader of other people, finds in the GeoParquet that is written here. */
class GeoParquetTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Crs UTM = new Crs(32614);
  private static final List<Field> FIELDS =
      List.of(
          Field.of("nombre", FieldType.TEXT),
          Field.of("puestos", FieldType.INTEGER),
          Field.of("superficie", FieldType.DECIMAL),
          Field.of("abierto", FieldType.BOOLEAN),
          Field.of("desde", FieldType.DATE),
          Field.of("visto", FieldType.INSTANT));
  private static final String SQUARE =
      "POLYGON((484000 2100000,484010 2100000,484010 2100020,484000 2100000))";

  @TempDir Path folder;

  private static LayerSchema schema(GeometryType type) {
    return new LayerSchema(type, false, false, FIELDS, "nombre");
  }

  private static TestRow row(long id, @Nullable String wkt, @Nullable Object... values) {
    @Nullable Object[] all = new @Nullable Object[FIELDS.size()];
    System.arraycopy(values, 0, all, 0, values.length);
    return TestRow.of(id, wkt, all);
  }

  private Path write(LayerSchema schema, Crs crs, Iterable<TestRow> rows) throws IOException {
    Path file = folder.resolve("mercados.parquet");
    Imprint imprint =
        new Imprint(
            Language.ES,
            "Mercados",
            "",
            "",
            null,
            null,
            null,
            null,
            List.of(new Imprint.Fact("licence", "Licencia", "CC BY 4.0 <sin & miedo>")),
            "");
    try (FeatureWriter writer =
        new GeoParquetWriter().open(file, "mercados", schema, crs, imprint)) {
      for (TestRow row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private JsonNode read(LayerSchema schema, Crs crs, TestRow... rows) throws Exception {
    return read(write(schema, crs, List.of(rows)));
  }

  private static JsonNode read(Path file) throws Exception {
    String said = ClientProgram.node("parquet.mjs", file.toString());
    assertThat(said).startsWith("{");
    return JSON.readTree(said);
  }

  @Test
  void whatParquetHasNoRoomForIsRefusedNotChanged() {
    assertThatThrownBy(
            () ->
                write(
                    schema(GeometryType.POINT),
                    UTM,
                    List.of(row(1, null, "a", 1L, 1.0, true, LocalDate.MAX))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("desde");
    assertThatThrownBy(
            () ->
                write(
                    schema(GeometryType.POINT),
                    UTM,
                    List.of(row(1, null, "a", 1L, 1.0, true, null, Instant.MIN))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("visto");
  }

  @Test
  void everyValueComesBackAndWhatIsNotKnownIsNotZero() throws Exception {
    JsonNode told =
        read(
            schema(GeometryType.POLYGON),
            UTM,
            row(
                7,
                SQUARE,
                "La Merced \"nave mayor\" ñ 🌮",
                Long.MIN_VALUE,
                -0.0,
                true,
                LocalDate.of(1957, 9, 23),
                Instant.parse("1969-12-31T23:59:59.250Z")),
            row(8, null),
            row(
                9,
                SQUARE,
                "",
                0L,
                12.5,
                false,
                LocalDate.of(2026, 1, 2),
                Instant.parse("2026-01-02T03:04:05Z")));

    assertThat(told.path("count").asInt()).isEqualTo(3);
    JsonNode first = told.path("rows").get(0);
    assertThat(first.path("fid").asString()).isEqualTo("7");
    assertThat(first.path("nombre").asString()).isEqualTo("La Merced \"nave mayor\" ñ 🌮");
    assertThat(first.path("puestos").asString()).isEqualTo("-9223372036854775808");
    assertThat(first.path("superficie").asString()).isEqualTo("-0");
    assertThat(first.path("abierto").asBoolean()).isTrue();
    assertThat(first.path("desde").asString()).startsWith("1957-09-23");
    assertThat(first.path("visto").asString()).isEqualTo("1969-12-31T23:59:59.250Z");
    JsonNode unknown = told.path("rows").get(1);
    for (String name :
        List.of(
            "nombre", "puestos", "superficie", "abierto", "desde", "visto", "geometry", "bbox")) {
      assertThat(unknown.path(name).isNull()).as(name).isTrue();
    }
    JsonNode last = told.path("rows").get(2);
    assertThat(last.path("nombre").isString()).isTrue();
    assertThat(last.path("puestos").asString()).isEqualTo("0");
    assertThat(last.path("abierto").asBoolean(true)).isFalse();
    assertThat(told.at("/groups/0/columns/puestos/nulls").asString()).isEqualTo("1");
    assertThat(told.at("/about/licence").asString()).isEqualTo("CC BY 4.0 <sin & miedo>");
  }

  @Test
  void theFileTellsItsSystemItsBoxAndWhereTheBoxesAre() throws Exception {
    JsonNode told = read(schema(GeometryType.POLYGON), UTM, row(1, SQUARE), row(2, null));

    JsonNode geo = told.path("geo");
    assertThat(geo.path("version").asString()).isEqualTo("1.1.0");
    assertThat(geo.path("primary_column").asString()).isEqualTo("geometry");
    JsonNode column = geo.at("/columns/geometry");
    assertThat(column.path("encoding").asString()).isEqualTo("WKB");
    assertThat(column.path("geometry_types").toString()).isEqualTo("[\"Polygon\"]");
    assertThat(column.path("bbox").toString()).isEqualTo("[484000,2100000,484010,2100020]");
    assertThat(column.at("/crs/id/code").asInt()).isEqualTo(32614);
    assertThat(column.at("/covering/bbox/ymax").toString()).isEqualTo("[\"bbox\",\"ymax\"]");
    JsonNode row = told.path("rows").get(0);
    assertThat(row.at("/geometry/type").asString()).isEqualTo("Polygon");
    assertThat(row.at("/geometry/coordinates/0/2/1").asDouble()).isEqualTo(2100020);
    assertThat(row.at("/bbox/xmax").asDouble()).isEqualTo(484010);
  }

  @Test
  void longitudeAndLatitudeNeedNoSystem() throws Exception {
    JsonNode told = read(schema(GeometryType.POINT), Crs.CRS84, row(1, "POINT(-99.1 19.4)"));

    assertThat(told.at("/geo/columns/geometry").has("crs")).isFalse();
    assertThat(told.at("/rows/0/geometry/coordinates").toString()).isEqualTo("[-99.1,19.4]");
  }

  @Test
  void gdalKnowsEveryKindOfSystemByWhatIsWritten() throws Exception {
    ClientProgram.assumeGdal();
    for (int code : List.of(32614, 6372, 4674, 3857, 9377, 31983, 27700)) {
      String json = CrsRegistry.standard().projJson(new Crs(code));

      assertThat(ClientProgram.run(List.of("gdalsrsinfo", "-e", "-o", "epsg", json)))
          .as(json)
          .contains("EPSG:" + code);
    }
    assertThatThrownBy(() -> CrsRegistry.standard().projJson(new Crs(999_999)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void heightsStayMeasuresGoAndEmptyPlacesTouchNothing() throws Exception {
    JsonNode told =
        read(
            new LayerSchema(GeometryType.GEOMETRY, true, true, FIELDS, null),
            UTM,
            row(1, "POINT Z(1 2 3)"),
            row(2, "LINESTRING(0 0,5 5)"),
            row(3, "POINT M(1 2 9)"),
            row(4, "MULTIPOLYGON EMPTY"),
            row(5, "GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,2 2))"));

    assertThat(told.at("/geo/columns/geometry/geometry_types").toString())
        .isEqualTo(
            "[\"GeometryCollection\",\"LineString\",\"MultiPolygon\",\"Point\",\"Point Z\"]");
    assertThat(told.at("/geo/columns/geometry").has("bbox")).isFalse();
    assertThat(told.at("/rows/0/geometry/coordinates").toString()).isEqualTo("[1,2,3]");
    assertThat(told.at("/rows/2/geometry/coordinates").toString()).isEqualTo("[1,2]");
    assertThat(told.at("/rows/3/bbox/xmin").asString()).isEqualTo("NaN");
    assertThat(told.at("/groups/0/columns/bbox.xmax/most").asDouble()).isEqualTo(5);
  }

  @Test
  void fieldsKeepTheirNamesAndOursMakeRoom() throws Exception {
    var schema =
        new LayerSchema(
            GeometryType.POINT,
            false,
            false,
            List.of(
                Field.of("Geometry", FieldType.TEXT),
                Field.of("BBOX", FieldType.TEXT),
                Field.of("fid", FieldType.TEXT)),
            null);

    JsonNode told = read(schema, UTM, TestRow.of(5, "POINT(1 2)", "a", "b", "c"));

    assertThat(told.path("columns").toString())
        .isEqualTo("[\"fid_1\",\"Geometry\",\"BBOX\",\"fid\",\"geometry_1\",\"bbox_1\"]");
    assertThat(told.at("/geo/primary_column").asString()).isEqualTo("geometry_1");
    assertThat(told.at("/geo/columns/geometry_1/covering/bbox/xmin").toString()).contains("bbox_1");
    assertThat(told.at("/rows/0/fid_1").asString()).isEqualTo("5");
  }

  @Test
  void anEmptyLayerAndATableAreParquet() throws Exception {
    JsonNode empty = read(schema(GeometryType.POLYGON), UTM);
    assertThat(empty.path("count").asInt()).isZero();
    assertThat(empty.at("/geo/columns/geometry/geometry_types").toString()).isEqualTo("[]");
    assertThat(empty.at("/geo/columns/geometry").has("bbox")).isFalse();

    JsonNode table = read(schema(GeometryType.NONE), UTM, row(1, null, "Predial"));
    assertThat(table.path("geo").isNull()).isTrue();
    assertThat(table.path("columns").toString()).doesNotContain("geometry", "bbox");
    assertThat(table.at("/rows/0/nombre").asString()).isEqualTo("Predial");
  }

  /** The limits of a group are what lets a reader leave it out, so each must hold its rows. */
  @Test
  void manyRowsLieInGroupsWhoseLimitsHoldThem() throws Exception {
    int count = 120_000;
    List<TestRow> rows = new ArrayList<>(count);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      rows.add(
          row(
              i,
              "POINT(" + i + " " + -i + ")",
              "m" + i % 7,
              i % 3 == 0 ? null : (long) i,
              i / 4.0,
              i % 2 == 0));
      sum += i / 4.0;
    }

    Path file = write(schema(GeometryType.POINT), UTM, rows);
    JsonNode told = JSON.readTree(ClientProgram.node("parquet.mjs", file.toString(), "120000"));

    assertThat(told.path("read").asInt()).isEqualTo(count);
    assertThat(told.path("groups")).hasSize(3);
    int at = 0;
    double read = 0;
    for (JsonNode group : told.path("groups")) {
      JsonNode columns = group.path("columns");
      int last = at + group.path("rows").asInt() - 1;
      assertThat(columns.at("/bbox.xmin/least").asDouble()).isEqualTo(at);
      assertThat(columns.at("/bbox.ymin/least").asDouble()).isEqualTo(-last);
      assertThat(columns.at("/bbox.xmax/most").asDouble()).isEqualTo(last);
      for (; at <= last; at++) {
        JsonNode row = told.path("rows").get(at);
        assertThat(row.path("fid").asInt()).isEqualTo(at);
        assertThat(row.path("abierto").asBoolean()).isEqualTo(at % 2 == 0);
        assertThat(row.path("puestos").isNull()).isEqualTo(at % 3 == 0);
        read += row.path("superficie").asDouble();
      }
    }
    assertThat(read).isCloseTo(sum, within(1e-3));
  }
}
