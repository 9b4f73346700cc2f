package org.tequio.cartography.style;

import java.text.NumberFormat;
import java.util.Locale;
import org.tequio.feature.Code;
import org.tequio.feature.Field;
import org.tequio.feature.Language;

/** Writes values as legends do. */
final class ValueLabel {
  private static final int DECIMALS = 2;

  private ValueLabel() {}

  /** A value by its code list, or as it is. */
  static String of(Field field, Object value, Language language) {
    String text = value.toString();
    for (Code code : field.codes()) {
      if (code.value().equals(text)) {
        return code.label().in(language);
      }
    }
    return value instanceof Number number ? number(number.doubleValue(), language) : text;
  }

  /** A number as people of a language write it. */
  static String number(double value, Language language) {
    NumberFormat format =
        NumberFormat.getNumberInstance(
            switch (language) {
              case ES -> Locale.forLanguageTag("es-MX");
              case PT -> Locale.forLanguageTag("pt-BR");
              case EN -> Locale.ENGLISH;
            });
    format.setMaximumFractionDigits(DECIMALS);
    return format.format(value);
  }

  static String withUnit(String label, Field field) {
    return field.unit() == null ? label : label + " " + field.unit();
  }
}
