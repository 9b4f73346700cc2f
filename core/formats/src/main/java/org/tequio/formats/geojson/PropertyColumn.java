package org.tequio.formats.geojson;

import java.util.regex.Pattern;
import org.tequio.feature.FieldType;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What all features together say about one property. Not thread-safe. */
final class PropertyColumn {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern INSTANT =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  private final String name;
  private final int index;
  private boolean texts;
  private boolean integers;
  private boolean decimals;
  private boolean booleans;
  private boolean structures;
  private boolean maybeDate = true;
  private boolean maybeInstant = true;
  private long lastSeen;

  PropertyColumn(String name, int index) {
    this.name = name;
    this.index = index;
  }

  String name() {
    return name;
  }

  int index() {
    return index;
  }

  /** True where this feature had the property before: a name that is written twice. */
  boolean isRepeated(long feature) {
    boolean repeated = lastSeen == feature;
    lastSeen = feature;
    return repeated;
  }

  /** Looks at one value and leaves the parser at its end. */
  void look(JsonParser p) {
    JsonToken token = p.currentToken();
    switch (token) {
      case VALUE_STRING -> {
        texts = true;
        if (maybeDate || maybeInstant) {
          String text = p.getString();
          maybeDate &= text.length() == 10 && DATE.matcher(text).matches();
          maybeInstant &= text.length() >= 20 && INSTANT.matcher(text).matches();
        }
      }
      case VALUE_NUMBER_INT -> {
        if (p.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          texts = true;
          maybeDate = false;
          maybeInstant = false;
        } else {
          integers = true;
        }
      }
      case VALUE_NUMBER_FLOAT -> decimals = true;
      case VALUE_TRUE, VALUE_FALSE -> booleans = true;
      case START_OBJECT, START_ARRAY -> {
        structures = true;
        p.skipChildren();
      }
      default -> {}
    }
  }

  /** The narrowest type that holds every value seen. */
  FieldType type() {
    boolean numbers = integers || decimals;
    if (structures || texts && (numbers || booleans) || numbers && booleans) {
      return FieldType.TEXT;
    }
    if (texts) {
      return maybeDate ? FieldType.DATE : maybeInstant ? FieldType.INSTANT : FieldType.TEXT;
    }
    if (numbers) {
      return decimals ? FieldType.DECIMAL : FieldType.INTEGER;
    }
    return booleans ? FieldType.BOOLEAN : FieldType.TEXT;
  }
}
