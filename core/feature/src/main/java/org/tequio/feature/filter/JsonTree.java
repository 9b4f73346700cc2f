package org.tequio.feature.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON text whole: objects as maps, arrays as lists, numbers as {@link Numbers} has them.
 * The library bounds how deep arrays nest.
 */
final class JsonTree {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final FilterBudget budget;
  private final JsonParser parser;

  private JsonTree(FilterBudget budget, JsonParser parser) {
    this.budget = budget;
    this.parser = parser;
  }

  /**
   * Reads it.
   *
   * @throws FilterRefused where it is not JSON, with the line and column
   */
  static @Nullable Object parse(String text) {
    return parse(text, new FilterBudget(text));
  }

  /** The same within a budget. */
  static @Nullable Object parse(String text, FilterBudget budget) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      JsonTree tree = new JsonTree(budget, parser);
      Object whole = tree.value(tree.next());
      if (parser.nextToken() != null) {
        throw tree.malformed();
      }
      return whole;
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw malformed(at == null ? "" : at.getLineNr() + ":" + at.getColumnNr());
    }
  }

  private JsonToken next() {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw malformed();
    }
    return token;
  }

  private @Nullable Object value(JsonToken token) {
    budget.part();
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      default -> throw malformed();
    };
  }

  private Object number() {
    Object number = Numbers.of(parser.getString());
    if (number == null) {
      throw malformed();
    }
    return number;
  }

  private Map<String, @Nullable Object> object() {
    budget.enter();
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (next() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      object.put(name, value(next()));
    }
    budget.leave();
    return object;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> array = new ArrayList<>();
    for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
      array.add(value(token));
    }
    return array;
  }

  private FilterRefused malformed() {
    var at = parser.currentLocation();
    return malformed(at.getLineNr() + ":" + at.getColumnNr());
  }

  private static FilterRefused malformed(String place) {
    return new FilterRefused(
        new LocalText(
            "el filtro no es JSON (" + place + ")",
            "o filtro não é JSON (" + place + ")",
            "the filter is not JSON (" + place + ")"));
  }
}
