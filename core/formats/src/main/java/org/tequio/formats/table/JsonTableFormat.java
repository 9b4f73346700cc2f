package org.tequio.formats.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.GeometryType;
import org.tequio.formats.Dataset;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceField;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.text.TextEncoding;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON that is a list of records: an array of objects, or an object around one such array.
 * Objects inside records become columns with dotted names, lists become their JSON text, and {@code
 * location.lat} with {@code location.lon} is a place. Not GeoJSON, which has its own format.
 */
public final class JsonTableFormat implements Format {
  private static final int SAMPLE = 2_000;
  private static final int SNIFF = 1 << 14;

  @Override
  public String name() {
    return "JSON";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) throws IOException {
    List<Dataset> claimed = new ArrayList<>();
    for (SourceFile file : folder) {
      if (file.extension().equals("json") && isTable(file.path())) {
        claimed.add(Dataset.of(this, file));
      }
    }
    return claimed;
  }

  // The first array of objects must come early; a settings file has none, or not at the top.
  private static boolean isTable(Path path) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(SNIFF);
    }
    TextEncoding encoding = TextEncoding.of(start);
    int mark = encoding.markBytes();
    String text = new String(start, mark, start.length - mark, encoding.charset());
    try (JsonParser parser =
        factory(Limits.STANDARD).createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        return parser.nextToken() == JsonToken.START_OBJECT;
      }
      return first == JsonToken.START_OBJECT && findsArray(parser);
    } catch (JacksonException e) {
      return false;
    }
  }

  /** Goes to the first member that is an array of objects; the cursor is in the first object. */
  private static boolean findsArray(JsonParser parser) {
    for (JsonToken t = parser.nextToken(); t == JsonToken.PROPERTY_NAME; t = parser.nextToken()) {
      boolean geoJson = parser.currentName().equals("features");
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_ARRAY && !geoJson) {
        if (parser.nextToken() == JsonToken.START_OBJECT) {
          return true;
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
          return false;
        }
      } else if (value == JsonToken.START_OBJECT || geoJson) {
        parser.skipChildren();
      }
    }
    return false;
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    SourceFile file = dataset.primary();
    TextEncoding encoding = TextEncoding.ofFile(file.path(), 64L << 20);
    Map<String, Shape> columns = new LinkedHashMap<>();
    List<Map<String, Object>> sample = new ArrayList<>();
    long[] count = new long[1];
    walk(
        file,
        encoding,
        context,
        (row, values) -> {
          count[0]++;
          values.forEach((name, value) -> columns.merge(name, Shape.of(value), Shape::and));
          if (columns.size() > context.limits().columns()) {
            throw new FormatException(
                FindingCode.FILE_REFUSED,
                "record " + row + ": more than " + context.limits().columns() + " columns");
          }
          if (sample.size() < SAMPLE) {
            sample.add(values);
          }
        });
    if (!encoding.certain()) {
      context
          .findings()
          .add(
              Finding.of(
                  FindingCode.ENCODING_GUESSED,
                  file.displayName(),
                  encoding.charset().name(),
                  encoding.evidence(),
                  Finding.Action.ASSUMED));
    }
    List<String> names = List.copyOf(columns.keySet());
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Map<String, Object> values : sample) {
      rows.add(row(names, values));
    }
    TableGeometry geometry = PlaceFinder.find(names, rows);
    return new JsonDataset(
        new JsonLayer(file, encoding, context, Map.copyOf(columns), names, geometry, count[0]));
  }

  private static @Nullable Object[] row(List<String> names, Map<String, Object> values) {
    @Nullable Object[] row = new @Nullable Object[names.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = values.get(names.get(i));
    }
    return row;
  }

  /** Which kinds of value a column has. */
  private enum Shape {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN;

    static Shape of(Object value) {
      return switch (value) {
        case Long _ -> INTEGER;
        case Double _ -> DECIMAL;
        case Boolean _ -> BOOLEAN;
        default -> TEXT;
      };
    }

    Shape and(Shape other) {
      if (this == other) {
        return this;
      }
      boolean numbers =
          (this == INTEGER || this == DECIMAL) && (other == INTEGER || other == DECIMAL);
      return numbers ? DECIMAL : TEXT;
    }

    SourceField field(String name) {
      return switch (this) {
        case TEXT -> SourceField.untyped(name);
        case INTEGER -> SourceField.typed(name, FieldType.INTEGER);
        case DECIMAL -> SourceField.typed(name, FieldType.DECIMAL);
        case BOOLEAN -> SourceField.typed(name, FieldType.BOOLEAN);
      };
    }
  }

  @FunctionalInterface
  private interface RecordVisitor {
    void seen(long row, Map<String, Object> values) throws FormatException;
  }

  private static void walk(
      SourceFile file, TextEncoding encoding, ReadContext context, RecordVisitor visitor)
      throws IOException, FormatException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file.path()), 1 << 16);
    long row = 0;
    try (InputStreamReader reader = new InputStreamReader(in, encoding.charset())) {
      if (encoding.markBytes() > 0 && reader.read() < 0) {
        throw new FormatException(FindingCode.FILE_TRUNCATED, "line 1: nothing but a mark");
      }
      try (JsonParser parser =
          factory(context.limits()).createParser(ObjectReadContext.empty(), reader)) {
        JsonToken first = parser.nextToken();
        boolean found =
            first == JsonToken.START_ARRAY
                ? parser.nextToken() == JsonToken.START_OBJECT
                : first == JsonToken.START_OBJECT && findsArray(parser);
        if (!found) {
          throw new FormatException(FindingCode.FILE_UNREADABLE, "line 1: no list of records");
        }
        Records records = new Records(context.limits());
        for (JsonToken t = parser.currentToken();
            t != JsonToken.END_ARRAY;
            t = parser.nextToken()) {
          row++;
          if (t != JsonToken.START_OBJECT) {
            throw new FormatException(
                FindingCode.FILE_UNREADABLE, place(parser) + ": this is no record");
          }
          context.progress().check();
          visitor.seen(row, records.read(parser));
        }
      } catch (StreamConstraintsException e) {
        throw new FormatException(
            FindingCode.FILE_REFUSED, "record " + row + ": nested too deep or too long", e);
      } catch (JacksonException e) {
        throw new FormatException(
            FindingCode.FILE_UNREADABLE,
            "line " + e.getLocation().getLineNr() + ": this is not well-formed JSON",
            e);
      }
    }
  }

  private static String place(JsonParser parser) {
    return "line " + parser.currentTokenLocation().getLineNr();
  }

  private static JsonFactory factory(Limits limits) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.nesting())
                .maxStringLength(limits.textBytes())
                .maxNumberLength(400)
                .build())
        .build();
  }

  /** Flattens records. */
  private static final class Records {
    private final Limits limits;

    Records(Limits limits) {
      this.limits = limits;
    }

    Map<String, Object> read(JsonParser parser) throws FormatException {
      Map<String, Object> values = new LinkedHashMap<>();
      object(parser, "", values);
      return values;
    }

    private void object(JsonParser parser, String prefix, Map<String, Object> values)
        throws FormatException {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = prefix.isEmpty() ? parser.currentName() : prefix + "." + parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT && !isGeometry(name)) {
          object(parser, name, values);
        } else {
          Object value = value(parser, token);
          if (value != null) {
            values.put(name, value);
          }
        }
        if (values.size() > limits.columns()) {
          throw new FormatException(
              FindingCode.FILE_REFUSED,
              place(parser) + ": more than " + limits.columns() + " columns");
        }
      }
    }

    // GeoJSON inside a record stays whole, so that it is read as a geometry.
    private static boolean isGeometry(String name) {
      return switch (name.substring(name.lastIndexOf('.') + 1)) {
        case "geometry", "geom", "geo_shape", "the_geom", "geojson" -> true;
        default -> false;
      };
    }

    private @Nullable Object value(JsonParser parser, JsonToken token) throws FormatException {
      return switch (token) {
        case VALUE_STRING -> parser.getString();
        case VALUE_TRUE -> Boolean.TRUE;
        case VALUE_FALSE -> Boolean.FALSE;
        case VALUE_NUMBER_INT -> {
          String digits = parser.getString();
          yield digits.length() > 18 ? (Object) digits : (Object) Long.valueOf(digits);
        }
        case VALUE_NUMBER_FLOAT -> {
          double number = parser.getDoubleValue();
          yield Double.isFinite(number) ? (Object) number : parser.getString();
        }
        case START_ARRAY, START_OBJECT -> json(parser);
        default -> null;
      };
    }

    private String json(JsonParser parser) throws FormatException {
      StringBuilder text = new StringBuilder();
      int depth = 0;
      JsonToken t = parser.currentToken();
      JsonToken before = null;
      while (true) {
        boolean closes = t == JsonToken.END_ARRAY || t == JsonToken.END_OBJECT;
        boolean after = before != null && before != JsonToken.START_ARRAY;
        if (after
            && !closes
            && before != JsonToken.START_OBJECT
            && before != JsonToken.PROPERTY_NAME) {
          text.append(',');
        }
        switch (t) {
          case START_ARRAY -> text.append('[');
          case START_OBJECT -> text.append('{');
          case END_ARRAY -> text.append(']');
          case END_OBJECT -> text.append('}');
          case PROPERTY_NAME -> quoted(parser.currentName(), text).append(':');
          case VALUE_STRING -> quoted(parser.getString(), text);
          default -> text.append(parser.getString());
        }
        depth += t == JsonToken.START_ARRAY || t == JsonToken.START_OBJECT ? 1 : closes ? -1 : 0;
        if (depth == 0) {
          return text.toString();
        }
        if (text.length() > limits.textBytes()) {
          throw new FormatException(FindingCode.FILE_REFUSED, place(parser) + ": a value too long");
        }
        before = t;
        t = parser.nextToken();
      }
    }

    private static StringBuilder quoted(String value, StringBuilder text) {
      text.append('"');
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '"' || c == '\\') {
          text.append('\\').append(c);
        } else if (c < ' ') {
          text.append(String.format("\\u%04x", (int) c));
        } else {
          text.append(c);
        }
      }
      return text.append('"');
    }
  }

  /** One file, one table. */
  private record JsonDataset(JsonLayer layer) implements SourceDataset {
    @Override
    public List<SourceLayer> layers() {
      return List.of(layer);
    }

    @Override
    public void close() {}
  }

  /** The table. */
  private static final class JsonLayer implements SourceLayer {
    private final SourceFile file;
    private final TextEncoding encoding;
    private final ReadContext context;
    private final Map<String, Shape> shapes;
    private final List<String> names;
    private final TableGeometry geometry;
    private final long count;
    private boolean reported;

    JsonLayer(
        SourceFile file,
        TextEncoding encoding,
        ReadContext context,
        Map<String, Shape> shapes,
        List<String> names,
        TableGeometry geometry,
        long count) {
      this.file = file;
      this.encoding = encoding;
      this.context = context;
      this.shapes = shapes;
      this.names = names;
      this.geometry = geometry;
      this.count = count;
    }

    @Override
    public String name() {
      return file.stem();
    }

    @Override
    public List<SourceField> fields() {
      List<SourceField> fields = new ArrayList<>();
      for (String name : names) {
        fields.add(shapes.getOrDefault(name, Shape.TEXT).field(name));
      }
      return fields;
    }

    @Override
    public GeometryType declaredGeometry() {
      return geometry.type();
    }

    @Override
    public SourceCrs crs() {
      return geometry.crs();
    }

    @Override
    public long declaredCount() {
      return count;
    }

    @Override
    public void read(FeatureSink sink) throws IOException, FormatException {
      Findings findings = reported ? new Findings() : context.findings();
      reported = true;
      TableRows rows = new TableRows(file.displayName(), names.size(), geometry, findings, sink);
      walk(
          file,
          encoding,
          context,
          (row, values) -> {
            @Nullable Object[] cells = JsonTableFormat.row(names, values);
            for (int i = 0; i < cells.length; i++) {
              cells[i] = fit(cells[i], shapes.getOrDefault(names.get(i), Shape.TEXT));
            }
            rows.row(row, cells);
          });
    }

    private static @Nullable Object fit(@Nullable Object value, Shape shape) {
      if (value instanceof Long number && shape == Shape.DECIMAL) {
        return number.doubleValue();
      }
      return value == null || shape != Shape.TEXT ? value : value.toString();
    }
  }
}
