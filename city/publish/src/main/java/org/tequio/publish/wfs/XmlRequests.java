package org.tequio.publish.wfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.FormatException;
import org.tequio.formats.XmlReader;
import org.tequio.publish.ows.Kvp;
import org.tequio.publish.ows.OwsException;

/**
 * Reads requests from XML; the cursor stands at the request's element.
 *
 * @param sent the whole as {@link SentQuery} packs it; null where it is too long
 * @param from the offset that an address asks for in place of the one in the XML; -1 for none
 */
record XmlRequests(
    XmlReader xml, WfsVersion version, FeatureTypes types, @Nullable String sent, long from) {

  /** The versions that GetCapabilities accepts, best first; none where it does not say. */
  List<String> acceptedVersions() throws FormatException {
    List<String> accepted = new ArrayList<>();
    while (xml.next()) {
      if (xml.isStart("Version")) {
        accepted.add(xml.text().strip());
      }
    }
    return accepted;
  }

  /** The types of DescribeFeatureType; all where none is named. */
  List<FeatureType> described() throws FormatException {
    List<FeatureType> named = new ArrayList<>();
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      named.add(types.get(xml.text(), "typeName"));
    }
    return named.isEmpty() ? types.list() : named;
  }

  /** The identifiers in DescribeStoredQueries. */
  List<String> storedQueryIds() throws FormatException {
    List<String> ids = new ArrayList<>();
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      ids.add(xml.text().strip());
    }
    return ids;
  }

  /** GetFeature or GetPropertyValue. */
  FeatureRequest features(boolean values) throws FormatException {
    OutputFormat format = KvpRequests.format(version, attribute("outputFormat", ""));
    long count =
        KvpRequests.count(version, attribute(version.isGml32() ? "count" : "maxFeatures", ""));
    String start = attribute("startIndex", "0");
    boolean hits = from < 0 && KvpRequests.hits(attribute("resultType", "results"));
    String reference = values ? attribute("valueReference", "") : null;
    List<TypeQuery> queries = new ArrayList<>();
    boolean stored = false;
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      switch (xml.localName()) {
        case "Query" -> queries.add(query());
        case "StoredQuery" -> {
          queries.add(storedQuery());
          stored = true;
        }
        default -> throw OwsException.invalid(xml.localName(), WfsTexts.LAYER, xml.localName());
      }
    }
    if (queries.isEmpty()) {
      throw OwsException.missing("Query");
    }
    return new FeatureRequest(
        version,
        queries,
        format,
        count,
        from >= 0 ? from : Kvp.number("startIndex", start),
        hits,
        stored && queries.size() == 1 && !values,
        reference,
        sent);
  }

  private String attribute(String name, String otherwise) {
    String value = xml.attribute(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  private TypeQuery query() throws FormatException {
    String names = attribute("typeNames", attribute("typeName", ""));
    if (names.isEmpty()) {
      throw OwsException.missing("typeNames");
    }
    List<String> parts = Arrays.stream(names.split("[\\s,]+")).toList();
    QueryDraft draft = new QueryDraft(types.get(parts.getFirst(), "typeNames"));
    if (parts.size() > 1) {
      throw OwsException.invalid("typeNames", WfsTexts.LAYER, names);
    }
    String system = attribute("srsName", "");
    if (!system.isEmpty()) {
      draft.system(system);
    }
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      switch (xml.localName()) {
        case "PropertyName" -> draft.property(xml.text());
        case "Filter" -> draft.filter(new FesReader(xml, draft.type()).filter());
        case "SortBy" -> order(draft);
        default -> throw OwsException.invalid(xml.localName(), WfsTexts.PROPERTY, xml.localName());
      }
    }
    return draft.query();
  }

  private void order(QueryDraft draft) throws FormatException {
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      int property = xml.depth();
      String reference = "";
      String direction = "";
      while (FesReader.toChild(xml, property)) {
        if (xml.localName().equals("SortOrder")) {
          direction = xml.text();
        } else {
          reference = xml.text();
        }
      }
      draft.sortedBy(reference, direction);
    }
  }

  private TypeQuery storedQuery() throws FormatException {
    StoredQueries.require(attribute("id", ""), "id");
    @Nullable String featureId = null;
    int inside = xml.depth();
    while (FesReader.toChild(xml, inside)) {
      boolean isId = "ID".equalsIgnoreCase(xml.attribute("name"));
      String text = xml.text().strip();
      featureId = isId ? text : featureId;
    }
    if (featureId == null) {
      throw OwsException.missing("ID");
    }
    return StoredQueries.featureById(types, featureId);
  }
}
