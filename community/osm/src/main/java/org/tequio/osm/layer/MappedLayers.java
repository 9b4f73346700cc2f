package org.tequio.osm.layer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.LocalText;
import org.tequio.osm.MapRefused;
import org.tequio.storage.CityStore;
import org.tequio.storage.StoredLayer;

/** The declared mappings, and the layers of the city that they are for. Thread-safe. */
public final class MappedLayers {
  private final CityStore store;
  private final Catalogue catalogue;
  private final TagMappings mappings;

  /**
   * Reads the mappings.
   *
   * @param folder with the city's own; need not exist
   * @throws TagMappingFault where one cannot be used
   */
  public MappedLayers(CityStore store, Catalogue catalogue, Path folder) {
    this.store = store;
    this.catalogue = catalogue;
    this.mappings = TagMappings.of(folder);
  }

  /** All mappings. */
  List<TagMapping> list() {
    return mappings.list();
  }

  /** Those for which the city has its one layer. */
  List<TagMapping> listHere() {
    return mappings.list().stream().filter(mapping -> find(mapping).isPresent()).toList();
  }

  /** The layer that a mapping is for; empty where there is none, or several. */
  Optional<LayerRecord> find(TagMapping mapping) {
    List<LayerRecord> layers = layers(mapping);
    return layers.size() == 1 ? Optional.of(layers.getFirst()) : Optional.empty();
  }

  /**
   * The layer that a mapping is for.
   *
   * @throws MapRefused where there is no such mapping, or not one layer for it
   */
  public LayerRecord layer(String mapping) {
    return bind(mapping).layer();
  }

  /**
   * A mapping with its layer as both are now.
   *
   * @throws MapRefused where there is no such mapping, or not one layer for it
   */
  BoundMapping bind(String mapping) {
    return bind(get(mapping));
  }

  private List<LayerRecord> layers(TagMapping mapping) {
    List<LayerRecord> named =
        catalogue.listLayers().stream()
            .filter(layer -> layer.schema().hasGeometry())
            .filter(layer -> layer.id().value().equals(mapping.layer()))
            .toList();
    return named.isEmpty()
        ? catalogue.listLayers().stream()
            .filter(layer -> layer.schema().hasGeometry())
            .filter(layer -> mapping.layer().equals(layer.standard()))
            .toList()
        : named;
  }

  private TagMapping get(String id) {
    return mappings
        .find(id)
        .orElseThrow(
            () -> {
              String known =
                  mappings.list().stream().map(TagMapping::id).collect(Collectors.joining(", "));
              return new MapRefused(
                  "mapping-unknown",
                  new LocalText(
                      "no hay relación '" + id + "' entre el mapa y las capas; hay: " + known,
                      "não há relação '" + id + "' entre o mapa e as camadas; há: " + known,
                      "there is no mapping '" + id + "'; there are: " + known));
            });
  }

  BoundMapping bind(TagMapping mapping) {
    List<LayerRecord> layers = layers(mapping);
    if (layers.size() != 1) {
      String which =
          layers.stream().map(layer -> layer.id().value()).collect(Collectors.joining(", "));
      throw new MapRefused(
          layers.isEmpty() ? "layer-missing" : "layer-ambiguous",
          layers.isEmpty()
              ? new LocalText(
                  "la ciudad no tiene ninguna capa '" + mapping.layer() + "'",
                  "a cidade não tem nenhuma camada '" + mapping.layer() + "'",
                  "the city has no layer '" + mapping.layer() + "'")
              : new LocalText(
                  "varias capas son '"
                      + mapping.layer()
                      + "' ("
                      + which
                      + "): nombre una en la"
                      + " carpeta community de la ciudad",
                  "várias camadas são '"
                      + mapping.layer()
                      + "' ("
                      + which
                      + "): nomeie uma na"
                      + " pasta community da cidade",
                  "several layers are '"
                      + mapping.layer()
                      + "' ("
                      + which
                      + "): name one in the"
                      + " city's folder community"));
    }
    LayerRecord record = layers.getFirst();
    StoredLayer stored = store.features().findLayer(record.id()).orElseThrow();
    return BoundMapping.of(mapping, record, stored);
  }
}
