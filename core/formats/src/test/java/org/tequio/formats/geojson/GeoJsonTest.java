package org.tequio.formats.geojson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.FieldType;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Wkb;
import org.tequio.formats.FormatException;
import org.tequio.formats.Reading;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceFile;

class GeoJsonTest {
  @TempDir Path folder;

  @Test
  void aFileThatBreaksOffKeepsWhatCameBeforeAndSaysWhere() throws IOException {
    Reading.Layer layer =
        read("f.geojson", "{\"features\":[" + point("1,2", "") + ",\n{\"type\":\"Fea").layer();

    assertThat(layer.features()).hasSize(1);
    assertThat(layer.fault().map(FormatException::code)).contains(FindingCode.FILE_TRUNCATED);
    assertThat(layer.fault().orElseThrow()).hasMessageMatching("byte \\d+, line 2: .*");
  }

  @Test
  void aSyntaxErrorIsToldWithItsLine() throws IOException {
    Reading.Layer layer =
        read(
                "f.geojson",
                "{\"type\":\"FeatureCollection\",\n\"features\":[\n"
                    + point("1,2", "\"a\":1")
                    + ",\n{\"type\" \"Feature\"}]}")
            .layer();

    assertThat(layer.features()).hasSize(1);
    assertThat(layer.fault().orElseThrow()).hasMessageContaining("line 4");
    assertThat(layer.fault().orElseThrow().code()).isEqualTo(FindingCode.FILE_UNREADABLE);
  }

  @Test
  void anEmptyCollectionThatIsNotClosedIsTruncatedAndNotRefused() throws IOException {
    Reading reading = read("f.geojson", "{\"type\":\"FeatureCollection\",\"features\":[\n");

    assertThat(reading.layer().fault().map(FormatException::code))
        .contains(FindingCode.FILE_TRUNCATED);
  }

  @Test
  void aWebPageNamedAsGeoJsonIsRefused() throws IOException {
    Reading reading = read("f.geojson", "<!DOCTYPE html><p>Inicia sesión</p>");

    assertThat(reading.refused().get("f.geojson")).hasMessageContaining("byte");
  }

  @Test
  void tenThousandBracketsAreOneFeatureSetAside() throws IOException {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    Reading.Layer layer =
        read(
                "f.geojson",
                collection(
                    point("1,2", ""),
                    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                        + deep
                        + "}}",
                    point("3,4", "")))
            .layer();

    assertThat(layer.features()).hasSize(2);
    assertThat(layer.setAside().getFirst()).contains("nested deeper than any geometry");
  }

  /** With less memory to spare than the line is long, it must be a stream. */
  @Test
  void oneLineOfHundredsOfMegabytesIsReadInLittleMemory() throws Exception {
    Path file = folder.resolve("f.geojson");
    byte[] feature = (point("1,2", "\"clave\":\"P-1\"") + ",").getBytes(StandardCharsets.UTF_8);
    int features = (100 << 20) / feature.length;
    try (var out = new java.io.BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write("{\"type\":\"FeatureCollection\",\"features\":[".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < features; i++) {
        out.write(feature);
      }
      byte[] megabyte = new byte[1 << 20];
      java.util.Arrays.fill(megabyte, (byte) 'x');
      out.write("{\"type\":\"Feature\",\"properties\":{\"a\":\"".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 80; i++) {
        out.write(megabyte);
      }
      out.write("\"},\"geometry\":null}]}".getBytes(StandardCharsets.UTF_8));
    }
    List<byte[]> ballast = new java.util.ArrayList<>();
    long spare = 160L << 20;
    for (long left = Runtime.getRuntime().maxMemory() - spare; left > 0; left -= 1 << 16) {
      ballast.add(new byte[1 << 16]);
    }
    Counter counter = new Counter();

    GeoJsonFormat format = new GeoJsonFormat();
    SourceFile source = new SourceFile(file, "f.geojson");
    try (var opened =
        format.open(
            format.claim(List.of(source)).getFirst(),
            org.tequio.formats.ReadContext.collecting(new org.tequio.feature.Findings()))) {
      var layer = opened.layers().getFirst();
      assertThatThrownBy(() -> layer.read(counter))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("16777216");
    }

    assertThat(ballast).isNotEmpty();
    assertThat(counter.accepted).isEqualTo(features);
  }

  private static final class Counter implements org.tequio.formats.SourceLayer.FeatureSink {
    private long accepted;

    @Override
    public void accept(SourceFeature feature) {
      accepted++;
    }

    @Override
    public void setAside(long row, String reason, String raw) {
      throw new AssertionError(reason);
    }
  }

  @Test
  void coordinatesThatAreNoNumbersAreSetAsideWithTheirPlace() throws IOException {
    Reading.Layer layer =
        read(
                "f.geojson",
                collection(
                    point("\"-99.1\",\"19.4\"", ""),
                    point("null,null", ""),
                    point("1", ""),
                    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[1,2],[3,4]]}}",
                    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Circle\",\"coordinates\":[1,2]}}",
                    "null",
                    point("5,6", "")))
            .layer();

    assertThat(layer.features()).extracting(SourceFeature::row).containsExactly(7L);
    assertThat(layer.setAside()).hasSize(6);
    assertThat(layer.setAside().get(3))
        .contains("Polygon has its coordinates 3 levels deep, not 2");
  }

  @Test
  void numbersPastAllMeasureArePassedOnAsTheyAre() throws IOException {
    Reading.Layer layer =
        read(
                "f.geojson",
                collection(
                    point("1e308,NaN", "\"a\":NaN,\"b\":1e999"),
                    point("1,2", "\"a\":1.5,\"b\":2.5")))
            .layer();

    byte[] wkb = Objects.requireNonNull(layer.features().getFirst().wkb());
    assertThat(Wkb.getDouble(wkb, 5)).isEqualTo(1e308);
    assertThat(Wkb.getDouble(wkb, 13)).isNaN();
    assertThat(layer.features().getFirst().values()[0]).isNull();
  }

  @Test
  void aRingThatIsNotClosedIsPassedOnForTheCheckToFind() throws IOException {
    Reading.Layer layer =
        read(
                "f.geojson",
                collection(
                    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1]]]}}"))
            .layer();

    byte[] wkb = layer.features().getFirst().wkb();
    assertThat(wkb).isNotNull().hasSize(5 + 4 + 4 + 3 * 16);
  }

  @Test
  void ofAPropertyWrittenTwiceTheLastCountsAndThatIsTold() throws IOException {
    Reading reading = read("f.geojson", collection(point("1,2", "\"a\":1,\"a\":2")));

    assertThat(reading.layer().features().getFirst().values()).containsExactly(2L);
    assertThat(reading.findings(FindingCode.FIELD_NAME_DUPLICATE).getFirst().subject())
        .isEqualTo("a");
  }

  @Test
  void textThatIsNotUtf8IsReadInWhatItIs() throws IOException {
    Files.write(
        folder.resolve("f.geojson"),
        collection(point("1,2", "\"n\":\"Peñón de los Baños\""))
            .getBytes(StandardCharsets.ISO_8859_1));

    Reading reading = Reading.of(folder);

    assertThat(reading.layer().features().getFirst().values())
        .containsExactly("Peñón de los Baños");
    assertThat(reading.findings(FindingCode.ENCODING_CONTRADICTED)).hasSize(1);
  }

  @Test
  void jsonThatIsNotGeoJsonIsNotClaimed() throws IOException {
    Files.writeString(
        folder.resolve("a.json"),
        "[{\"name\":\"x\",\"location\":{\"type\":\"Point\",\"coordinates\":[1,2]}}]");
    Files.writeString(folder.resolve("b.json"), "{\"type\":\"Topology\",\"objects\":{}}");
    Files.writeString(
        folder.resolve("c.js"),
        "var style = { color: \"#fff\" }; function f(x) { return { a: 1 }; }");

    assertThat(new GeoJsonFormat().claim(files())).isEmpty();
  }

  @Test
  void coordinatesThatCannotBeDegreesHaveNoSystem() throws IOException {
    assertThat(read("f.geojson", collection(point("486000,2147000", ""))).layer().crs())
        .isEqualTo(new SourceCrs.Missing());
  }

  @Test
  void theOldMemberNamesTheSystem() throws IOException {
    String crs =
        "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::32614\"}}";

    SourceCrs read =
        read(
                "f.geojson",
                collection(point("486000,2147000", ""))
                    .replace("\"features\"", crs + ",\"features\""))
            .layer()
            .crs();

    assertThat(read)
        .isInstanceOfSatisfying(
            SourceCrs.Declared.class,
            declared -> assertThat(declared.crs()).isEqualTo(new Crs(32614)));
  }

  @Test
  void propertiesAreTheUnionOfAllFeaturesInTheNarrowestType() throws IOException {
    Reading.Layer layer =
        read(
                "f.geojson",
                collection(
                    point(
                        "1,2",
                        "\"i\":1,\"d\":1,\"m\":1,\"when\":\"2020-02-29\",\"o\":{\"k\":[1,null]}"),
                    point("1,2", "\"i\":null,\"d\":2.5,\"m\":\"x\",\"b\":true,\"z\":null")))
            .layer();

    assertThat(layer.fields())
        .extracting(field -> field.name() + " " + field.type())
        .containsExactly(
            "i INTEGER", "d DECIMAL", "m TEXT", "when DATE", "o TEXT", "b BOOLEAN", "z TEXT");
    assertThat(layer.features().get(0).values())
        .containsExactly(1L, 1.0, "1", LocalDate.of(2020, 2, 29), "{\"k\":[1,null]}", null, null);
    assertThat(layer.features().get(1).values())
        .containsExactly(null, 2.5, "x", null, null, true, null);
  }

  @Test
  void membersMayComeInAnyOrder() throws IOException {
    Reading.Layer layer =
        read(
                "f.geojson",
                "{\"features\":[{\"geometry\":{\"coordinates\":[[1,2],[3,4,5]],\"type\":\"LineString\"},\"properties\":{\"a\":1},\"id\":\"x-1\",\"type\":\"Feature\"}],\"type\":\"FeatureCollection\"}")
            .layer();

    assertThat(layer.features().getFirst().sourceId()).isEqualTo("x-1");
    assertThat(Wkb.hasZ(Objects.requireNonNull(layer.features().getFirst().wkb()), 0)).isTrue();
    assertThat(layer.fields().getFirst().type()).isEqualTo(FieldType.INTEGER);
  }

  @Test
  void linesSequencesAndSingleFeaturesAreRead() throws IOException {
    assertThat(
            read("a.geojsonl", point("1,2", "") + "\n" + point("3,4", "") + "\n")
                .layer()
                .features())
        .hasSize(2);
    assertThat(
            read("a.geojsonl", "\u001e" + point("1,2", "") + "\n\u001e" + point("3,4", ""))
                .layer()
                .features())
        .hasSize(2);
    assertThat(read("a.geojsonl", point("1,2", "")).layer().features()).hasSize(1);
    assertThat(read("a.geojsonl", "{\"type\":\"Point\",\"coordinates\":[1,2]}").layer().features())
        .hasSize(1);
    assertThat(read("a.geojsonl", "[" + point("1,2", "") + "]").layer().features()).hasSize(1);
  }

  @Test
  void scriptsOfWebMapsAreReadVariableByVariable() throws IOException {
    Reading reading =
        read(
            "capas.js",
            "/* qgis2web */ const style = { radius: 5, color: '#3E8E7E' }\n"
                + "var json_barrios_1 = "
                + collection(point("1,2", "\"n\":\"a } b\""))
                + ";\n"
                + "let json_calles_2 = ["
                + collection(point("3,4", ""), point("5,6", ""))
                + "];\n");

    assertThat(reading.names()).containsExactly("json_barrios_1", "json_calles_2");
    assertThat(reading.layer("json_calles_2").features()).hasSize(2);
    assertThat(reading.layer("json_barrios_1").features().getFirst().values())
        .containsExactly("a } b");
  }

  @Test
  void anExportedModuleIsRead() throws IOException {
    assertThat(read("m.js", "export default " + collection(point("1,2", "")) + ";").names())
        .containsExactly("m");
  }

  private List<SourceFile> files() throws IOException {
    try (var all = Files.list(folder)) {
      return all.map(path -> new SourceFile(path, String.valueOf(path.getFileName()))).toList();
    }
  }

  private Reading read(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return Reading.of(folder);
  }

  private static String collection(String... features) {
    return "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}";
  }

  private static String point(String coordinates, String properties) {
    return "{\"type\":\"Feature\",\"properties\":{"
        + properties
        + "},\"geometry\":{\"type\":\"Point\",\"coordinates\":["
        + coordinates
        + "]}}";
  }
}
