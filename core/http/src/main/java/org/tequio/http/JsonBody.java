package org.tequio.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a request's JSON strictly: members that the record does not have are refused by name, so
 * that nobody sets what is not theirs to set, and the same name twice is refused.
 */
final class JsonBody {
  static final long MAX_BYTES = 1 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonBody() {}

  static <T> T read(HttpServletRequest request, Class<T> type) {
    String media = String.valueOf(request.getContentType()).split(";", 2)[0].strip();
    if (!media.toLowerCase(Locale.ROOT).equals("application/json")) {
      throw new ProblemException(Problem.unsupportedMediaType("application/json", media));
    }
    if (request.getContentLengthLong() > MAX_BYTES) {
      throw new ProblemException(Problem.tooLarge(MAX_BYTES));
    }
    try (var body = new LimitedStream(request.getInputStream(), MAX_BYTES)) {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw new ProblemException(
            Problem.invalidBody(new LocalText("llegó 'null'", "veio 'null'", "got 'null'")));
      }
      requireMembers(value, "");
      return value;
    } catch (UnrecognizedPropertyException e) {
      String known =
          e.getKnownPropertyIds().stream().map(String::valueOf).collect(Collectors.joining(", "));
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "'" + shown(e.getPropertyName()) + "' no existe aquí; se esperaba: " + known,
                  "'" + shown(e.getPropertyName()) + "' não existe aqui; esperava-se: " + known,
                  "there is no '" + shown(e.getPropertyName()) + "' here; wanted: " + known)));
    } catch (DatabindException e) {
      throw wrong(e, place(e));
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw wrong(e, at == null ? "" : at.getLineNr() + ":" + at.getColumnNr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Members that a record does not allow to be absent must be there. */
  private static void requireMembers(Object value, String place) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) != null) {
          requireMembers(list.get(i), place + i + ".");
        }
      }
    }
    if (!(value instanceof Record)) {
      return;
    }
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object member = member(value, component);
      String name = place + component.getName();
      if (member != null) {
        requireMembers(member, name + ".");
      } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        throw new ProblemException(
            Problem.invalidBody(
                new LocalText(
                    "falta '" + name + "'", "falta '" + name + "'", "'" + name + "' is missing")));
      }
    }
  }

  private static @Nullable Object member(Object record, RecordComponent component) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record that cannot be read", e);
    }
  }

  /**
   * Where the record refused a value, and, where it said so itself, why.
   *
   * @param place empty for the whole body
   */
  private static ProblemException wrong(JacksonException e, String place) {
    Throwable cause = e.getCause();
    if (cause instanceof ProblemException told) {
      return told;
    }
    String where = place.isEmpty() ? "" : " (" + place + ")";
    String why =
        cause instanceof IllegalArgumentException && cause.getMessage() != null
            ? ": " + cause.getMessage()
            : "";
    return new ProblemException(
        Problem.invalidBody(
            new LocalText(
                "el contenido no es el JSON esperado" + where + why,
                "o conteúdo não é o JSON esperado" + where + why,
                "the content is not the JSON that was wanted" + where + why)));
  }

  private static String place(DatabindException e) {
    return e.getPath().stream()
        .map(step -> step.getPropertyName() != null ? step.getPropertyName() : "" + step.getIndex())
        .collect(Collectors.joining("."));
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
