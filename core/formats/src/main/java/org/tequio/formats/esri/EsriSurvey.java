package org.tequio.formats.esri;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FieldType;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.formats.FormatException;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceField;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The first pass: fields, coordinate system and count. Not thread-safe. */
final class EsriSurvey {
  private final int mostColumns;
  private final Map<String, SourceField> fields = new LinkedHashMap<>();
  private GeometryType geometry = GeometryType.NONE;
  private SourceCrs crs = new SourceCrs.Missing();
  private boolean heights;
  private @Nullable String idField;
  private long count;

  EsriSurvey(int mostColumns) {
    this.mostColumns = mostColumns;
  }

  List<SourceField> fields() {
    return List.copyOf(fields.values());
  }

  GeometryType geometry() {
    return geometry;
  }

  SourceCrs crs() {
    return geometry == GeometryType.NONE ? new SourceCrs.NotSpatial() : crs;
  }

  boolean hasHeights() {
    return heights;
  }

  @Nullable String idField() {
    return idField;
  }

  long count() {
    return count;
  }

  void read(JsonParser parser) throws FormatException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new FormatException(FindingCode.FILE_UNREADABLE, "byte 0: no JSON object");
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "geometryType" -> geometry = geometry(token.isScalarValue() ? parser.getString() : "");
        case "spatialReference" -> crs = crs(parser);
        case "hasZ" -> heights = token == JsonToken.VALUE_TRUE;
        case "objectIdFieldName" ->
            idField = token == JsonToken.VALUE_STRING ? parser.getString() : idField;
        case "fields" -> declared(parser);
        case "features" -> features(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private static GeometryType geometry(String type) {
    return switch (type) {
      case "esriGeometryPoint" -> GeometryType.POINT;
      case "esriGeometryMultipoint" -> GeometryType.MULTIPOINT;
      case "esriGeometryPolyline", "esriGeometryPolygon", "esriGeometryEnvelope" ->
          GeometryType.GEOMETRY;
      default -> GeometryType.NONE;
    };
  }

  // The newest number counts where the register has it; Esri's own numbers begin at 100000.
  private static SourceCrs crs(JsonParser parser) {
    int wkid = 0;
    int latest = 0;
    String wkt = null;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return new SourceCrs.Missing();
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "wkid" -> wkid = token == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : 0;
        case "latestWkid" ->
            latest = token == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : 0;
        case "wkt", "wkt2" -> wkt = token == JsonToken.VALUE_STRING ? parser.getString() : wkt;
        default -> parser.skipChildren();
      }
    }
    CrsRegistry registry = CrsRegistry.standard();
    for (int code : new int[] {latest, wkid == 102100 || wkid == 102113 ? 3857 : wkid}) {
      if (code > 0 && code < 100_000 && registry.knows(new Crs(code))) {
        return new SourceCrs.Declared(new Crs(code), "spatialReference wkid " + code);
      }
    }
    if (wkt != null) {
      String text = wkt;
      return registry
          .findByWkt(text)
          .<SourceCrs>map(crs -> new SourceCrs.Declared(crs, "spatialReference wkt"))
          .orElseGet(() -> new SourceCrs.Unrecognized(text));
    }
    return wkid == 0 ? new SourceCrs.Missing() : new SourceCrs.Unrecognized("wkid " + wkid);
  }

  private void declared(JsonParser parser) throws FormatException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      Map<String, String> members = new LinkedHashMap<>();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          members.put(name, parser.getString());
        } else {
          parser.skipChildren();
        }
      }
      String name = members.get("name");
      String type = members.getOrDefault("type", "");
      if (name != null && !type.equals("esriFieldTypeGeometry")) {
        add(new SourceField(name, type(type), true, members.get("alias")));
        idField = type.equals("esriFieldTypeOID") && idField == null ? name : idField;
      }
    }
  }

  private static FieldType type(String esri) {
    return switch (esri) {
      case "esriFieldTypeOID",
          "esriFieldTypeInteger",
          "esriFieldTypeSmallInteger",
          "esriFieldTypeBigInteger" ->
          FieldType.INTEGER;
      case "esriFieldTypeDouble", "esriFieldTypeSingle" -> FieldType.DECIMAL;
      case "esriFieldTypeDate" -> FieldType.INSTANT;
      case "esriFieldTypeDateOnly" -> FieldType.DATE;
      default -> FieldType.TEXT;
    };
  }

  private void features(JsonParser parser) throws FormatException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      count++;
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken token = parser.nextToken();
        if (name.equals("attributes") && token == JsonToken.START_OBJECT) {
          for (String field : names(parser)) {
            add(SourceField.untyped(field));
          }
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private static List<String> names(JsonParser parser) {
    List<String> names = new ArrayList<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      parser.skipChildren();
      names.add(name);
    }
    return names;
  }

  private void add(SourceField field) throws FormatException {
    SourceField known = fields.get(field.name());
    if (known == null || field.typed() && !known.typed()) {
      fields.put(field.name(), field);
    }
    if (fields.size() > mostColumns) {
      throw new FormatException(FindingCode.FILE_REFUSED, "more than " + mostColumns + " fields");
    }
  }
}
