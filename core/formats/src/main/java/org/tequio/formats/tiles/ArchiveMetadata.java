package org.tequio.formats.tiles;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.tequio.formats.TileArchiveInfo;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What archives say of themselves in JSON. */
final class ArchiveMetadata {
  private static final JsonFactory JSON = new JsonFactory();

  private ArchiveMetadata() {}

  /** The whole, as PMTiles wants it (version 3, section 5). */
  static byte[] whole(TileArchiveInfo info) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("name", info.name());
      json.writeStringProperty("description", info.description());
      json.writeStringProperty("attribution", info.attribution());
      json.writeStringProperty("type", "overlay");
      for (Map.Entry<String, String> one : info.more().entrySet()) {
        json.writeStringProperty(one.getKey(), one.getValue());
      }
      if (info.isVector()) {
        vectorLayers(json, info);
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** The row {@code json} of MBTiles' metadata. */
  static byte[] layers(TileArchiveInfo info) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      vectorLayers(json, info);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void vectorLayers(JsonGenerator json, TileArchiveInfo info) {
    json.writeArrayPropertyStart("vector_layers");
    for (TileArchiveInfo.VectorLayer layer : info.layers()) {
      json.writeStartObject();
      json.writeStringProperty("id", layer.id());
      json.writeStringProperty("description", layer.description());
      json.writeNumberProperty("minzoom", info.minZoom());
      json.writeNumberProperty("maxzoom", info.maxZoom());
      json.writeObjectPropertyStart("fields");
      for (Map.Entry<String, String> field : layer.fields().entrySet()) {
        json.writeStringProperty(field.getKey(), field.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
