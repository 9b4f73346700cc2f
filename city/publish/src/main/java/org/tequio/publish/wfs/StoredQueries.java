package org.tequio.publish.wfs;

import java.util.List;
import java.util.Map;
import org.tequio.feature.Language;
import org.tequio.formats.Xml;
import org.tequio.publish.ows.OwsCode;
import org.tequio.publish.ows.OwsException;

/** The stored queries (OGC 09-025r2, clause 14): the one that every server must have. */
final class StoredQueries {
  static final String GET_FEATURE_BY_ID = "urn:ogc:def:query:OGC-WFS::GetFeatureById";
  private static final String OLD_NAME =
      "http://www.opengis.net/def/query/OGC-WFS/0/GetFeatureById";
  private static final Map<String, String> PREFIXES =
      Map.of(
          "wfs",
          WfsVersion.V2_0.wfs(),
          "xsd",
          "http://www.w3.org/2001/XMLSchema",
          FeatureType.PREFIX,
          FeatureType.NAMESPACE);

  private StoredQueries() {}

  static void require(String id, String parameter) {
    if (!id.equals(GET_FEATURE_BY_ID) && !id.equals(OLD_NAME)) {
      throw OwsException.invalid(
          parameter, org.tequio.feature.LocalText.same(GET_FEATURE_BY_ID), id);
    }
  }

  /** The query for one feature; one that does not exist is said to be so. */
  static TypeQuery featureById(FeatureTypes types, String featureId) {
    FeatureType type =
        FeatureType.layerOf(featureId)
            .flatMap(types::find)
            .filter(one -> one.findNumber(featureId).isPresent())
            .orElseThrow(() -> notFound(featureId));
    QueryDraft draft = new QueryDraft(type);
    draft.id(featureId, "ID");
    return draft.query();
  }

  static OwsException notFound(String featureId) {
    return new OwsException(
        OwsCode.NOT_FOUND, "ID", org.tequio.http.Problem.notFound(featureId).detail());
  }

  static byte[] list(List<FeatureType> types, Language language) {
    Xml xml = new Xml("wfs:ListStoredQueriesResponse", PREFIXES);
    xml.start("wfs:StoredQuery", "id", GET_FEATURE_BY_ID);
    xml.leaf("wfs:Title", WfsTexts.FEATURE_BY_ID.in(language), "xml:lang", language.tag());
    if (types.isEmpty()) {
      xml.start("wfs:ReturnFeatureType").end();
    }
    types.forEach(type -> xml.leaf("wfs:ReturnFeatureType", type.name()));
    return xml.end().toBytes();
  }

  static byte[] describe(List<FeatureType> types, Language language) {
    Xml xml = new Xml("wfs:DescribeStoredQueriesResponse", PREFIXES);
    xml.start("wfs:StoredQueryDescription", "id", GET_FEATURE_BY_ID);
    xml.leaf("wfs:Title", WfsTexts.FEATURE_BY_ID.in(language), "xml:lang", language.tag());
    xml.start("wfs:Parameter", "name", "ID", "type", "xsd:string");
    xml.leaf("wfs:Title", WfsTexts.FEATURE_ID.in(language), "xml:lang", language.tag()).end();
    String names = String.join(" ", types.stream().map(FeatureType::name).toList());
    xml.start(
            "wfs:QueryExpressionText",
            "returnFeatureTypes",
            names,
            "language",
            "urn:ogc:def:queryLanguage:OGC-WFS::WFSQueryExpression",
            "isPrivate",
            "true")
        .end();
    return xml.end().toBytes();
  }
}
