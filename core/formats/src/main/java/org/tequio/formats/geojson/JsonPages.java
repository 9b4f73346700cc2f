package org.tequio.formats.geojson;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.PagedFile;
import org.tequio.formats.paging.SeenFeatures;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;

/** Joins pages of GeoJSON, or of Esri's JSON, by copying the bytes of each feature. */
public final class JsonPages implements PagedFile {
  private static final int MOST_BYTES = 256 << 20;

  private final Limits limits;
  private final Set<String> head;
  private final boolean esri;
  private final OutputStream out;
  private final SeenFeatures seen = new SeenFeatures();
  private boolean begun;
  private long written;

  private JsonPages(Path file, Limits limits, Set<String> head, boolean esri) throws IOException {
    this.limits = limits;
    this.head = head;
    this.esri = esri;
    this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  /** Begins a file of GeoJSON. */
  public static JsonPages geoJson(Path file, Limits limits) throws IOException {
    return new JsonPages(file, limits, Set.of("crs"), false);
  }

  /** Begins a file of Esri JSON. */
  public static JsonPages esri(Path file, Limits limits) throws IOException {
    return new JsonPages(
        file,
        limits,
        Set.of(
            "displayFieldName",
            "objectIdFieldName",
            "globalIdFieldName",
            "geometryType",
            "spatialReference",
            "hasZ",
            "hasM",
            "fields"),
        true);
  }

  @Override
  public Page add(Path page) throws IOException, FormatException {
    JsonDocument document = JsonDocuments.whole(page, "page");
    try (JsonParser parser = document.parser(limits.textBytes());
        RandomAccessFile bytes = new RandomAccessFile(page.toFile(), "r")) {
      Page added = new Reading(parser, bytes).page();
      if (parser.nextToken() != null) {
        throw new FormatException(FindingCode.FILE_UNREADABLE, "text after the end of the JSON");
      }
      return added;
    } catch (JacksonIOException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    } catch (JacksonException e) {
      throw GeoJsonDataset.exception(document, e);
    }
  }

  @Override
  public long features() {
    return seen.size();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      if (!begun) {
        begin(Map.of());
      }
      write("\n]}\n");
    }
  }

  private void begin(Map<String, byte[]> members) throws IOException {
    begun = true;
    write(esri ? "{" : "{\"type\":\"FeatureCollection\",");
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      write('"' + member.getKey() + "\":");
      out.write(member.getValue());
      write(",\n");
    }
    write("\"features\":[");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** One page on its way. */
  private final class Reading {
    private final JsonParser parser;
    private final RandomAccessFile bytes;
    private final Map<String, byte[]> members = new LinkedHashMap<>();
    private long count;
    private long fresh;
    private long matched = -1;
    private @Nullable String next;
    private boolean more;
    private boolean collection;
    private @Nullable String idField;
    private @Nullable String code;
    private @Nullable String text;

    Reading(JsonParser parser, RandomAccessFile bytes) {
      this.parser = parser;
      this.bytes = bytes;
    }

    Page page() throws IOException, FormatException {
      seen.beginPage();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Page.Fault("", "an answer that is no JSON object");
      }
      members();
      if (collection) {
        return new Page.Features(count, fresh, matched, next, more);
      }
      return new Page.Fault(
          code == null ? "" : code, text == null ? "JSON without features" : text);
    }

    private void members() throws IOException, FormatException {
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken token = parser.nextToken();
        switch (name) {
          case "features" -> {
            if (token == JsonToken.START_ARRAY) {
              collection = true;
              features();
            } else {
              parser.skipChildren();
            }
          }
          case "numberMatched", "totalFeatures", "count" ->
              matched =
                  token == JsonToken.VALUE_NUMBER_INT && matched < 0
                      ? parser.getLongValue()
                      : matched;
          case "exceededTransferLimit" -> more |= token == JsonToken.VALUE_TRUE;
          case "links" -> links();
          case "error", "properties" -> {
            if (token == JsonToken.START_OBJECT) {
              members();
            }
          }
          case "code", "type", "title" -> code = code == null ? scalar() : skipped(code);
          case "description", "message", "detail" -> text = text == null ? scalar() : skipped(text);
          default -> member(name, token);
        }
      }
    }

    private void member(String name, JsonToken token) throws IOException, FormatException {
      if (!head.contains(name) || begun) {
        parser.skipChildren();
        return;
      }
      if (name.equals("objectIdFieldName") && token == JsonToken.VALUE_STRING) {
        idField = parser.getString();
      }
      long from = parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      parser.finishToken();
      byte[] value = slice(from, parser.currentLocation().getByteOffset());
      members.put(name, value);
      if (name.equals("fields") && idField == null) {
        idField = idField(new String(value, StandardCharsets.UTF_8));
      }
    }

    private void features() throws IOException, FormatException {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw new FormatException(
              FindingCode.FILE_UNREADABLE, "feature " + (count + 1) + " is no JSON object");
        }
        long from = parser.currentTokenLocation().getByteOffset();
        String id = id();
        byte[] feature = slice(from, parser.currentLocation().getByteOffset());
        count++;
        boolean trusted = id != null && SeenFeatures.isTrusted(id);
        String identity =
            trusted ? String.valueOf(id) : content(new String(feature, StandardCharsets.UTF_8), id);
        if (seen.add(identity)) {
          fresh++;
          if (!begun) {
            begin(members);
          }
          write(written++ == 0 ? "\n" : ",\n");
          out.write(feature);
        }
      }
    }

    /** Goes through one feature to its end; gives the id that it has. */
    private @Nullable String id() {
      String id = null;
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken token = parser.nextToken();
        if (!esri && name.equals("id") && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
          id = parser.getString();
        } else if (esri && name.equals("attributes") && token == JsonToken.START_OBJECT) {
          id = attribute();
        } else {
          parser.skipChildren();
        }
      }
      return id;
    }

    private @Nullable String attribute() {
      String id = null;
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken token = parser.nextToken();
        if (name.equals(idField) && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
          id = parser.getString();
        } else {
          parser.skipChildren();
        }
      }
      return id;
    }

    private void links() {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        parser.skipChildren();
        return;
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          parser.skipChildren();
          continue;
        }
        String rel = null;
        String href = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
          parser.nextToken();
          switch (name) {
            case "rel" -> rel = scalar();
            case "href" -> href = scalar();
            default -> parser.skipChildren();
          }
        }
        next = "next".equals(rel) && href != null ? href : next;
      }
    }

    private @Nullable String scalar() {
      if (parser.currentToken().isScalarValue()) {
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getString();
      }
      parser.skipChildren();
      return null;
    }

    private String skipped(String kept) {
      parser.skipChildren();
      return kept;
    }

    private byte[] slice(long from, long to) throws IOException, FormatException {
      if (to - from > MOST_BYTES) {
        throw new FormatException(
            FindingCode.FILE_REFUSED, "byte " + from + ": a member of " + (to - from) + " bytes");
      }
      byte[] slice = new byte[(int) (to - from)];
      bytes.seek(from);
      bytes.readFully(slice);
      return slice;
    }
  }

  private static String content(String feature, @Nullable String id) {
    return id == null ? feature : feature.replace('"' + id + '"', "\"\"");
  }

  private static @Nullable String idField(String fields) {
    var oid =
        java.util.regex.Pattern.compile("\\{[^{}]*\"esriFieldTypeOID\"[^{}]*}").matcher(fields);
    if (oid.find()) {
      var name =
          java.util.regex.Pattern.compile("\"name\"\\s*:\\s*\"([^\"\\\\]*)\"").matcher(oid.group());
      return name.find() ? name.group(1) : null;
    }
    return null;
  }
}
