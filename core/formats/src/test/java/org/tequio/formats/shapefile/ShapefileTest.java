package org.tequio.formats.shapefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Wkb;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.FormatException;
import org.tequio.formats.Reading;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.TestRow;

/** Breaks good shapefiles in the ways in which they are broken outside. */
class ShapefileTest {
  private static final String SQUARE = "POLYGON((0 0,0 10,10 10,10 0,0 0))";
  private static final int FIRST_RECORD = 100;

  @TempDir Path folder;

  @BeforeEach
  void threeParcels() throws IOException {
    write(
        "predios",
        GeometryType.POLYGON,
        TestRow.of(1, SQUARE, "Peñón", 1L, 0.5),
        TestRow.of(2, SQUARE, "Álamos", 2L, null),
        TestRow.of(3, SQUARE, null, null, 1e-3));
  }

  @Test
  void aProgramNamedAsAShapefileIsRefusedByItsFirstBytes() throws IOException {
    Files.writeString(
        folder.resolve("predios.shp"), "MZ this program cannot be run" + "x".repeat(99));

    assertThat(Reading.of(folder).refused().get("predios.shp"))
        .hasMessageContaining("not a shapefile")
        .hasMessageContaining("MZ this");
  }

  @Test
  void threeDimensionalBodiesAreRefusedWithWhatToDo() throws IOException {
    patch("predios.shp", 32, ByteOrder.LITTLE_ENDIAN, 31);

    assertThat(Reading.of(folder).refused().get("predios.shp"))
        .hasMessageContaining("MultiPatch")
        .hasMessageContaining("export the layer as polygons");
  }

  @Test
  void whatStandsBeforeTheCutOfATruncatedFileIsKept() throws IOException {
    truncate("predios.shp", 40);

    Reading reading = Reading.of(folder);

    assertThat(reading.layer().features()).hasSize(2);
    assertThat(reading.layer().fault().map(FormatException::code))
        .contains(FindingCode.FILE_TRUNCATED);
    assertThat(reading.layer().fault().orElseThrow()).hasMessageContaining("record 2 of 3");
  }

  @Test
  void aCutExactlyBetweenTwoRecordsIsNoticedByTheIndex() throws IOException {
    int size = (int) Files.size(folder.resolve("predios.shp"));
    truncate("predios.shp", (size - FIRST_RECORD) / 3);

    assertThat(Reading.of(folder).layer().fault().map(FormatException::code))
        .contains(FindingCode.FILE_TRUNCATED);
  }

  @Test
  void withoutAnIndexTheShapesAreReadOneAfterAnother() throws IOException {
    Files.delete(folder.resolve("predios.shx"));

    Reading reading = Reading.of(folder);

    assertThat(reading.layer().features()).hasSize(3);
    assertThat(reading.findings(FindingCode.FILE_MISSING_PART).getFirst().subject())
        .isEqualTo("predios.shx");
  }

  @Test
  void anIndexThatPointsOutsideIsNotBelieved() throws IOException {
    patch("predios.shx", 108, ByteOrder.BIG_ENDIAN, 0x7fffffff);

    Reading reading = Reading.of(folder);

    assertThat(reading.layer().features()).hasSize(3);
    assertThat(reading.findings(FindingCode.FILE_UNREADABLE).getFirst().evidence())
        .contains("points outside");
  }

  @Test
  void anIndexInAnotherOrderIsFollowed() throws IOException {
    int second = bytes("predios.shx").getInt(108);
    int first = bytes("predios.shx").getInt(100);
    patch("predios.shx", 100, ByteOrder.BIG_ENDIAN, second);
    patch("predios.shx", 108, ByteOrder.BIG_ENDIAN, first);

    assertThat(Reading.of(folder).layer().features()).hasSize(3);
  }

  @Test
  void withoutATableThereAreShapesAlone() throws IOException {
    Files.delete(folder.resolve("predios.dbf"));

    Reading reading = Reading.of(folder);

    assertThat(reading.layer().fields()).isEmpty();
    assertThat(reading.layer().features()).hasSize(3);
    assertThat(reading.findings(FindingCode.FILE_MISSING_PART).getFirst().subject())
        .isEqualTo("predios.dbf");
  }

  @Test
  void aTableThatCannotBeReadDoesNotTakeTheShapesWithIt() throws IOException {
    Files.write(folder.resolve("predios.dbf"), new byte[500]);

    Reading reading = Reading.of(folder);

    assertThat(reading.layer().features()).hasSize(3);
    assertThat(reading.findings(FindingCode.FILE_UNREADABLE).getFirst().subject())
        .isEqualTo(".dbf");
  }

  @Test
  void rowsWithoutAShapeAreSetAsideAndCounted() throws IOException {
    Path more = Files.createDirectory(folder.resolve("mas"));
    write(more, "predios", GeometryType.POLYGON, TestRow.of(1, SQUARE, "a", 1L, 1.0));
    Files.copy(folder.resolve("predios.dbf"), more.resolve("otro.dbf"));
    for (String part : List.of("shp", "shx")) {
      Files.move(more.resolve("predios." + part), more.resolve("otro." + part));
    }
    Files.delete(more.resolve("predios.dbf"));

    Reading reading = Reading.of(more);

    assertThat(reading.layer("otro").features()).hasSize(1);
    assertThat(reading.layer("otro").setAside())
        .containsExactly(
            "2: the table has this row and there is no shape",
            "3: the table has this row and there is no shape");
    assertThat(reading.findings(FindingCode.COUNT_MISMATCH).getFirst().evidence())
        .isEqualTo("1 shapes and 3 rows");
  }

  @Test
  void aRecordThatClaimsBillionsOfVerticesIsSetAsideAlone() throws IOException {
    patch("predios.shp", FIRST_RECORD + 8 + 40, ByteOrder.LITTLE_ENDIAN, 2_000_000_000);

    Reading.Layer layer = Reading.of(folder).layer();

    assertThat(layer.features()).hasSize(2);
    assertThat(layer.setAside().getFirst())
        .startsWith("1: byte 100: it says 2000000000 vertices, which do not fit");
  }

  @Test
  void aRecordWithNegativePartsOrAnUnknownTypeIsSetAside() throws IOException {
    patch("predios.shp", FIRST_RECORD + 8 + 36, ByteOrder.LITTLE_ENDIAN, -5);
    int second = 2 * bytes("predios.shx").getInt(108);
    patch("predios.shp", second + 8, ByteOrder.LITTLE_ENDIAN, 77);

    Reading.Layer layer = Reading.of(folder).layer();

    assertThat(layer.features()).hasSize(1);
    assertThat(layer.setAside().get(0)).contains("-5 parts");
    assertThat(layer.setAside().get(1)).contains("shape type 77 does not exist");
  }

  @Test
  void aRecordLengthBeyondTheEndOrBelowZeroEndsTheReadingWithItsPlace() throws IOException {
    patch("predios.shp", FIRST_RECORD + 4, ByteOrder.BIG_ENDIAN, -8);

    FormatException fault = Reading.of(folder).layer().fault().orElseThrow();

    assertThat(fault).hasMessageContaining("byte 100: record 1 says a length of -16 bytes");
  }

  @Test
  void anExtentOfNaNAndAWrongFileLengthDoNotMatter() throws IOException {
    for (int at = 36; at < 100; at += 4) {
      patch("predios.shp", at, ByteOrder.LITTLE_ENDIAN, -1);
    }
    patch("predios.shp", 24, ByteOrder.BIG_ENDIAN, 17);

    assertThat(Reading.of(folder).layer().features()).hasSize(3);
  }

  @Test
  void aNullShapeKeepsItsRow() throws IOException {
    write("x", GeometryType.POINT, TestRow.of(1, null, "a", 1L, 1.0));

    Reading.Layer layer = Reading.of(folder).layer("x");

    assertThat(layer.features().getFirst().wkb()).isNull();
    assertThat(Reading.value(layer, 0, "nombre")).isEqualTo("a");
  }

  @Test
  void aLayerWithoutRecordsIsALayer() throws IOException {
    write("vacio", GeometryType.POLYGON);

    assertThat(Reading.of(folder).layer("vacio").features()).isEmpty();
  }

  @Test
  void rowsMarkedAsDeletedAreCountedAndLeftOut() throws IOException {
    byte[] table = Files.readAllBytes(folder.resolve("predios.dbf"));
    table[ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN).getShort(8)] = '*';
    Files.write(folder.resolve("predios.dbf"), table);

    Reading reading = Reading.of(folder);

    assertThat(reading.layer().features()).hasSize(2);
    assertThat(reading.findings(FindingCode.ROW_DELETED).getFirst().count()).isEqualTo(1);
  }

  @Test
  void cellsFullOfAsterisksBecomeNullAndAreCounted() throws IOException {
    replace("predios.dbf", "1", "*");

    Reading reading = Reading.of(folder);

    assertThat(Reading.value(reading.layer(), 0, "numero")).isNull();
    assertThat(reading.findings(FindingCode.VALUE_SUPPRESSED).getFirst().subject())
        .isEqualTo("numero");
  }

  @Test
  void aTableCutShortGivesTheRowsThatAreWhole() throws IOException {
    truncate("predios.dbf", 10);

    Reading reading = Reading.of(folder);

    assertThat(reading.layer().features()).hasSize(3);
    assertThat(Reading.value(reading.layer(), 2, "nombre")).isNull();
    assertThat(reading.findings(FindingCode.FILE_TRUNCATED).getFirst().evidence())
        .contains("says 3 rows");
  }

  @Test
  void aCodePageThatTheBytesContradictIsNotBelieved() throws IOException {
    recode("predios.dbf", Charset.forName("windows-1252"));

    Reading reading = Reading.of(folder);

    assertThat(Reading.value(reading.layer(), 0, "nombre")).isEqualTo("Peñón");
    assertThat(reading.findings(FindingCode.ENCODING_CONTRADICTED).getFirst().subject())
        .isEqualTo("windows-1252");
  }

  @Test
  void withoutACodePageTheBytesDecideAndThatIsTold() throws IOException {
    Files.delete(folder.resolve("predios.cpg"));
    recode("predios.dbf", Charset.forName("IBM850"));

    Reading reading = Reading.of(folder);

    assertThat(Reading.value(reading.layer(), 1, "nombre")).isEqualTo("Álamos");
    assertThat(reading.findings(FindingCode.ENCODING_GUESSED).getFirst().subject())
        .isEqualTo("IBM850");
  }

  @Test
  void aLanguageCodeOfWindowsOverUtf8TextIsContradicted() throws IOException {
    Files.delete(folder.resolve("predios.cpg"));
    byte[] table = Files.readAllBytes(folder.resolve("predios.dbf"));
    table[29] = 0x57;
    Files.write(folder.resolve("predios.dbf"), table);

    Reading reading = Reading.of(folder);

    assertThat(Reading.value(reading.layer(), 0, "nombre")).isEqualTo("Peñón");
    assertThat(reading.findings(FindingCode.ENCODING_CONTRADICTED)).hasSize(1);
  }

  @Test
  void aProjectionWithAByteOrderMarkIsRead() throws IOException {
    byte[] prj = Files.readAllBytes(folder.resolve("predios.prj"));
    byte[] marked = new byte[prj.length + 3];
    System.arraycopy(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, 0, marked, 0, 3);
    System.arraycopy(prj, 0, marked, 3, prj.length);
    Files.write(folder.resolve("predios.prj"), marked);

    assertThat(Reading.of(folder).layer().crs())
        .isEqualTo(new SourceCrs.Declared(new Crs(32614), ".prj"));
  }

  @Test
  void theProjectionOfQgisIsTheSecondSourceAndSilenceIsSilence() throws IOException {
    Files.move(folder.resolve("predios.prj"), folder.resolve("predios.qpj"));
    assertThat(Reading.of(folder).layer().crs())
        .isEqualTo(new SourceCrs.Declared(new Crs(32614), ".qpj"));

    Files.delete(folder.resolve("predios.qpj"));
    assertThat(Reading.of(folder).layer().crs()).isEqualTo(new SourceCrs.Missing());
  }

  @Test
  void anUnknownProjectionIsHandedOnAsItIs() throws IOException {
    Files.writeString(folder.resolve("predios.prj"), "PROJCS[\"Plano de la Junta Local\"]");

    assertThat(Reading.of(folder).layer().crs())
        .isEqualTo(new SourceCrs.Unrecognized("PROJCS[\"Plano de la Junta Local\"]"));
  }

  @Test
  void aTableWhoseShapesGotLostIsReadAsATable() throws IOException {
    Files.delete(folder.resolve("predios.shp"));

    Reading reading = Reading.of(folder);

    assertThat(reading.layer().crs()).isEqualTo(new SourceCrs.NotSpatial());
    assertThat(reading.layer().features()).hasSize(3);
    assertThat(reading.findings(FindingCode.FILE_MISSING_PART).getFirst().subject())
        .isEqualTo("predios.shp");
    assertThat(reading.findings(FindingCode.FILE_UNKNOWN)).isEmpty();
  }

  @Test
  void aShapefileHandedInByItsShpBringsItsCompanions() throws IOException {
    Reading reading = Reading.of(folder.resolve("predios.shp"));

    assertThat(Reading.value(reading.layer(), 0, "nombre")).isEqualTo("Peñón");
    assertThat(reading.findings(FindingCode.FILE_MISSING_PART)).isEmpty();
  }

  @Test
  void partsInOtherCaseBelongToTheirShapefile() throws IOException {
    Files.move(folder.resolve("predios.dbf"), folder.resolve("PREDIOS.DBF"));
    Files.writeString(folder.resolve("predios.shp.xml"), "<metadata/>");

    Reading reading = Reading.of(folder);

    assertThat(Reading.value(reading.layer(), 0, "nombre")).isEqualTo("Peñón");
    assertThat(reading.findings(FindingCode.FILE_UNKNOWN)).isEmpty();
  }

  @Test
  void namesThatFillTenCharactersAreToldWhenThereAreSeveral() throws IOException {
    Path other = Files.createDirectory(folder.resolve("n"));
    write(
        other,
        List.of(
            Field.of("superficie_de_predio", FieldType.TEXT),
            Field.of("superficie_de_patio", FieldType.TEXT)),
        "n",
        GeometryType.POINT,
        TestRow.of(1, "POINT(1 1)", "a", "b"));

    Reading reading = Reading.of(other);

    assertThat(reading.findings(FindingCode.FIELD_NAME_TRUNCATED).getFirst().count())
        .isEqualTo(1 + 1);
  }

  @Test
  void valuesKeepTheirTypes() throws IOException {
    Reading.Layer layer = Reading.of(folder).layer();

    assertThat(layer.features().get(0).values()).containsExactly("Peñón", 1L, 0.5);
    assertThat(layer.features().get(1).values()).containsExactly("Álamos", 2L, null);
    assertThat(layer.features().get(2).values()).containsExactly(null, null, 0.001);
  }

  @Test
  void aHoleThatRunsLikeItsShellIsStillAHole() throws IOException {
    assertThat(nested(true, true))
        .isEqualTo("POLYGON ((0 0, 0 9, 9 9, 9 0, 0 0), (3 3, 3 6, 6 6, 6 3, 3 3))");
    assertThat(nested(false, false)).startsWith("POLYGON ((0 0, 9 0");
  }

  @Test
  void aHoleThatRunsTheOtherWayBelongsToTheRingAroundIt() throws IOException {
    assertThat(nested(true, false))
        .isEqualTo("POLYGON ((0 0, 0 9, 9 9, 9 0, 0 0), (3 3, 6 3, 6 6, 3 6, 3 3))");
  }

  // A shape of two rings, with the direction of each chosen.
  private String nested(boolean outerClockwise, boolean innerClockwise) throws IOException {
    ByteBuffer shape = ByteBuffer.allocate(44 + 8 + 160).order(ByteOrder.LITTLE_ENDIAN);
    shape.putInt(5).putDouble(0).putDouble(0).putDouble(9).putDouble(9);
    shape.putInt(2).putInt(10).putInt(0).putInt(5);
    ring(shape, 0, 9, outerClockwise);
    ring(shape, 3, 6, innerClockwise);
    try {
      byte @Nullable [] wkb = new ShapeDecoder(false).decode(shape.array(), 0, shape.capacity());
      return String.valueOf(Wkb.toGeometryOrNull(wkb));
    } catch (ShapeException e) {
      throw new IOException(e);
    }
  }

  private static void ring(ByteBuffer shape, double low, double high, boolean clockwise) {
    double[] corners = {low, low, low, high, high, high, high, low, low, low};
    for (int i = 0; i < 5; i++) {
      int corner = clockwise ? i : 4 - i;
      shape.putDouble(corners[2 * corner]).putDouble(corners[2 * corner + 1]);
    }
  }

  @Test
  void geometryComesBackAsItWasWritten() throws IOException {
    List<String> shapes =
        List.of(
            "POINT (1 2)",
            "MULTIPOINT ((1 2), (3 4))",
            "LINESTRING (0 0, 1 1, 2 0)",
            "MULTILINESTRING ((0 0, 1 1), (5 5, 6 6))",
            "POLYGON ((0 0, 0 9, 9 9, 9 0, 0 0), (3 3, 6 3, 6 6, 3 6, 3 3))",
            "MULTIPOLYGON (((0 0, 0 9, 9 9, 9 0, 0 0), (3 3, 6 3, 6 6, 3 6, 3 3)),"
                + " ((4 4, 4 5, 5 5, 5 4, 4 4)), ((20 20, 20 21, 21 21, 20 20)))");
    for (int i = 0; i < shapes.size(); i++) {
      Path own = Files.createDirectory(folder.resolve("g" + i));
      TestRow row = TestRow.of(1, shapes.get(i), "a", 1L, 1.0);
      write(own, "g", Wkb.type(Objects.requireNonNull(row.wkb()), 0), row);

      SourceFeature read = Reading.of(own).layer().features().getFirst();

      assertThat(String.valueOf(Wkb.toGeometryOrNull(read.wkb()))).isEqualTo(shapes.get(i));
    }
  }

  private void write(String name, GeometryType type, TestRow... rows) throws IOException {
    write(folder, name, type, rows);
  }

  private static void write(Path folder, String name, GeometryType type, TestRow... rows)
      throws IOException {
    write(
        folder,
        List.of(
            Field.of("nombre", FieldType.TEXT),
            Field.of("numero", FieldType.INTEGER),
            Field.of("valor", FieldType.DECIMAL)),
        name,
        type,
        rows);
  }

  private static void write(
      Path folder, List<Field> fields, String name, GeometryType type, TestRow... rows)
      throws IOException {
    LayerSchema schema = new LayerSchema(type, false, false, fields, null);
    Path zip = folder.resolve(name + ".shp.zip");
    try (FeatureWriter writer = new ShapefileWriter().open(zip, name, schema, new Crs(32614))) {
      for (TestRow row : rows) {
        writer.write(row);
      }
    }
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry e = entries.getNextEntry(); e != null; e = entries.getNextEntry()) {
        Files.copy(entries, folder.resolve(e.getName()));
      }
    }
    Files.delete(zip);
  }

  private ByteBuffer bytes(String file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file)));
  }

  private void patch(String file, int at, ByteOrder order, int value) throws IOException {
    ByteBuffer bytes = bytes(file);
    bytes.order(order).putInt(at, value);
    Files.write(folder.resolve(file), bytes.array());
  }

  private void truncate(String file, int by) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    Files.write(folder.resolve(file), Arrays.copyOf(bytes, bytes.length - by));
  }

  // Replaces a text in the first row, keeping the width.
  private void replace(String file, String from, String to) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    int start = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
    String rows = new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1);
    byte[] changed = rows.replaceFirst(from, to).getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(changed, 0, bytes, start, changed.length);
    Files.write(folder.resolve(file), bytes);
  }

  // Writes the texts of the table in another encoding, filled up with blanks.
  private void recode(String file, Charset charset) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    for (String text : List.of("Peñón", "Álamos")) {
      byte[] from = text.getBytes(StandardCharsets.UTF_8);
      byte[] to = Arrays.copyOf(text.getBytes(charset), from.length);
      Arrays.fill(to, text.length(), to.length, (byte) ' ');
      for (int i = 0; i + from.length <= bytes.length; i++) {
        if (Arrays.equals(bytes, i, i + from.length, from, 0, from.length)) {
          System.arraycopy(to, 0, bytes, i, to.length);
        }
      }
    }
    Files.write(folder.resolve(file), bytes);
  }
}
