package org.tequio.publish.wfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tequio.feature.LocalText;
import org.tequio.publish.ows.Kvp;
import org.tequio.publish.ows.OwsCode;
import org.tequio.publish.ows.OwsException;

/** Reads requests from parameters (OGC 09-025r2 and 04-094, their tables of KVP encodings). */
record KvpRequests(Kvp kvp, WfsVersion version, FeatureTypes types) {

  /** The types of DescribeFeatureType; all where none is named. */
  List<FeatureType> described() {
    List<String> names = groups(typeParameter()).stream().flatMap(KvpRequests::commas).toList();
    return names.isEmpty()
        ? types.list()
        : names.stream().map(name -> types.get(name, "typeName")).toList();
  }

  private String typeParameter() {
    return kvp.findFirst("typeNames", "typeName").orElse("");
  }

  /** GetFeature or GetPropertyValue. */
  FeatureRequest features(boolean values) {
    String resolve = kvp.find("resolve").orElse("none");
    if (!resolve.equals("none") && !resolve.equals("local")) {
      throw OwsException.invalid("resolve", LocalText.same("none|local"), resolve);
    }
    boolean stored = kvp.find("storedquery_id").isPresent();
    return new FeatureRequest(
        version,
        stored ? List.of(storedQuery()) : queries(),
        format(version, kvp.find("outputFormat").orElse("")),
        count(version, kvp.findFirst("count", "maxFeatures").orElse("")),
        kvp.number("startIndex").orElse(0L),
        hits(kvp.find("resultType").orElse("results")),
        stored && !values,
        values ? valueReference() : null,
        null);
  }

  /** What is there and empty is no property's name; what is not there is missing. */
  private String valueReference() {
    return kvp.isEmpty("valueReference") ? "" : kvp.get("valueReference");
  }

  static OutputFormat format(WfsVersion version, String name) {
    if (name.isEmpty()) {
      return OutputFormat.of(version);
    }
    return OutputFormat.find(name)
        .orElseThrow(
            () ->
                OwsException.invalid(
                    "outputFormat",
                    LocalText.same(String.join(", ", OutputFormat.advertised(version))),
                    name));
  }

  /** Version 1.1 has no pages, so nothing is held back there. */
  static long count(WfsVersion version, String text) {
    if (!text.isEmpty()) {
      return Kvp.number("count", text);
    }
    return switch (version) {
      case V2_0 -> Capabilities.COUNT_DEFAULT;
      case V1_1 -> Long.MAX_VALUE;
    };
  }

  static boolean hits(String resultType) {
    return switch (resultType) {
      case "results" -> false;
      case "hits" -> true;
      default ->
          throw OwsException.invalid("resultType", LocalText.same("results|hits"), resultType);
    };
  }

  private TypeQuery storedQuery() {
    StoredQueries.require(kvp.get("storedquery_id"), "storedQuery_Id");
    return StoredQueries.featureById(types, kvp.get("id"));
  }

  private List<TypeQuery> queries() {
    List<QueryDraft> drafts = drafts();
    List<String> properties = groups(kvp.find("propertyName").orElse(""));
    List<String> filters = groups(kvp.find("filter").orElse(""));
    List<String> orders = groups(kvp.find("sortBy").orElse(""));
    List<TypeQuery> queries = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      QueryDraft draft = drafts.get(i);
      kvp.find("srsName").ifPresent(draft::system);
      kvp.find("bbox").ifPresent(draft::box);
      nth("propertyName", properties, i, drafts).forEach(draft::property);
      if (!filters.isEmpty()) {
        requireOneEach("filter", filters, drafts);
        draft.filter(FesReader.parse(filters.get(i), draft.type()));
      }
      for (String key : nth("sortBy", orders, i, drafts)) {
        String[] words = key.strip().split("\\s+", 2);
        draft.sortedBy(words[0], words.length == 2 ? words[1] : "");
      }
      queries.add(draft.query());
    }
    return queries;
  }

  private List<QueryDraft> drafts() {
    String ids = kvp.findFirst("resourceId", "featureId").orElse("");
    List<QueryDraft> drafts = new ArrayList<>();
    for (String group : groups(typeParameter())) {
      List<String> names = commas(group).toList();
      if (names.size() > 1 && version == WfsVersion.V2_0) {
        throw new OwsException(
            OwsCode.OPTION_NOT_SUPPORTED,
            "typeNames",
            new LocalText(
                "las uniones entre capas no se ofrecen; (a)(b) pide una tras otra",
                "as junções entre camadas não são oferecidas; (a)(b) pede uma após a outra",
                "joins of layers are not offered; (a)(b) asks for one after the other"));
      }
      String parameter = version == WfsVersion.V2_0 ? "typeNames" : "typeName";
      names.forEach(name -> drafts.add(new QueryDraft(types.get(name, parameter))));
    }
    if (ids.isEmpty()) {
      if (drafts.isEmpty()) {
        throw OwsException.missing("typeNames");
      }
      return drafts;
    }
    return named(ids, drafts);
  }

  /** One query for each type that the identifiers are of; where types are named, only of those. */
  private List<QueryDraft> named(String ids, List<QueryDraft> drafts) {
    boolean given = !drafts.isEmpty();
    List<QueryDraft> used = new ArrayList<>();
    for (String id : ids.split(",")) {
      FeatureType type = types.ofFeature(id.strip(), "resourceId");
      QueryDraft draft =
          drafts.stream()
              .filter(one -> one.type().layer().id().equals(type.layer().id()))
              .findFirst()
              .orElse(null);
      if (draft == null) {
        if (given) {
          throw OwsException.invalid("resourceId", WfsTexts.FEATURE_IDENTIFIER, id);
        }
        draft = new QueryDraft(type);
        drafts.add(draft);
      }
      draft.id(id.strip(), "resourceId");
      if (!used.contains(draft)) {
        used.add(draft);
      }
    }
    return used;
  }

  private static List<String> nth(
      String parameter, List<String> groups, int i, List<QueryDraft> drafts) {
    if (groups.isEmpty()) {
      return List.of();
    }
    if (groups.size() == 1 && drafts.size() == 1) {
      return commas(groups.getFirst()).toList();
    }
    requireOneEach(parameter, groups, drafts);
    return commas(groups.get(i)).toList();
  }

  private static void requireOneEach(
      String parameter, List<String> groups, List<QueryDraft> drafts) {
    if (groups.size() != drafts.size()) {
      throw OwsException.invalid(
          parameter,
          new LocalText("(…) por cada capa", "(…) para cada camada", "(…) for each layer"),
          Integer.toString(groups.size()));
    }
  }

  private static java.util.stream.Stream<String> commas(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(part -> !part.isEmpty());
  }

  /** The parts of {@code (a)(b)}; a text without parentheses is one part. */
  private static List<String> groups(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    if (!text.startsWith("(") || !text.endsWith(")")) {
      return List.of(text);
    }
    return Arrays.asList(text.substring(1, text.length() - 1).split("\\)\\(", -1));
  }
}
