package org.tequio.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the OpenAPI document of a part of the surface out of what its endpoints declare.
 *
 * @param version of the OpenAPI specification: 3.1.1, or 3.0.3 as OGC API – Features asks for
 * @param title what the document is called
 * @param serverUrl the address to which the paths are added
 * @param prefix the path that the server's address has already, empty where none
 * @param variables what the document calls variables of paths, where a standard has names for them
 */
public record OpenApi(
    String version, String title, String serverUrl, String prefix, Map<String, String> variables) {

  /** Copies the names. */
  public OpenApi {
    variables = Map.copyOf(variables);
  }

  /**
   * The endpoint that describes all the others, but for those that OGC's own document describes.
   */
  public static Endpoint endpoint(List<Endpoint> endpoints, Permissions permissions) {
    List<Endpoint> documented =
        endpoints.stream().filter(one -> !one.path().startsWith("/ogc")).toList();
    return Endpoint.get(
        "/openapi.json",
        "openApi",
        Action.CITY_READ,
        call -> {
          permissions.require(call, Permission.READ_CITY);
          String base = call.base().isEmpty() ? "/" : call.base();
          return Reply.json(
              new OpenApi("3.1.1", "Tequio", base, "", Map.of()).document(documented));
        });
  }

  /** The document, ready to be written as JSON. */
  public Map<String, Object> document(List<Endpoint> endpoints) {
    JsonSchema schemas = new JsonSchema();
    Map<String, Object> paths = new TreeMap<>();
    for (Endpoint endpoint : endpoints) {
      String path = endpoint.path().substring(prefix.length());
      for (Map.Entry<String, String> variable : variables.entrySet()) {
        path = path.replace('{' + variable.getKey() + '}', '{' + variable.getValue() + '}');
      }
      @SuppressWarnings("unchecked")
      Map<String, Object> operations =
          (Map<String, Object>)
              paths.computeIfAbsent(
                  path.isEmpty() ? "/" : path, key -> new TreeMap<String, Object>());
      operations.put(endpoint.method().toLowerCase(Locale.ROOT), operation(endpoint, schemas));
    }
    schemas.of(ProblemDocument.class);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", version);
    document.put(
        "info",
        ordered(
            "title",
            title,
            "version",
            "1.0.0",
            "license",
            ordered("name", "Apache-2.0", "url", "https://www.apache.org/licenses/LICENSE-2.0")));
    document.put("servers", List.of(Map.of("url", serverUrl)));
    document.put("paths", paths);
    document.put("components", ordered("schemas", forVersion(schemas.components())));
    return document;
  }

  private Map<String, Object> operation(Endpoint endpoint, JsonSchema schemas) {
    List<Object> parameters = new ArrayList<>();
    for (Parameter<?> parameter : endpoint.parameters()) {
      parameters.add(parameter(parameter));
    }
    if (endpoint.openQuery()) {
      parameters.add(
          ordered(
              "name",
              "properties",
              "in",
              "query",
              "description",
              "Further parameters filter by the layer's own properties, one name and value each.",
              "required",
              false,
              "schema",
              Parameter.schema("object", "additionalProperties", Parameter.schema("string")),
              "style",
              "form",
              "explode",
              true));
    }
    Map<String, Object> content = new LinkedHashMap<>();
    for (Endpoint.Answer answer : endpoint.answers()) {
      var body = answer.body();
      content.put(
          answer.mediaType(),
          ordered("schema", body == null ? new LinkedHashMap<>() : schemas.of(body)));
    }
    Map<String, Object> success = ordered("description", "Success");
    if (!content.isEmpty()) {
      success.put("content", content);
    }
    Map<String, Object> problem =
        ordered(
            "description",
            "A problem",
            "content",
            Map.of(
                "application/problem+json", ordered("schema", schemas.of(ProblemDocument.class))));
    Map<String, Object> operation =
        ordered(
            "tags",
            List.of(endpoint.tag()),
            "summary",
            endpoint.summary(),
            "operationId",
            endpoint.operationId(),
            "parameters",
            parameters);
    Endpoint.Body body = endpoint.takes();
    if (body != null) {
      var type = body.type();
      Object schema = type == null ? new LinkedHashMap<>() : schemas.of(type);
      operation.put(
          "requestBody",
          ordered(
              "required", true, "content", Map.of(body.mediaType(), ordered("schema", schema))));
    }
    operation.put("responses", ordered("2XX", success, "default", problem));
    if (!endpoint.method().equals("GET")) {
      return operation;
    }
    operation.put("responses", ordered("200", success, "default", problem));
    return operation;
  }

  private Map<String, Object> parameter(Parameter<?> parameter) {
    boolean path = parameter.place() == Parameter.Place.PATH;
    return ordered(
        "name",
        path ? variables.getOrDefault(parameter.name(), parameter.name()) : parameter.name(),
        "in",
        path ? "path" : "query",
        "description",
        parameter.description(),
        "required",
        path,
        "schema",
        parameter.schema(),
        "style",
        path ? "simple" : "form",
        "explode",
        false);
  }

  // OpenAPI 3.0 knows no type "null".
  private Object forVersion(Object schema) {
    if (!version.startsWith("3.0")) {
      return schema;
    }
    if (schema instanceof Map<?, ?> map) {
      if (map.get("anyOf") instanceof List<?> either && either.size() == 2) {
        Map<String, Object> nullable = new LinkedHashMap<>();
        nullable.put("nullable", true);
        nullable.put("allOf", List.of(forVersion(either.getFirst())));
        return nullable;
      }
      Map<String, Object> all = new LinkedHashMap<>();
      map.forEach((name, value) -> all.put(String.valueOf(name), forVersion(value)));
      return all;
    }
    return schema;
  }

  /** A JSON object of names and values in pairs, in order. */
  public static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** The form of {@link Problem} on the wire, for the document. */
  record ProblemDocument(String type, String title, int status, String detail) {}
}
