package org.tequio.publish.layer;

import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Contact;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.LayerSource;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.formats.Formats;
import org.tequio.formats.WriterFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A layer on the wire. The components are the members of the JSON object, documented in the OpenAPI
 * document that is made of them.
 */
record LayerJson(
    String id,
    String title,
    Titles titles,
    @Nullable String description,
    String theme,
    @Nullable String department,
    @Nullable String standard,
    String geometry,
    long count,
    @Nullable List<Double> bbox,
    @Nullable String date,
    long revision,
    String updated,
    @Nullable String licence,
    @Nullable String crs,
    List<SourceJson> sources,
    CountsJson findings,
    List<FieldJson> fields,
    int closedFields,
    @Nullable String tiles,
    int minZoom,
    int maxZoom,
    List<DownloadJson> downloads,
    boolean hasCoverage,
    @Nullable String rhythm,
    @Nullable Contact contact,
    @Nullable JsonNode style) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A text in every language. */
  record Titles(String es, String pt, String en) {
    static Titles of(LocalText text) {
      return new Titles(text.es(), text.pt(), text.en());
    }
  }

  /** A file that the layer came from. */
  record SourceJson(
      String file,
      String format,
      String sha256,
      @Nullable String crs,
      String operation,
      @Nullable Double accuracyMeters) {}

  /** How many findings. */
  record CountsJson(long errors, long warnings, long notes) {}

  /** A public field. */
  record FieldJson(String name, String type, String label, @Nullable String unit) {
    static FieldJson of(Field field, Language language) {
      return new FieldJson(
          field.name(),
          field.type().name().toLowerCase(java.util.Locale.ROOT),
          field.label().in(language),
          field.unit());
    }
  }

  /**
   * A form in which the layer can be taken home.
   *
   * @param href where; null where the format cannot hold the layer
   * @param anyCrs true where coordinates may be in any system
   * @param refusal why it cannot
   */
  record DownloadJson(
      String format,
      String extension,
      @Nullable String href,
      boolean anyCrs,
      @Nullable String refusal) {
    static DownloadJson of(WriterFormat format, PublicLayer layer, Language language) {
      Optional<LocalText> refusal = format.refusal(layer.stored().schema());
      return new DownloadJson(
          format.name(),
          format.extension(),
          refusal.isPresent() ? null : "/api/downloads/" + layer.id() + "." + format.extension(),
          format.crsFor(Crs.WEB_MERCATOR).equals(Crs.WEB_MERCATOR),
          refusal.map(why -> why.in(language)).orElse(null));
    }
  }

  static LayerJson of(PublicLayer layer, Language language, int maxZoom) {
    LayerRecord record = layer.record();
    LocalText description = record.description();
    LayerSettings settings = record.settings();
    Period rhythm = settings.rhythm();
    String style = settings.style();
    return new LayerJson(
        record.id().value(),
        record.title().in(language),
        Titles.of(record.title()),
        description == null ? null : description.in(language),
        record.theme().id(),
        record.department(),
        record.standard(),
        layer.stored().schema().geometry().name(),
        record.count(),
        box(record.extent()),
        record.date() == null ? null : record.date().toString(),
        record.revision(),
        instant(record.updated()),
        record.licence(),
        sourceCrs(record),
        record.sources().stream().map(LayerJson::source).toList(),
        new CountsJson(
            record.findings().errors(), record.findings().warnings(), record.findings().notes()),
        layer.fields().stream().map(field -> FieldJson.of(field, language)).toList(),
        layer.closedFields(),
        layer.hasGeometry() ? "/tiles/" + record.id() + "/{z}/{x}/{y}" : null,
        0,
        maxZoom,
        Formats.writers().stream().map(format -> DownloadJson.of(format, layer, language)).toList(),
        record.coverage() != null,
        rhythm == null ? null : rhythm.toString(),
        settings.contact(),
        style == null ? null : JSON.readTree(style));
  }

  private static SourceJson source(LayerSource source) {
    return new SourceJson(
        source.file(),
        source.format(),
        source.sha256(),
        source.crs() == null ? null : source.crs().toString(),
        source.operation(),
        Double.isNaN(source.accuracyMeters()) ? null : source.accuracyMeters());
  }

  private static @Nullable String sourceCrs(LayerRecord record) {
    for (LayerSource source : record.sources()) {
      if (source.crs() != null) {
        return source.crs().toString();
      }
    }
    return null;
  }

  static @Nullable List<Double> box(@Nullable Bbox box) {
    return box == null ? null : List.of(box.minX(), box.minY(), box.maxX(), box.maxY());
  }

  static String instant(Instant instant) {
    return instant.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString();
  }
}
