package org.tequio.catalogue.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.locationtech.jts.io.WKTWriter;
import org.tequio.catalogue.LayerChanges;
import org.tequio.catalogue.UnsuitableFiles;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Finding;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes of a layer as JSON: places as WKT in longitude and latitude, values as JSON has them. */
public final class ChangesDocument {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ChangesDocument() {}

  /** Writes it. */
  public static byte[] write(LayerChanges changes) {
    List<Object> all = new ArrayList<>();
    for (LayerChanges.Change change : changes.changes()) {
      all.add(one(change));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("layer", changes.layer().value());
    document.put("basis", changes.basis());
    document.put("changes", all);
    document.put("findings", changes.findings());
    return JSON.writeValueAsBytes(document);
  }

  private static Map<String, @Nullable Object> one(LayerChanges.Change change) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    switch (change) {
      case LayerChanges.Create create -> {
        shown.put("place", new WKTWriter().write(create.place()));
        shown.put("values", written(create.values()));
      }
      case LayerChanges.Update update -> {
        shown.put("feature", update.feature().value());
        Geometry place = update.place();
        if (place != null) {
          shown.put("place", new WKTWriter().write(place));
        }
        shown.put("values", written(update.values()));
      }
      case LayerChanges.Delete delete -> {
        shown.put("feature", delete.feature().value());
        shown.put("gone", true);
      }
    }
    return shown;
  }

  /** Days and moments as text; the rest is JSON already. */
  private static Map<String, @Nullable Object> written(Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    values.forEach(
        (name, value) ->
            written.put(
                name,
                value == null
                        || value instanceof String
                        || value instanceof Number
                        || value instanceof Boolean
                    ? value
                    : value.toString()));
    return written;
  }

  /**
   * Reads it; values come as JSON has them.
   *
   * @throws UnsuitableFiles where it is no such document
   */
  public static LayerChanges read(byte[] json) {
    try {
      JsonNode document = JSON.readTree(json);
      List<LayerChanges.Change> changes = new ArrayList<>();
      for (JsonNode change : document.required("changes")) {
        changes.add(change(change));
      }
      List<Finding> findings = new ArrayList<>();
      for (JsonNode finding : document.path("findings")) {
        findings.add(JSON.treeToValue(finding, Finding.class));
      }
      return new LayerChanges(
          new LayerId(document.required("layer").asString()),
          document.required("basis").asLong(),
          changes,
          findings);
    } catch (JacksonException | IllegalArgumentException | ParseException e) {
      throw unreadable(e);
    }
  }

  private static UnsuitableFiles unreadable(Exception cause) {
    String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    UnsuitableFiles unsuitable =
        new UnsuitableFiles(
            new LocalText(
                "no son cambios de una capa: " + why,
                "não são mudanças de uma camada: " + why,
                "these are no changes of a layer: " + why));
    unsuitable.initCause(cause);
    return unsuitable;
  }

  private static LayerChanges.Change change(JsonNode node) throws ParseException {
    if (!node.has("feature")) {
      return new LayerChanges.Create(
          new WKTReader().read(node.required("place").asString()), values(node));
    }
    FeatureId feature = new FeatureId(node.required("feature").asLong());
    if (node.path("gone").asBoolean(false)) {
      return new LayerChanges.Delete(feature);
    }
    Geometry place =
        node.has("place") ? new WKTReader().read(node.required("place").asString()) : null;
    return new LayerChanges.Update(feature, place, values(node));
  }

  private static Map<String, @Nullable Object> values(JsonNode node) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : node.path("values").properties()) {
      JsonNode value = one.getValue();
      values.put(
          one.getKey(),
          switch (value.getNodeType()) {
            case NULL, MISSING -> null;
            case STRING -> value.asString();
            case BOOLEAN -> value.asBoolean();
            case NUMBER ->
                value.isIntegralNumber() ? (Object) value.asLong() : (Object) value.asDouble();
            case ARRAY, OBJECT, BINARY, POJO ->
                throw new IllegalArgumentException(one.getKey() + " is no value");
          });
    }
    return values;
  }
}
