package org.tequio.catalogue.mapping;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.feature.FieldType;
import org.tequio.feature.LocalText;

/**
 * How well a column's type and values fit an attribute, whatever it is called.
 *
 * @param factor what the name's score is worth with these values, 0 to 1
 * @param alone what the values are worth without a telling name, 0 to 1
 * @param reason what was seen; null where the values say nothing
 */
record ValueScore(double factor, double alone, @Nullable LocalText reason) {
  private static final double NEARLY_ALL = 0.95;

  /** Values shorter than this are like many other things. */
  private static final int TELLING_LENGTH = 5;

  static ValueScore of(ColumnSample column, Attribute attribute) {
    double type = typeFactor(column.field().type(), attribute.type());
    if (column.values().isEmpty()) {
      return new ValueScore(type, 0, null);
    }
    Set<String> texts = column.texts();
    if (!attribute.codes().isEmpty()) {
      return coded(texts, attribute, type);
    }
    Pattern pattern = attribute.pattern();
    if (pattern != null) {
      return shaped(texts, pattern, type);
    }
    return bounded(column.values(), attribute, type);
  }

  private static double typeFactor(FieldType column, FieldType wanted) {
    return switch (wanted) {
      case TEXT -> column == FieldType.TEXT ? 1 : column == FieldType.INTEGER ? 0.9 : 0.8;
      case INTEGER -> column == FieldType.INTEGER ? 1 : column == FieldType.DECIMAL ? 0.9 : 0.4;
      case DECIMAL -> column == FieldType.DECIMAL || column == FieldType.INTEGER ? 1 : 0.4;
      case BOOLEAN -> column == FieldType.BOOLEAN ? 1 : 0.7;
      case DATE -> isTime(column) ? 1 : column == FieldType.TEXT ? 0.7 : 0.3;
      case INSTANT -> isTime(column) ? 1 : column == FieldType.TEXT ? 0.7 : 0.3;
    };
  }

  private static boolean isTime(FieldType type) {
    return type == FieldType.DATE || type == FieldType.INSTANT;
  }

  private static ValueScore coded(Set<String> texts, Attribute attribute, double type) {
    double share = share(texts, text -> attribute.codeList().meaning(text).isPresent());
    boolean telling = share >= NEARLY_ALL && texts.size() >= 2;
    return new ValueScore(
        telling ? 1 : share >= 0.5 ? type : type * 0.85,
        telling ? 0.55 : 0,
        share == 0
            ? null
            : told(
                share,
                "de los valores está en la lista de códigos",
                "dos valores está na lista de códigos",
                "of the values are in the code list"));
  }

  private static ValueScore shaped(Set<String> texts, Pattern pattern, double type) {
    double share = share(texts, text -> pattern.matcher(text).matches());
    double length = texts.stream().mapToInt(String::length).average().orElse(0);
    boolean telling = share >= NEARLY_ALL && texts.size() >= 5 && length >= TELLING_LENGTH;
    return new ValueScore(
        share >= NEARLY_ALL ? Math.max(type, 0.95) : share >= 0.5 ? type * 0.8 : type * 0.4,
        telling ? 0.5 : 0,
        told(
            share,
            "de los valores tiene su forma",
            "dos valores tem a sua forma",
            "of the values have its form"));
  }

  private static ValueScore bounded(List<Object> values, Attribute attribute, double type) {
    if (attribute.min() == Double.NEGATIVE_INFINITY
        && attribute.max() == Double.POSITIVE_INFINITY) {
      return new ValueScore(type, 0, null);
    }
    long numbers = values.stream().filter(Number.class::isInstance).count();
    if (numbers == 0) {
      return new ValueScore(type, 0, null);
    }
    long within =
        values.stream()
            .filter(Number.class::isInstance)
            .mapToDouble(value -> ((Number) value).doubleValue())
            .filter(value -> value >= attribute.min() && value <= attribute.max())
            .count();
    double share = within / (double) numbers;
    return new ValueScore(
        share >= NEARLY_ALL ? type : type * 0.5,
        0,
        told(
            share,
            "de los valores está en su rango",
            "dos valores está no seu intervalo",
            "of the values are in its range"));
  }

  private static double share(Set<String> texts, java.util.function.Predicate<String> test) {
    return texts.stream().filter(test).count() / (double) texts.size();
  }

  private static LocalText told(double share, String es, String pt, String en) {
    String percent = Math.round(share * 100) + " % ";
    return new LocalText("el " + percent + es, percent + pt, percent + en);
  }

  /** True where the values alone may tell, whatever the column is called. */
  static boolean mayTell(Attribute attribute) {
    return !attribute.codes().isEmpty() || attribute.pattern() != null;
  }
}
