package org.tequio.publish.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.publish.layer.PublicLayer;

/**
 * Everything that can be found in the city, as of one state. Immutable.
 *
 * @param tag of {@link org.tequio.publish.layer.PublicLayers#tag} that it describes; empty for none
 * @param layers by id
 * @param streets joined from all layers
 * @param titles of the layers: three names each, one a language, in the order of {@code layers}
 */
record CityIndex(String tag, Map<LayerId, LayerIndex> layers, Streets streets, NameIndex titles) {

  static CityIndex of(String tag, Map<LayerId, LayerIndex> layers, Streets streets) {
    Map<LayerId, LayerIndex> sorted = new TreeMap<>(layers);
    NameIndex.Builder titles = new NameIndex.Builder();
    for (LayerIndex layer : sorted.values()) {
      for (Language language : Language.values()) {
        titles.add(SearchWords.of(layer.layer().record().title().in(language)), List.of());
      }
    }
    return new CityIndex(tag, sorted, streets, titles.build());
  }

  /** Joins the streets of layers: an address register is believed before a cadastre and others. */
  static Streets join(Map<LayerId, LayerIndex> layers) {
    List<StreetPieces> pieces =
        layers.values().stream()
            .sorted(
                Comparator.comparingInt((LayerIndex one) -> rank(one.kind()))
                    .thenComparing(one -> one.layer().id()))
            .map(LayerIndex::streets)
            .filter(one -> !one.isEmpty())
            .toList();
    return new StreetJoining(pieces, areas(layers)).join();
  }

  private static int rank(SearchKind kind) {
    return switch (kind) {
      case STREET -> 0;
      case ADDRESS -> 1;
      case PARCEL -> 2;
      case LAYER, PLACE, CROSSING, COORDINATE, CODE -> 3;
    };
  }

  private static List<Areas> areas(Map<LayerId, LayerIndex> layers) {
    return layers.values().stream().map(LayerIndex::areas).filter(one -> !one.isEmpty()).toList();
  }

  /** The neighbourhood that holds a point; empty where none is known. */
  String areaAt(double lon, double lat) {
    for (Areas one : areas(layers)) {
      List<String> names = one.at(lon, lat);
      if (!names.isEmpty()) {
        return names.getFirst();
      }
    }
    return "";
  }

  /**
   * The same without layers that are gone or have closed a field since: nothing of them is said.
   */
  CityIndex allowed(List<PublicLayer> now) {
    Map<LayerId, PublicLayer> known = new TreeMap<>();
    now.forEach(layer -> known.put(layer.id(), layer));
    Map<LayerId, LayerIndex> kept = new TreeMap<>();
    boolean streetsLost = false;
    for (LayerIndex layer : layers.values()) {
      PublicLayer today = known.get(layer.layer().id());
      if (today != null && names(today).containsAll(names(layer.layer()))) {
        kept.put(today.id(), layer);
      } else {
        streetsLost |= !layer.streets().isEmpty() || !layer.areas().isEmpty();
      }
    }
    return kept.size() == layers.size()
        ? this
        : of(tag, kept, streetsLost ? join(Map.of()) : streets);
  }

  private static List<String> names(PublicLayer layer) {
    return layer.fields().stream().map(Field::name).toList();
  }

  /** Bytes of memory. */
  long bytes() {
    List<LayerIndex> all = new ArrayList<>(layers.values());
    return all.stream().mapToLong(LayerIndex::bytes).sum() + streets.bytes() + titles.bytes();
  }

  /** How many names, doors and keys can be found, for people. */
  long things() {
    return layers.values().stream()
            .mapToLong(one -> one.names().size() + one.streets().doors())
            .sum()
        + streets.size();
  }
}
