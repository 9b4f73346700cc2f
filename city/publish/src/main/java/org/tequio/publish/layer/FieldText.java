package org.tequio.publish.layer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.tequio.feature.FieldType;
import org.tequio.feature.LocalText;
import org.tequio.http.Parameter;

/** Values of fields as XML Schema writes them (XML Schema Part 2, 3.2). */
public final class FieldText {
  private FieldText() {}

  /** The value of a text for a field of this type; nothing where it is none. */
  public static Optional<Object> parse(FieldType type, String text) {
    String plain = text.strip();
    return switch (type) {
      case TEXT -> Optional.of(text);
      case INTEGER ->
          plain.matches("[+-]?[0-9]{1,18}") ? Optional.of(Long.valueOf(plain)) : Optional.empty();
      case DECIMAL -> Parameter.finite(plain).map(Object.class::cast);
      case BOOLEAN ->
          switch (plain) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> Optional.empty();
          };
      case DATE -> moment(plain).filter(LocalDate.class::isInstance);
      case INSTANT -> moment(plain).filter(Instant.class::isInstance);
    };
  }

  /** A day or an instant; a time without a zone is one of UTC, a zone of a day has no meaning. */
  public static Optional<Object> moment(String text) {
    try {
      if (text.length() <= 16 && text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9:]{5})?")) {
        return Optional.of(LocalDate.parse(text.substring(0, 10)));
      }
      if (text.length() < 19 || text.length() > 40) {
        return Optional.empty();
      }
      boolean zoned = text.endsWith("Z") || text.substring(19).matches(".*[+-][0-9:]{5}");
      return Optional.of(
          zoned
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** What a right value looks like. */
  public static LocalText wanted(FieldType type) {
    return switch (type) {
      case TEXT -> new LocalText("un texto", "um texto", "a text");
      case INTEGER -> new LocalText("un entero", "um inteiro", "a whole number");
      case DECIMAL -> new LocalText("un número", "um número", "a number");
      case BOOLEAN -> LocalText.same("true|false");
      case DATE ->
          new LocalText(
              "una fecha como 2024-02-29", "uma data como 2024-02-29", "a date such as 2024-02-29");
      case INSTANT -> LocalText.same("2024-02-29T12:00:00Z");
    };
  }
}
