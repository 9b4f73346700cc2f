package org.tequio.publish.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Contact;
import org.tequio.catalogue.Licence;
import org.tequio.catalogue.Quality;
import org.tequio.feature.Bbox;
import org.tequio.feature.Language;

/** One layer as a record of OGC API – Records (OGC 20-004r1, 7.3): a GeoJSON feature. */
final class RecordJson {
  static final String CORE = "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core";

  private RecordJson() {}

  /**
   * The record.
   *
   * @param links its own links, before those to the data
   */
  static Map<String, Object> of(
      LayerFacts facts, Language language, List<Map<String, Object>> links) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", facts.id().value());
    json.put("type", "Feature");
    json.put("conformsTo", List.of(CORE));
    json.put("time", time(facts));
    json.put("geometry", polygon(facts.extent()));
    json.put("properties", properties(facts, language));
    List<Map<String, Object>> all = new ArrayList<>(links);
    all.add(link(facts.page(language), "about", "text/html", facts.title().in(language)));
    for (Distribution way : facts.distributions()) {
      all.add(
          link(way.href(), way.isService() ? "item" : "enclosure", way.mediaType(), way.name()));
    }
    document(all, facts, ".jsonld", "application/ld+json", "DCAT");
    document(all, facts, ".rdf", "application/rdf+xml", "DCAT");
    document(all, facts, ".iso.xml", "application/xml", "ISO 19139");
    document(all, facts, ".inegi.xml", "application/xml", "INEGI");
    if (facts.licenceHref() != null) {
      all.add(link(facts.licenceHref(), "license", "text/html", RecordTexts.LICENCE.in(language)));
    }
    json.put("links", all);
    return json;
  }

  private static void document(
      List<Map<String, Object>> links,
      LayerFacts facts,
      String extension,
      String mediaType,
      String title) {
    links.add(link(facts.document(extension), "describedby", mediaType, title));
  }

  static Map<String, Object> link(String href, String rel, String type, String title) {
    Map<String, Object> link = new LinkedHashMap<>();
    link.put("href", href);
    link.put("rel", rel);
    link.put("type", type);
    link.put("title", title);
    return link;
  }

  private static @Nullable Map<String, Object> time(LayerFacts facts) {
    var date = facts.date();
    return date == null ? null : Map.of("date", date.toString());
  }

  private static @Nullable Map<String, Object> polygon(@Nullable Bbox box) {
    if (box == null) {
      return null;
    }
    List<Double> sw = List.of(box.minX(), box.minY());
    Map<String, Object> polygon = new LinkedHashMap<>();
    polygon.put("type", "Polygon");
    polygon.put(
        "coordinates",
        List.of(
            List.of(
                sw,
                List.of(box.maxX(), box.minY()),
                List.of(box.maxX(), box.maxY()),
                List.of(box.minX(), box.maxY()),
                sw)));
    return polygon;
  }

  private static Map<String, Object> properties(LayerFacts facts, Language language) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (facts.created() != null) {
      all.put("created", facts.created().toString());
    }
    all.put("updated", facts.updated().toString());
    all.put("type", "dataset");
    all.put("title", facts.title().in(language));
    all.put("description", facts.summary().in(language));
    all.put("keywords", facts.keywords(language));
    all.put("language", Map.of("code", language.tag()));
    all.put(
        "languages",
        java.util.Arrays.stream(Language.values()).map(one -> Map.of("code", one.tag())).toList());
    all.put("themes", themes(facts));
    all.put("externalIds", List.of(Map.of("value", facts.page())));
    all.put(
        "formats",
        facts.distributions().stream()
            .map(way -> Map.of("name", way.name(), "mediaType", way.mediaType()))
            .toList());
    all.put("contacts", List.of(contact(facts)));
    Licence licence = facts.licence();
    if (licence != null) {
      all.put("license", licence.id());
    }
    all.put(
        "tequio:freshness", facts.metadata().freshness().name().toLowerCase(java.util.Locale.ROOT));
    Quality.Grade grade = facts.metadata().quality().grade();
    all.put("tequio:quality", grade == null ? null : grade.name());
    if (facts.crs() != null) {
      all.put("tequio:crs", facts.crs().toString());
    }
    all.put("tequio:standard", facts.record().standard());
    all.put("tequio:revision", facts.record().revision());
    return all;
  }

  private static List<Map<String, Object>> themes(LayerFacts facts) {
    List<Map<String, Object>> themes = new ArrayList<>();
    themes.add(
        Map.of(
            "concepts",
            List.of(Map.of("id", facts.record().theme().iso())),
            "scheme",
            "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#MD_TopicCategoryCode"));
    themes.add(
        Map.of(
            "concepts",
            List.of(Map.of("id", facts.record().theme().dcat())),
            "scheme",
            "http://publications.europa.eu/resource/authority/data-theme"));
    return themes;
  }

  private static Map<String, Object> contact(LayerFacts facts) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("name", facts.office());
    card.put("organization", facts.publisher());
    card.put("roles", List.of("pointOfContact"));
    Contact contact = facts.contact();
    if (contact != null) {
      if (contact.phone() != null) {
        card.put("phones", List.of(Map.of("value", contact.phone())));
      }
      if (contact.email() != null) {
        card.put("emails", List.of(Map.of("value", contact.email())));
      }
      if (contact.url() != null) {
        card.put("links", List.of(Map.of("href", contact.url(), "rel", "about")));
      }
    }
    return card;
  }
}
