package org.tequio.publish.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a tree of things as JSON-LD 1.1. */
final class JsonLd {
  private JsonLd() {}

  static Map<String, Object> document(Rdf root) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("@context", Rdf.PREFIXES);
    document.putAll(node(root));
    return document;
  }

  private static Map<String, Object> node(Rdf thing) {
    Map<String, Object> node = new LinkedHashMap<>();
    if (thing.id() != null) {
      node.put("@id", thing.id());
    }
    node.put("@type", thing.type());
    Map<String, List<Object>> values = new LinkedHashMap<>();
    for (Rdf.Statement statement : thing.statements()) {
      values
          .computeIfAbsent(statement.name(), name -> new ArrayList<>())
          .add(value(statement.value()));
    }
    values.forEach((name, all) -> node.put(name, all.size() == 1 ? all.getFirst() : all));
    return node;
  }

  private static Object value(Rdf.Value value) {
    return switch (value) {
      case Rdf.Value.Thing(Rdf thing) -> node(thing);
      case Rdf.Value.Reference(String iri) -> Map.of("@id", iri);
      case Rdf.Value.Literal(var text, var language, var datatype) -> {
        if (language == null && datatype == null) {
          yield text;
        }
        Map<String, Object> literal = new LinkedHashMap<>();
        literal.put("@value", text);
        if (language != null) {
          literal.put("@language", language);
        } else {
          literal.put("@type", datatype);
        }
        yield literal;
      }
    };
  }
}
