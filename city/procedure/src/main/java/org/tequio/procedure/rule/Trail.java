package org.tequio.procedure.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.Evidence;
import org.tequio.procedure.Evidence.SeenFeature;

/** Collects what one question sees, layer by layer. */
final class Trail {
  private final Map<String, Layer> layers = new LinkedHashMap<>();

  private record Layer(String standard, @Nullable AskedLayer asked, Map<Long, Seen> features) {}

  private record Seen(Hit hit, Map<String, Object> read) {}

  /** A layer was asked; null where the city has none that could be. */
  void asked(String standard, @Nullable AskedLayer layer) {
    layer(standard, layer);
  }

  /** A feature counted. */
  void saw(String standard, Hit hit) {
    seen(standard, hit);
  }

  /** An attribute of it was read. */
  void read(String standard, Hit hit, String attribute, Object value) {
    seen(standard, hit).read.put(attribute, value);
  }

  private Layer layer(String standard, @Nullable AskedLayer layer) {
    String name = standard + " " + (layer == null ? "" : layer.id() + " " + layer.revision());
    return layers.computeIfAbsent(name, any -> new Layer(standard, layer, new LinkedHashMap<>()));
  }

  private Seen seen(String standard, Hit hit) {
    return layer(standard, hit.layer())
        .features
        .computeIfAbsent(hit.id(), id -> new Seen(hit, new LinkedHashMap<>()));
  }

  /** Takes over what another question saw on whose answer this one stands. */
  void addAll(Trail other) {
    for (Layer layer : other.layers.values()) {
      Layer mine = layer(layer.standard, layer.asked);
      layer.features.forEach(
          (id, seen) ->
              mine.features
                  .computeIfAbsent(id, any -> new Seen(seen.hit, new LinkedHashMap<>()))
                  .read
                  .putAll(seen.read));
    }
  }

  /** What was seen, in the order of asking. */
  List<Evidence> evidence() {
    List<Evidence> all = new ArrayList<>();
    for (Layer layer : layers.values()) {
      AskedLayer asked = layer.asked;
      List<SeenFeature> features =
          layer.features.values().stream()
              .map(seen -> new SeenFeature(seen.hit.id(), seen.hit.key(), seen.read))
              .toList();
      all.add(
          new Evidence(
              layer.standard,
              asked == null ? null : asked.id(),
              asked == null ? null : asked.title(),
              asked == null ? 0 : asked.revision(),
              asked == null ? null : asked.date(),
              features));
    }
    return all;
  }
}
