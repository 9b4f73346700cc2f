package org.tequio.publish.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Contact;
import org.tequio.catalogue.LayerMetadata;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.LayerSource;
import org.tequio.catalogue.Licence;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.formats.Formats;
import org.tequio.formats.WriterFormat;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.storage.Revision;

/**
 * What every catalogue document says of a layer, in the words of none of them. It knows an office
 * and never a person: who made a revision stays inside.
 *
 * @param base the address of the city's site without a slash at its end
 * @param city what it is called
 */
record LayerFacts(PublicLayer layer, LayerMetadata metadata, String base, String city) {
  private static final int MOST_STEPS = 20;

  LayerId id() {
    return layer.id();
  }

  LayerRecord record() {
    return metadata.layer();
  }

  LocalText title() {
    return record().title();
  }

  /** What the steward wrote; else one sentence from what is known. */
  LocalText summary() {
    LocalText written = record().description();
    if (written != null) {
      return written;
    }
    LocalText title = title();
    return new LocalText(
        title.es() + ": " + record().count() + " elementos. " + office() + ", " + city + ".",
        title.pt() + ": " + record().count() + " elementos. " + office() + ", " + city + ".",
        title.en() + ": " + record().count() + " features. " + office() + ", " + city + ".");
  }

  /** The office that answers for it; the department where none is named, the city where neither. */
  String office() {
    Contact contact = contact();
    if (contact != null && contact.office() != null) {
      return contact.office();
    }
    return publisher();
  }

  String publisher() {
    return Objects.requireNonNullElse(record().department(), city);
  }

  @Nullable Contact contact() {
    return record().settings().contact();
  }

  /** What the steward wrote, then the theme and the kind. */
  List<String> keywords(Language language) {
    Set<String> words = new LinkedHashSet<>(record().settings().keywords());
    words.add(record().theme().title().in(language));
    if (metadata.kind() != null) {
      words.add(metadata.kind().title().in(language));
    }
    return List.copyOf(words);
  }

  /** The page for people. */
  String page() {
    return base + "/catalogue/" + id();
  }

  /** The page in one language. */
  String page(Language language) {
    return page() + "?lang=" + language.tag();
  }

  /** The page's address with the extension of a document: {@code .iso.xml}. */
  String document(String extension) {
    return page() + extension;
  }

  List<Distribution> distributions() {
    List<Distribution> all = new ArrayList<>();
    for (WriterFormat format : Formats.writers()) {
      if (format.refusal(layer.stored().schema()).isPresent()) {
        continue;
      }
      all.add(
          new Distribution(
              format.name(),
              format.mediaType().replaceFirst("\\s*;.*", ""),
              base + "/api/downloads/" + id() + "." + format.extension(),
              false));
    }
    all.add(
        new Distribution(
            "OGC API – Features",
            "application/geo+json",
            base + "/ogc/collections/" + id() + "/items",
            true));
    if (layer.hasGeometry()) {
      all.add(
          new Distribution(
              "TileJSON", "application/json", base + "/tiles/" + id() + ".json", true));
    }
    return all;
  }

  @Nullable Bbox extent() {
    return layer.hasGeometry() ? record().extent() : null;
  }

  @Nullable LocalDate date() {
    return record().date();
  }

  Instant updated() {
    return record().updated().truncatedTo(ChronoUnit.SECONDS);
  }

  @Nullable Instant created() {
    Instant created = metadata.created();
    return created == null ? null : created.truncatedTo(ChronoUnit.SECONDS);
  }

  @Nullable Crs crs() {
    return layer.hasGeometry() ? record().crs() : null;
  }

  @Nullable Licence licence() {
    return metadata.licence();
  }

  /** The licence's address; null where none was stated or it is only a name. */
  @Nullable String licenceHref() {
    Licence licence = licence();
    return licence != null && licence.url().startsWith("http") ? licence.url() : null;
  }

  /** Where the data comes from and what was done with it, a sentence a step. */
  List<String> lineage(Language language) {
    List<String> steps = new ArrayList<>();
    for (LayerSource source : record().sources()) {
      String from =
          new LocalText("Del archivo ", "Do arquivo ", "From the file ").in(language)
              + source.file()
              + " ("
              + source.format()
              + (source.crs() == null ? "" : ", " + source.crs())
              + ", SHA-256 "
              + source.sha256()
              + "). ";
      steps.add(from + operation(source, language));
    }
    var findings = record().findings();
    steps.add(
        new LocalText(
                    "Al revisarlo quedaron " + findings.total() + " hallazgos: ",
                    "Na revisão ficaram " + findings.total() + " achados: ",
                    "Checking it left " + findings.total() + " findings: ")
                .in(language)
            + new LocalText(
                    findings.errors() + " errores, " + findings.warnings() + " advertencias, ",
                    findings.errors() + " erros, " + findings.warnings() + " avisos, ",
                    findings.errors() + " errors, " + findings.warnings() + " warnings, ")
                .in(language)
            + findings.notes()
            + new LocalText(" notas.", " notas.", " notes.").in(language));
    for (Revision revision : metadata.history().stream().limit(MOST_STEPS).toList()) {
      steps.add(
          new LocalText("Revisión ", "Revisão ", "Revision ").in(language)
              + revision.number()
              + ", "
              + revision.instant().truncatedTo(ChronoUnit.SECONDS)
              + ": "
              + revision.note().message());
    }
    return steps;
  }

  private static String operation(LayerSource source, Language language) {
    double meters = source.accuracyMeters();
    String accuracy =
        Double.isNaN(meters)
            ? new LocalText(
                    "; exactitud no declarada", "; exatidão não declarada", "; accuracy not stated")
                .in(language)
            : meters == 0 ? "" : " (± " + meters + " m)";
    return source.crs() == null
        ? ""
        : new LocalText("Coordenadas: ", "Coordenadas: ", "Coordinates: ").in(language)
            + source.operation()
            + accuracy
            + ".";
  }
}
