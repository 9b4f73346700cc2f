package org.tequio.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Progress;
import org.tequio.harvest.HarvestRun.Outcome;

/** ArcGIS servers, OGC APIs and catalogues, in the shapes that they answer in. */
class ServiceHarvestTest {
  @TempDir Path folder;
  private TrialHarvest city;

  @BeforeEach
  void open() throws IOException {
    city = new TrialHarvest(folder);
  }

  @AfterEach
  void close() throws IOException {
    city.close();
  }

  /** A FeatureServer with lamps; errors come with status 200. */
  private record ArcGis(int lamps, boolean pages, int says) implements Neighbour.Answers {
    @Override
    public void answer(Neighbour.Asked asked) throws IOException {
      String path = asked.path();
      String json;
      if (path.endsWith("/FeatureServer")) {
        json =
            "{'layers':[{'id':0,'name':'Luminarias','geometryType':'esriGeometryPoint'}],"
                + "'tables':[]}";
      } else if (path.endsWith("/0")) {
        json =
            "{'id':0,'name':'Luminarias','maxRecordCount':60,'objectIdField':'OBJECTID',"
                + "'advancedQueryCapabilities':{'supportsPagination':"
                + pages
                + "}}";
      } else if (asked.parameter("returncountonly").equals("true")) {
        json = "{'count':" + says + "}";
      } else if (asked.parameter("returnidsonly").equals("true")) {
        json = "{'objectIdFieldName':'OBJECTID','objectIds':" + ids().boxed().toList() + "}";
      } else {
        json = features(asked);
      }
      asked.reply(200, "application/json", json.replace('\'', '"'));
    }

    private IntStream ids() {
      return IntStream.rangeClosed(1, lamps);
    }

    private String features(Neighbour.Asked asked) {
      String list = asked.parameter("objectids");
      String offset = asked.parameter("resultoffset");
      if (!offset.isEmpty() && !pages) {
        return "{'error':{'code':400,'message':'Pagination is not supported.','details':[]}}";
      }
      List<Integer> some =
          list.isEmpty()
              ? ids().skip(Integer.parseInt(offset)).limit(60).boxed().toList()
              : Arrays.stream(list.split(",")).map(Integer::valueOf).toList();
      List<String> features = new ArrayList<>();
      for (int id : some) {
        features.add(
            "{'attributes':{'OBJECTID':"
                + id
                + ",'CALLE':'Av. Juárez','ALTA':1709251200000,'POTENCIA':null},"
                + "'geometry':{'x':"
                + (484_000 + id)
                + ",'y':2148000}}");
      }
      return "{'objectIdFieldName':'OBJECTID','geometryType':'esriGeometryPoint',"
          + "'spatialReference':{'wkid':32614,'latestWkid':32614},'fields':["
          + "{'name':'OBJECTID','type':'esriFieldTypeOID'},"
          + "{'name':'CALLE','type':'esriFieldTypeString','alias':'Calle'},"
          + "{'name':'ALTA','type':'esriFieldTypeDate'},"
          + "{'name':'POTENCIA','type':'esriFieldTypeDouble'}],'exceededTransferLimit':"
          + (some.size() == 60)
          + ",'features':["
          + String.join(",", features)
          + "]}";
    }
  }

  @Test
  void anArcGisErrorWithStatus200IsAnError() throws Exception {
    try (Neighbour neighbour =
        Neighbour.saying(
            "application/json", "{\"error\":{\"code\":499,\"message\":\"Token Required\"}}")) {
      assertThat(city.reason(city.add(SourceKind.ARCGIS, neighbour.url("/rest/x/MapServer"))))
          .contains("499 Token Required");
    }
  }

  @Test
  void fewerRecordsThanTheCountAreNotALayer() throws Exception {
    try (Neighbour neighbour = new Neighbour(new ArcGis(200, true, 250))) {
      assertThat(city.reason(city.add(SourceKind.ARCGIS, neighbour.url("/x/FeatureServer"))))
          .contains("200 / 250");
      assertThat(city.layers()).isEmpty();
    }
  }

  @Test
  void anArcGisLayerComesByPages() throws Exception {
    try (Neighbour neighbour = new Neighbour(new ArcGis(200, true, 200))) {
      String address = neighbour.url("/x/FeatureServer");
      assertThat(city.module().preview(null, address, Progress.NONE).items())
          .containsExactly(new Offer.Item("0", "Luminarias", "Point", null));

      HarvestRun run = city.pull(city.add(SourceKind.ARCGIS, address, "0"));

      assertThat(run.outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(run.fetched().features()).isEqualTo(200);
      assertThat(city.count()).isEqualTo(200);
      assertThat(city.layers().getFirst().schema().fields())
          .extracting(field -> field.type().name())
          .contains("INSTANT");
    }
  }

  @Test
  void anArcGisServerWithoutPagesIsAskedByObjectIds() throws Exception {
    try (Neighbour neighbour = new Neighbour(new ArcGis(230, false, 230))) {
      Source source = city.add(SourceKind.ARCGIS, neighbour.url("/x/FeatureServer/0"));

      assertThat(city.pull(source).outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(city.count()).isEqualTo(230);
    }
  }

  private static String items(int from, int to, String matched, String next) {
    List<String> features = new ArrayList<>();
    for (int i = from; i < to; i++) {
      features.add(
          "{\"type\":\"Feature\",\"id\":"
              + i
              + ",\"geometry\":{\"type\":\"Point\",\"coordinates\":["
              + (-99.1 - i * 0.0001)
              + ",19.4]},\"properties\":{\"nombre\":\"Mercado "
              + i
              + "\"}}");
    }
    String link = next.isEmpty() ? "" : "{\"rel\":\"next\",\"href\":\"" + next + "\"},";
    return "{\"type\":\"FeatureCollection\","
        + matched
        + "\"links\":["
        + link
        + "{\"rel\":\"self\",\"href\":\"x\"}],\"features\":["
        + String.join(",", features)
        + "]}";
  }

  private static void ogc(Neighbour.Asked asked, String next, String matched) throws IOException {
    String body =
        switch (asked.path()) {
          case "/ogc" -> "{\"title\":\"API\",\"links\":[]}";
          case "/ogc/collections" ->
              "{\"collections\":[{\"id\":\"mercados\",\"title\":\"Mercados\"}],\"links\":[]}";
          default -> {
            String offset = asked.parameter("offset");
            int from = offset.isEmpty() ? 0 : Integer.parseInt(offset);
            int to = Math.min(120, from + 50);
            yield items(from, to, matched, to < 120 ? next.replace("{offset}", "" + to) : "");
          }
        };
    asked.reply(200, "application/json", body);
  }

  @Test
  void pagesThatLinkInACircleEnd() throws Exception {
    try (Neighbour neighbour =
        new Neighbour(asked -> ogc(asked, "items?offset=0", "\"numberMatched\":120,"))) {
      assertThat(city.reason(city.add(SourceKind.OGC_FEATURES, neighbour.url("/ogc"))))
          .contains("50 / 120");
      assertThat(neighbour.requests).hasSizeLessThan(12);
    }
  }

  @Test
  void linksWithTheServersNameInItsOwnHouseAreFollowedOnTheServerThatWasAsked() throws Exception {
    String inner = "http://geoserver.interno:8080/ogc/collections/mercados/items?offset={offset}";
    try (Neighbour neighbour =
        new Neighbour(asked -> ogc(asked, inner, "\"numberMatched\":120,"))) {
      Source source = city.add(SourceKind.OGC_FEATURES, neighbour.url("/ogc"));

      assertThat(city.pull(source).outcome()).isEqualTo(Outcome.PUBLISHED);
      assertThat(city.count()).isEqualTo(120);
    }
  }

  @Test
  void anApiThatDoesNotCountIsFollowedToItsLastLink() throws Exception {
    try (Neighbour neighbour = new Neighbour(asked -> ogc(asked, "items?offset={offset}", ""))) {
      String address = neighbour.url("/ogc/");
      assertThat(
              city.module()
                  .preview(SourceKind.OGC_FEATURES, neighbour.url("/ogc"), Progress.NONE)
                  .items())
          .extracting(Offer.Item::title)
          .containsExactly("Mercados");

      Source source =
          city.add(SourceKind.OGC_FEATURES, address + "collections/mercados/items", "mercados");

      assertThat(city.pull(source).reason()).isNull();
      assertThat(city.count()).isEqualTo(120);
    }
  }

  private static String csv() {
    return "clave,nombre,lat,lon\nM1,La Merced,19.42,-99.12\nM2,Jamaica,19.41,-99.12\n";
  }

  private static void portal(Neighbour.Asked asked, String base) throws IOException {
    String resource =
        "{\"id\":\"r-1\",\"name\":\"Mercados\",\"format\":\"CSV\",\"url\":\""
            + base
            + "/descarga/mercados\"}";
    String dataset =
        "{\"name\":\"mercados\",\"title\":\"Mercados públicos\",\"resources\":[" + resource + "]}";
    switch (asked.path()) {
      case "/api/3/action/package_show" ->
          asked.reply(200, "application/json", "{\"success\":true,\"result\":" + dataset + "}");
      case "/api/3/action/package_search" ->
          asked.reply(
              200,
              "application/json",
              "{\"success\":true,\"result\":{\"count\":1,\"results\":[" + dataset + "]}}");
      case "/descarga/mercados" -> asked.reply(200, "application/octet-stream", csv());
      default -> asked.reply(200, "text/html", "<!doctype html><html>CKAN</html>");
    }
  }

  @Test
  void aResourceOfACkanPortalIsPulled() throws Exception {
    try (Neighbour neighbour = new Neighbour(asked -> {})) {
      neighbour.becomes(asked -> portal(asked, neighbour.url("")));
      Offer whole = city.module().preview(null, neighbour.url("/"), Progress.NONE);
      Offer one = city.module().preview(null, neighbour.url("/dataset/mercados"), Progress.NONE);
      assertThat(whole).isEqualTo(one);
      assertThat(one.kind()).isEqualTo(SourceKind.CKAN);

      Source source = city.add(SourceKind.CKAN, neighbour.url("/"), "r-1");

      assertThat(city.pull(source).reason()).isNull();
      assertThat(city.count()).isEqualTo(2);
    }
  }

  @Test
  void aPortalThatLostAResourceSaysSo() throws Exception {
    try (Neighbour neighbour = new Neighbour(asked -> {})) {
      neighbour.becomes(asked -> portal(asked, neighbour.url("")));
      assertThat(city.reason(city.add(SourceKind.CKAN, neighbour.url("/"), "r-2")))
          .contains("does not offer 'r-2'");
    }
  }

  private void dcat(String mediaType, String catalogue) throws IOException {
    try (Neighbour neighbour = new Neighbour(asked -> {})) {
      String file = neighbour.url("/descarga/mercados.csv");
      neighbour.becomes(
          asked -> {
            if (asked.path().equals("/catalogo")) {
              asked.reply(200, mediaType, catalogue.replace("{file}", file));
            } else {
              asked.reply(200, "text/csv", csv());
            }
          });
      String address = neighbour.url("/catalogo");
      Offer offer;
      try {
        offer = city.module().preview(null, address, Progress.NONE);
      } catch (HarvestException e) {
        throw new AssertionError(e);
      }
      assertThat(offer.kind()).isEqualTo(SourceKind.DCAT);
      assertThat(offer.items()).extracting(Offer.Item::name).containsExactly(file);
      assertThat(offer.items().getFirst().title()).startsWith("Mercados públicos");

      assertThat(city.pull(city.add(SourceKind.DCAT, address)).reason()).isNull();
      assertThat(city.count()).isEqualTo(2);
    }
  }

  @Test
  void aCatalogueInDataJsonIsPulled() throws Exception {
    dcat(
        "application/json",
        """
        {"conformsTo":"https://project-open-data.cio.gov/v1.1/schema","dataset":[
        {"title":"Mercados públicos","identifier":"m",
         "distribution":[{"downloadURL":"{file}","mediaType":"text/csv"}]}]}
        """);
  }

  @Test
  void aCatalogueInJsonLdIsPulled() throws Exception {
    dcat(
        "application/ld+json",
        """
        {"@graph":[{"@id":"d","@type":"dcat:Dataset","dct:title":{"@value":"Mercados públicos",
        "@language":"es"},"dcat:distribution":{"@id":"x"}},{"@id":"x","@type":"dcat:Distribution",
        "dcat:downloadURL":{"@id":"{file}"},"dct:format":"CSV"}]}
        """);
  }

  @Test
  void aCatalogueInRdfXmlIsPulled() throws Exception {
    dcat(
        "application/rdf+xml",
        """
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
         xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">
        <dcat:Dataset rdf:about="d"><dct:title>Mercados públicos</dct:title><dcat:distribution>
        <dcat:Distribution><dcat:downloadURL rdf:resource="{file}"/><dct:format>CSV</dct:format>
        </dcat:Distribution></dcat:distribution></dcat:Dataset></rdf:RDF>
        """);
  }

  @Test
  void aPageThatIsNoneOfThemIsSaidInWords() throws Exception {
    try (Neighbour neighbour = Neighbour.saying("text/html", "<html>Bienvenidos</html>")) {
      assertThat(city.reason(city.add(SourceKind.DCAT, neighbour.url("/")))).contains("web page");
      assertThat(city.reason(city.add(SourceKind.WFS, neighbour.url("/")))).contains("web page");
      assertThat(city.reason(city.add(SourceKind.CKAN, neighbour.url("/")))).contains("CKAN");
    }
  }
}
