package org.tequio.formats.esri;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceField;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.xml.Shape;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The features of one file, read again with what the survey found. */
final class EsriLayer implements SourceLayer {
  private final SourceFile file;
  private final ReadContext context;
  private final List<SourceField> fields;
  private final Map<String, Integer> places = new HashMap<>();
  private final GeometryType geometry;
  private final SourceCrs crs;
  private final boolean heights;
  private final @Nullable String idField;
  private final long count;

  EsriLayer(SourceFile file, EsriSurvey survey, ReadContext context) {
    this.file = file;
    this.context = context;
    this.fields = survey.fields();
    for (int i = 0; i < fields.size(); i++) {
      places.put(fields.get(i).name(), i);
    }
    this.geometry = survey.geometry();
    this.crs = survey.crs();
    this.heights = survey.hasHeights();
    this.idField = survey.idField();
    this.count = survey.count();
  }

  @Override
  public String name() {
    return file.stem();
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
    return count;
  }

  @Override
  public void read(FeatureSink sink) throws IOException, FormatException {
    try (InputStream in = Files.newInputStream(file.path());
        JsonParser parser = EsriJsonFormat.parser(in, context.limits().textBytes())) {
      parser.nextToken();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken token = parser.nextToken();
        if (name.equals("features") && token == JsonToken.START_ARRAY) {
          features(parser, sink);
        } else {
          parser.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw EsriJsonFormat.broken(e);
    }
  }

  private void features(JsonParser parser, FeatureSink sink) {
    EsriGeometry geometries = new EsriGeometry();
    long row = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      row++;
      context.progress().check();
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        sink.setAside(row, "feature " + row + ": no JSON object", "");
        continue;
      }
      @Nullable Object[] values = new @Nullable Object[fields.size()];
      Shape shape = null;
      String fault = null;
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken token = parser.nextToken();
        if (name.equals("attributes") && token == JsonToken.START_OBJECT) {
          attributes(parser, values);
        } else if (name.equals("geometry")) {
          shape = geometries.read(parser, heights);
          fault = geometries.fault();
        } else {
          parser.skipChildren();
        }
      }
      if (fault != null) {
        sink.setAside(row, "feature " + row + ": " + fault, Arrays.toString(values));
        continue;
      }
      Integer id = idField == null ? null : places.get(idField);
      Object idValue = id == null ? null : values[id];
      sink.accept(
          new SourceFeature(
              row,
              idValue == null ? null : idValue.toString(),
              shape == null ? null : shape.toWkb(),
              values));
    }
  }

  private void attributes(JsonParser parser, @Nullable Object[] values) {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      Integer place = places.get(name);
      if (place == null || token == JsonToken.VALUE_NULL) {
        parser.skipChildren();
      } else if (token.isScalarValue()) {
        values[place] = value(fields.get(place).type(), token, parser);
      } else {
        values[place] = structure(parser);
      }
    }
  }

  private static Object value(FieldType type, JsonToken token, JsonParser parser) {
    String text = parser.getString();
    try {
      return switch (type) {
        case INTEGER -> token == JsonToken.VALUE_NUMBER_INT ? (Object) Long.parseLong(text) : text;
        case DECIMAL -> {
          double number = token.isNumeric() ? Double.parseDouble(text) : Double.NaN;
          yield Double.isFinite(number) ? (Object) number : text;
        }
        case INSTANT ->
            token == JsonToken.VALUE_NUMBER_INT
                ? Instant.ofEpochMilli(Long.parseLong(text))
                : Instant.parse(text);
        case DATE -> LocalDate.parse(text);
        case BOOLEAN, TEXT -> text;
      };
    } catch (NumberFormatException | DateTimeException e) {
      return text;
    }
  }

  private static String structure(JsonParser parser) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      parts.add(parser.getString());
      if (depth > 0) {
        parser.nextToken();
      }
    } while (depth > 0);
    return String.join(" ", parts);
  }
}
