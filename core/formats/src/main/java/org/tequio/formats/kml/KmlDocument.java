package org.tequio.formats.kml;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.XmlReader;
import org.tequio.formats.xml.BadShapeException;
import org.tequio.formats.xml.Shape;

/**
 * Walks through one KML document and tells of every placemark. A layer is a folder or document
 * right inside the root document; what is nested deeper is told as the placemark's folder.
 */
final class KmlDocument {
  private final XmlReader xml;
  private final ReadContext context;
  private final Visitor visitor;
  private final Deque<Container> containers = new ArrayDeque<>();
  // Schema id or name, then field, then type.
  private final Map<String, Map<String, FieldType>> schemas = new HashMap<>();
  private int containersSeen;

  /** Sees what the document holds. */
  interface Visitor {
    /** One placemark. */
    void placemark(Placemark placemark);

    /** A link to another file. */
    void link(String href);
  }

  /**
   * One placemark.
   *
   * @param layer which container of the first level holds it, counted in the order of the document;
   *     0 is the root itself
   * @param layerName the container's name; empty where it has none
   * @param folder the names of the folders in between, with slashes; empty where there is none
   * @param line where it begins
   * @param values by field; String, Long, Double or Boolean
   * @param types of the fields that a schema declares
   * @param shape its geometry; null where it has none that can be read
   * @param fault what is wrong with the geometry; null where nothing is
   */
  record Placemark(
      int layer,
      String layerName,
      String folder,
      long line,
      @Nullable String id,
      Map<String, Object> values,
      Map<String, FieldType> types,
      @Nullable Shape shape,
      @Nullable BadShapeException fault) {}

  private static final class Container {
    private final int number;
    private final int depth;
    private String name = "";

    Container(int number, int depth) {
      this.number = number;
      this.depth = depth;
    }
  }

  private KmlDocument(XmlReader xml, ReadContext context, Visitor visitor) {
    this.xml = xml;
    this.context = context;
    this.visitor = visitor;
  }

  static void walk(XmlReader xml, ReadContext context, Visitor visitor)
      throws IOException, FormatException {
    new KmlDocument(xml, context, visitor).walk();
  }

  private void walk() throws FormatException {
    boolean any = false;
    while (xml.next()) {
      if (xml.isEnd()) {
        Container last = containers.peekLast();
        if (last != null && last.depth == xml.depth()) {
          containers.removeLast();
        }
        continue;
      }
      if (!xml.isStart()) {
        continue;
      }
      any = true;
      switch (xml.localName()) {
        case "Document", "Folder" ->
            containers.addLast(new Container(containersSeen++, xml.depth()));
        case "kml", "Update", "Create", "Change" -> {}
        case "name" -> {
          Container last = containers.peekLast();
          String text = xml.text().strip();
          if (last != null && last.depth == xml.depth() - 1) {
            last.name = text;
          }
        }
        case "Schema" -> schema();
        case "Placemark" -> placemark();
        case "NetworkLink" -> link();
        default -> {
          if (xml.depth() == 1) {
            throw new FormatException(
                FindingCode.FILE_UNREADABLE,
                "line " + xml.line() + ": the root element is not kml");
          }
          xml.skip();
        }
      }
    }
    if (!any) {
      throw new FormatException(FindingCode.FILE_TRUNCATED, "line 1: the document is empty");
    }
  }

  private void link() throws FormatException {
    int inside = xml.depth();
    String href = "";
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (xml.isStart("href")) {
        href = xml.text().strip();
      }
    }
    visitor.link(href);
  }

  private void schema() throws FormatException {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    String id = xml.attribute("id");
    String name = xml.attribute("name");
    if (id != null) {
      schemas.put(id, fields);
    }
    if (name != null) {
      schemas.putIfAbsent(name, fields);
    }
    int inside = xml.depth();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (xml.isStart("SimpleField")) {
        String field = xml.attribute("name");
        String type = xml.attribute("type");
        if (field != null) {
          fields.put(field, type(type == null ? "" : type));
        }
      }
    }
  }

  private static FieldType type(String kml) {
    return switch (kml) {
      case "int", "uint", "short", "ushort" -> FieldType.INTEGER;
      case "float", "double" -> FieldType.DECIMAL;
      case "bool", "boolean" -> FieldType.BOOLEAN;
      default -> FieldType.TEXT;
    };
  }

  private void placemark() throws FormatException {
    context.progress().check();
    long line = xml.line();
    String id = xml.attribute("id");
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, FieldType> types = new LinkedHashMap<>();
    Shape shape = null;
    BadShapeException fault = null;
    int inside = xml.depth();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (!xml.isStart()) {
        continue;
      }
      String name = xml.localName();
      if (KmlGeometry.isGeometry(name)) {
        try {
          shape = KmlGeometry.read(xml);
        } catch (BadShapeException e) {
          fault = e;
        }
        continue;
      }
      switch (name) {
        case "name", "description", "address", "phoneNumber", "Snippet", "snippet" ->
            put(values, name, xml.text());
        case "TimeStamp", "TimeSpan" -> time(values);
        case "ExtendedData" -> extendedData(values, types);
        default -> xml.skip();
      }
    }
    Container layer = layer();
    visitor.placemark(
        new Placemark(
            layer == null ? 0 : layer.number,
            layer == null ? "" : layer.name,
            folder(),
            line,
            id,
            values,
            types,
            shape,
            fault));
  }

  private static void put(Map<String, Object> values, String name, String text) {
    String stripped = text.strip();
    if (!stripped.isEmpty()) {
      values.putIfAbsent(name, stripped);
    }
  }

  private void time(Map<String, Object> values) throws FormatException {
    int inside = xml.depth();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (xml.isStart()) {
        put(values, xml.localName(), xml.text());
      }
    }
  }

  private void extendedData(Map<String, Object> values, Map<String, FieldType> types)
      throws FormatException {
    int inside = xml.depth();
    Map<String, FieldType> schema = Map.of();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (!xml.isStart()) {
        continue;
      }
      String name = xml.attribute("name");
      switch (xml.localName()) {
        case "SchemaData" -> {
          String url = xml.attribute("schemaUrl");
          String key = url == null ? "" : url.substring(url.indexOf('#') + 1);
          schema = schemas.getOrDefault(key, Map.of());
          types.putAll(schema);
        }
        case "SimpleData" -> {
          String text = xml.text();
          if (name != null && !text.isEmpty()) {
            FieldType type = schema.get(name);
            values.put(name, typed(text, type == null ? FieldType.TEXT : type));
          }
        }
        case "Data" -> data(name, values);
        default -> {}
      }
    }
  }

  private void data(@Nullable String name, Map<String, Object> values) throws FormatException {
    int inside = xml.depth();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (xml.isStart("value")) {
        String text = xml.text();
        if (name != null && !text.isEmpty()) {
          values.put(name, text);
        }
      }
    }
  }

  private static Object typed(String text, FieldType type) {
    String stripped = text.strip();
    try {
      return switch (type) {
        case INTEGER -> Long.valueOf(stripped);
        case DECIMAL -> finite(stripped, text);
        case BOOLEAN ->
            switch (stripped) {
              case "1", "true" -> Boolean.TRUE;
              case "0", "false" -> Boolean.FALSE;
              default -> text;
            };
        case TEXT, DATE, INSTANT -> text;
      };
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static Object finite(String stripped, String text) {
    double value = Double.parseDouble(stripped);
    return Double.isFinite(value) ? (Object) value : text;
  }

  // The root is the first container where it is alone; its folders are the layers.
  private @Nullable Container layer() {
    Container found = null;
    int level = 0;
    for (Container container : containers) {
      if (level++ < 2) {
        found = container;
      }
    }
    return found;
  }

  private String folder() {
    StringBuilder path = new StringBuilder();
    Iterator<Container> from = containers.iterator();
    for (int level = 0; from.hasNext(); level++) {
      Container container = from.next();
      if (level >= 2) {
        path.append(path.isEmpty() ? "" : "/").append(container.name);
      }
    }
    return path.toString();
  }
}
