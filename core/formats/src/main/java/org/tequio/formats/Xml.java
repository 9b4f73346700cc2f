package org.tequio.formats;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Writes an XML document into memory: texts are escaped here and nowhere else. Not thread-safe. */
public final class Xml {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
  private final XMLStreamWriter out;

  /** Begins a document with one element that declares the prefixes. */
  public Xml(String root, Map<String, String> prefixes) {
    try {
      out =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      out.writeStartDocument("UTF-8", "1.0");
      out.writeStartElement(root);
      for (Map.Entry<String, String> prefix : prefixes.entrySet()) {
        attribute(
            prefix.getKey().isEmpty() ? "xmlns" : "xmlns:" + prefix.getKey(), prefix.getValue());
      }
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Begins an element with attributes in pairs; a null value leaves one out. */
  public Xml start(String name, @Nullable String... attributes) {
    try {
      out.writeStartElement(name);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    for (int i = 0; i < attributes.length; i += 2) {
      String value = attributes[i + 1];
      if (value != null) {
        attribute(String.valueOf(attributes[i]), value);
      }
    }
    return this;
  }

  /** Adds an attribute to the element that has just begun. */
  public Xml attribute(String name, String value) {
    try {
      out.writeAttribute(name, allowed(value));
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** Writes a text, escaped. */
  public Xml text(String text) {
    try {
      out.writeCharacters(allowed(text));
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** Ends the innermost element. */
  public Xml end() {
    try {
      out.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** An element with a text only. */
  public Xml leaf(String name, String text, @Nullable String... attributes) {
    return start(name, attributes).text(text).end();
  }

  /** The whole document. */
  public byte[] toBytes() {
    try {
      out.writeEndDocument();
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  /** What XML 1.0 cannot hold, such as a control character in a title, becomes U+FFFD. */
  private static String allowed(String text) {
    return text.codePoints()
        .map(c -> isAllowed(c) ? c : 0xFFFD)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x20 && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }
}
