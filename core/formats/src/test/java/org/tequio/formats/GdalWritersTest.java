package org.tequio.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Language;
import org.tequio.feature.LayerSchema;

/** What GDAL, a reader of other people, finds in the files that are written here. */
class GdalWritersTest {
  private static final Crs UTM = new Crs(32614);
  private static final List<Field> FIELDS =
      List.of(
          Field.of("nombre", FieldType.TEXT),
          Field.of("puestos", FieldType.INTEGER),
          Field.of("superficie", FieldType.DECIMAL),
          Field.of("abierto", FieldType.BOOLEAN),
          Field.of("desde", FieldType.DATE),
          Field.of("visto", FieldType.INSTANT));
  private static final Imprint IMPRINT =
      new Imprint(
          Language.ES,
          "Mercados públicos",
          "Mercados de la ciudad.",
          "Dirección de Mercados",
          "CC BY 4.0",
          "https://creativecommons.org/licenses/by/4.0/",
          "https://mapa.example/catalogue/mercados",
          Instant.parse("2026-01-02T03:04:05Z"),
          List.of(
              new Imprint.Fact("title", "Título", "Mercados públicos"),
              new Imprint.Fact("licence", "Licencia", "CC BY 4.0 <sin & miedo>")),
          "<gmd:MD_Metadata xmlns:gmd=\"http://www.isotc211.org/2005/gmd\"/>");

  @TempDir Path folder;

  @BeforeAll
  static void gdalIsThere() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ogrinfo")), "needs ogrinfo of GDAL");
  }

  private static LayerSchema schema(GeometryType type) {
    return new LayerSchema(type, false, false, FIELDS, "nombre");
  }

  private static TestRow row(long id, @Nullable String wkt, @Nullable Object... values) {
    @Nullable Object[] all = new @Nullable Object[FIELDS.size()];
    System.arraycopy(values, 0, all, 0, values.length);
    return TestRow.of(id, wkt, all);
  }

  // ---- FlatGeobuf

  @Test
  void aFlatGeobufKeepsEveryValueAndWhatIsNotKnown() throws Exception {
    Path file =
        write(
            "mercados.fgb",
            schema(GeometryType.POLYGON),
            UTM,
            row(
                7,
                "POLYGON((484000 2100000,484010 2100000,484010 2100010,484000 2100000),"
                    + "(484007 2100002,484009 2100002,484009 2100004,484007 2100002))",
                "La Merced \"nave mayor\" ñ",
                3205L,
                12.5,
                true,
                LocalDate.of(1957, 9, 23),
                Instant.parse("2026-01-02T03:04:05Z")),
            row(8, "POLYGON((0 0,1 0,1 1,0 0))"));

    String told = ogrinfo("-al", file);

    assertThat(told)
        .contains("Feature Count: 2", "Geometry: Polygon", "ID[\"EPSG\",32614]")
        .contains("nombre (String) = La Merced \"nave mayor\" ñ")
        .contains("puestos (Integer64) = 3205", "superficie (Real) = 12.5")
        .contains("abierto (Integer(Boolean)) = 1")
        .contains("1957/09/23", "visto (DateTime) = 2026/01/02 03:04:05+00")
        .contains("(484007 2100002,484009 2100002,484009 2100004,484007 2100002)")
        .containsOnlyOnce("puestos (Integer64) =")
        .containsOnlyOnce("abierto (Integer(Boolean)) =");
  }

  @Test
  void whatHasNoPlaceIsInAFlatGeobufAndInNoBox() throws Exception {
    List<TestRow> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int x = 484_000 + i % 40 * 10;
      int y = 2_100_000 + i / 40 * 10;
      rows.add(
          i % 100 == 3 ? row(i, null, "n" + i) : row(i, "POINT(" + x + " " + y + ")", "n" + i));
    }
    Path file = write("puntos.fgb", schema(GeometryType.POINT), UTM, rows.toArray(TestRow[]::new));

    assertThat(ogrinfo("-so", "-al", file))
        .contains("Feature Count: 1000", "Extent: (484000.000000, 2100000.000000) - (484390");
    for (int[] box : new int[][] {{484_100, 2_100_050, 484_150, 2_100_090}, {0, 0, 10, 10}}) {
      long inside =
          rows.stream()
              .filter(r -> r.wkb() != null)
              .filter(
                  r -> {
                    int x = 484_000 + (int) r.id() % 40 * 10;
                    int y = 2_100_000 + (int) r.id() / 40 * 10;
                    return x >= box[0] && y >= box[1] && x <= box[2] && y <= box[3];
                  })
              .count();
      String told =
          ogrinfo("-so", "-al", "-spat", "" + box[0], "" + box[1], "" + box[2], "" + box[3], file);
      assertThat(told).contains("Feature Count: " + inside + "\n");
    }
  }

  @Test
  void everyKindOfGeometryComesBackFromAFlatGeobuf() throws Exception {
    for (String wkt :
        List.of(
            "POINT (1 2)",
            "LINESTRING (1 2,3 4)",
            "MULTIPOINT ((1 2),(3 4))",
            "MULTILINESTRING ((1 2,3 4),(5 6,7 8,9 9))",
            "MULTIPOLYGON (((0 0,9 0,9 9,0 0),(2 1,3 1,3 2,2 1)),((20 0,29 0,29 9,20 0)))",
            "GEOMETRYCOLLECTION (POINT (1 2),LINESTRING (1 2,3 4))")) {
      GeometryType type = GeometryType.valueOf(wkt.substring(0, wkt.indexOf(' ')));
      Path own = write("una.fgb", schema(type), UTM, row(1, wkt));
      Path any = write("otra.fgb", schema(GeometryType.GEOMETRY), UTM, row(1, wkt));

      assertThat(ogrinfo("-al", own)).contains("  " + wkt);
      assertThat(ogrinfo("-al", any)).contains("  " + wkt);
    }
    Path one =
        write(
            "una.fgb",
            schema(GeometryType.MULTIPOLYGON),
            UTM,
            row(1, "POLYGON((0 0,9 0,9 9,0 0))"));
    assertThat(ogrinfo("-al", one)).contains("MULTIPOLYGON (((0 0,9 0,9 9,0 0)))");
    Path high =
        write(
            "alta.fgb",
            new LayerSchema(GeometryType.LINESTRING, true, false, FIELDS, null),
            UTM,
            row(1, "LINESTRING Z(1 2 3,4 5 6)"));
    assertThat(ogrinfo("-al", high)).contains("LINESTRING Z (1 2 3,4 5 6)");
  }

  @Test
  void anEmptyLayerAndATableAreFlatGeobufs() throws Exception {
    Path empty = write("nada.fgb", schema(GeometryType.POINT), UTM);
    assertThat(ogrinfo("-al", empty)).contains("Feature Count: 0");

    Path table = write("tabla.fgb", schema(GeometryType.NONE), Crs.CRS84, row(1, null, "solo"));
    assertThat(ogrinfo("-al", table)).contains("Feature Count: 1", "nombre (String) = solo");
  }

  @Test
  void aFlatGeobufThatBreaksOffLeavesNothingBeside() throws Exception {
    WriterFormat format = Formats.findWriter("x.fgb").orElseThrow();
    FeatureWriter writer =
        format.open(folder.resolve("x.fgb"), "x", schema(GeometryType.POINT), UTM);
    assertThatThrownBy(() -> writer.write(row(1, "POINT(1 2)", "a", "no number")))
        .isInstanceOf(RuntimeException.class);
    writer.close();

    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void manyFeaturesComeBackFromAFlatGeobufAsTheyWere() throws Exception {
    Random random = new Random(20260102);
    List<TestRow> rows = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      double x = Math.round(random.nextDouble(-180, 170) * 1e7) / 1e7;
      double y = Math.round(random.nextDouble(-90, 80) * 1e7) / 1e7;
      String wkt =
          "POLYGON((%1$s %2$s,%3$s %2$s,%3$s %4$s,%1$s %2$s))"
              .formatted(x, y, x + 1 / 64.0, y + 1 / 32.0);
      rows.add(
          row(
              i,
              i % 11 == 5 ? null : wkt,
              "clave " + i,
              i % 3 == 0 ? null : random.nextLong(),
              i % 5 == 0 ? null : random.nextGaussian() * 1e9,
              i % 7 == 0 ? null : random.nextBoolean()));
    }
    Path file =
        write("muchos.fgb", schema(GeometryType.POLYGON), Crs.CRS84, rows.toArray(TestRow[]::new));

    Path other = Files.createDirectories(folder.resolve("copia"));
    Path copy = other.resolve("muchos.gpkg");
    run("/usr/bin/ogr2ogr", copy, file);
    List<SourceFeature> read = Reading.of(other).layer().features();

    assertThat(read).hasSameSizeAs(rows);
    for (SourceFeature feature : read) {
      String key = String.valueOf(feature.values()[0]);
      TestRow row = rows.get(Integer.parseInt(key.substring(key.indexOf(' ') + 1)));
      for (int i = 0; i < 4; i++) {
        assertThat(feature.values()[i]).as(key).isEqualTo(row.value(i));
      }
      assertThat(feature.wkb()).as(key).isEqualTo(row.wkb());
    }
  }

  // ---- GPX

  @Test
  void polygonsAreNoGpx() {
    assertThatThrownBy(() -> write("m.gpx", schema(GeometryType.POLYGON), Crs.CRS84))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("points or lines");
  }

  @Test
  void pointsAreWaypointsAndLinesAreTracks() throws Exception {
    Path points =
        write(
            "p.gpx",
            schema(GeometryType.MULTIPOINT),
            Crs.CRS84,
            row(1, "MULTIPOINT(-99.1 19.4,-99.2 19.5)", "Tianguis <Sur>", 4L),
            row(2, null, "En ningún lugar"));
    String told = ogrinfo("-al", points, "waypoints");
    assertThat(told)
        .contains("Feature Count: 2", "name (String) = Tianguis <Sur>")
        .contains("POINT (-99.1 19.4)", "POINT (-99.2 19.5)", "puestos");
    assertThat(points).content().contains("features_without_a_place>1<");

    Path lines =
        write(
            "l.gpx",
            new LayerSchema(GeometryType.MULTILINESTRING, true, false, FIELDS, null),
            Crs.CRS84,
            row(1, "MULTILINESTRING Z((-99 19 5,-98 20 6),(-97 19 7,-96 20 8))", "Ruta 1"));
    assertThat(ogrinfo("-al", lines, "tracks"))
        .contains("MULTILINESTRING ((-99 19,-98 20),(-97 19,-96 20))", "Ruta 1");
    assertThat(lines).content().contains("<ele>5</ele>", "<ele>8</ele>");
  }

  // ---- KML and KMZ

  @Test
  void aKmzHoldsTheDocumentOfTheKml() throws Exception {
    TestRow row = row(1, "POINT(-99.1 19.4)", "La Merced", 3205L);
    Path kml = write("m.kml", schema(GeometryType.POINT), Crs.CRS84, row);
    Path kmz = write("m.kmz", schema(GeometryType.POINT), Crs.CRS84, row);

    for (Path file : List.of(kml, kmz)) {
      assertThat(ogrinfo("-al", file))
          .contains("Layer name: Mercados públicos", "Feature Count: 1", "La Merced", "3205");
    }
  }

  // ---- what files say of themselves

  @Test
  void everyFormatSaysWhatTheFileIs() throws Exception {
    TestRow row = row(1, "POINT(-99.1 19.4)", "La Merced", 3205L);
    for (WriterFormat format : Formats.writers()) {
      Path file =
          write("m." + format.extension(), schema(GeometryType.POINT), format.crsFor(UTM), row);
      boolean plain = format.extension().equals("csv");
      assertThat(said(file).contains("CC BY 4.0")).as(format.name()).isEqualTo(!plain);
    }
  }

  private String said(Path file) throws IOException {
    byte[] head = Files.readAllBytes(file);
    if (head[0] != 'P' || head[1] != 'K') {
      return new String(head, StandardCharsets.UTF_8);
    }
    StringBuilder all = new StringBuilder();
    try (var zip = new java.util.zip.ZipFile(file.toFile())) {
      for (var entry : zip.stream().toList()) {
        all.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  @Test
  void theMetadataOfAGeoPackageIsFoundByOthers() throws Exception {
    Path file =
        write("m.gpkg", schema(GeometryType.POINT), UTM, row(1, "POINT(484000 2100000)", "a"));

    assertThat(ogrinfo("-al", "-so", "-mdd", "all", file))
        .contains("MD_Metadata", "IDENTIFIER=Mercados públicos", "Licencia: CC BY 4.0");
  }

  private Path write(String name, LayerSchema schema, Crs crs, TestRow... rows) throws IOException {
    WriterFormat format = Formats.findWriter(name).orElseThrow();
    Path file = folder.resolve(name);
    try (FeatureWriter writer = format.open(file, "mercados", schema, crs, IMPRINT)) {
      for (TestRow row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private static String ogrinfo(Object... arguments) throws Exception {
    return run("/usr/bin/ogrinfo", arguments);
  }

  private static String run(String program, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(told).doesNotContain("ERROR");
    return told;
  }
}
