package org.tequio.harvest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tequio.harvest.Neighbour.Asked;

/** A WFS 2.0 over trees in a row, with the habits of servers that were met in the field. */
final class FaultyWfs implements Neighbour.Answers {
  final int trees;
  private Function<Asked, Integer> hits;
  private Page page = (asked, from, count) -> new int[] {from, Math.min(count, 50)};
  private boolean ids = true;
  private boolean wantsSort;

  /** Which trees are on a page. */
  interface Page {
    int[] of(Asked asked, int from, int count);
  }

  FaultyWfs(int trees) {
    this.trees = trees;
    this.hits = asked -> (int) inside(asked).stream().count();
  }

  FaultyWfs saysThereAre(int number) {
    hits = asked -> number;
    return this;
  }

  FaultyWfs pages(Page other) {
    page = other;
    return this;
  }

  /** Makes up an id for each answer anew, as servers do where a table has no key. */
  FaultyWfs makesUpIds() {
    ids = false;
    return this;
  }

  /** "Cannot do natural order without a primary key". */
  FaultyWfs wantsSort() {
    wantsSort = true;
    return this;
  }

  @Override
  public void answer(Asked asked) throws IOException {
    switch (asked.parameter("request")) {
      case "GetCapabilities" -> asked.reply(200, "text/xml", capabilities());
      case "DescribeFeatureType" -> asked.reply(200, "text/xml", schema());
      default -> {
        if (asked.parameter("resulttype").equals("hits")) {
          int n = hits.apply(asked);
          asked.reply(200, "text/xml", collection(n < 0 ? "unknown" : "" + n, List.of()));
        } else {
          asked.reply(200, "text/xml", features(asked));
        }
      }
    }
  }

  String features(Asked asked) {
    boolean paged = !asked.parameter("count").isEmpty();
    if (wantsSort && paged && asked.parameter("sortby").isEmpty()) {
      return "<ows:ExceptionReport xmlns:ows='http://www.opengis.net/ows/1.1'><ows:Exception"
          + " exceptionCode='NoApplicableCode'><ows:ExceptionText>Cannot do natural order without"
          + " a primary key</ows:ExceptionText></ows:Exception></ows:ExceptionReport>";
    }
    List<Integer> inside = inside(asked);
    int from = paged ? Integer.parseInt(asked.parameter("startindex")) : 0;
    int count = paged ? Integer.parseInt(asked.parameter("count")) : Integer.MAX_VALUE;
    int[] range = page.of(asked, from, count);
    List<Integer> some = new ArrayList<>();
    for (int i = range[0]; i < inside.size() && i - range[0] < range[1]; i++) {
      some.add(inside.get(i));
    }
    return collection("" + hits.apply(asked), some);
  }

  private List<Integer> inside(Asked asked) {
    String bbox = asked.parameter("bbox");
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < trees; i++) {
      double x = x(i);
      if (!bbox.isEmpty()) {
        String[] parts = bbox.split(",");
        // The formal name of the system puts latitude first.
        int at = parts[4].startsWith("urn") ? 1 : 0;
        if (x < Double.parseDouble(parts[at]) || x > Double.parseDouble(parts[at + 2])) {
          continue;
        }
      }
      all.add(i);
    }
    return all;
  }

  private static double x(int i) {
    return -99.2 + i * 0.0003;
  }

  private static String capabilities() {
    return "<wfs:WFS_Capabilities version='2.0.0' xmlns:wfs='http://www.opengis.net/wfs/2.0'"
        + " xmlns:ows='http://www.opengis.net/ows/1.1'><wfs:FeatureTypeList><wfs:FeatureType>"
        + "<wfs:Name>ms:arboles</wfs:Name><wfs:Title>Árboles</wfs:Title>"
        + "<ows:WGS84BoundingBox><ows:LowerCorner>-99.2 19.4</ows:LowerCorner>"
        + "<ows:UpperCorner>-99.0 19.41</ows:UpperCorner></ows:WGS84BoundingBox>"
        + "</wfs:FeatureType></wfs:FeatureTypeList></wfs:WFS_Capabilities>";
  }

  private static String schema() {
    return "<schema xmlns='http://www.w3.org/2001/XMLSchema'><complexType name='t'><sequence>"
        + "<element name='geom' type='gml:PointPropertyType'/>"
        + "<element name='especie' type='string'/><element name='cd_arbol' type='integer'/>"
        + "</sequence></complexType></schema>";
  }

  private String collection(String matched, List<Integer> some) {
    StringBuilder text = new StringBuilder();
    text.append("<wfs:FeatureCollection xmlns:wfs='http://www.opengis.net/wfs/2.0'")
        .append(" xmlns:gml='http://www.opengis.net/gml/3.2' xmlns:ms='http://mapa'")
        .append(" numberMatched='" + matched + "' numberReturned='" + some.size() + "'>");
    for (int i : some) {
      String id =
          ids ? "arboles." + i : "arboles.fid-" + Long.toHexString(System.nanoTime()) + "_1";
      text.append("<wfs:member><ms:arboles gml:id='" + id + "'><ms:geom>")
          .append("<gml:Point gml:id='" + id + ".p' srsName='urn:ogc:def:crs:EPSG::4326'>")
          .append("<gml:pos>19.405 " + x(i) + "</gml:pos></gml:Point></ms:geom>")
          .append("<ms:especie>Jacaranda &amp; fresno</ms:especie>")
          .append("<ms:cd_arbol>" + i + "</ms:cd_arbol></ms:arboles></wfs:member>");
    }
    return text.append("</wfs:FeatureCollection>").toString();
  }
}
