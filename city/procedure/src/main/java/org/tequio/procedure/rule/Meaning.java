package org.tequio.procedure.rule;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.feature.FieldType;

/**
 * What a department's value means in the words of the dictionary. A rule compares with those words
 * only: "Prohibido", "PROHIBIDO" and "prohibido" are one, and a word that nobody has explained is
 * none of them instead of silently being another.
 */
final class Meaning {
  private static final Set<String> YES =
      Set.of("si", "sí", "s", "sim", "yes", "y", "true", "verdadero", "verdadeiro", "1");
  private static final Set<String> NO = Set.of("no", "n", "não", "nao", "false", "falso", "0");

  private Meaning() {}

  /**
   * The value in the words of the dictionary.
   *
   * @param value as it stands in the layer
   * @return text, Long, Double, Boolean, LocalDate or Instant, as the attribute says; none where
   *     the value cannot be read as such
   */
  static Optional<Object> of(Attribute attribute, Object value) {
    if (!attribute.codes().isEmpty()) {
      String said = text(value);
      Optional<String> code = attribute.codeList().meaning(said);
      return code.isPresent() || !attribute.codeList().isOpen()
          ? code.map(Object.class::cast)
          : Optional.of(said);
    }
    return switch (attribute.type()) {
      case TEXT -> Optional.of(text(value));
      case INTEGER, DECIMAL -> number(attribute.type(), value);
      case BOOLEAN -> yesNo(value);
      case DATE -> day(value).map(Object.class::cast);
      case INSTANT ->
          value instanceof Instant ? Optional.of(value) : day(value).map(Object.class::cast);
    };
  }

  /** A code that a spreadsheet took for a number is written without its point. */
  private static String text(Object value) {
    return value instanceof Double number && number == Math.rint(number)
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : value.toString().strip();
  }

  private static Optional<Object> number(FieldType wanted, Object value) {
    if (value instanceof Number) {
      return Optional.of(value);
    }
    // With a comma it could be thousands or tenths.
    String text = value.toString().strip();
    if (!text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")) {
      return Optional.empty();
    }
    return Optional.of(
        wanted == FieldType.INTEGER && !text.contains(".")
            ? (Object) Long.valueOf(text)
            : (Object) Double.valueOf(text));
  }

  private static Optional<Object> yesNo(Object value) {
    if (value instanceof Boolean) {
      return Optional.of(value);
    }
    String word = text(value).toLowerCase(Locale.ROOT);
    return YES.contains(word)
        ? Optional.of(true)
        : NO.contains(word) ? Optional.of(false) : Optional.empty();
  }

  /** A day, as a date or as the text of one (ISO 8601). */
  static Optional<LocalDate> day(Object value) {
    if (value instanceof LocalDate day) {
      return Optional.of(day);
    }
    if (value instanceof Instant instant) {
      return Optional.of(instant.atZone(java.time.ZoneOffset.UTC).toLocalDate());
    }
    try {
      return Optional.of(LocalDate.parse(value.toString().strip()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
