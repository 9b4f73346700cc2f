package org.tequio.formats.geojson;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceField;
import org.tequio.formats.SourceLayer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;

/** One document, read again with what the survey found. */
final class GeoJsonLayer implements SourceLayer {
  private static final int STEP = 4_096;

  private final JsonDocument document;
  private final String name;
  private final String source;
  private final PropertyColumns columns;
  private final List<SourceField> fields;
  private final FieldType[] types;
  private final GeometryType geometry;
  private final SourceCrs crs;
  private final long count;
  private final ReadContext context;
  private boolean reported;

  GeoJsonLayer(
      JsonDocument document,
      String name,
      String source,
      GeoJsonSurvey survey,
      ReadContext context) {
    this.document = document;
    this.name = name;
    this.source = source;
    this.columns = survey.columns();
    this.geometry = survey.geometry();
    this.crs = survey.crs();
    this.count = survey.features() + survey.others();
    this.context = context;
    List<SourceField> found = new ArrayList<>();
    for (PropertyColumn column : columns.list()) {
      found.add(SourceField.typed(column.name(), column.type()));
    }
    this.fields = List.copyOf(found);
    this.types = fields.stream().map(SourceField::type).toArray(FieldType[]::new);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<SourceField> fields() {
    return fields;
  }

  @Override
  public GeometryType declaredGeometry() {
    return geometry;
  }

  @Override
  public SourceCrs crs() {
    return crs;
  }

  @Override
  public long declaredCount() {
    return -1;
  }

  @Override
  public void read(FeatureSink sink) throws IOException, FormatException {
    try (JsonParser parser = document.parser(context.limits().textBytes())) {
      GeoJsonWalk.walk(parser, new Pass(sink));
    } catch (JacksonIOException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    } catch (JacksonException e) {
      throw GeoJsonDataset.exception(document, e);
    } finally {
      reported = true;
    }
  }

  /** One reading of the document. */
  private final class Pass implements GeoJsonWalk.Visitor {
    private final FeatureSink sink;
    private final GeometryReader reader = new GeometryReader();
    private @Nullable Object[] values = new @Nullable Object[types.length];
    private @Nullable String id;
    private TokenStreamLocation location = TokenStreamLocation.NA;
    private long row;

    Pass(FeatureSink sink) {
      this.sink = sink;
    }

    @Override
    public void begin(JsonParser p) {
      reader.reset();
      Arrays.fill(values, null);
      id = null;
      location = p.currentTokenLocation();
    }

    @Override
    public void crs(JsonParser p) {
      p.skipChildren();
    }

    @Override
    public void id(JsonParser p) {
      if (p.currentToken().isScalarValue() && p.currentToken() != JsonToken.VALUE_NULL) {
        id = p.getString();
      } else {
        p.skipChildren();
      }
    }

    @Override
    public void properties(JsonParser p) {
      if (p.currentToken() != JsonToken.START_OBJECT) {
        p.skipChildren();
        return;
      }
      int expected = 0;
      for (String member = p.nextName(); member != null; member = p.nextName()) {
        p.nextToken();
        PropertyColumn column = columns.find(member, expected);
        if (column == null) {
          p.skipChildren();
          continue;
        }
        expected = column.index() + 1;
        boolean again = column.isRepeated(row + 1);
        if (again && !reported) {
          context
              .findings()
              .count(
                  FindingCode.FIELD_NAME_DUPLICATE,
                  source,
                  member,
                  Finding.Action.ASSUMED,
                  Finding.Example.of(row + 1, "written twice in one feature; the last counts"));
        }
        values[column.index()] = value(types[column.index()], p);
      }
    }

    @Override
    public void geometry(JsonParser p) {
      reader.reset();
      reader.object(p);
    }

    @Override
    public void coordinates(JsonParser p) {
      reader.coordinates(p);
    }

    @Override
    public void geometries(JsonParser p) {
      reader.geometries(p);
    }

    @Override
    public void end(@Nullable String type) {
      if (++row % STEP == 0) {
        context.progress().check();
        context.progress().step(source, row, count);
      }
      if (GeometryReader.typeOf(type) != null) {
        reader.type(type);
      } else if (!"Feature".equals(type)) {
        String what = type == null ? "not a feature" : "a '" + type + "' and not a feature";
        sink.setAside(row, document.place(location) + ": " + what, Arrays.toString(values));
        return;
      }
      byte @Nullable [] wkb = reader.finish();
      String problem = reader.problem();
      if (problem != null) {
        sink.setAside(row, document.place(location) + ": " + problem, Arrays.toString(values));
        return;
      }
      sink.accept(new SourceFeature(row, id, wkb, values));
      values = new @Nullable Object[types.length];
    }
  }

  private static @Nullable Object value(FieldType type, JsonParser p) {
    JsonToken token = p.currentToken();
    return switch (token) {
      case VALUE_NULL -> null;
      case START_OBJECT, START_ARRAY -> GeoJsonSurvey.text(p);
      case VALUE_STRING -> text(type, p.getString());
      case VALUE_TRUE, VALUE_FALSE ->
          type == FieldType.BOOLEAN
              ? (Object) (token == JsonToken.VALUE_TRUE)
              : Boolean.toString(token == JsonToken.VALUE_TRUE);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(type, p);
      default -> null;
    };
  }

  private static @Nullable Object number(FieldType type, JsonParser p) {
    if (p.isNaN()) {
      return null;
    }
    if (type == FieldType.INTEGER) {
      return p.getLongValue();
    }
    if (type == FieldType.DECIMAL) {
      double value = p.getDoubleValue();
      return Double.isFinite(value) ? (Object) value : p.getString();
    }
    return p.getString();
  }

  private static Object text(FieldType type, String text) {
    try {
      return switch (type) {
        case DATE -> LocalDate.parse(text);
        case INSTANT -> OffsetDateTime.parse(text).toInstant();
        case TEXT, INTEGER, DECIMAL, BOOLEAN -> text;
      };
    } catch (DateTimeException e) {
      return text;
    }
  }
}
