package org.tequio.formats.geojson;

import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.GeometryType;
import org.tequio.formats.SourceCrs;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The first pass: which properties there are and of what type, and where the coordinates lie. */
final class GeoJsonSurvey implements GeoJsonWalk.Visitor {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int LOOK_AT_COORDINATES = 2_000;
  // Nobody writes longitudes past two turns; projected metres are far beyond.
  private static final double NO_DEGREES = 720;

  private final PropertyColumns columns = new PropertyColumns();
  private final int maxColumns;
  private final GeometryReader reader = new GeometryReader();
  private GeometryType geometry = GeometryType.NONE;
  private @Nullable String crsText;
  private long features;
  private long others;
  private @Nullable String otherType;
  private long asDegrees;
  private long beyondDegrees;
  private boolean tooManyColumns;

  GeoJsonSurvey(int maxColumns) {
    this.maxColumns = maxColumns;
  }

  PropertyColumns columns() {
    return columns;
  }

  /** Features and geometries seen. */
  long features() {
    return features;
  }

  /** Things seen that are neither. */
  long others() {
    return others;
  }

  /** The type of the last of them, such as "Topology". */
  @Nullable String otherType() {
    return otherType;
  }

  boolean hasTooManyColumns() {
    return tooManyColumns;
  }

  GeometryType geometry() {
    return geometry == GeometryType.NONE ? GeometryType.GEOMETRY : geometry;
  }

  /** What the document says about its coordinates, or what RFC 7946 says where it does not. */
  SourceCrs crs() {
    if (crsText != null) {
      try {
        Crs crs = Crs.parse(crsText);
        if (CrsRegistry.standard().knows(crs)) {
          return new SourceCrs.Declared(crs, "crs member: " + crsText);
        }
      } catch (IllegalArgumentException e) {
        return new SourceCrs.Unrecognized(crsText);
      }
      return new SourceCrs.Unrecognized(crsText);
    }
    return beyondDegrees > asDegrees
        ? new SourceCrs.Missing()
        : new SourceCrs.Declared(Crs.CRS84, "GeoJSON default (RFC 7946)");
  }

  @Override
  public void begin(JsonParser p) {
    reader.reset();
  }

  @Override
  public void crs(JsonParser p) {
    StringBuilder text = new StringBuilder();
    collect(p, text);
    crsText = text.isEmpty() ? crsText : text.toString();
  }

  @Override
  public void id(JsonParser p) {
    p.skipChildren();
  }

  @Override
  public void properties(JsonParser p) {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      return;
    }
    int expected = 0;
    for (String name = p.nextName(); name != null; name = p.nextName()) {
      p.nextToken();
      PropertyColumn column = columns.find(name, expected);
      if (column == null) {
        if (columns.size() >= maxColumns) {
          tooManyColumns = true;
          p.skipChildren();
          continue;
        }
        column = columns.add(name);
      }
      expected = column.index() + 1;
      column.look(p);
    }
  }

  @Override
  public void geometry(JsonParser p) {
    if (features < LOOK_AT_COORDINATES) {
      reader.object(p);
      lookAtCoordinates();
    } else if (p.currentToken() == JsonToken.START_OBJECT) {
      for (String name = p.nextName(); name != null; name = p.nextName()) {
        if (p.nextToken() == JsonToken.VALUE_STRING && name.equals("type")) {
          widen(p.getString());
        } else {
          p.skipChildren();
        }
      }
      return;
    } else {
      p.skipChildren();
    }
    widen(reader.typeName());
  }

  @Override
  public void coordinates(JsonParser p) {
    reader.coordinates(p);
    lookAtCoordinates();
  }

  @Override
  public void geometries(JsonParser p) {
    p.skipChildren();
  }

  @Override
  public void end(@Nullable String type) {
    boolean alone = GeometryReader.typeOf(type) != null;
    if (alone) {
      widen(type);
    }
    if (alone || "Feature".equals(type)) {
      features++;
    } else {
      others++;
      otherType = type;
    }
  }

  private void widen(@Nullable String type) {
    GeometryType seen = GeometryReader.typeOf(type);
    if (seen != null) {
      geometry = geometry.union(seen);
    }
  }

  private void lookAtCoordinates() {
    for (int i = 0; i < reader.count(); i++) {
      double x = Math.abs(reader.x(i));
      double y = Math.abs(reader.y(i));
      if (x <= NO_DEGREES && y <= NO_DEGREES) {
        asDegrees++;
      } else {
        beyondDegrees++;
      }
    }
  }

  // The name in {"type":"name","properties":{"name":"..."}}, or the code of the older form.
  private static void collect(JsonParser p, StringBuilder text) {
    if (p.currentToken() == JsonToken.VALUE_STRING) {
      text.append(p.getString());
      return;
    }
    if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      return;
    }
    for (String name = p.nextName(); name != null; name = p.nextName()) {
      JsonToken token = p.nextToken();
      if (name.equals("properties") && token == JsonToken.START_OBJECT) {
        collect(p, text);
      } else if (name.equals("name") && token == JsonToken.VALUE_STRING) {
        text.append(p.getString());
      } else if (name.equals("code") && token.isScalarValue()) {
        text.append("EPSG:").append(p.getString());
      } else {
        p.skipChildren();
      }
    }
  }

  /** A structure as JSON text; leaves the parser at its end. */
  static String text(JsonParser p) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      generator.copyCurrentStructure(p);
    }
    return out.toString();
  }
}
