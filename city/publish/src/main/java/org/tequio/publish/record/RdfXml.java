package org.tequio.publish.record;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tequio.formats.Xml;

/** Writes a tree of things as RDF/XML. */
final class RdfXml {
  private final Xml xml;

  private RdfXml() {
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    prefixes.putAll(Rdf.PREFIXES);
    xml = new Xml("rdf:RDF", prefixes);
  }

  static byte[] document(Rdf root) {
    RdfXml written = new RdfXml();
    written.node(root);
    return written.xml.toBytes();
  }

  private void node(Rdf thing) {
    xml.start(thing.type(), "rdf:about", thing.id());
    for (Rdf.Statement statement : thing.statements()) {
      switch (statement.value()) {
        case Rdf.Value.Thing(Rdf inner) -> {
          xml.start(statement.name());
          node(inner);
          xml.end();
        }
        case Rdf.Value.Reference(String iri) ->
            xml.start(statement.name(), "rdf:resource", iri).end();
        case Rdf.Value.Literal(var text, var language, var datatype) ->
            xml.leaf(
                statement.name(),
                text,
                "xml:lang",
                language,
                "rdf:datatype",
                datatype == null ? null : full(datatype));
      }
    }
    xml.end();
  }

  /** An attribute's value cannot be abbreviated. */
  private static String full(String name) {
    int colon = name.indexOf(':');
    return Rdf.PREFIXES.get(name.substring(0, colon)) + name.substring(colon + 1);
  }
}
