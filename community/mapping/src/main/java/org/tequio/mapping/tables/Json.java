package org.tequio.mapping.tables;

import java.util.Map;
import org.tequio.mapping.project.ProjectSettings;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Values in columns that are JSON. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Json() {}

  /** A value as text. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** The members of an object. */
  public static Map<String, Object> object(String json) {
    return MAPPER.readValue(json, new TypeReference<Map<String, Object>>() {});
  }

  static ProjectSettings settings(String json) {
    return MAPPER.readValue(json, ProjectSettings.class);
  }
}
