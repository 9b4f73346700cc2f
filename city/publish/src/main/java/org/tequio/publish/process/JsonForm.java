package org.tequio.publish.process;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether values are what a JSON Schema says, as far as the inputs of processes need it. */
final class JsonForm {
  private JsonForm() {}

  /**
   * True where the schema allows a value. Knows type, enum, pattern, maxLength, minimum, maximum,
   * items, minItems, maxItems, properties, required and oneOf; what else a schema says is for
   * people.
   */
  static boolean fits(@Nullable Object value, Map<?, ?> schema) {
    if (schema.get("oneOf") instanceof List<?> either) {
      return either.stream().anyMatch(one -> one instanceof Map<?, ?> form && fits(value, form));
    }
    if (schema.get("enum") instanceof List<?> known && !known.contains(value)) {
      return false;
    }
    return switch (value) {
      case null -> false;
      case String text -> is(schema, "string") && fitsText(text, schema);
      case Boolean truth -> is(schema, "boolean");
      case Number number -> fitsNumber(number, schema);
      case List<?> list -> is(schema, "array") && fitsList(list, schema);
      case Map<?, ?> map -> is(schema, "object") && fitsMap(map, schema);
      default -> false;
    };
  }

  private static boolean is(Map<?, ?> schema, String type) {
    return type.equals(schema.get("type"));
  }

  private static boolean fitsText(String text, Map<?, ?> schema) {
    return text.length() <= limit(schema, "maxLength", Integer.MAX_VALUE)
        && !(schema.get("pattern") instanceof String pattern
            && !Pattern.compile(pattern).matcher(text).find());
  }

  private static boolean fitsNumber(Number number, Map<?, ?> schema) {
    double value = number.doubleValue();
    boolean right = is(schema, "number") || is(schema, "integer") && value == Math.rint(value);
    return right
        && Double.isFinite(value)
        && value >= limit(schema, "minimum", -Double.MAX_VALUE)
        && value <= limit(schema, "maximum", Double.MAX_VALUE);
  }

  private static boolean fitsList(List<?> list, Map<?, ?> schema) {
    return list.size() >= limit(schema, "minItems", 0)
        && list.size() <= limit(schema, "maxItems", Integer.MAX_VALUE)
        && (!(schema.get("items") instanceof Map<?, ?> form)
            || list.stream().allMatch(one -> fits(one, form)));
  }

  private static boolean fitsMap(Map<?, ?> map, Map<?, ?> schema) {
    if (schema.get("required") instanceof List<?> names && !map.keySet().containsAll(names)) {
      return false;
    }
    return !(schema.get("properties") instanceof Map<?, ?> properties)
        || map.entrySet().stream()
            .allMatch(
                one ->
                    !(properties.get(one.getKey()) instanceof Map<?, ?> form)
                        || fits(one.getValue(), form));
  }

  private static double limit(Map<?, ?> schema, String name, double otherwise) {
    return schema.get(name) instanceof Number number ? number.doubleValue() : otherwise;
  }
}
