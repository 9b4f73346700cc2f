package org.tequio.catalogue;

import java.util.List;
import java.util.Optional;
import org.tequio.feature.LayerId;

/**
 * Reads what the city knows of its layers, as of the newest revision. Thread-safe and cheap:
 * answers are kept until the store's revision changes.
 */
public interface Catalogue {
  /** The city itself. */
  CityProfile city();

  /** All layers, by id. */
  List<LayerRecord> listLayers();

  /** One layer. */
  Optional<LayerRecord> findLayer(LayerId id);

  /** Everything that the last import of each source saw, errors first. */
  List<LayerFinding> listFindings();

  /** What the import of one layer saw, errors first. */
  List<LayerFinding> listFindings(LayerId id);

  /** The themes that have at least one layer, in the order in which people should see them. */
  List<Theme> themes();

  /** The store's revision that the answers describe; 0 in a new city. */
  long revision();
}
