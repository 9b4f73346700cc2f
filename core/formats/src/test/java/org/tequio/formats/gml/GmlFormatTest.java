package org.tequio.formats.gml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.table.Reading;

class GmlFormatTest {
  @TempDir Path folder;

  @Test
  void anErrorMessageOfAServerIsNoLayer() {
    assertThatThrownBy(
            () ->
                Reading.of(new GmlFormat(), folder, "a.gml", "<ExceptionReport></ExceptionReport>"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("error message of a server");
  }

  @Test
  void aCurveMadeOfArcsIsToldNotStraightened() throws Exception {
    Reading reading =
        read(
            "<gml:Curve><gml:segments><gml:Arc><gml:posList>0 0 1 1 2 0</gml:posList></gml:Arc>"
                + "</gml:segments></gml:Curve>");

    assertThat(reading.wkt(0)).isNull();
    assertThat(reading.codes()).containsExactly(FindingCode.GEOMETRY_UNREADABLE);
  }

  @Test
  void theFormalNameOfASystemFollowsTheRegistersAxes() throws Exception {
    String pos = "<gml:pos>19.4 -99.1</gml:pos></gml:Point>";

    Reading formal = read("<gml:Point srsName='urn:ogc:def:crs:EPSG::4326'>" + pos);
    assertThat(formal.wkt(0)).isEqualTo("POINT (-99.1 19.4)");
    assertThat(
            read("<gml:Point srsName='http://www.opengis.net/def/crs/EPSG/0/4326'>" + pos).wkt(0))
        .isEqualTo("POINT (-99.1 19.4)");
    assertThat(read("<gml:Point srsName='EPSG:4326'>" + pos).wkt(0))
        .isEqualTo("POINT (19.4 -99.1)");
    assertThat(
            read("<gml:Point srsName='http://www.opengis.net/gml/srs/epsg.xml#4326'>" + pos).wkt(0))
        .isEqualTo("POINT (19.4 -99.1)");
    assertThat(read("<gml:Point srsName='urn:ogc:def:crs:EPSG::32614'>" + pos).wkt(0))
        .isEqualTo("POINT (19.4 -99.1)");
    assertThat(((SourceCrs.Declared) formal.layer().crs()).crs()).isEqualTo(new Crs(4326));
  }

  @Test
  void surfacesOfGml3AndPolygonsOfGml2() throws Exception {
    assertThat(
            read("<gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing>"
                    + "<gml:posList>0 0 9 0 9 9 0 0</gml:posList></gml:LinearRing></gml:exterior>"
                    + "</gml:Polygon></gml:surfaceMember></gml:MultiSurface>")
                .wkt(0))
        .isEqualTo("MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)))");
    assertThat(
            read("<gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>0,0 9,0 9,9"
                    + " 0,0</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>")
                .wkt(0))
        .isEqualTo("POLYGON ((0 0, 9 0, 9 9, 0 0))");
    assertThat(
            read("<gml:LineString><gml:posList srsDimension='3'>0 0 5 1 1 6</gml:posList></gml:LineString>")
                .wkt(0))
        .isEqualTo("LINESTRING (0 0, 1 1)");
  }

  @Test
  void featuresWithoutAPlaceStayInTheirLayerAndPropertiesInsideGetDottedNames() throws Exception {
    Reading reading =
        Reading.of(
            new GmlFormat(),
            folder,
            "a.gml",
            "<wfs:FeatureCollection xmlns:wfs='http://www.opengis.net/wfs/2.0'"
                + " xmlns:gml='http://www.opengis.net/gml/3.2'>"
                + "<wfs:member><pozo gml:id='p.1'><dir><calle>Juárez</calle></dir></pozo></wfs:member>"
                + "<wfs:member><pozo gml:id='p.2'><geom><gml:Point srsName='EPSG:32614'><gml:pos>5 6"
                + "</gml:pos></gml:Point></geom></pozo></wfs:member>"
                + "<wfs:member><calle><n>1</n></calle></wfs:member></wfs:FeatureCollection>");

    assertThat(reading.layers().stream().map(SourceLayer::name))
        .containsExactlyInAnyOrder("pozo", "calle");
    assertThat(reading.features()).hasSize(3);
    assertThat(reading.features().stream().map(f -> f.sourceId())).contains("p.1", "p.2");
    assertThat(reading.layers().stream().flatMap(l -> l.fields().stream()).map(f -> f.name()))
        .contains("dir.calle");
  }

  private Reading read(String geometry) throws IOException, FormatException {
    return Reading.of(
        new GmlFormat(),
        folder,
        "a.gml",
        "<wfs:FeatureCollection xmlns:wfs='http://www.opengis.net/wfs'"
            + " xmlns:gml='http://www.opengis.net/gml'><gml:featureMember><barrio fid='b.1'><geom>"
            + geometry
            + "</geom></barrio></gml:featureMember></wfs:FeatureCollection>");
  }
}
