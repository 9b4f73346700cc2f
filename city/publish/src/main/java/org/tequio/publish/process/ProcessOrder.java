package org.tequio.publish.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Parameter;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;

/**
 * What somebody asked of a process.
 *
 * @param inputs the values by their names, as JSON has them, of the form that the process says
 * @param language in which the result should speak
 * @param site the address of the city's site, for links in the result; empty where it has none
 * @param asDocument true where the answer should be a document with links to the result, false
 *     where it should be the result
 */
public record ProcessOrder(
    Map<String, Object> inputs, Language language, String site, boolean asDocument) {

  /** Keeps the inputs' order. */
  public ProcessOrder {
    inputs = new LinkedHashMap<>(inputs);
  }

  /**
   * Reads inputs by a process's description.
   *
   * @throws ProblemException 400 where one is missing, is not known, or is not of its form
   */
  public static Map<String, Object> inputs(
      CityProcess process, @Nullable Map<String, Object> given) {
    Map<String, Object> left = new LinkedHashMap<>(given == null ? Map.of() : given);
    Map<String, Object> inputs = new LinkedHashMap<>();
    for (ProcessInput input : process.inputs()) {
      if (left.containsKey(input.id())) {
        inputs.put(input.id(), input.read(left.remove(input.id())));
      } else if (input.minOccurs() > 0) {
        throw new ProblemException(missing(input));
      }
    }
    if (!left.isEmpty()) {
      List<String> known = process.inputs().stream().map(ProcessInput::id).toList();
      throw new ProblemException(unknown(left.keySet().iterator().next(), known));
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
