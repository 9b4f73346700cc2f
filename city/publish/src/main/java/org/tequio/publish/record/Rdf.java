package org.tequio.publish.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;

/**
 * A thing and what is said of it, as a tree; {@link RdfXml} and {@link JsonLd} write the same tree.
 * Names are abbreviated by the prefixes of {@link #PREFIXES}. Not thread-safe.
 */
final class Rdf {
  static final Map<String, String> PREFIXES = prefixes();

  private final String type;
  private final @Nullable String id;
  private final List<Statement> statements = new ArrayList<>();

  /** What is said: a name and what it leads to. */
  record Statement(String name, Value value) {}

  /** What a statement leads to. */
  sealed interface Value {
    /** Another thing, described here. */
    record Thing(Rdf thing) implements Value {}

    /** Another thing, described elsewhere. */
    record Reference(String iri) implements Value {}

    /**
     * A text or number.
     *
     * @param language null for one that has none
     * @param datatype abbreviated; null for a plain text
     */
    record Literal(String text, @Nullable String language, @Nullable String datatype)
        implements Value {}
  }

  private Rdf(String type, @Nullable String id) {
    this.type = type;
    this.id = id;
  }

  private static Map<String, String> prefixes() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dcat", "http://www.w3.org/ns/dcat#");
    all.put("dct", "http://purl.org/dc/terms/");
    all.put("foaf", "http://xmlns.com/foaf/0.1/");
    all.put("vcard", "http://www.w3.org/2006/vcard/ns#");
    all.put("geosparql", "http://www.opengis.net/ont/geosparql#");
    all.put("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
    all.put("skos", "http://www.w3.org/2004/02/skos/core#");
    all.put("dqv", "http://www.w3.org/ns/dqv#");
    all.put("xsd", "http://www.w3.org/2001/XMLSchema#");
    return all;
  }

  static Rdf thing(String type, @Nullable String id) {
    return new Rdf(type, id);
  }

  String type() {
    return type;
  }

  @Nullable String id() {
    return id;
  }

  List<Statement> statements() {
    return statements;
  }

  Rdf says(String name, Rdf thing) {
    statements.add(new Statement(name, new Value.Thing(thing)));
    return this;
  }

  Rdf refers(String name, @Nullable String iri) {
    if (iri != null) {
      statements.add(new Statement(name, new Value.Reference(iri)));
    }
    return this;
  }

  Rdf says(String name, @Nullable String text) {
    return typed(name, text, null);
  }

  Rdf typed(String name, @Nullable Object value, @Nullable String datatype) {
    if (value != null) {
      statements.add(new Statement(name, new Value.Literal(value.toString(), null, datatype)));
    }
    return this;
  }

  Rdf says(String name, LocalText text) {
    for (Language language : Language.values()) {
      statements.add(
          new Statement(name, new Value.Literal(text.in(language), language.tag(), null)));
    }
    return this;
  }
}
