package org.tequio.storage.sql;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Field;

/** What a field may hold. */
final class FieldValues {
  private FieldValues() {}

  /** Refuses a value that is not of its field's type. */
  static void check(Field field, @Nullable Object value) {
    if (value == null) {
      return;
    }
    boolean fits =
        switch (field.type()) {
          case TEXT -> value instanceof String;
          case INTEGER -> value instanceof Long;
          case DECIMAL -> value instanceof Double number && Double.isFinite(number);
          case BOOLEAN -> value instanceof Boolean;
          case DATE -> value instanceof LocalDate;
          case INSTANT -> value instanceof Instant;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "field '"
              + field.name()
              + "' wants "
              + field.type()
              + " but got "
              + value.getClass().getSimpleName()
              + " "
              + value);
    }
  }
}
