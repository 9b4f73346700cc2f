package org.tequio.formats.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.formats.FormatException;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.table.Reading;

class CsvFormatTest {
  @TempDir Path folder;

  @Test
  void aMillionColumnsAreRefused() {
    assertThatThrownBy(() -> read("a,".repeat(1_000_000) + "b\n1,2\n"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("columns");
  }

  @Test
  void aQuoteThatIsNeverClosedCostsItsOwnLineOnly() throws Exception {
    StringBuilder text = new StringBuilder("id,nombre\n1,a\n2,\"b\n");
    for (int i = 3; i < 400_000; i++) {
      text.append(i)
          .append(",avenida que se llama igual que todas las demas ")
          .append(i)
          .append('\n');
    }
    Reading reading = read(text.toString());

    assertThat(reading.asides()).hasSize(1);
    assertThat(reading.asides().getFirst()).startsWith("line 3: a quote is opened");
    assertThat(reading.features()).hasSize(399_998);
    assertThat(reading.features().getLast().row()).isEqualTo(400_000);
  }

  @Test
  void binaryRubbishIsNoTable() throws IOException {
    Path file = folder.resolve("foto.csv");
    byte[] rubbish = new byte[4000];
    new java.util.Random(7).nextBytes(rubbish);
    Files.write(file, rubbish);

    assertThatThrownBy(() -> Reading.of(new CsvFormat(), file)).isInstanceOf(FormatException.class);
  }

  @Test
  void nulCharactersAreDroppedAndCounted() throws Exception {
    Reading reading = read("id,nombre\n1,La\u0000 Merced\n");

    assertThat(reading.values(0)).containsExactly("1", "La Merced");
    assertThat(reading.codes()).contains(FindingCode.VALUE_UNREADABLE);
  }

  @Test
  void rowsTooShortArePaddedAndRowsTooLongSetAside() throws Exception {
    Reading reading = read("a,b,c\n1,2,3\n4\n5,6,7,8\n9,10,11,,\n12,13,14\n15,16,17\n");

    assertThat(reading.values(1)).containsExactly("4", null, null);
    assertThat(reading.asides()).containsExactly("line 4: 4 cells for 3 columns <5 | 6 | 7 | 8>");
    assertThat(reading.features()).hasSize(5);
    assertThat(reading.codes()).containsExactly(FindingCode.ROW_SHORT);
  }

  @Test
  void aCoordinateThatIsNoNumberLeavesTheRowWithoutAPlace() throws Exception {
    Reading reading =
        read(
            "nombre,lat,lon\nA,19.4326,-99.1332\nB,19.4x,-99.1\nC,,\nD,19.5,-99.2\nE,19.6,-99.3\n"
                + "F,19.7,-99.4\n");

    assertThat(reading.wkt(0)).isEqualTo("POINT (-99.1332 19.4326)");
    assertThat(reading.wkt(1)).isNull();
    assertThat(reading.wkt(2)).isNull();
    assertThat(reading.findings()).hasSize(1);
    assertThat(reading.findings().getFirst().code()).isEqualTo(FindingCode.GEOMETRY_BAD_COORDINATE);
    assertThat(reading.findings().getFirst().examples().getFirst().row()).isEqualTo(3);
  }

  @Test
  void headerNamesThatAreBlankOrTwiceAreMadeUnique() throws Exception {
    Reading reading = read("clave,,Clave\n1,2,3\n");

    assertThat(reading.fieldNames()).containsExactly("clave", "column_2", "Clave_2");
    assertThat(reading.codes()).containsExactly(FindingCode.FIELD_NAME_DUPLICATE);
  }

  @Test
  void titlesAboveTheHeaderAreReported() throws Exception {
    Reading reading =
        read("Censo 2020,,\nRelación de indicadores,,\nNúm.,Indicador,Clave\n1,x,y\n");

    assertThat(reading.fieldNames()).containsExactly("Núm.", "Indicador", "Clave");
    assertThat(reading.features()).hasSize(1);
    assertThat(reading.codes()).containsExactly(FindingCode.LINES_BEFORE_HEADER);
  }

  @Test
  void decimalCommasAndSemicolonsInWindows1252() throws Exception {
    Path file = folder.resolve("puestos.csv");
    Files.write(
        file,
        "Día;Longitud;Latitud\nlunes;-99,1332;19,4326\nsábado;-99,2;19,5\n"
            .getBytes(java.nio.charset.Charset.forName("windows-1252")));
    Reading reading = Reading.of(new CsvFormat(), file);

    assertThat(reading.fieldNames()).containsExactly("Día", "Longitud", "Latitud");
    assertThat(reading.wkt(0)).isEqualTo("POINT (-99.1332 19.4326)");
    assertThat(reading.values(1)).containsExactly("sábado", "-99,2", "19,5");
    assertThat(reading.codes()).containsExactly(FindingCode.ENCODING_GUESSED);
  }

  @Test
  void metresSayNothingOfTheirSystem() throws Exception {
    Reading reading =
        read(
            "CONS,COORD_UTM_,COORD_UTM1\n1,476724.34,2142403.84\n2,\"478,040.63\",\"2,143,012.03\"\n");

    assertThat(reading.layer().crs()).isEqualTo(new SourceCrs.Missing());
    assertThat(reading.wkt(1)).isEqualTo("POINT (478040.63 2143012.03)");
  }

  @Test
  void geometryInACellIsRead() throws Exception {
    Reading wkt =
        read(
            "id,geom\n1,\"SRID=32614;LINESTRING (0 0, 1 1)\"\n2,rubbish\n3,POINT EMPTY\n"
                + "4,POINT(1 2)\n5,POINT(1 3)\n6,POINT(1 4)\n");
    assertThat(wkt.wkt(0)).isEqualTo("LINESTRING (0 0, 1 1)");
    assertThat(wkt.wkt(1)).isNull();
    assertThat(wkt.layer().crs())
        .isEqualTo(new SourceCrs.Declared(new Crs(32614), "SRID of the geometry"));
    assertThat(wkt.codes()).containsExactly(FindingCode.GEOMETRY_UNREADABLE);

    Reading json =
        read(
            "id;geo_shape;geo_point_2d\n"
                + "1;\"{\"\"type\"\":\"\"Polygon\"\",\"\"coordinates\"\":[[[0,0],[1,0],[1,1],[0,0]]]}\";\"0.3, 0.6\"\n");
    assertThat(json.wkt(0)).isEqualTo("POLYGON ((0 0, 1 0, 1 1, 0 0))");

    Reading pair = read("id;geo_point_2d\n1;\"19.4326, -99.1332\"\n");
    assertThat(pair.wkt(0)).isEqualTo("POINT (-99.1332 19.4326)");
  }

  @Test
  void columnsCalledXAndYAreNoPlacesUnlessTheyHoldSome() throws Exception {
    assertThat(read("x,y\n1,2\n3,4\n").layer().declaredGeometry()).isEqualTo(GeometryType.NONE);
  }

  @Test
  void proseIsNotClaimed() throws Exception {
    Path file = folder.resolve("leeme.txt");
    Files.writeString(file, "Este archivo, que nadie lee,\ndice poco.\nPero lo dice, sí, bien.\n");

    assertThat(Reading.of(new CsvFormat(), file).layers()).isEmpty();
  }

  private Reading read(String text) throws IOException, FormatException {
    return Reading.of(new CsvFormat(), folder, "tabla.csv", text);
  }
}
