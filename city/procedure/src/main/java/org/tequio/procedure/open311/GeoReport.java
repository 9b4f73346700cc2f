package org.tequio.procedure.open311;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.http.Problem;
import org.tequio.http.Reply;

/**
 * A document of GeoReport v2. The same members make the XML and, by the Spark convention, the JSON:
 * a list of things is an array there, and elements of the thing's name under the list's here; what
 * is not known is null there, and an empty element here.
 *
 * @param root the element around all
 * @param item the element of each thing; empty where the document is one thing
 * @param things each with its members in their order
 */
record GeoReport(String root, String item, List<Map<String, @Nullable Object>> things) {

  /** A list of things. */
  static GeoReport list(String root, String item, List<Map<String, @Nullable Object>> things) {
    return new GeoReport(root, item, things);
  }

  /** One thing. */
  static GeoReport one(String root, Map<String, @Nullable Object> thing) {
    return new GeoReport(root, "", List.of(thing));
  }

  /** What went wrong, with the status of HTTP as its code. */
  static GeoReport error(Problem problem, Language language) {
    Map<String, @Nullable Object> error = new java.util.LinkedHashMap<>();
    error.put("code", problem.status());
    error.put("description", problem.detail().in(language));
    return list("errors", "error", List.of(error));
  }

  Reply reply(Form form) {
    return switch (form) {
      case XML -> Reply.text("text/xml; charset=utf-8", xml());
      case JSON ->
          Reply.json(
              "application/json; charset=utf-8", item.isEmpty() ? things.getFirst() : things);
    };
  }

  /** How a document is written. */
  enum Form {
    /** Required by the standard. */
    XML,
    /** What most programs ask for. */
    JSON
  }

  private byte[] xml() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      XMLStreamWriter writer = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
      writer.writeStartDocument("UTF-8", "1.0");
      writer.writeStartElement(root);
      for (Map<String, @Nullable Object> thing : things) {
        if (item.isEmpty()) {
          write(writer, thing);
        } else {
          writer.writeStartElement(item);
          write(writer, thing);
          writer.writeEndElement();
        }
      }
      writer.writeEndElement();
      writer.writeEndDocument();
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("written to memory", e);
    }
    return out.toByteArray();
  }

  private static void write(XMLStreamWriter writer, Map<?, ?> members) throws XMLStreamException {
    for (Map.Entry<?, ?> member : members.entrySet()) {
      String name = String.valueOf(member.getKey());
      Object value = member.getValue();
      if (value == null) {
        writer.writeEmptyElement(name);
        continue;
      }
      writer.writeStartElement(name);
      if (value instanceof List<?> list) {
        for (Object one : list) {
          // "attributes" hold an "attribute" each.
          writer.writeStartElement(name.substring(0, name.length() - 1));
          if (one instanceof Map<?, ?> inner) {
            write(writer, inner);
          } else {
            writer.writeCharacters(Text.forXml(String.valueOf(one)));
          }
          writer.writeEndElement();
        }
      } else if (value instanceof Map<?, ?> inner) {
        write(writer, inner);
      } else {
        writer.writeCharacters(Text.forXml(String.valueOf(value)));
      }
      writer.writeEndElement();
    }
  }
}
