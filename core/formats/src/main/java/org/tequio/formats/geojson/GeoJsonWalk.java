package org.tequio.formats.geojson;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Goes through a document of features: a collection, one feature, one geometry, a list or a
 * sequence of them. Members may come in any order; nothing is kept but the member at hand.
 */
final class GeoJsonWalk {
  private static final int MAX_COLLECTIONS = 8;

  private final JsonParser parser;
  private final Visitor visitor;

  private GeoJsonWalk(JsonParser parser, Visitor visitor) {
    this.parser = parser;
    this.visitor = visitor;
  }

  /** Sees the members of each feature. Every method leaves the parser at the end of its value. */
  interface Visitor {
    /** A feature, or a geometry alone, begins. */
    void begin(JsonParser p);

    /** The coordinate system that the document names. */
    void crs(JsonParser p);

    void id(JsonParser p);

    void properties(JsonParser p);

    /** The geometry of a feature. */
    void geometry(JsonParser p);

    /** The coordinates of a geometry that stands alone. */
    void coordinates(JsonParser p);

    /** The members of a collection that stands alone. */
    void geometries(JsonParser p);

    /** What began is complete; the type is null where it has none. */
    void end(@Nullable String type);
  }

  static void walk(JsonParser parser, Visitor visitor) {
    GeoJsonWalk walk = new GeoJsonWalk(parser, visitor);
    while (parser.nextToken() != null) {
      walk.value(0);
    }
  }

  private void value(int depth) {
    if (parser.currentToken() == JsonToken.START_OBJECT && depth <= MAX_COLLECTIONS) {
      object(depth);
    } else if (parser.currentToken() == JsonToken.START_ARRAY && depth <= MAX_COLLECTIONS) {
      array(depth);
    } else {
      visitor.begin(parser);
      parser.skipChildren();
      visitor.end(null);
    }
  }

  private void array(int depth) {
    for (JsonToken t = parser.nextToken();
        t != null && t != JsonToken.END_ARRAY;
        t = parser.nextToken()) {
      value(depth + 1);
    }
  }

  private void object(int depth) {
    visitor.begin(parser);
    String type = null;
    boolean collection = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "type" -> {
          if (token == JsonToken.VALUE_STRING) {
            type = parser.getString();
          } else {
            parser.skipChildren();
          }
        }
        case "features" -> {
          if (token == JsonToken.START_ARRAY) {
            collection = true;
            array(depth);
          } else {
            parser.skipChildren();
          }
        }
        case "crs" -> visitor.crs(parser);
        case "id" -> visitor.id(parser);
        case "properties" -> visitor.properties(parser);
        case "geometry" -> visitor.geometry(parser);
        case "coordinates" -> visitor.coordinates(parser);
        case "geometries" -> visitor.geometries(parser);
        default -> parser.skipChildren();
      }
    }
    if (!collection && !"FeatureCollection".equals(type)) {
      visitor.end(type);
    }
  }
}
