package org.tequio.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.formats.PagedFile.Page;

class PagedFileTest {
  @TempDir Path folder;
  private int pages;

  private Path page(String text) throws IOException {
    return Files.writeString(folder.resolve("page" + ++pages + ".tmp"), text);
  }

  private static String gml(String attributes, String... members) {
    StringBuilder text = new StringBuilder("<wfs:FeatureCollection xmlns:wfs='http://w'");
    text.append(" xmlns:gml='http://www.opengis.net/gml/3.2' xmlns:ms='http://m' ")
        .append(attributes)
        .append('>');
    for (String member : members) {
      text.append("<wfs:member>").append(member).append("</wfs:member>");
    }
    return text.append("</wfs:FeatureCollection>").toString();
  }

  private static String tree(String id, String name) {
    return "<ms:arbol gml:id='"
        + id
        + "'><ms:nombre>"
        + name
        + "</ms:nombre><ms:geom><gml:Point srsName='EPSG:4326'><gml:pos>1 2</gml:pos></gml:Point>"
        + "</ms:geom></ms:arbol>";
  }

  private Reading readGml(String... documents) throws Exception {
    Path file = folder.resolve("arbol.gml");
    try (PagedFile into = PagedFile.gml(file, Limits.STANDARD)) {
      for (String document : documents) {
        into.add(page(document));
      }
    }
    return Reading.of(file);
  }

  private static List<?> names(Reading.Layer layer) {
    return java.util.stream.IntStream.range(0, layer.features().size())
        .mapToObj(i -> Reading.value(layer, i, "nombre"))
        .toList();
  }

  @Test
  void aPageThatIsCutIsDamagedNotShort() throws Exception {
    String whole = gml("", tree("a.1", "uno"), tree("a.2", "dos"));
    try (PagedFile into = PagedFile.gml(folder.resolve("a.gml"), Limits.STANDARD)) {
      Path cut = page(whole.substring(0, whole.length() - 30));
      assertThatThrownBy(() -> into.add(cut)).isInstanceOf(FormatException.class);
    }
    try (PagedFile into = PagedFile.geoJson(folder.resolve("a.geojson"), Limits.STANDARD)) {
      Path cut = page("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\"},");
      assertThatThrownBy(() -> into.add(cut)).isInstanceOf(FormatException.class);
    }
  }

  @Test
  void aServersErrorIsItsOwnWordNotAPage() throws Exception {
    try (PagedFile into = PagedFile.gml(folder.resolve("a.gml"), Limits.STANDARD)) {
      Path report =
          page(
              "<ExceptionReport><Exception exceptionCode='X'>no  key</Exception></ExceptionReport>");
      assertThat(into.add(report)).isEqualTo(new Page.Fault("X", "no key"));
      Path late =
          page(gml("", tree("a.1", "uno")).replace("</wfs:Fe", "<ExceptionReport/></wfs:Fe"));
      assertThat(into.add(late)).isInstanceOf(Page.Fault.class);
    }
    try (PagedFile into = PagedFile.esriJson(folder.resolve("a.json"), Limits.STANDARD)) {
      assertThat(into.add(page("{\"error\":{\"code\":498,\"message\":\"Invalid token\"}}")))
          .isEqualTo(new Page.Fault("498", "Invalid token"));
    }
  }

  @Test
  void whatIsOnTwoPagesIsOneFeatureWhatIsTwiceOnOnePageAreTwo() throws Exception {
    String twin = tree("", "gemelo").replace(" gml:id=''", "");
    Reading reading =
        readGml(
            gml("numberMatched='9'", tree("a.1", "uno"), tree("a.2", "dos"), twin, twin),
            gml("", tree("a.2", "dos"), tree("a.3", "tres")));

    assertThat(names(reading.layer())).isEqualTo(List.of("uno", "dos", "gemelo", "gemelo", "tres"));
  }

  @Test
  void idsMadeUpAnewAreNotTrusted() throws Exception {
    Reading reading =
        readGml(
            gml("", tree("a.fid--7a1_1f", "uno"), tree("a.fid--7a1_20", "dos")),
            gml("", tree("a.fid-42b_7", "dos"), tree("a.fid-42b_8", "tres")));

    assertThat(names(reading.layer())).isEqualTo(List.of("uno", "dos", "tres"));
  }

  @Test
  void textAndNamespacesSurviveTheCopy() throws Exception {
    String name = "Río &amp; &lt;b&gt; &quot;ñ&quot; <![CDATA[<x> & y]]>";
    Reading reading =
        readGml(
            "<FeatureCollection xmlns='http://w'><featureMember><arbol xmlns='http://m' fid='1'>"
                + "<nombre>"
                + name
                + "</nombre></arbol></featureMember></FeatureCollection>");

    assertThat(names(reading.layer())).isEqualTo(List.of("Río & <b> \"ñ\" <x> & y"));
  }

  @Test
  void theSystemOfACollectionHoldsForItsFeatures() throws Exception {
    String bounds =
        "<gml:boundedBy><gml:Envelope srsName='urn:ogc:def:crs:EPSG::4326'/></gml:boundedBy>";
    Reading reading =
        readGml(
            gml("", tree("a.1", "uno").replace(" srsName='EPSG:4326'", ""))
                .replaceFirst("<wfs:member>", bounds + "<wfs:member>"));

    assertThat(reading.layer().crs().toString()).contains("4326").contains("axes as the register");
  }

  @Test
  void countsAndLinksAreToldAsTheServerTellsThem() throws Exception {
    try (PagedFile into = PagedFile.gml(folder.resolve("a.gml"), Limits.STANDARD)) {
      assertThat(into.add(page(gml("numberMatched='31' next='http://x/?a=1&amp;b=2'"))))
          .isEqualTo(new Page.Features(0, 0, 31, "http://x/?a=1&b=2", false));
      assertThat(into.add(page(gml("numberMatched='unknown'"))))
          .isEqualTo(new Page.Features(0, 0, -1, null, false));
      assertThat(into.add(page(gml("numberOfFeatures='12'"))))
          .isEqualTo(new Page.Features(0, 0, 12, null, false));
    }
    try (PagedFile into = PagedFile.geoJson(folder.resolve("a.geojson"), Limits.STANDARD)) {
      assertThat(
              into.add(
                  page(
                      "{\"type\":\"FeatureCollection\",\"numberMatched\":3,\"links\":[{\"href\":\"n\","
                          + "\"rel\":\"next\"}],\"features\":[{\"id\":\"a\"},{\"id\":1}]}")))
          .isEqualTo(new Page.Features(2, 2, 3, "n", false));
      assertThat(into.features()).isEqualTo(2);
    }
  }

  @Test
  void geoJsonPagesBecomeOneFileByteForByte() throws Exception {
    Path file = folder.resolve("mercados.geojson");
    String first =
        "{\"type\":\"Feature\",\"id\":1,\"geometry\":{\"type\":\"Point\",\"coordinates\":"
            + "[-99.10,19.4]},\"properties\":{\"nombre\":\"Ñuñoa \\u00e9\"}}";
    try (PagedFile into = PagedFile.geoJson(file, Limits.STANDARD)) {
      into.add(page("{\"crs\":{\"a\":1},\"features\":[" + first + "]}"));
      into.add(page("{\"features\":[" + first + "," + first.replace(":1,", ":2,") + "]}"));
    }

    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"type\":\"FeatureCollection\",\"crs\":{\"a\":1},\n\"features\":[\n"
                + first
                + ",\n"
                + first.replace(":1,", ":2,")
                + "\n]}\n");
    assertThat(Reading.of(file).layer().features()).hasSize(2);
  }
}
