package org.tequio.formats;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FindingCode;
import org.tequio.formats.xml.LimitExceededException;
import org.tequio.formats.xml.XmlText;

/**
 * A cursor over an untrusted XML document. A document type declaration is refused, so there are no
 * entities but the five of XML itself; nothing is ever fetched, schema locations included; depth,
 * text and the distance between two events are bounded. Not thread-safe.
 */
public final class XmlReader implements Closeable {
  private static final long BETWEEN_EVENTS = 1 << 20;
  private static final XMLInputFactory FACTORY = factory();

  private final InputStream in;
  private final Counter counter;
  private final Limits limits;
  private final XMLStreamReader reader;
  private int depth;
  private boolean pendingEnd;

  private XmlReader(InputStream in, Limits limits) throws FormatException {
    this.in = in;
    this.limits = limits;
    this.counter = new Counter(in, limits.textBytes() + BETWEEN_EVENTS);
    try {
      reader = FACTORY.createXMLStreamReader(counter);
    } catch (XMLStreamException e) {
      throw broken(e, 1, 1);
    }
  }

  /** Begins to read; closes the stream in the end. */
  public static XmlReader open(InputStream in, Limits limits) throws IOException, FormatException {
    try {
      return new XmlReader(in, limits);
    } catch (FormatException e) {
      in.close();
      throw e;
    }
  }

  /** Begins to read a file. */
  public static XmlReader open(Path file, Limits limits) throws IOException, FormatException {
    return open(Files.newInputStream(file), limits);
  }

  /** The name of a file's root element; empty where the file is no XML that may be read. */
  public static Optional<QName> root(Path file) throws IOException {
    try (XmlReader xml = open(file, Limits.STANDARD)) {
      while (xml.next()) {
        if (xml.isStart()) {
          return Optional.of(xml.reader.getName());
        }
      }
    } catch (FormatException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /**
   * Goes to the next beginning or end of an element, or piece of text.
   *
   * @return false at the end of the document
   * @throws FormatException {@code FILE_REFUSED} for a document type declaration and where a limit
   *     is exceeded, {@code FILE_UNREADABLE} where it is not well-formed
   */
  public boolean next() throws FormatException {
    if (pendingEnd) {
      pendingEnd = false;
      depth--;
    }
    try {
      while (reader.hasNext()) {
        int event = reader.next();
        counter.mark();
        switch (event) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (++depth > limits.nesting()) {
              throw refused("elements nested deeper than " + limits.nesting());
            }
            return true;
          }
          case XMLStreamConstants.END_ELEMENT -> {
            pendingEnd = true;
            return true;
          }
          case XMLStreamConstants.CHARACTERS,
              XMLStreamConstants.CDATA,
              XMLStreamConstants.SPACE -> {
            return true;
          }
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
              throw refused("a document type declaration or an entity");
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw broken(e, line(), reader.getLocation().getColumnNumber());
    }
    return false;
  }

  private FormatException refused(String what) {
    return new FormatException(FindingCode.FILE_REFUSED, "line " + line() + ": " + what);
  }

  // The parser's own message may quote the document, and is in the language of the machine.
  private FormatException broken(XMLStreamException e, long line, long column) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      Throwable nested =
          cause instanceof XMLStreamException stream ? stream.getNestedException() : null;
      if (cause instanceof LimitExceededException || nested instanceof LimitExceededException) {
        String message = nested != null ? nested.getMessage() : cause.getMessage();
        return new FormatException(FindingCode.FILE_REFUSED, "line " + line + ": " + message);
      }
    }
    return new FormatException(
        FindingCode.FILE_UNREADABLE,
        "line " + line + ", column " + column + ": this is not well-formed XML",
        e);
  }

  /** True at the beginning of an element. */
  public boolean isStart() {
    return reader.getEventType() == XMLStreamConstants.START_ELEMENT;
  }

  /** True at the end of an element. */
  public boolean isEnd() {
    return reader.getEventType() == XMLStreamConstants.END_ELEMENT;
  }

  /** True at the beginning of an element of this local name, whatever its namespace. */
  public boolean isStart(String localName) {
    return isStart() && reader.getLocalName().equals(localName);
  }

  /** True at the end of an element of this local name, whatever its namespace. */
  public boolean isEnd(String localName) {
    return isEnd() && reader.getLocalName().equals(localName);
  }

  /** The local name of the element. */
  public String localName() {
    return reader.getLocalName();
  }

  /** The namespace of the element; empty where it has none. */
  public String namespace() {
    String uri = reader.getNamespaceURI();
    return uri == null ? "" : uri;
  }

  /** An attribute by its local name, whatever its namespace; null where there is none. */
  public @Nullable String attribute(String localName) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributeLocalName(i).equals(localName)) {
        return reader.getAttributeValue(i);
      }
    }
    return null;
  }

  /** How many attributes the element has. */
  public int attributes() {
    return reader.getAttributeCount();
  }

  /** The local name of an attribute. */
  public String attributeName(int index) {
    return reader.getAttributeLocalName(index);
  }

  /** The value of an attribute. */
  public String attributeValue(int index) {
    return reader.getAttributeValue(index);
  }

  /** How many elements are open, the current one included. */
  public int depth() {
    return depth;
  }

  /** The line, from 1. */
  public long line() {
    return Math.max(1, reader.getLocation().getLineNumber());
  }

  /** A piece of text; empty at the beginning or end of an element. */
  public String piece() {
    return isStart() || isEnd() ? "" : reader.getText();
  }

  /** Reads to the end of the current element and gives all text inside it, elements within too. */
  public String text() throws FormatException {
    StringBuilder text = new StringBuilder();
    int inside = depth;
    while (next()) {
      if (isEnd() && depth == inside) {
        break;
      }
      if (!isStart() && !isEnd()) {
        if (text.length() + reader.getTextLength() > limits.textBytes()) {
          throw refused("a text of more than " + limits.textBytes() + " characters");
        }
        text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
      }
    }
    return text.toString();
  }

  /** Reads to the end of the current element. */
  public void skip() throws FormatException {
    int inside = depth;
    while (next()) {
      if (isEnd() && depth == inside) {
        return;
      }
    }
  }

  /**
   * Copies the current element, whole, so that it stands by itself: each prefix that it uses is
   * declared inside it. Reads to its end.
   *
   * @throws FormatException {@code FILE_REFUSED} where it has more characters than {@code most}
   */
  public void copyTo(StringBuilder out, int most) throws FormatException {
    int inside = depth;
    List<String> declared = new ArrayList<>();
    List<Integer> marks = new ArrayList<>();
    do {
      if (isStart()) {
        marks.add(declared.size());
        copyStart(out, declared);
      } else if (isEnd()) {
        out.append("</").append(prefixed(reader.getPrefix(), localName())).append('>');
        int mark = marks.removeLast();
        declared.subList(mark, declared.size()).clear();
        if (depth == inside) {
          return;
        }
      } else {
        XmlText.append(
            out, reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
      }
      if (out.length() > most) {
        throw refused("one element of more than " + most + " characters");
      }
    } while (next());
  }

  private void copyStart(StringBuilder out, List<String> declared) {
    out.append('<').append(prefixed(reader.getPrefix(), localName()));
    declare(out, reader.getPrefix(), namespace(), declared);
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String prefix = reader.getAttributePrefix(i);
      if (prefix != null && !prefix.isEmpty()) {
        declare(out, prefix, String.valueOf(reader.getAttributeNamespace(i)), declared);
      }
      out.append(' ').append(prefixed(prefix, reader.getAttributeLocalName(i))).append("=\"");
      XmlText.appendAttribute(out, reader.getAttributeValue(i));
      out.append('"');
    }
    out.append('>');
  }

  // The innermost declaration of a prefix counts; it stands last in the list.
  private static void declare(
      StringBuilder out, @Nullable String prefix, String uri, List<String> declared) {
    String name = prefix == null ? "" : prefix;
    if (name.equals("xml")) {
      return;
    }
    String now = name.isEmpty() ? "" : null;
    for (String one : declared) {
      if (one.startsWith(name + "=")) {
        now = one.substring(name.length() + 1);
      }
    }
    if (!uri.equals(now)) {
      declared.add(name + "=" + uri);
      out.append(name.isEmpty() ? " xmlns" : " xmlns:" + name).append("=\"");
      XmlText.appendAttribute(out, uri);
      out.append('"');
    }
  }

  private static String prefixed(@Nullable String prefix, String local) {
    return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
  }

  @Override
  public void close() throws IOException {
    try {
      reader.close();
    } catch (XMLStreamException e) {
      throw new IOException("closing an XML document", e);
    } finally {
      in.close();
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_VALIDATING, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setXMLResolver(
        (publicId, systemId, baseUri, namespace) -> {
          throw new XMLStreamException("nothing outside the document is read");
        });
    return factory;
  }

  /** Stops where too much is read without an event: a text without end in an attribute. */
  private static final class Counter extends FilterInputStream {
    private final long most;
    private long since;

    Counter(InputStream in, long most) {
      super(in);
      this.most = most;
    }

    void mark() {
      since = 0;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, Math.min(length, 1 << 16));
      count(n);
      return n;
    }

    private void count(int n) throws IOException {
      since += Math.max(0, n);
      if (since > most) {
        throw new LimitExceededException("one piece of more than " + most + " bytes");
      }
    }
  }
}
