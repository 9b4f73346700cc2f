package org.tequio.formats.kml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.SourceField;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.table.Reading;

class KmlFormatTest {
  @TempDir Path folder;

  @Test
  void aCutFileIsToldWithItsLine() {
    assertThatThrownBy(() -> read("<Document>\n<Placemark>\n<name>a"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("line ");
  }

  @Test
  void aBadCoordinateCostsThePlaceNotTheFeature() throws Exception {
    Reading reading =
        read(
            "<Document><Placemark><name>a</name><Point><coordinates>x,2</coordinates></Point>"
                + "</Placemark><Placemark><Point><coordinates>1,2</coordinates></Point></Placemark>"
                + "</Document></kml>");

    assertThat(reading.wkt(0)).isNull();
    assertThat(reading.wkt(1)).isEqualTo("POINT (1 2)");
    assertThat(reading.codes()).containsExactly(FindingCode.GEOMETRY_BAD_COORDINATE);
  }

  @Test
  void networkLinksAreReportedAndNotFollowed() throws Exception {
    Reading reading =
        read(
            "<Document><NetworkLink><Link><href>http://127.0.0.1:9/a.kml</href></Link></NetworkLink>"
                + "<Placemark><name>a</name></Placemark></Document></kml>");

    assertThat(reading.codes()).containsExactly(FindingCode.LINK_IGNORED);
  }

  @Test
  void foldersOfTheFirstLevelAreLayersAndThoseInsideAField() throws Exception {
    Reading reading =
        read(
            "<Document><name>Plan</name><Placemark><name>suelto</name></Placemark>"
                + "<Folder><name>Agua</name><Folder><name>Pozos</name>"
                + "<Placemark><name>p1</name></Placemark></Folder></Folder>"
                + "<Folder><name>Agua</name><Placemark><name>p2</name></Placemark></Folder>"
                + "</Document></kml>");

    assertThat(reading.layers().stream().map(SourceLayer::name))
        .containsExactly("Plan", "Agua", "Agua 2");
    assertThat(reading.values(1)).containsExactly("Pozos", "p1");
  }

  @Test
  void aDocumentOfHundredsOfFoldersIsOneLayer() throws Exception {
    StringBuilder text = new StringBuilder("<Document>");
    for (int i = 0; i < 300; i++) {
      text.append("<Folder><name>f").append(i).append("</name><Placemark><name>p</name>");
      text.append("</Placemark></Folder>");
    }
    Reading reading = read(text + "</Document></kml>");

    assertThat(reading.layers()).hasSize(1);
    assertThat(reading.values(299)).containsExactly("f299", "p");
  }

  @Test
  void extendedDataAreFieldsTypedByTheirSchema() throws Exception {
    Reading reading =
        read(
            "<Document><Schema id='s'><SimpleField name='pisos' type='int'/>"
                + "<SimpleField name='clave' type='string'/></Schema><Placemark><ExtendedData>"
                + "<SchemaData schemaUrl='#s'><SimpleData name='pisos'>3</SimpleData>"
                + "<SimpleData name='clave'>007</SimpleData></SchemaData>"
                + "<Data name='libre'><value>x</value></Data></ExtendedData>"
                + "<description><![CDATA[<table><tr><td>a</td></tr></table>]]></description>"
                + "</Placemark></Document></kml>");

    assertThat(reading.fieldNames()).containsExactly("pisos", "clave", "libre", "description");
    assertThat(reading.layer().fields().stream().map(SourceField::typed))
        .containsExactly(true, true, false, true);
    assertThat(reading.values(0))
        .containsExactly(3L, "007", "x", "<table><tr><td>a</td></tr></table>");
  }

  @Test
  void geometriesOfAllKinds() throws Exception {
    assertThat(
            shape(
                "<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 9,0 9,9 0,0</coordinates>"
                    + "</LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>"
                    + "5,1 6,1 6,2 5,1</coordinates></LinearRing></innerBoundaryIs></Polygon>"))
        .isEqualTo("POLYGON ((0 0, 9 0, 9 9, 0 0), (5 1, 6 1, 6 2, 5 1))");
    assertThat(
            shape(
                "<MultiGeometry><Point><coordinates>1,2,0</coordinates></Point>"
                    + "<MultiGeometry><Point><coordinates>3,4,0</coordinates></Point>"
                    + "</MultiGeometry></MultiGeometry>"))
        .isEqualTo("MULTIPOINT ((1 2), (3 4))");
    assertThat(
            shape(
                "<gx:Track xmlns:gx='http://www.google.com/kml/ext/2.2'><gx:coord>1 2 5</gx:coord>"
                    + "<gx:coord>3 4 6</gx:coord></gx:Track>"))
        .isEqualTo("LINESTRING (1 2, 3 4)");
    assertThat(shape("<LineString><coordinates>1, 2\n 3, 4</coordinates></LineString>"))
        .isEqualTo("LINESTRING (1 2, 3 4)");
  }

  private String shape(String geometry) throws IOException, FormatException {
    return String.valueOf(read("<Placemark>" + geometry + "</Placemark></kml>").wkt(0));
  }

  private Reading read(String text) throws IOException, FormatException {
    return Reading.of(
        new KmlFormat(), folder, "plan.kml", "<kml xmlns='http://www.opengis.net/kml/2.2'>" + text);
  }
}
