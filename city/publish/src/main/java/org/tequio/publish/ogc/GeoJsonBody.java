package org.tequio.publish.ogc;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LocalText;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.WkbBuilder;
import org.tequio.http.Call;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.edit.Content;
import org.tequio.publish.layer.PublicLayer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the feature that a request's body describes: a GeoJSON feature (RFC 7946), or a patch of
 * one (RFC 7396). What it says is held to the layer's schema where it is applied.
 */
final class GeoJsonBody {
  private static final long MAX_BYTES = 8 << 20;
  private static final int MAX_DEPTH = 16;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final PublicLayer layer;
  private final ServiceCrs crs;

  /**
   * Reads for a layer.
   *
   * @param crs that coordinates come in
   */
  GeoJsonBody(PublicLayer layer, ServiceCrs crs) {
    this.layer = layer;
    this.crs = crs;
  }

  /** The body of a request. */
  static JsonNode read(Call call) throws IOException {
    try (InputStream body = call.body(MAX_BYTES)) {
      JsonNode json = MAPPER.readTree(body);
      if (json == null || !json.isObject()) {
        throw wrong(
            new LocalText(
                "se esperaba un objeto JSON",
                "esperava-se um objeto JSON",
                "wanted a JSON object"));
      }
      return json;
    } catch (JacksonException e) {
      var at = e.getLocation();
      String place = at == null ? "" : " (" + at.getLineNr() + ":" + at.getColumnNr() + ")";
      throw wrong(
          new LocalText(
              "el contenido no es JSON" + place,
              "o conteúdo não é JSON" + place,
              "the content is not JSON" + place));
    }
  }

  /** A whole feature. */
  Content feature(JsonNode json) {
    JsonNode type = json.path("type");
    JsonNode properties = json.path("properties");
    boolean whole =
        type.isString()
            && type.asString().equals("Feature")
            && (properties.isObject() || properties.isNull())
            && json.has("geometry");
    if (!whole) {
      throw wrong(
          new LocalText(
              "se esperaba un Feature con geometry y properties",
              "esperava-se um Feature com geometry e properties",
              "wanted a Feature with geometry and properties"));
    }
    Map<String, @Nullable Object> values = values(properties);
    return new Content(values, layer.hasGeometry() ? place(json.get("geometry")) : null);
  }

  /** What a patch says: members of a GeoJSON feature, or properties by their names. */
  Content patch(JsonNode json) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Content.Place place = null;
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      if (layer.indexOf(name) >= 0) {
        values.put(name, value(name, value));
      } else if (name.equals("properties")) {
        values.putAll(values(value));
      } else if (name.equals("geometry") || name.equals(layer.filterTarget().geometryName())) {
        place = place(value);
      } else if (!name.equals("type") && !name.equals("links") && !name.equals("bbox")) {
        // Also the identifier: it is the feature's for life.
        values.put(name, value(name, value));
      }
    }
    return new Content(values, place);
  }

  private static Map<String, @Nullable Object> values(JsonNode properties) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    properties
        .properties()
        .forEach(one -> values.put(one.getKey(), value(one.getKey(), one.getValue())));
    return values;
  }

  private static @Nullable Object value(String name, JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    if (value.isString()) {
      return value.asString();
    }
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.asLong();
    }
    if (value.isNumber()) {
      return value.asDouble();
    }
    throw new ProblemException(
        Problem.invalidParameter(
            name,
            new LocalText(
                "un texto, un número, true, false o null",
                "um texto, um número, true, false ou null",
                "a text, a number, true, false or null"),
            value.isArray() ? "[…]" : "{…}"));
  }

  private Content.Place place(JsonNode geometry) {
    if (geometry.isNull()) {
      return new Content.Place(null, crs.crs());
    }
    WkbBuilder wkb = new WkbBuilder();
    geometry(geometry, wkb, hasHeights(geometry, 0), 0);
    return new Content.Place(wkb.toBytes(), crs.crs());
  }

  /** The first position decides; the others must be alike. */
  private static boolean hasHeights(JsonNode geometry, int depth) {
    JsonNode at = geometry.isObject() ? geometry.path("coordinates") : geometry;
    if (geometry.path("geometries").isArray() && depth < MAX_DEPTH) {
      return hasHeights(geometry.path("geometries").path(0), depth + 1);
    }
    for (int i = 0; i < MAX_DEPTH && at.path(0).isArray(); i++) {
      at = at.path(0);
    }
    return at.size() == 3;
  }

  private void geometry(JsonNode json, WkbBuilder wkb, boolean z, int depth) {
    String name = json.path("type").isString() ? json.path("type").asString() : "";
    GeometryType type =
        switch (name) {
          case "Point",
              "LineString",
              "Polygon",
              "MultiPoint",
              "MultiLineString",
              "MultiPolygon",
              "GeometryCollection" ->
              GeometryType.valueOf(name.toUpperCase(Locale.ROOT));
          default -> throw unplaced();
        };
    if (depth > MAX_DEPTH) {
      throw unplaced();
    }
    wkb.header(type, z, false);
    JsonNode coordinates = json.path("coordinates");
    switch (type) {
      case POINT -> position(coordinates, wkb, z);
      case LINESTRING -> line(coordinates, wkb, z);
      case POLYGON -> lines(coordinates, wkb, z);
      case MULTIPOINT, MULTILINESTRING, MULTIPOLYGON -> {
        for (JsonNode part : counted(coordinates, wkb)) {
          part(type, part, wkb, z);
        }
      }
      case GEOMETRYCOLLECTION -> {
        for (JsonNode part : counted(json.path("geometries"), wkb)) {
          geometry(part, wkb, z, depth + 1);
        }
      }
      case NONE, GEOMETRY -> throw unplaced();
    }
  }

  private void part(GeometryType whole, JsonNode part, WkbBuilder wkb, boolean z) {
    switch (whole.dimension()) {
      case 0 -> position(part, wkb.header(GeometryType.POINT, z, false), z);
      case 1 -> line(part, wkb.header(GeometryType.LINESTRING, z, false), z);
      default -> lines(part, wkb.header(GeometryType.POLYGON, z, false), z);
    }
  }

  private void lines(JsonNode rings, WkbBuilder wkb, boolean z) {
    for (JsonNode ring : counted(rings, wkb)) {
      line(ring, wkb, z);
    }
  }

  private void line(JsonNode positions, WkbBuilder wkb, boolean z) {
    for (JsonNode position : counted(positions, wkb)) {
      position(position, wkb, z);
    }
  }

  private static JsonNode counted(JsonNode array, WkbBuilder wkb) {
    if (!array.isArray() || array.isEmpty()) {
      throw unplaced();
    }
    wkb.count(array.size());
    return array;
  }

  private void position(JsonNode position, WkbBuilder wkb, boolean z) {
    boolean numbers = position.isArray() && position.size() == (z ? 3 : 2);
    for (int i = 0; numbers && i < position.size(); i++) {
      numbers = position.get(i).isNumber() && Double.isFinite(position.get(i).asDouble());
    }
    if (!numbers) {
      throw unplaced();
    }
    double first = position.get(0).asDouble();
    double second = position.get(1).asDouble();
    wkb.xy(crs.northingFirst() ? second : first, crs.northingFirst() ? first : second);
    if (z) {
      wkb.ordinate(position.get(2).asDouble());
    }
  }

  private static ProblemException unplaced() {
    return wrong(
        new LocalText(
            "geometry no es una geometría GeoJSON",
            "geometry não é uma geometria GeoJSON",
            "geometry is no GeoJSON geometry"));
  }

  private static ProblemException wrong(LocalText why) {
    return new ProblemException(Problem.invalidBody(why));
  }
}
