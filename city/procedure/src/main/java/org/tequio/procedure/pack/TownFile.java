package org.tequio.procedure.pack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Wkb;
import org.tequio.procedure.pack.Town.TownLayer;
import org.tequio.procedure.pack.Town.TownRow;
import tools.jackson.databind.JsonNode;

/**
 * Reads a file of {@code examples/}: layers with their coverage (a box west, south, east, north in
 * metres) and features as a {@code point}, {@code line}, {@code ring} or {@code box}, the rest of
 * their members being attributes of the dictionary. A feature without a place is a row of a table.
 */
final class TownFile {
  private static final GeometryFactory FACTORY = new GeometryFactory();
  private static final Set<String> SHAPES = Set.of("point", "line", "ring", "box");

  private final LayerDictionary dictionary;

  TownFile(LayerDictionary dictionary) {
    this.dictionary = dictionary;
  }

  Town read(String name, PackNode root) {
    root.only("layers");
    Map<String, TownLayer> layers = new LinkedHashMap<>();
    root.members("layers").forEach((id, node) -> layers.put(id, layer(id, node)));
    return new Town(name, layers);
  }

  private TownLayer layer(String id, PackNode node) {
    node.only("coverage", "date", "features");
    LayerDictionary.Entry entry =
        dictionary
            .findEntry(id)
            .orElseThrow(
                () ->
                    node.wrong(
                        PackNode.unknown(
                            id,
                            dictionary.listEntries().stream()
                                .map(LayerDictionary.Entry::id)
                                .collect(Collectors.toSet()))));
    List<PackNode> features = node.list("features");
    Set<String> named = new LinkedHashSet<>();
    for (PackNode feature : features) {
      feature.value().properties().stream()
          .map(Map.Entry::getKey)
          .filter(name -> !SHAPES.contains(name))
          .forEach(named::add);
    }
    List<String> attributes = new ArrayList<>(named);
    List<TownRow> rows = new ArrayList<>();
    for (PackNode feature : features) {
      @Nullable Object[] values = new Object[attributes.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(feature, entry, attributes.get(i));
      }
      Geometry geometry = geometry(feature);
      rows.add(new TownRow(rows.size() + 1, geometry == null ? null : Wkb.of(geometry), values));
    }
    return new TownLayer(
        id,
        node.has("coverage") ? box(node.get("coverage")) : FACTORY.createPolygon(),
        node.optionalDay("date"),
        attributes,
        attributes.indexOf(entry.key()),
        rows);
  }

  private static @Nullable Object value(
      PackNode feature, LayerDictionary.Entry entry, String name) {
    Attribute attribute =
        entry
            .findAttribute(name)
            .orElseThrow(
                () ->
                    feature.wrong(
                        PackNode.unknown(
                            name,
                            entry.attributes().stream()
                                .map(Attribute::name)
                                .collect(Collectors.toSet()))));
    if (!feature.has(name)) {
      return null;
    }
    JsonNode value = feature.get(name).value();
    return switch (attribute.type()) {
      case TEXT -> value.asString();
      case INTEGER -> (long) feature.number(name);
      case DECIMAL -> feature.number(name);
      case BOOLEAN -> feature.yes(name, false);
      case DATE -> feature.day(name);
      case INSTANT -> java.time.Instant.parse(value.asString());
    };
  }

  private static @Nullable Geometry geometry(PackNode feature) {
    if (feature.has("point")) {
      return FACTORY.createPoint(position(feature.get("point")));
    }
    if (feature.has("line")) {
      return FACTORY.createLineString(positions(feature, "line", false));
    }
    if (feature.has("ring")) {
      return FACTORY.createPolygon(positions(feature, "ring", true));
    }
    return feature.has("box") ? box(feature.get("box")) : null;
  }

  private static Geometry box(PackNode node) {
    JsonNode box = node.value();
    if (box.size() != 4) {
      throw node.wrong(PackNode.wanted("[x, y, x, y]"));
    }
    return FACTORY.toGeometry(
        new Envelope(
            box.get(0).asDouble(),
            box.get(2).asDouble(),
            box.get(1).asDouble(),
            box.get(3).asDouble()));
  }

  private static Coordinate position(PackNode node) {
    JsonNode pair = node.value();
    if (pair.size() != 2 || !pair.get(0).isNumber() || !pair.get(1).isNumber()) {
      throw node.wrong(PackNode.wanted("[x, y]"));
    }
    return new Coordinate(pair.get(0).asDouble(), pair.get(1).asDouble());
  }

  private static Coordinate[] positions(PackNode feature, String member, boolean closed) {
    List<Coordinate> all = new ArrayList<>();
    feature.list(member).forEach(one -> all.add(position(one)));
    if (all.size() < (closed ? 3 : 2)) {
      throw feature.get(member).wrong(PackNode.wanted("[[x, y], …]"));
    }
    if (closed && !all.getFirst().equals2D(all.getLast())) {
      all.add(all.getFirst());
    }
    return all.toArray(Coordinate[]::new);
  }
}
