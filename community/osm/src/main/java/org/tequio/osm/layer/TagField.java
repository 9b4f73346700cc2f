package org.tequio.osm.layer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Code;
import org.tequio.feature.Field;

/**
 * One attribute of a layer and the tag that says the same of an element.
 *
 * @param attribute an attribute of the layer dictionary, or the name of a field
 * @param tag the key
 * @param values of the layer with the values of the tag that mean it, the one to write first; empty
 *     where both write alike
 * @param silent values of the tag that say nothing of it, such as {@code building=yes}
 * @param unit in which the layer measures, in a unit of {@link #METERS}; null where it measures
 *     nothing. A tag without a unit is in metres
 * @param required true where an element without it is none for the layer
 */
record TagField(
    String attribute,
    String tag,
    Map<String, List<String>> values,
    Set<String> silent,
    @Nullable String unit,
    boolean required) {
  /** Metres in each unit of length that tags and layers use. */
  static final Map<String, Double> METERS =
      Map.of("m", 1.0, "cm", 0.01, "mm", 0.001, "km", 1000.0, "ft", 0.3048, "in", 0.0254);

  private static final Pattern LENGTH =
      Pattern.compile("([+-]?[0-9]{1,9}(?:\\.[0-9]{1,9})?)\\s*(m|cm|mm|km|ft|'|in|\")?");
  private static final int LONGEST_TAG = 255;

  TagField {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    values.forEach((value, tags) -> copy.put(value, List.copyOf(tags)));
    values = java.util.Collections.unmodifiableMap(copy);
    silent = Set.copyOf(silent);
  }

  /**
   * What a tag says, typed as the field is.
   *
   * @return empty where it says nothing that the field can hold
   */
  Optional<Object> read(String text, Field field) {
    Object value = typed(text.strip(), field);
    if (value == null) {
      return Optional.empty();
    }
    boolean listed =
        field.codes().isEmpty()
            || field.codes().stream().map(Code::value).anyMatch(value.toString()::equals);
    return listed ? Optional.of(value) : Optional.empty();
  }

  private @Nullable Object typed(String text, Field field) {
    String meant = text;
    if (!values.isEmpty()) {
      meant =
          values.entrySet().stream()
              .filter(one -> one.getValue().contains(text))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse(null);
      if (meant == null) {
        return null;
      }
    }
    try {
      return switch (field.type()) {
        case TEXT -> {
          BigDecimal number = unit == null ? null : number(meant);
          String plain = number == null ? meant : number.stripTrailingZeros().toPlainString();
          yield plain.isEmpty() || unit != null && number == null ? null : plain;
        }
        case INTEGER -> {
          BigDecimal number = number(meant);
          yield number == null || number.stripTrailingZeros().scale() > 0
              ? null
              : (Object) number.longValueExact();
        }
        case DECIMAL -> {
          BigDecimal number = number(meant);
          yield number == null ? null : (Object) number.doubleValue();
        }
        case BOOLEAN ->
            switch (meant) {
              case "yes", "true", "1" -> true;
              case "no", "false", "0" -> false;
              default -> null;
            };
        case DATE -> LocalDate.parse(meant);
        case INSTANT -> Instant.parse(meant);
      };
    } catch (DateTimeParseException | ArithmeticException e) {
      return null;
    }
  }

  private @Nullable BigDecimal number(String text) {
    Matcher length = LENGTH.matcher(text.replace(',', '.'));
    if (!length.matches()) {
      return null;
    }
    BigDecimal number = new BigDecimal(length.group(1));
    String said = length.group(2);
    if (unit == null) {
      return said == null ? number : null;
    }
    String from = said == null ? "m" : said.equals("'") ? "ft" : said.equals("\"") ? "in" : said;
    return from.equals(unit) ? number : scaled(number, from, unit);
  }

  private static BigDecimal scaled(BigDecimal number, String from, String to) {
    double factor = METERS.getOrDefault(from, 1.0) / METERS.getOrDefault(to, 1.0);
    return number.multiply(BigDecimal.valueOf(factor)).setScale(6, RoundingMode.HALF_UP);
  }

  /** The tag's value for a value of the layer; empty where the tag cannot say it. */
  Optional<String> write(Object value, Field field) {
    String text =
        switch (field.type()) {
          case TEXT, DATE, INSTANT -> value.toString();
          case INTEGER, DECIMAL -> {
            BigDecimal number = new BigDecimal(value.toString());
            BigDecimal inTag = unit == null ? number : scaled(number, unit, "m");
            yield inTag.signum() == 0 ? "0" : inTag.stripTrailingZeros().toPlainString();
          }
          case BOOLEAN -> Boolean.TRUE.equals(value) ? "yes" : "no";
        };
    if (!values.isEmpty()) {
      List<String> tags = values.getOrDefault(value.toString(), List.of());
      return tags.isEmpty() ? Optional.empty() : Optional.of(tags.getFirst());
    }
    String plain = text.strip();
    return plain.isEmpty() || plain.length() > LONGEST_TAG ? Optional.empty() : Optional.of(plain);
  }

  @Override
  public String toString() {
    return (attribute + " <-> " + tag).toLowerCase(Locale.ROOT);
  }
}
