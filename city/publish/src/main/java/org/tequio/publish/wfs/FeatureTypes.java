package org.tequio.publish.wfs;

import java.util.List;
import java.util.Optional;
import org.tequio.feature.LayerId;
import org.tequio.http.ProblemException;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.ows.OwsException;
import org.tequio.storage.AsOf;

/**
 * The public layers at one state, by the names that requests give them. Prefixes are the client's
 * own business: a layer's name is unique without one.
 */
record FeatureTypes(PublicLayers layers, AsOf asOf) {
  List<FeatureType> list() {
    return layers.list(asOf).stream().map(FeatureType::of).toList();
  }

  /**
   * The type of a name.
   *
   * @param parameter where the name stands, for the exception
   */
  FeatureType get(String name, String parameter) {
    String plain = name.strip();
    return find(plain.substring(plain.indexOf(':') + 1))
        .orElseThrow(() -> OwsException.invalid(parameter, WfsTexts.LAYER, plain));
  }

  Optional<FeatureType> find(String layer) {
    if (!LayerId.isValid(layer)) {
      return Optional.empty();
    }
    try {
      return Optional.of(FeatureType.of(layers.get(new LayerId(layer), asOf)));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  /** The type that a feature's identifier belongs to. */
  FeatureType ofFeature(String featureId, String parameter) {
    return FeatureType.layerOf(featureId)
        .flatMap(this::find)
        .filter(type -> type.findNumber(featureId).isPresent())
        .orElseThrow(() -> OwsException.invalid(parameter, WfsTexts.FEATURE_IDENTIFIER, featureId));
  }

  /** The state that pages of an answer are read from, so that they do not change in between. */
  AsOf state() {
    return asOf instanceof AsOf.Now ? new AsOf.AtRevision(layers.revision()) : asOf;
  }
}
