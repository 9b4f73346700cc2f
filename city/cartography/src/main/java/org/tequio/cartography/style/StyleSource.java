package org.tequio.cartography.style;

import org.tequio.cartography.LayerStyle;
import org.tequio.cartography.MapLayer;
import org.tequio.feature.Language;
import org.tequio.storage.FeatureStore;

/** Decides whose word a layer's style is. */
public final class StyleSource {
  private StyleSource() {}

  /** What a steward saved, where it can be read; else what suits the layer. */
  public static LayerStyle styleOf(FeatureStore store, MapLayer layer, Language language) {
    return SavedStyle.read(layer.record().settings().style(), layer)
        .orElseGet(() -> DefaultStyle.of(store, layer, language));
  }
}
