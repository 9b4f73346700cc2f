package org.tequio.formats.esri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.Formats;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.table.Reading;

class EsriJsonFormatTest {
  private static final String FIELDS =
      "'fields':[{'name':'OBJECTID','type':'esriFieldTypeOID'},"
          + "{'name':'CALLE','type':'esriFieldTypeString','alias':'Calle'},"
          + "{'name':'ALTA','type':'esriFieldTypeDate'},"
          + "{'name':'M2','type':'esriFieldTypeDouble'}],";

  @TempDir Path folder;

  private Reading read(String json) throws Exception {
    return Reading.of(new EsriJsonFormat(), folder, "lotes.json", json.replace('\'', '"'));
  }

  private Reading geometry(String type, String geometry) throws Exception {
    return read(
        "{'geometryType':'esriGeometry"
            + type
            + "','spatialReference':{'wkid':102100,'latestWkid':3857},'features':["
            + "{'attributes':{'OBJECTID':1},'geometry':"
            + geometry
            + "}]}");
  }

  @Test
  void aFileThatBreaksOffSaysWhere() {
    assertThatThrownBy(
            () ->
                read(
                    "{'geometryType':'esriGeometryPoint','features':[{'attributes':{'a':1}},"
                        + "{'attributes':"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("the file ends in the middle")
        .extracting(e -> ((FormatException) e).code())
        .isEqualTo(FindingCode.FILE_TRUNCATED);
  }

  @Test
  void curvesAndHalfPositionsAreSetAsideNotStraightened() throws Exception {
    assertThat(geometry("Polyline", "{'curvePaths':[[[0,0],{'c':[[3,3],[1,4]]}]]}").asides())
        .singleElement()
        .asString()
        .contains("curves: curvePaths");
    assertThat(geometry("Polyline", "{'paths':[[[0],[1,1]]]}").asides())
        .singleElement()
        .asString()
        .contains("a position with 1 numbers");
  }

  @Test
  void noGeometryAndNotANumberArePlaceless() throws Exception {
    assertThat(geometry("Point", "null").wkt(0)).isNull();
    assertThat(geometry("Point", "{'x':'NaN','y':'NaN'}").wkt(0)).isNull();
    assertThat(geometry("Polygon", "{'rings':[]}").wkt(0)).isNull();
  }

  @Test
  void ringsThatRunTheOtherWayAreHolesOfTheRingAroundThem() throws Exception {
    String rings =
        "{'rings':[[[0,0],[0,10],[10,10],[10,0],[0,0]],[[20,0],[20,5],[25,5],[25,0],[20,0]],"
            + "[[2,2],[4,2],[4,4],[2,4],[2,2]]]}";
    assertThat(geometry("Polygon", rings).wkt(0))
        .isEqualTo(
            "MULTIPOLYGON (((0 0, 0 10, 10 10, 10 0, 0 0), (2 2, 4 2, 4 4, 2 4, 2 2)),"
                + " ((20 0, 20 5, 25 5, 25 0, 20 0)))");
  }

  @Test
  void fieldsHaveTheirTypesAndNullStaysNull() throws Exception {
    Reading reading =
        read(
            "{'objectIdFieldName':'OBJECTID','geometryType':'esriGeometryPoint',"
                + "'spatialReference':{'wkid':4326},"
                + FIELDS
                + "'features':[{'attributes':{'OBJECTID':7,'CALLE':'Río','ALTA':1709251200000,"
                + "'M2':null},'geometry':{'x':-99.1,'y':19.4}}]}");

    assertThat(reading.values(0))
        .containsExactly(7L, "Río", Instant.parse("2024-03-01T00:00:00Z"), null);
    assertThat(reading.features().getFirst().sourceId()).isEqualTo("7");
    assertThat(reading.wkt(0)).isEqualTo("POINT (-99.1 19.4)");
    assertThat(reading.layer().fields().get(1).alias()).isEqualTo("Calle");
  }

  @Test
  void esrisOwnNumbersOfSystemsAreKnownByTheirNewestNumber() throws Exception {
    SourceCrs crs = geometry("Point", "{'x':1,'y':2}").layer().crs();
    assertThat(((SourceCrs.Declared) crs).crs()).isEqualTo(new Crs(3857));
  }

  @Test
  void geoJsonIsLeftToItsOwnFormat() throws Exception {
    assertThat(read("{'type':'FeatureCollection','features':[{'type':'Feature'}]}").layers())
        .isEmpty();
    assertThat(Formats.readers().stream().map(format -> format.name()).toList())
        .containsSubsequence("Esri JSON", "GeoJSON", "JSON");
  }
}
