package org.tequio.publish.wfs;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.formats.Xml;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.ows.CrsName;
import org.tequio.publish.ows.ServiceSections;

/**
 * Answers GetCapabilities (OGC 09-025r2, clause 8; 04-094, clause 13). Every layer has one link to
 * its metadata; every address begins with the city's own.
 *
 * @param city the city's name
 * @param site the address of the city's site
 * @param service the address of this service, with what it must carry
 * @param language in which people are spoken to
 * @param tag changes with the layers
 */
record Capabilities(String city, String site, String service, Language language, String tag) {
  static final int COUNT_DEFAULT = 10_000;

  private static final String XLINK = "http://www.w3.org/1999/xlink";

  /** What version 2.0 promises, by the names of its constraints (09-025r2, table 13). */
  private static final Map<String, Boolean> PROMISES = promises();

  private static Map<String, Boolean> promises() {
    Map<String, Boolean> promises = new LinkedHashMap<>();
    promises.put("ImplementsBasicWFS", true);
    promises.put("ImplementsTransactionalWFS", true);
    promises.put("ImplementsLockingWFS", false);
    promises.put("KVPEncoding", true);
    promises.put("XMLEncoding", true);
    promises.put("SOAPEncoding", false);
    promises.put("ImplementsInheritance", false);
    promises.put("ImplementsRemoteResolve", false);
    promises.put("ImplementsResultPaging", true);
    promises.put("ImplementsStandardJoins", false);
    promises.put("ImplementsSpatialJoins", false);
    promises.put("ImplementsTemporalJoins", false);
    promises.put("ImplementsFeatureVersioning", false);
    promises.put("ManageStoredQueries", false);
    return promises;
  }

  byte[] of(List<FeatureType> types, WfsVersion version) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("wfs", version.wfs());
    prefixes.put("ows", version.ows().namespace());
    prefixes.put(version.isGml32() ? "fes" : "ogc", version.filter());
    prefixes.put("gml", version.gml());
    prefixes.put("xlink", XLINK);
    prefixes.put(FeatureType.PREFIX, FeatureType.NAMESPACE);
    Xml xml = new Xml("wfs:WFS_Capabilities", prefixes);
    xml.attribute("version", version.number()).attribute("updateSequence", tag);
    xml.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    xml.attribute("xsi:schemaLocation", version.wfs() + " " + version.wfsSchema());
    ServiceSections.identification(
        xml, city, WfsTexts.ABOUT, "WFS", WfsVersion.numbers(), List.of(), language);
    ServiceSections.provider(xml, city, site);
    switch (version) {
      case V2_0 -> operations20(xml);
      case V1_1 -> operations11(xml);
    }
    xml.start("wfs:FeatureTypeList");
    if (version == WfsVersion.V1_1) {
      xml.start("wfs:Operations");
      List.of("Query", "Insert", "Update", "Delete")
          .forEach(name -> xml.leaf("wfs:Operation", name));
      xml.end();
    }
    for (FeatureType type : types) {
      featureType(xml, type, version);
    }
    xml.end();
    switch (version) {
      case V2_0 -> FilterCapabilities.write20(xml);
      case V1_1 -> FilterCapabilities.write11(xml);
    }
    return xml.toBytes();
  }

  private void operations20(Xml xml) {
    xml.start("ows:OperationsMetadata");
    operation(xml, "GetCapabilities");
    parameter(xml, "AcceptVersions", WfsVersion.numbers());
    parameter(xml, "AcceptFormats", List.of("text/xml", "application/xml"));
    xml.end();
    operation(xml, "DescribeFeatureType");
    parameter(
        xml, "outputFormat", List.of(OutputFormat.GML32.mediaType(), "text/xml; subtype=gml/3.2"));
    xml.end();
    for (String name : List.of("GetPropertyValue", "GetFeature")) {
      operation(xml, name);
      parameter(xml, "resolve", List.of("none", "local"));
      parameter(
          xml,
          "outputFormat",
          name.equals("GetFeature")
              ? OutputFormat.advertised(WfsVersion.V2_0)
              : List.of(OutputFormat.GML32.mediaType()));
      parameter(xml, "resultType", List.of("results", "hits"));
      promise(xml, "PagingIsTransactionSafe", "FALSE");
      promise(xml, "CountDefault", Integer.toString(COUNT_DEFAULT));
      xml.end();
    }
    operation(xml, "ListStoredQueries").end();
    operation(xml, "DescribeStoredQueries").end();
    ServiceSections.operation(xml, "Transaction", "", service);
    parameter(xml, "inputFormat", List.of(OutputFormat.GML32.mediaType()));
    xml.end();
    parameter(xml, "version", List.of(WfsVersion.V2_0.number(), WfsVersion.V1_1.number()));
    PROMISES.forEach((name, kept) -> promise(xml, name, kept ? "TRUE" : "FALSE"));
    promise(xml, "CountDefault", Integer.toString(COUNT_DEFAULT));
    xml.start("ows:Constraint", "name", "QueryExpressions").start("ows:AllowedValues");
    xml.leaf("ows:Value", "wfs:Query").leaf("ows:Value", "wfs:StoredQuery").end().end();
    xml.end();
  }

  private void operations11(Xml xml) {
    xml.start("ows:OperationsMetadata");
    operation(xml, "GetCapabilities");
    values(xml, "AcceptVersions", WfsVersion.numbers());
    values(xml, "AcceptFormats", List.of("text/xml", "application/xml"));
    xml.end();
    operation(xml, "DescribeFeatureType");
    values(xml, "outputFormat", List.of(OutputFormat.GML31.mediaType()));
    xml.end();
    operation(xml, "GetFeature");
    values(xml, "resultType", List.of("results", "hits"));
    values(xml, "outputFormat", OutputFormat.advertised(WfsVersion.V1_1));
    xml.end();
    ServiceSections.operation(xml, "Transaction", "", service);
    values(xml, "inputFormat", List.of(OutputFormat.GML31.mediaType()));
    values(xml, "idgen", List.of("GenerateNew"));
    values(xml, "releaseAction", List.of("ALL"));
    xml.end();
    xml.end();
  }

  private Xml operation(Xml xml, String name) {
    return ServiceSections.operation(xml, name, service, service);
  }

  private static void parameter(Xml xml, String name, List<String> values) {
    xml.start("ows:Parameter", "name", name).start("ows:AllowedValues");
    values.forEach(value -> xml.leaf("ows:Value", value));
    xml.end().end();
  }

  // OWS Common 1.0 has the values right in the parameter.
  private static void values(Xml xml, String name, List<String> values) {
    xml.start("ows:Parameter", "name", name);
    values.forEach(value -> xml.leaf("ows:Value", value));
    xml.end();
  }

  static void promise(Xml xml, String name, String value) {
    xml.start("ows:Constraint", "name", name).start("ows:NoValues").end();
    xml.leaf("ows:DefaultValue", value).end();
  }

  private void featureType(Xml xml, FeatureType type, WfsVersion version) {
    PublicLayer layer = type.layer();
    xml.start("wfs:FeatureType").leaf("wfs:Name", type.name());
    texts(xml, "wfs:Title", layer.record().title(), version);
    LocalText about = layer.record().description();
    if (about != null) {
      texts(xml, "wfs:Abstract", about, version);
    }
    List<String> keywords = layer.record().settings().keywords();
    xml.start("ows:Keywords").leaf("ows:Keyword", layer.record().theme().title().in(language));
    keywords.forEach(keyword -> xml.leaf("ows:Keyword", keyword));
    xml.end();
    switch (version) {
      case V2_0 -> systems(xml, layer, "CRS");
      case V1_1 -> systems(xml, layer, "SRS");
    }
    xml.start("wfs:OutputFormats");
    OutputFormat.advertised(version).forEach(format -> xml.leaf("wfs:Format", format));
    xml.end();
    box(xml, layer.record().extent());
    String metadata = site + "/catalogue/" + layer.id() + ".iso.xml";
    if (version.isGml32()) {
      xml.start("wfs:MetadataURL", "xlink:href", metadata).end();
    } else {
      xml.leaf("wfs:MetadataURL", metadata, "type", "19139", "format", "text/xml");
    }
    xml.end();
  }

  /** The reader's language first; each text once. Version 1.1 takes one. */
  private void texts(Xml xml, String element, LocalText text, WfsVersion version) {
    if (!version.isGml32()) {
      xml.leaf(element, text.in(language));
      return;
    }
    Set<String> said = new LinkedHashSet<>();
    said.add(text.in(language));
    xml.leaf(element, text.in(language), "xml:lang", language.tag());
    for (Language other : Language.values()) {
      if (said.add(text.in(other))) {
        xml.leaf(element, text.in(other), "xml:lang", other.tag());
      }
    }
  }

  private static void systems(Xml xml, PublicLayer layer, String word) {
    if (!layer.hasGeometry()) {
      xml.start("wfs:No" + word).end();
      return;
    }
    Crs own = layer.stored().crs();
    xml.leaf("wfs:Default" + word, CrsName.urn(own).uri());
    for (Crs other : List.of(Crs.CRS84, Crs.WEB_MERCATOR)) {
      if (!other.equals(own)) {
        xml.leaf("wfs:Other" + word, CrsName.urn(other).uri());
      }
    }
    xml.leaf("wfs:Other" + word, CrsName.LON_LAT_URN);
  }

  private static void box(Xml xml, @Nullable Bbox box) {
    if (box != null) {
      xml.start("ows:WGS84BoundingBox");
      xml.leaf("ows:LowerCorner", box.minX() + " " + box.minY());
      xml.leaf("ows:UpperCorner", box.maxX() + " " + box.maxY());
      xml.end();
    }
  }
}
