package org.tequio.procedure.file;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tequio.feature.Language;
import org.tequio.procedure.Prevention;

/**
 * The blanks of a text, such as <code>{folio}</code>, and what stands in them for one file. A blank
 * that cannot be filled stays, and is named: nobody sends a text with a guess in it.
 */
final class Blanks {
  private static final Pattern BLANK = Pattern.compile("\\{([a-z]{1,40})}");

  /** All that there are. */
  static final List<String> NAMES =
      List.of(
          "folio", "procedure", "office", "officer", "applicant", "filed", "due", "cure", "today");

  private final CaseFile file;
  private final CaseClock law;
  private final Instant now;
  private final Language language;
  private final Function<String, Optional<String>> names;
  private final String officer;
  private final boolean seesApplicant;

  /**
   * For one file.
   *
   * @param names what people are called, by their accounts
   * @param officer the account of whoever writes
   * @param seesApplicant false for whoever may not know whose file it is
   */
  Blanks(
      CaseFile file,
      CaseClock law,
      Instant now,
      Language language,
      Function<String, Optional<String>> names,
      String officer,
      boolean seesApplicant) {
    this.file = file;
    this.law = law;
    this.now = now;
    this.language = language;
    this.names = names;
    this.officer = officer;
    this.seesApplicant = seesApplicant;
  }

  /**
   * A text with its blanks filled.
   *
   * @param missing the blanks that stayed
   */
  record Filled(String text, Set<String> missing) {}

  /** The blanks of a text that are none of ours. */
  static Set<String> unknown(String text) {
    Set<String> unknown = new LinkedHashSet<>();
    BLANK
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .filter(name -> !NAMES.contains(name))
        .forEach(unknown::add);
    return unknown;
  }

  /** Fills a text. */
  Filled fill(String text) {
    Set<String> missing = new LinkedHashSet<>();
    String filled =
        BLANK
            .matcher(text)
            .replaceAll(
                match -> {
                  Optional<String> value = value(match.group(1));
                  if (value.isEmpty()) {
                    missing.add(match.group(1));
                  }
                  return Matcher.quoteReplacement(value.orElse(match.group()));
                });
    return new Filled(filled, missing);
  }

  private Optional<String> value(String name) {
    CaseFile.Filing filing = file.getFiling();
    FilingTerms terms = filing.terms();
    ZoneId zone = law.zone(terms.office());
    return switch (name) {
      case "folio" -> Optional.of(filing.folio());
      case "procedure" -> Optional.of(terms.name().in(language));
      case "office" -> law.offices().find(terms.office()).map(office -> office.name());
      case "officer" -> names.apply(officer);
      case "applicant" -> seesApplicant ? names.apply(file.applicant()) : Optional.empty();
      case "filed" -> Optional.of(day(filing.at(), zone));
      case "due" ->
          law.due(file).flatMap(due -> due.end()).map(end -> day(end.minusMillis(1), zone));
      case "cure" ->
          Optional.ofNullable(terms.prevention())
              .map(Prevention::cure)
              .map(cure -> cure.says().in(language));
      case "today" -> Optional.of(day(now, zone));
      default -> Optional.empty();
    };
  }

  private String day(Instant at, ZoneId zone) {
    LocalDate day = at.atZone(zone).toLocalDate();
    Locale locale =
        switch (language) {
          case ES -> Locale.forLanguageTag("es-MX");
          case PT -> Locale.forLanguageTag("pt-BR");
          case EN -> Locale.ENGLISH;
        };
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).format(day);
  }
}
