package org.tequio.storage.geopackage;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;

/**
 * Typed values to the storage classes of SQLite and back. A GIS tool may have put anything into any
 * column: what cannot be read as the field's type is not known, which is null and never zero.
 */
final class Values {
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Values() {}

  /** How a value lies in a column. */
  static @Nullable Object toColumn(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean bool -> bool ? 1L : 0L;
      case LocalDate date -> date.toString();
      case Instant instant -> INSTANT.format(instant);
      default -> value;
    };
  }

  /** A value as the field's type says; instants are cut to the millisecond as they are stored. */
  static @Nullable Object ofColumn(FieldType type, @Nullable Object column) {
    if (column == null) {
      return null;
    }
    return switch (type) {
      case TEXT -> column instanceof byte[] ? null : column.toString();
      case INTEGER -> integer(column);
      case DECIMAL -> decimal(column);
      case BOOLEAN -> {
        Long number = integer(column);
        yield number == null ? null : (Boolean) (number != 0);
      }
      case DATE -> date(column);
      case INSTANT -> instant(column);
    };
  }

  private static @Nullable Long integer(Object column) {
    return switch (column) {
      case Integer number -> Long.valueOf(number);
      case Long number -> number;
      case Double number ->
          number == Math.rint(number) && Math.abs(number) < 1e15 ? number.longValue() : null;
      case String text -> {
        try {
          yield Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
          yield null;
        }
      }
      default -> null;
    };
  }

  private static @Nullable Double decimal(Object column) {
    return switch (column) {
      case Integer number -> Double.valueOf(number);
      case Long number -> Double.valueOf(number);
      case Double number -> Double.isFinite(number) ? number : null;
      case String text -> {
        try {
          yield new BigDecimal(text.strip()).doubleValue();
        } catch (NumberFormatException e) {
          yield null;
        }
      }
      default -> null;
    };
  }

  private static @Nullable LocalDate date(Object column) {
    String text = column.toString();
    try {
      return LocalDate.parse(
          text.length() > 10 && text.charAt(4) == '-' ? text.substring(0, 10) : text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static @Nullable Instant instant(Object column) {
    String text = column.toString().replace(' ', 'T');
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      try {
        return OffsetDateTime.parse(text + "Z").toInstant();
      } catch (DateTimeParseException notAnInstant) {
        return null;
      }
    }
  }
}
