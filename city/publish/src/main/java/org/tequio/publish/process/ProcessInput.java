package org.tequio.publish.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One thing that a process wants to know (OGC 18-062r2, 9.2.2).
 *
 * @param id its name in an order
 * @param title what people call it
 * @param description what it means
 * @param schema the JSON Schema of one value
 * @param minOccurs 0 where it may be left out, else 1
 * @param maxOccurs past 1 the value is a list
 */
public record ProcessInput(
    String id,
    LocalText title,
    LocalText description,
    Map<String, Object> schema,
    int minOccurs,
    int maxOccurs) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What may stand beside a qualified value (qualifiedValue.yaml). */
  private static final Set<String> QUALIFIERS =
      Set.of("value", "mediaType", "encoding", "schema", "format");

  /** Keeps the schema's order. */
  public ProcessInput {
    schema = new LinkedHashMap<>(schema);
  }

  /**
   * The value that an order gives, without the wrapping that the standard allows.
   *
   * @param given as JSON was read: text, numbers, truth values, lists and maps
   * @throws ProblemException 400 where the schema does not allow it
   */
  Object read(@Nullable Object given) {
    if (maxOccurs == 1) {
      return readOne(given);
    }
    List<?> all = given instanceof List<?> list ? list : List.of(unwrapped(given));
    if (all.size() < minOccurs || all.size() > maxOccurs) {
      throw wrong(LocalText.same(minOccurs + "–" + maxOccurs), all.size());
    }
    return all.stream().map(this::readOne).toList();
  }

  private Object readOne(@Nullable Object given) {
    Object value = unwrapped(given);
    if (!JsonForm.fits(value, schema)) {
      throw wrong(LocalText.same(JSON.writeValueAsString(schema)), value);
    }
    return value;
  }

  private Object unwrapped(@Nullable Object given) {
    if (given == null) {
      throw wrong(LocalText.same(JSON.writeValueAsString(schema)), "null");
    }
    if (given instanceof Map<?, ?> map) {
      if (map.containsKey("href")) {
        throw wrong(BY_VALUE, map.get("href"));
      }
      Object value = map.get("value");
      if (value != null && QUALIFIERS.containsAll(map.keySet())) {
        return value;
      }
    }
    return given;
  }

  private static final LocalText BY_VALUE =
      new LocalText(
          "el valor mismo, no su dirección",
          "o próprio valor, não seu endereço",
          "the value itself, not its address");

  private ProblemException wrong(LocalText wanted, @Nullable Object got) {
    return new ProblemException(
        Problem.invalidParameter("inputs." + id, wanted, String.valueOf(got)));
  }
}
