package org.tequio.publish.record;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Contact;
import org.tequio.catalogue.Licence;
import org.tequio.catalogue.Quality;
import org.tequio.catalogue.Theme;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.http.Call;
import org.tequio.http.Reply;
import org.tequio.publish.html.HtmlPage;
import org.tequio.publish.html.Link;
import tools.jackson.databind.json.JsonMapper;

/** The catalogue for people and search engines: one page with all layers and one for each. */
final class CataloguePages {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PATH = "/catalogue";

  private final RecordShelf shelf;

  CataloguePages(RecordShelf shelf) {
    this.shelf = shelf;
  }

  /** Layers under their themes. */
  Reply list(Call call, List<LayerFacts> layers) {
    Language language = call.language();
    String title = RecordTexts.CATALOGUE.in(language) + ", " + shelf.city();
    HtmlPage page =
        new HtmlPage(
                language,
                title,
                trail(call),
                new HtmlPage.About(
                    RecordTexts.LEAD.in(language),
                    call.link(PATH, "lang", language.tag()),
                    alternates(call, PATH),
                    List.of(
                        feed(call, PATH + ".jsonld", "application/ld+json"),
                        feed(call, PATH + ".rdf", "application/rdf+xml")),
                    JSON.writeValueAsString(
                        SchemaOrg.catalog(call.base(), shelf.city(), layers, language))))
            .lead(RecordTexts.LEAD.in(language));
    Map<Theme, List<LayerFacts>> byTheme = new LinkedHashMap<>();
    layers.forEach(
        layer ->
            byTheme.computeIfAbsent(layer.record().theme(), key -> new ArrayList<>()).add(layer));
    byTheme.forEach((theme, ofTheme) -> theme(page, theme, ofTheme, language));
    return Reply.html(page.end()).tagged("catalogue-" + shelf.tag() + "-" + language.tag());
  }

  private static void theme(
      HtmlPage page, Theme theme, List<LayerFacts> layers, Language language) {
    page.heading(theme.title().in(language))
        .table(
            List.of(
                RecordTexts.LAYER.in(language),
                RecordTexts.DEPARTMENT.in(language),
                RecordTexts.DATE.in(language),
                RecordTexts.FRESHNESS.in(language),
                RecordTexts.QUALITY.in(language),
                RecordTexts.COUNT.in(language)));
    for (LayerFacts layer : layers) {
      page.row()
          .cellLink(layer.page(language), layer.title().in(language))
          .cell(layer.publisher())
          .cell(layer.date() == null ? RecordTexts.DATE_UNKNOWN.in(language) : layer.date())
          .cell(layer.metadata().freshness().title().in(language))
          .cell(grade(layer, language))
          .cell(layer.record().count());
    }
    page.endTable();
  }

  private static String grade(LayerFacts layer, Language language) {
    Quality.Grade grade = layer.metadata().quality().grade();
    return grade == null ? RecordTexts.QUALITY_UNKNOWN.in(language) : grade.name();
  }

  /** One layer. */
  Reply page(Call call, LayerFacts facts) {
    Language language = call.language();
    String path = PATH + "/" + facts.id();
    HtmlPage page =
        new HtmlPage(
                language,
                facts.title().in(language),
                trail(call, RecordTexts.CATALOGUE.in(language), PATH),
                new HtmlPage.About(
                    facts.summary().in(language),
                    facts.page(language),
                    alternates(call, path),
                    List.of(
                        feed(call, path + ".jsonld", "application/ld+json"),
                        feed(call, path + ".rdf", "application/rdf+xml"),
                        feed(call, path + ".iso.xml", "application/xml")),
                    JSON.writeValueAsString(SchemaOrg.dataset(facts, language))))
            .lead(facts.summary().in(language))
            .links(
                List.of(
                    new Link(
                        call.link("/", "layer", facts.id().value()),
                        "alternate",
                        "text/html",
                        RecordTexts.SEE.in(language))))
            .table(List.of());
    about(page, facts, language);
    page.endTable();
    quality(page, facts, language);
    fields(page, facts, language);
    page.heading(RecordTexts.LINEAGE.in(language));
    facts.lineage(language).forEach(page::paragraph);
    page.heading(RecordTexts.DOWNLOADS.in(language))
        .links(
            facts.distributions().stream()
                .map(way -> new Link(way.href(), "enclosure", way.mediaType(), way.name()))
                .toList())
        .heading(RecordTexts.RECORDS.in(language))
        .links(
            List.of(
                new Link(facts.document(".jsonld"), "alternate", "", "DCAT (JSON-LD)"),
                new Link(facts.document(".rdf"), "alternate", "", "DCAT (RDF/XML)"),
                new Link(facts.document(".iso.xml"), "alternate", "", "ISO 19139"),
                new Link(facts.document(".inegi.xml"), "alternate", "", "INEGI (XML)"),
                new Link(facts.document(".inegi.json"), "alternate", "", "INEGI (JSON)")));
    return Reply.html(page.end());
  }

  private static void about(HtmlPage page, LayerFacts facts, Language language) {
    row(page, RecordTexts.DEPARTMENT.in(language), facts.publisher());
    Contact contact = facts.contact();
    row(
        page,
        RecordTexts.CONTACT.in(language),
        contact == null
            ? facts.office()
            : java.util.stream.Stream.of(
                    facts.office(), contact.email(), contact.phone(), contact.url())
                .filter(java.util.Objects::nonNull)
                .collect(java.util.stream.Collectors.joining(" · ")));
    row(
        page,
        RecordTexts.DATE.in(language),
        facts.date() == null ? RecordTexts.DATE_UNKNOWN.in(language) : facts.date());
    row(page, RecordTexts.UPDATED.in(language), facts.updated());
    var rhythm = facts.record().settings().rhythm();
    if (rhythm != null) {
      row(page, RecordTexts.RHYTHM.in(language), rhythm);
      row(page, RecordTexts.NEXT.in(language), facts.metadata().due());
    }
    row(
        page,
        RecordTexts.FRESHNESS.in(language),
        facts.metadata().freshness().title().in(language));
    Licence licence = facts.licence();
    String stated =
        licence == null ? RecordTexts.LICENCE_UNSTATED.in(language) : licence.title().in(language);
    page.row().head(RecordTexts.LICENCE.in(language));
    if (facts.licenceHref() == null) {
      page.cell(stated);
    } else {
      page.cellLink(facts.licenceHref(), stated);
    }
    row(page, RecordTexts.CRS.in(language), facts.crs());
    row(page, RecordTexts.COUNT.in(language), facts.record().count());
  }

  private static void row(HtmlPage page, String head, @Nullable Object value) {
    if (value != null) {
      page.row().head(head).cell(value);
    }
  }

  private static void quality(HtmlPage page, LayerFacts facts, Language language) {
    Quality quality = facts.metadata().quality();
    page.heading(RecordTexts.QUALITY.in(language) + ": " + grade(facts, language));
    if (quality.reasons().isEmpty()) {
      return;
    }
    page.table(List.of());
    for (Quality.Reason reason : quality.reasons()) {
      page.row()
          .head(reason.question().title().in(language))
          .cell(
              switch (reason.answer()) {
                case GOOD -> RecordTexts.GOOD.in(language);
                case FAIR -> RecordTexts.FAIR.in(language);
                case POOR -> RecordTexts.POOR.in(language);
                case UNKNOWN -> RecordTexts.UNKNOWN.in(language);
              })
          .cell(reason.text().in(language));
    }
    page.endTable();
  }

  private static void fields(HtmlPage page, LayerFacts facts, Language language) {
    if (facts.layer().fields().isEmpty()) {
      return;
    }
    page.heading(RecordTexts.FIELDS.in(language))
        .table(
            List.of(
                RecordTexts.FIELD.in(language),
                RecordTexts.MEANING.in(language),
                RecordTexts.UNIT.in(language),
                RecordTexts.ATTRIBUTE.in(language)));
    for (Field field : facts.layer().fields()) {
      page.row()
          .head(field.name())
          .cell(field.label().in(language))
          .cell(field.unit())
          .cell(facts.record().attributeOf(field.name()).orElse(""));
    }
    page.endTable();
  }

  private static Link feed(Call call, String path, String mediaType) {
    return new Link(call.link(path), "alternate", mediaType, "");
  }

  private static Map<Language, String> alternates(Call call, String path) {
    Map<Language, String> all = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      all.put(language, call.link(path, "lang", language.tag()));
    }
    return all;
  }

  private static Map<String, String> trail(Call call, String... nameAndPath) {
    Map<String, String> trail = new LinkedHashMap<>();
    trail.put(RecordTexts.MAP.in(call.language()), call.link("/"));
    for (int i = 0; i < nameAndPath.length; i += 2) {
      trail.put(nameAndPath[i], call.link(nameAndPath[i + 1], "lang", call.language().tag()));
    }
    return trail;
  }
}
