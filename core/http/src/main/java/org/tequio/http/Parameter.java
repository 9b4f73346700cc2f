package org.tequio.http;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;

/**
 * One parameter of an endpoint: how it is read, what is said when it is wrong, and how the OpenAPI
 * document describes it. A new parameter is one constant.
 *
 * @param place where it stands
 * @param name its name, lower-case
 * @param description one English sentence for the API document
 * @param wanted what a right value looks like, for the problem
 * @param schema its JSON Schema
 * @param parser gives the value, or nothing where the text is not one
 */
public record Parameter<T>(
    Place place,
    String name,
    String description,
    LocalText wanted,
    Map<String, Object> schema,
    Function<String, Optional<T>> parser) {

  /** Where a parameter stands. */
  public enum Place {
    /** In the path; a wrong value is a path that does not exist: 404. */
    PATH,
    /** After the question mark; a wrong value is a 400. */
    QUERY
  }

  /** The language of the answer; every endpoint has it. */
  public static final Parameter<String> LANG =
      choice("lang", "Language of the texts; else Accept-Language decides.", "es", "pt", "en");

  /** Identifies a layer in the path. */
  public static final Parameter<LayerId> LAYER =
      new Parameter<>(
          Place.PATH,
          "layer",
          "Identifier of a layer.",
          new LocalText("una capa", "uma camada", "a layer"),
          schema("string", "pattern", "^[a-z][a-z0-9_]{0,59}$"),
          text -> LayerId.isValid(text) ? Optional.of(new LayerId(text)) : Optional.empty());

  /** Keeps the schema's order. */
  public Parameter {
    schema = new LinkedHashMap<>(schema);
  }

  private static final Pattern PATH_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  /** An identifier in the path: letters, digits, hyphens and underscores. */
  public static Parameter<String> pathId(String name, String description, LocalText wanted) {
    return new Parameter<>(
        Place.PATH,
        name,
        description,
        wanted,
        schema("string", "pattern", "^[A-Za-z0-9_-]{1,80}$"),
        text -> PATH_ID.matcher(text).matches() ? Optional.of(text) : Optional.empty());
  }

  /** A query parameter with one of a few values. */
  public static Parameter<String> choice(String name, String description, String... values) {
    List<String> known = List.of(values);
    Map<String, Object> schema = schema("string");
    schema.put("enum", known);
    String list = String.join("|", known);
    return new Parameter<>(
        Place.QUERY,
        name,
        description,
        LocalText.same(list),
        schema,
        text -> known.contains(text) ? Optional.of(text) : Optional.empty());
  }

  /**
   * A whole number in the query; one above the maximum counts as the maximum, as OGC API – Features
   * Part 1, 7.15.2 allows for {@code limit}.
   */
  public static Parameter<Integer> integer(
      String name, String description, int minimum, int maximum, int fallback) {
    return new Parameter<>(
        Place.QUERY,
        name,
        description,
        new LocalText(
            "un entero de " + minimum + " a " + maximum,
            "um inteiro de " + minimum + " a " + maximum,
            "a whole number from " + minimum + " to " + maximum),
        schema("integer", "minimum", minimum, "maximum", maximum, "default", fallback),
        text -> integer(text, minimum, maximum));
  }

  private static Optional<Integer> integer(String text, int minimum, int maximum) {
    if (text.isEmpty() || text.length() > 40 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    int value = new BigInteger(text).min(BigInteger.valueOf(maximum)).intValueExact();
    return value < minimum ? Optional.empty() : Optional.of(value);
  }

  /** A finite number within bounds in the query. */
  public static Parameter<Double> number(
      String name, String description, double minimum, double maximum) {
    return new Parameter<>(
        Place.QUERY,
        name,
        description,
        new LocalText(
            "un número de " + minimum + " a " + maximum,
            "um número de " + minimum + " a " + maximum,
            "a number from " + minimum + " to " + maximum),
        schema("number", "minimum", minimum, "maximum", maximum),
        text -> finite(text).filter(value -> value >= minimum && value <= maximum));
  }

  /** A free text in the query, at most {@code longest} characters. */
  public static Parameter<String> text(String name, String description, int longest) {
    return new Parameter<>(
        Place.QUERY,
        name,
        description,
        new LocalText(
            "un texto de hasta " + longest + " caracteres",
            "um texto de até " + longest + " caracteres",
            "a text of at most " + longest + " characters"),
        schema("string", "maxLength", longest),
        text -> text.length() <= longest ? Optional.of(text) : Optional.empty());
  }

  /** A decimal number as programs write it; nothing for NaN, infinities, hexadecimal and words. */
  public static Optional<Double> finite(String text) {
    if (text.isEmpty()
        || text.length() > 40
        || !text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A JSON Schema of a type with further members in pairs. */
  public static Map<String, Object> schema(String type, Object... members) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", type);
    for (int i = 0; i < members.length; i += 2) {
      schema.put((String) members[i], members[i + 1]);
    }
    return schema;
  }

  /** The value of a text. */
  T parse(String text) {
    return parser.apply(text).orElseThrow(() -> new ProblemException(problem(text)));
  }

  private Problem problem(String text) {
    return place == Place.PATH
        ? Problem.notFound(text)
        : Problem.invalidParameter(name, wanted, text);
  }

  /** The name among these that is nearest to a wrong one; nothing where none is near. */
  public static Optional<String> nearest(String wrong, List<String> names) {
    String best = null;
    int least = Math.max(2, wrong.length() / 3) + 1;
    for (String name : names) {
      int distance = distance(wrong, name, least);
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return Optional.ofNullable(best);
  }

  // Levenshtein's distance; names are short, hostile ones are cut by the caller's bound.
  private static int distance(String a, String b, int bound) {
    if (Math.abs(a.length() - b.length()) >= bound) {
      return bound;
    }
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
