package org.tequio.review.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.LayerFinding;
import org.tequio.feature.Field;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Language;
import org.tequio.feature.LayerSchema;

/**
 * What a check saw, as the department that handed the files in may read it. What a finding quotes
 * of a field that is closed is left out, as in the comparison.
 */
final class FindingsView {
  private FindingsView() {}

  record FindingJson(
      String code,
      String severity,
      String title,
      @Nullable String layer,
      String source,
      @Nullable String subject,
      long count,
      String evidence,
      String action,
      List<ExampleJson> examples) {}

  record ExampleJson(long row, String text, @Nullable Double lon, @Nullable Double lat) {}

  record FindingList(List<FindingJson> findings) {}

  /**
   * One finding.
   *
   * @param schema of the layer that it is about; empty where the files became none
   * @param open whether a field's values may be read
   */
  static FindingJson json(
      LayerFinding found, Optional<LayerSchema> schema, Predicate<Field> open, Language language) {
    Finding finding = found.finding();
    String subject = finding.subject();
    boolean quotes = mayQuote(found, schema, open);
    return new FindingJson(
        finding.code().wireName(),
        finding.severity().wireName(),
        finding.code().title().in(language).replace("{subject}", subject == null ? "" : subject),
        found.layer() == null ? null : found.layer().value(),
        finding.source(),
        subject,
        finding.count(),
        quotes ? finding.evidence() : "",
        found.done().in(language),
        finding.examples().stream().map(example -> json(example, quotes)).toList());
  }

  private static boolean mayQuote(
      LayerFinding found, Optional<LayerSchema> schema, Predicate<Field> open) {
    if (found.finding().code() == FindingCode.PERSONAL_DATA) {
      return false;
    }
    if (found.isAboutForm()) {
      return true;
    }
    String subject = found.finding().subject();
    return schema.isPresent()
        && (schema.get().fields().stream().allMatch(open)
            || schema.get().fields().stream()
                .anyMatch(field -> field.name().equalsIgnoreCase(subject) && open.test(field)));
  }

  private static ExampleJson json(Finding.Example example, boolean quotes) {
    boolean place = Double.isFinite(example.x()) && Double.isFinite(example.y());
    return new ExampleJson(
        example.row(),
        quotes ? example.text() : "",
        place ? example.x() : null,
        place ? example.y() : null);
  }
}
