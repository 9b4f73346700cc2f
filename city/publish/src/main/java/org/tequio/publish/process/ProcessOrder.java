package org.tequio.publish.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Parameter;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody asked of a process.
 *
 * @param inputs the values by their names, as JSON has them, of the form that the process says
 * @param language in which the result should speak
 * @param site the address of the city's site, for links in the result; empty where it has none
 * @param answer how the result should be handed over
 */
public record ProcessOrder(
    Map<String, Object> inputs, Language language, String site, Answer answer) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How a result is handed over (OGC 18-062r2, 7.11.2.3 and 7.11.2.4). */
  public enum Answer {
    /** The file itself. */
    RAW,
    /** Nothing, with a link to the file. */
    RAW_REFERENCE,
    /** A document that holds the file, as far as it is small. */
    DOCUMENT,
    /** A document with a link to the file. */
    DOCUMENT_REFERENCE
  }

  /** Keeps the inputs' order. */
  public ProcessOrder {
    inputs = new LinkedHashMap<>(inputs);
  }

  /**
   * Reads inputs by a process's description.
   *
   * @param references reads those that come by their address
   * @throws ProblemException 400 where one is missing, is not known, or is not of its form
   */
  public static Map<String, Object> inputs(
      CityProcess process, @Nullable Map<String, Object> given, References references) {
    Map<String, Object> all = given == null ? Map.of() : given;
    List<String> known = process.inputs().stream().map(ProcessInput::id).toList();
    for (String name : all.keySet()) {
      if (!known.contains(name)) {
        throw new ProblemException(unknown(name, known));
      }
    }
    for (ProcessInput input : process.inputs()) {
      if (input.minOccurs() > 0 && !all.containsKey(input.id())) {
        throw new ProblemException(missing(input));
      }
    }
    Map<String, Object> inputs = new LinkedHashMap<>();
    for (ProcessInput input : process.inputs()) {
      if (all.containsKey(input.id())) {
        inputs.put(input.id(), input.read(all.get(input.id()), references));
      }
    }
    return inputs;
  }

  /** The text of an input, if it was given. */
  Optional<String> text(String id) {
    return inputs.get(id) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The whole number of an input, if it was given. */
  Optional<Integer> integer(String id) {
    return inputs.get(id) instanceof Number number
        ? Optional.of(number.intValue())
        : Optional.empty();
  }

  /** The texts of an input that is a list; empty where it was not given. */
  List<String> texts(String id) {
    return inputs.get(id) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /**
   * The box of an input, in longitude and latitude: its numbers, or an object as bbox.yaml has it.
   */
  List<Double> box(String id) {
    Object given = inputs.get(id);
    Object numbers = given instanceof Map<?, ?> map ? map.get("bbox") : given;
    List<Double> box = new ArrayList<>();
    if (numbers instanceof List<?> list) {
      list.forEach(one -> box.add(((Number) one).doubleValue()));
    }
    return box;
  }

  /** The schema of a box: four numbers, or an object with them and a CRS (bbox.yaml). */
  static Map<String, Object> boxSchema() {
    Map<String, Object> numbers =
        Parameter.schema(
            "array", "minItems", 4, "maxItems", 4, "items", Parameter.schema("number"));
    Map<String, Object> crs = Parameter.schema("string");
    crs.put("enum", List.of("http://www.opengis.net/def/crs/OGC/1.3/CRS84"));
    Map<String, Object> object =
        Parameter.schema(
            "object",
            "required",
            List.of("bbox"),
            "properties",
            Map.of("bbox", numbers, "crs", crs),
            "format",
            "ogc-bbox");
    Map<String, Object> either = new LinkedHashMap<>();
    either.put("oneOf", List.of(numbers, object));
    return either;
  }

  /** The schema of an area: GeoJSON, or well-known text. */
  static Map<String, Object> areaSchema() {
    Map<String, Object> either = new LinkedHashMap<>();
    either.put(
        "oneOf",
        List.of(
            Parameter.schema("object", "required", List.of("type"), "format", "geojson-geometry"),
            Parameter.schema(
                "string", "contentMediaType", "text/plain", "maxLength", References.MOST_BYTES)));
    return either;
  }

  /** An input as the parameter of a request would have it: a text, or JSON. */
  Optional<String> parameter(String id) {
    Object given = inputs.get(id);
    return switch (given) {
      case null -> Optional.empty();
      case Map<?, ?> map when map.containsKey("bbox") ->
          Optional.of(box(id).stream().map(String::valueOf).collect(Collectors.joining(",")));
      case Map<?, ?> map -> Optional.of(JSON.writeValueAsString(map));
      case List<?> list ->
          Optional.of(list.stream().map(String::valueOf).collect(Collectors.joining(",")));
      default -> Optional.of(given.toString());
    };
  }

  private static Problem missing(ProcessInput input) {
    return Problem.invalidBody(
        new LocalText(
            "falta 'inputs." + input.id() + "'",
            "falta 'inputs." + input.id() + "'",
            "'inputs." + input.id() + "' is missing"));
  }

  private static Problem unknown(String name, List<String> known) {
    String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
    String list = String.join(", ", known);
    return Problem.invalidBody(
        new LocalText(
            "no existe la entrada '" + shown + "'; se esperaba: " + list,
            "não existe a entrada '" + shown + "'; esperava-se: " + list,
            "there is no input '" + shown + "'; wanted: " + list));
  }
}
