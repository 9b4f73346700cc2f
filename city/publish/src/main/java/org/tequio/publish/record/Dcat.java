package org.tequio.publish.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Contact;
import org.tequio.catalogue.Quality;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;

/**
 * The catalogue in DCAT 3 with the properties of DCAT-AP 3 and GeoDCAT-AP. Code lists are those of
 * the Publications Office of the European Union, which the profiles prescribe.
 */
final class Dcat {
  private static final String AUTHORITY = "http://publications.europa.eu/resource/authority/";
  private static final Map<String, String> FREQUENCY =
      Map.of(
          "P1D", "DAILY",
          "P7D", "WEEKLY",
          "P14D", "BIWEEKLY",
          "P1M", "MONTHLY",
          "P2M", "BIMONTHLY",
          "P3M", "QUARTERLY",
          "P6M", "ANNUAL_2",
          "P1Y", "ANNUAL",
          "P2Y", "BIENNIAL",
          "P10Y", "DECENNIAL");
  private static final Map<Language, String> LANGUAGES =
      Map.of(Language.ES, "SPA", Language.PT, "POR", Language.EN, "ENG");

  private Dcat() {}

  /** The whole catalogue. */
  static Rdf catalog(String base, String city, List<LayerFacts> layers) {
    Rdf catalog =
        Rdf.thing("dcat:Catalog", base + "/catalogue")
            .says(
                "dct:title",
                new LocalText("Datos de " + city, "Dados de " + city, "Data of " + city))
            .says(
                "dct:description",
                new LocalText(
                    "Las capas del mapa de " + city + ", con su fecha, origen y calidad.",
                    "As camadas do mapa de " + city + ", com data, origem e qualidade.",
                    "The layers of the map of " + city + ", with date, source and quality."))
            .says("dct:publisher", agent(base + "/#city", city))
            .refers("foaf:homepage", base + "/catalogue");
    for (Language language : Language.values()) {
      catalog.refers("dct:language", AUTHORITY + "language/" + LANGUAGES.get(language));
    }
    layers.forEach(layer -> catalog.says("dcat:dataset", dataset(layer)));
    return catalog;
  }

  private static Rdf agent(@Nullable String id, String name) {
    return Rdf.thing("foaf:Organization", id).says("foaf:name", name);
  }

  /** One layer. */
  static Rdf dataset(LayerFacts facts) {
    Rdf dataset =
        Rdf.thing("dcat:Dataset", facts.page())
            .says("dct:identifier", facts.id().value())
            .says("dct:title", facts.title())
            .says("dct:description", facts.summary())
            .says("dct:publisher", agent(null, facts.publisher()))
            .says("dcat:contactPoint", contact(facts))
            .refers("dcat:theme", AUTHORITY + "data-theme/" + facts.record().theme().dcat())
            .refers("dcat:landingPage", facts.page())
            .refers("dct:accessRights", AUTHORITY + "access-right/PUBLIC")
            .refers("dct:accrualPeriodicity", AUTHORITY + "frequency/" + frequency(facts))
            .typed("dct:issued", facts.created(), "xsd:dateTime")
            .typed("dct:modified", facts.updated(), "xsd:dateTime")
            .says("dcat:version", Long.toString(facts.record().revision()));
    for (Language language : Language.values()) {
      facts
          .keywords(language)
          .forEach(
              word ->
                  dataset
                      .statements()
                      .add(
                          new Rdf.Statement(
                              "dcat:keyword", new Rdf.Value.Literal(word, language.tag(), null))));
    }
    place(dataset, facts);
    if (facts.date() != null) {
      dataset.says(
          "dct:temporal",
          Rdf.thing("dct:PeriodOfTime", null)
              .typed("dcat:startDate", facts.date(), "xsd:date")
              .typed("dcat:endDate", facts.date(), "xsd:date"));
    }
    Rdf provenance = Rdf.thing("dct:ProvenanceStatement", null);
    for (Language language : Language.values()) {
      provenance
          .statements()
          .add(
              new Rdf.Statement(
                  "rdfs:label",
                  new Rdf.Value.Literal(
                      String.join(" ", facts.lineage(language)), language.tag(), null)));
    }
    dataset.says("dct:provenance", provenance);
    quality(dataset, facts);
    facts
        .distributions()
        .forEach(way -> dataset.says("dcat:distribution", distribution(facts, way)));
    return dataset;
  }

  private static void place(Rdf dataset, LayerFacts facts) {
    Bbox box = facts.extent();
    if (box != null) {
      dataset.says(
          "dct:spatial",
          Rdf.thing("dct:Location", null).typed("dcat:bbox", wkt(box), "geosparql:wktLiteral"));
    }
    Crs crs = facts.crs();
    if (crs != null) {
      dataset.refers("dct:conformsTo", "http://www.opengis.net/def/crs/EPSG/0/" + crs.epsg());
    }
  }

  /** Longitude before latitude: the order of CRS84, which a WKT literal has unless it says so. */
  private static String wkt(Bbox box) {
    String sw = box.minX() + " " + box.minY();
    return "POLYGON(("
        + String.join(
            ",",
            sw,
            box.maxX() + " " + box.minY(),
            box.maxX() + " " + box.maxY(),
            box.minX() + " " + box.maxY(),
            sw)
        + "))";
  }

  private static String frequency(LayerFacts facts) {
    var rhythm = facts.record().settings().rhythm();
    return rhythm == null
        ? "UNKNOWN"
        : FREQUENCY.getOrDefault(rhythm.normalized().toString(), "OTHER");
  }

  private static Rdf contact(LayerFacts facts) {
    Rdf card = Rdf.thing("vcard:Organization", null).says("vcard:fn", facts.office());
    Contact contact = facts.contact();
    if (contact != null) {
      if (contact.email() != null) {
        card.refers("vcard:hasEmail", "mailto:" + contact.email());
      }
      card.says("vcard:tel", contact.phone()).refers("vcard:hasURL", contact.url());
    }
    return card;
  }

  private static void quality(Rdf dataset, LayerFacts facts) {
    Quality quality = facts.metadata().quality();
    if (quality.grade() == null) {
      return;
    }
    Rdf note =
        Rdf.thing("dqv:QualityAnnotation", null).says("skos:notation", quality.grade().name());
    quality.reasons().forEach(reason -> note.says("rdfs:label", reason.text()));
    dataset.says("dqv:hasQualityAnnotation", note);
  }

  private static Rdf distribution(LayerFacts facts, Distribution way) {
    Rdf distribution =
        Rdf.thing("dcat:Distribution", way.href() + "#distribution")
            .says("dct:title", way.name())
            .refers("dcat:accessURL", way.href())
            .refers(
                "dcat:mediaType", "https://www.iana.org/assignments/media-types/" + way.mediaType())
            .refers("dct:license", facts.licenceHref());
    if (facts.licenceHref() == null && facts.licence() != null) {
      distribution.says(
          "dct:rights",
          Rdf.thing("dct:RightsStatement", null).says("rdfs:label", facts.licence().title()));
    }
    if (!way.isService()) {
      return distribution.refers("dcat:downloadURL", way.href());
    }
    return distribution.says(
        "dcat:accessService",
        Rdf.thing("dcat:DataService", way.href() + "#service")
            .says("dct:title", way.name())
            .refers("dcat:endpointURL", way.href()));
  }
}
