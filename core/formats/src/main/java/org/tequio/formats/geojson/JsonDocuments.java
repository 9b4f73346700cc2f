package org.tequio.formats.geojson;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Finds the GeoJSON in a file: the file itself, or what a script assigns, exports or passes on. */
final class JsonDocuments {
  private static final Set<String> COLLECTIONS = Set.of("FeatureCollection", "Feature");
  private static final Set<String> GEOMETRIES =
      Set.of(
          "Point",
          "LineString",
          "Polygon",
          "MultiPoint",
          "MultiLineString",
          "MultiPolygon",
          "GeometryCollection");
  private static final int SNIFF_TEXT = 1 << 20;
  private static final long SNIFF = 1 << 18;

  private JsonDocuments() {}

  /** The GeoJSON documents of a file, in order; none where it holds none. */
  static List<JsonDocument> geoJsonIn(Path file, String stem) throws IOException {
    List<JsonDocument> found = new ArrayList<>();
    for (JsonDocument document : documents(file, stem)) {
      if (isGeoJson(document)) {
        found.add(document);
      }
    }
    return found;
  }

  /** The whole file as one document. */
  static JsonDocument whole(Path file, String stem) throws IOException {
    return new JsonDocument(file, stem, 0, Files.size(file), 1, null);
  }

  private static List<JsonDocument> documents(Path file, String stem) throws IOException {
    JsonDocument whole = whole(file, stem);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(4096);
      for (int i = 0; i < head.length; i++) {
        int b = head[i] & 0xff;
        boolean skipped = b <= ' ' || b == 0xef || b == 0xbb || b == 0xbf || b >= 0xfe;
        if (!skipped) {
          return b == '{' || b == '[' ? List.of(whole) : inScript(whole);
        }
      }
    }
    return List.of();
  }

  private static boolean isGeoJson(JsonDocument document) throws IOException {
    long length = Math.min(document.length(), SNIFF);
    JsonDocument head =
        new JsonDocument(
            document.file(), document.name(), document.offset(), length, document.line(), null);
    boolean[] seen = new boolean[2];
    try (JsonParser p = head.parser(SNIFF_TEXT)) {
      JsonToken token = p.nextToken();
      boolean list = token == JsonToken.START_ARRAY;
      if (list) {
        token = p.nextToken();
      }
      return token == JsonToken.START_OBJECT && isGeoJson(p, list, seen);
    } catch (JacksonException e) {
      // The head was cut off, or is not JSON: what was seen until then decides.
      return seen[0] && seen[1];
    }
  }

  private static boolean isGeoJson(JsonParser p, boolean list, boolean[] seen) {
    for (String name = p.nextName(); name != null; name = p.nextName()) {
      JsonToken token = p.nextToken();
      switch (name) {
        case "type" -> {
          String type = token == JsonToken.VALUE_STRING ? p.getString() : "";
          return COLLECTIONS.contains(type) || !list && GEOMETRIES.contains(type);
        }
        case "features" -> {
          return token == JsonToken.START_ARRAY;
        }
        case "geometry" -> {
          seen[0] = true;
          p.skipChildren();
        }
        case "properties" -> {
          seen[1] = true;
          p.skipChildren();
        }
        default -> p.skipChildren();
      }
    }
    return false;
  }

  private static List<JsonDocument> inScript(JsonDocument whole) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(whole.file()), 1 << 16)) {
      return new Script(in, whole).literals();
    }
  }

  /** Just enough of JavaScript's lexical grammar to find object and array literals. */
  private static final class Script {
    private final InputStream in;
    private final JsonDocument whole;
    private final List<JsonDocument> literals = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private String lastWord = "";
    private boolean valueExpected;
    private long position = -1;
    private long line = 1;
    private int current;

    Script(InputStream in, JsonDocument whole) {
      this.in = in;
      this.whole = whole;
    }

    List<JsonDocument> literals() throws IOException {
      next();
      while (current >= 0) {
        if (isWordPart(current)) {
          word();
        } else if (current == '{' || current == '[') {
          literal();
        } else if (current == '"' || current == '\'' || current == '`') {
          string();
          valueExpected = false;
        } else if (current == '/') {
          comment();
        } else {
          // An assignment's right side or the argument of a call may be a document.
          valueExpected = current == '=' || current == '(' || valueExpected && current <= ' ';
          next();
        }
      }
      return literals;
    }

    private void word() throws IOException {
      word.setLength(0);
      while (current >= 0 && isWordPart(current)) {
        if (word.length() < 100) {
          word.append((char) current);
        }
        next();
      }
      String text = word.toString();
      valueExpected = text.equals("default");
      lastWord = valueExpected ? lastWord : text;
    }

    private void literal() throws IOException {
      long start = position;
      long startLine = line;
      boolean wanted = valueExpected;
      int depth = 0;
      do {
        switch (current) {
          case '{', '[' -> depth++;
          case '}', ']' -> depth--;
          default -> {}
        }
        if (current == '"' || current == '\'' || current == '`') {
          string();
        } else if (current == '/') {
          comment();
        } else {
          next();
        }
      } while (depth > 0 && current >= 0);
      if (wanted) {
        String name = lastWord.isEmpty() ? whole.name() : lastWord;
        literals.add(
            new JsonDocument(whole.file(), name, start, position - start, startLine, null));
      }
      valueExpected = false;
    }

    private void string() throws IOException {
      int quote = current;
      next();
      while (current >= 0 && current != quote) {
        if (current == '\\') {
          next();
        }
        next();
      }
      next();
    }

    private void comment() throws IOException {
      next();
      if (current == '/') {
        while (current >= 0 && current != '\n') {
          next();
        }
      } else if (current == '*') {
        next();
        int before = 0;
        while (current >= 0 && !(before == '*' && current == '/')) {
          before = current;
          next();
        }
        next();
      }
    }

    private void next() throws IOException {
      current = in.read();
      position++;
      if (current == '\n') {
        line++;
      }
    }

    private static boolean isWordPart(int c) {
      return c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c >= '0' && c <= '9'
          || c == '_'
          || c == '$'
          || c >= 0x80;
    }
  }
}
