package org.tequio.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;

/**
 * How departments' columns stand to the attributes of the dictionary. What is confirmed once
 * becomes part of the layer's settings and so holds for every later version. Thread-safe.
 */
public interface Mappings {
  /** The kinds of layers that the dictionary knows, in its order. */
  List<Kind> listKinds();

  /**
   * What is confirmed of a layer, and what is proposed of the rest.
   *
   * @param standard the kind to map it to; null for the one that the layer is of
   * @throws SettingsRefused for a kind that the dictionary does not have
   */
  Optional<LayerMapping> find(LayerId layer, @Nullable String standard);

  /**
   * Confirms.
   *
   * @param standard the kind of layer; {@link LayerSettings#NONE} for none of the dictionary
   * @param attributes what each column holds, by its name; {@link LayerSettings#NONE} for nothing.
   *     Columns that are not named stay undecided
   * @param basedOn the version that the author saw
   * @throws Stewardship.StaleSettings when there is a newer one
   * @throws SettingsRefused when something in it cannot be
   */
  Stewardship.Version confirm(
      LayerId layer, String standard, Map<String, String> attributes, long basedOn, String author);
}
