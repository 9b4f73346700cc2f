package org.tequio.catalogue;

import java.util.List;
import java.util.Optional;
import org.tequio.feature.LayerId;
import org.tequio.storage.AsOf;

/**
 * Reads what the city knows of its layers, as of the newest revision and of what stewards say.
 * Thread-safe and cheap: answers are kept until one of the two changes.
 */
public interface Catalogue {
  /** The city itself. */
  CityProfile city();

  /** All layers, by id. */
  List<LayerRecord> listLayers();

  /** One layer. */
  Optional<LayerRecord> findLayer(LayerId id);

  /**
   * One layer as it was, described as it was then: its schema, extent, date and sources. What a
   * steward says of it today holds for its past, too.
   */
  Optional<LayerRecord> findLayer(LayerId id, AsOf asOf);

  /** Everything that the last import of each source saw, errors first. */
  List<LayerFinding> listFindings();

  /** What the import of one layer saw, errors first. */
  List<LayerFinding> listFindings(LayerId id);

  /** The themes that have at least one layer, in the order in which people should see them. */
  List<Theme> themes();

  /** The store's revision that the answers describe; 0 in a new city. */
  long revision();

  /**
   * The number of the newest word of a steward over all layers; 0 in a new city. What was made of
   * the answers is old when this or {@link #revision()} has changed.
   */
  long settingsVersion();
}
