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
   * @param references reads the values that come by their address
   * @throws ProblemException 400 where the schema does not allow it
   */
  Object read(@Nullable Object given, References references) {
    if (maxOccurs == 1) {
      return readOne(given, references);
    }
    List<?> all = given instanceof List<?> list ? list : List.of(required(given));
    if (all.size() < minOccurs || all.size() > maxOccurs) {
      throw wrong(LocalText.same(minOccurs + "–" + maxOccurs), all.size());
    }
    return all.stream().map(one -> readOne(one, references)).toList();
  }

  private Object readOne(@Nullable Object given, References references) {
    Object required = required(given);
    if (required instanceof Map<?, ?> link && link.containsKey("href")) {
      return references.read(id, link.get("href")).stream()
          .filter(value -> JsonForm.fits(value, schema))
          .findFirst()
          .orElseThrow(() -> References.unfit(id));
    }
    Object value = unwrapped(required);
    if (!JsonForm.fits(value, schema)) {
      throw wrong(form(), value);
    }
    return value;
  }

  private Object required(@Nullable Object given) {
    if (given == null) {
      throw wrong(form(), "null");
    }
    return given;
  }

  private LocalText form() {
    return LocalText.same(JSON.writeValueAsString(schema));
  }

  private static Object unwrapped(Object given) {
    if (given instanceof Map<?, ?> map && QUALIFIERS.containsAll(map.keySet())) {
      Object value = map.get("value");
      return value == null ? given : value;
    }
    return given;
  }

  private ProblemException wrong(LocalText wanted, @Nullable Object got) {
    return new ProblemException(
        Problem.invalidParameter("inputs." + id, wanted, String.valueOf(got)));
  }
}
