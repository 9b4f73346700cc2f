package org.tequio.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Describes the records that go over the wire as JSON Schema 2020-12, each once by its name. */
final class JsonSchema {
  private final Map<String, Object> components = new TreeMap<>();
  private final Map<String, Class<?>> seen = new TreeMap<>();

  /** The schemas of all records seen so far, by name. */
  Map<String, Object> components() {
    return components;
  }

  /** A schema, or a reference to one. */
  Map<String, Object> of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return Parameter.schema("array", "items", of(arguments[0]));
      }
      return Parameter.schema("object", "additionalProperties", of(arguments[1]));
    }
    if (type instanceof Class<?> known) {
      return ofClass(known);
    }
    return new LinkedHashMap<>();
  }

  private Map<String, Object> ofClass(Class<?> type) {
    if (type.isRecord()) {
      String name = nameOf(type);
      Class<?> known = seen.putIfAbsent(name, type);
      if (known == null) {
        components.put(name, Map.of());
        components.put(name, ofRecord(type));
      }
      Map<String, Object> reference = new LinkedHashMap<>();
      reference.put("$ref", "#/components/schemas/" + name);
      return reference;
    }
    if (type.isArray()) {
      return Parameter.schema("array", "items", of(type.getComponentType()));
    }
    return switch (type.getSimpleName()) {
      case "String" -> Parameter.schema("string");
      case "Instant" -> Parameter.schema("string", "format", "date-time");
      case "int", "long", "Integer", "Long" -> Parameter.schema("integer");
      case "double", "Double" -> Parameter.schema("number");
      case "boolean", "Boolean" -> Parameter.schema("boolean");
      case "Map" -> Parameter.schema("object");
      default -> new LinkedHashMap<>();
    };
  }

  /** The record's own name; the second of a name is told apart by the class that it belongs to. */
  private String nameOf(Class<?> type) {
    String name = type.getSimpleName();
    Class<?> outer = type.getEnclosingClass();
    if (seen.getOrDefault(name, type) != type && outer != null) {
      name = outer.getSimpleName().replaceFirst("Endpoint$", "") + name;
    }
    if (seen.getOrDefault(name, type) != type) {
      throw new IllegalStateException("two records on the wire are named " + name);
    }
    return name;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> ofRecord(Class<?> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        Map<String, Object> inner = ofRecord(component.getType());
        properties.putAll((Map<String, Object>) inner.get("properties"));
        required.addAll((List<String>) inner.get("required"));
        continue;
      }
      Map<String, Object> schema = of(component.getGenericType());
      String name = nameOf(component);
      properties.put(name, isNullable(component) ? orNull(schema) : schema);
      required.add(name);
    }
    return Parameter.schema("object", "required", required, "properties", properties);
  }

  private static Object orNull(Map<String, Object> schema) {
    if (schema.isEmpty()) {
      return schema;
    }
    return Map.of("anyOf", List.of(schema, Parameter.schema("null")));
  }

  private static String nameOf(RecordComponent component) {
    JsonProperty other = component.getAccessor().getAnnotation(JsonProperty.class);
    return other == null ? component.getName() : other.value();
  }

  private static boolean isNullable(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    return type.isAnnotationPresent(Nullable.class)
        && !(type instanceof AnnotatedParameterizedType generic
            && generic.getAnnotatedActualTypeArguments().length == 0);
  }
}
