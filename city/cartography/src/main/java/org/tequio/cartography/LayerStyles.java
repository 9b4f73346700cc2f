package org.tequio.cartography;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tequio.cartography.style.StyleSource;
import org.tequio.feature.Language;
import org.tequio.storage.FeatureStore;

/**
 * The one style of each layer: what a steward chose, else what suits its kind, theme and values.
 * Thread-safe; a style is made once for each version of a layer.
 */
public final class LayerStyles {
  private static final int MOST_KEPT = 2_000;

  private final FeatureStore store;
  private final Map<Key, LayerStyle> kept =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, LayerStyle> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private record Key(String layer, String version, Language language) {}

  /** Reads values from a store where nobody chose a style. */
  public LayerStyles(FeatureStore store) {
    this.store = store;
  }

  /**
   * The style of a layer.
   *
   * @param language of the labels of classes that nobody named
   */
  public LayerStyle of(MapLayer layer, Language language) {
    Key key = new Key(layer.id().value(), layer.version(), language);
    synchronized (kept) {
      LayerStyle known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    LayerStyle made = StyleSource.styleOf(store, layer, language);
    synchronized (kept) {
      kept.put(key, made);
    }
    return made;
  }
}
