package org.tequio.publish.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.catalogue.Contact;
import org.tequio.feature.Bbox;
import org.tequio.feature.Field;
import org.tequio.feature.Language;

/** One layer in schema.org's words, for search engines. */
final class SchemaOrg {
  /** Search engines read a description of at least 50 characters and at most this many. */
  private static final int LONGEST = 5_000;

  private SchemaOrg() {}

  static Map<String, Object> dataset(LayerFacts facts, Language language) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("@context", "https://schema.org/");
    json.put("@type", "Dataset");
    json.put("@id", facts.page());
    json.put("url", facts.page(language));
    json.put("name", facts.title().in(language));
    String summary = facts.summary().in(language);
    json.put("description", summary.length() > LONGEST ? summary.substring(0, LONGEST) : summary);
    json.put("identifier", facts.id().value());
    json.put("keywords", facts.keywords(language));
    json.put("inLanguage", language.tag());
    json.put("isAccessibleForFree", true);
    json.put("version", Long.toString(facts.record().revision()));
    json.put("dateModified", facts.updated().toString());
    if (facts.created() != null) {
      json.put("datePublished", facts.created().toString());
    }
    if (facts.date() != null) {
      json.put("temporalCoverage", facts.date().toString());
    }
    if (facts.licenceHref() != null) {
      json.put("license", facts.licenceHref());
    }
    json.put("creator", organization(facts));
    Bbox box = facts.extent();
    if (box != null) {
      json.put("spatialCoverage", place(box));
    }
    json.put(
        "variableMeasured",
        facts.layer().fields().stream().map(field -> variable(field, language)).toList());
    json.put(
        "distribution",
        facts.distributions().stream()
            .filter(way -> !way.isService())
            .map(
                way ->
                    Map.of(
                        "@type",
                        "DataDownload",
                        "name",
                        way.name(),
                        "encodingFormat",
                        way.mediaType(),
                        "contentUrl",
                        way.href()))
            .toList());
    json.put(
        "includedInDataCatalog",
        Map.of("@type", "DataCatalog", "name", facts.city(), "url", facts.base() + "/catalogue"));
    return json;
  }

  private static Map<String, Object> organization(LayerFacts facts) {
    Map<String, Object> organization = new LinkedHashMap<>();
    organization.put("@type", "Organization");
    organization.put("name", facts.publisher());
    Contact contact = facts.contact();
    if (contact != null) {
      Map<String, Object> point = new LinkedHashMap<>();
      point.put("@type", "ContactPoint");
      point.put("name", facts.office());
      if (contact.email() != null) {
        point.put("email", contact.email());
      }
      if (contact.phone() != null) {
        point.put("telephone", contact.phone());
      }
      if (contact.url() != null) {
        point.put("url", contact.url());
      }
      organization.put("contactPoint", point);
    }
    return organization;
  }

  /** A box is south, west, north, east: latitude first. */
  private static Map<String, Object> place(Bbox box) {
    return Map.of(
        "@type",
        "Place",
        "geo",
        Map.of(
            "@type",
            "GeoShape",
            "box",
            box.minY() + " " + box.minX() + " " + box.maxY() + " " + box.maxX()));
  }

  private static Map<String, Object> variable(Field field, Language language) {
    Map<String, Object> variable = new LinkedHashMap<>();
    variable.put("@type", "PropertyValue");
    variable.put("name", field.name());
    variable.put("description", field.label().in(language));
    if (field.unit() != null) {
      variable.put("unitText", field.unit());
    }
    return variable;
  }

  static Map<String, Object> catalog(
      String base, String city, List<LayerFacts> layers, Language language) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("@context", "https://schema.org/");
    json.put("@type", "DataCatalog");
    json.put("@id", base + "/catalogue");
    json.put("url", base + "/catalogue?lang=" + language.tag());
    json.put("name", RecordTexts.CATALOGUE.in(language) + ", " + city);
    json.put("description", RecordTexts.LEAD.in(language));
    json.put(
        "dataset",
        layers.stream()
            .map(
                layer ->
                    Map.of(
                        "@type", "Dataset",
                        "@id", layer.page(),
                        "name", layer.title().in(language),
                        "description", layer.summary().in(language),
                        "url", layer.page(language)))
            .toList());
    return json;
  }
}
