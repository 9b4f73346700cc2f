package org.tequio.publish.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.LayerMetadata;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.formats.Imprint;
import org.tequio.publish.layer.PublicLayer;

/** What a file of a layer says of itself, from the layer's record. */
public enum LayerImprint {
  /** What the layer is called. */
  TITLE("title", RecordTexts.LAYER),
  /** What it is. */
  SUMMARY("summary", new LocalText("Resumen", "Resumo", "Summary")),
  /** Who answers for it. */
  DEPARTMENT("department", RecordTexts.DEPARTMENT),
  /** Whose map it is from. */
  CITY("city", new LocalText("Ciudad", "Cidade", "City")),
  /** What may be done with it. */
  LICENCE("licence", RecordTexts.LICENCE),
  /** Of when the data are. */
  DATE("date", RecordTexts.DATE),
  /** When it was last changed. */
  UPDATED("updated", RecordTexts.UPDATED),
  /** The change that made it what it is. */
  REVISION("revision", new LocalText("Revisión", "Revisão", "Revision")),
  /** The past state that was asked for. */
  AS_OF("as-of", new LocalText("Al día de", "Na data de", "As of")),
  /** Where its record is. */
  PAGE("record", new LocalText("Ficha", "Ficha", "Record")),
  /** In which system coordinates are. */
  CRS("crs", RecordTexts.CRS),
  /** How many fields nobody gets. */
  CLOSED(
      "closed-fields",
      new LocalText("Campos que no son públicos", "Campos não públicos", "Fields not public")),
  /** Fields that were not asked for. */
  LEFT_OUT(
      "left-out",
      new LocalText("Campos que no se pidieron", "Campos não pedidos", "Fields not asked for"));

  private final String name;
  private final LocalText label;

  LayerImprint(String name, LocalText label) {
    this.name = name;
    this.label = label;
  }

  /** Says it. */
  public Imprint.Fact of(Language language, String value) {
    return new Imprint.Fact(name, label.in(language), value);
  }

  /** Says that only a part of the layer was asked for, by a parameter's name and text. */
  public static Imprint.Fact part(String parameter, Language language, String text) {
    LocalText only = new LocalText("Solo una parte", "Só uma parte", "Only a part");
    return new Imprint.Fact(parameter, only.in(language) + " (" + parameter + ")", text);
  }

  /**
   * All of it.
   *
   * @param site the address of the city's site without a slash at its end; empty where it has none
   * @param part what is said of this file only
   */
  public static Imprint of(
      PublicLayer layer,
      LayerMetadata metadata,
      String site,
      String city,
      Language language,
      List<Imprint.Fact> part) {
    LayerFacts facts = new LayerFacts(layer, metadata, site, city);
    String title = facts.title().in(language);
    String summary = facts.summary().in(language);
    String page = site.isEmpty() ? null : facts.page(language);
    var terms = facts.licence();
    String licence = terms == null ? null : terms.title().in(language);
    String said =
        terms == null ? RecordTexts.LICENCE_UNSTATED.in(language) : licence + " " + terms.url();
    List<Imprint.Fact> all = new ArrayList<>();
    all.add(TITLE.of(language, title));
    all.add(SUMMARY.of(language, summary));
    all.add(DEPARTMENT.of(language, facts.publisher()));
    all.add(CITY.of(language, city));
    all.add(LICENCE.of(language, said.strip()));
    add(all, DATE, language, facts.date());
    all.add(UPDATED.of(language, facts.updated().toString()));
    all.add(REVISION.of(language, Long.toString(layer.stored().revision())));
    add(all, PAGE, language, page);
    if (layer.closedFields() > 0) {
      all.add(CLOSED.of(language, Integer.toString(layer.closedFields())));
    }
    all.addAll(part);
    return new Imprint(
        language,
        title,
        summary,
        facts.publisher(),
        licence,
        facts.licenceHref(),
        page,
        facts.updated(),
        all,
        new String(Iso19139.document(facts, language), StandardCharsets.UTF_8));
  }

  private static void add(
      List<Imprint.Fact> all, LayerImprint what, Language language, @Nullable Object value) {
    if (value != null) {
      all.add(what.of(language, value.toString()));
    }
  }
}
