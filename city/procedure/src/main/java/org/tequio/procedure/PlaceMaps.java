package org.tequio.procedure;

import java.util.List;
import org.tequio.cartography.MapView;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;

/** Draws what the public may see of a city's layers, for papers. Thread-safe. */
@FunctionalInterface
public interface PlaceMaps {
  /**
   * A picture.
   *
   * @param layers from the lowest to the highest; one that is not public is left out
   * @param language of the names that styles bring along
   * @return PNG
   */
  byte[] draw(MapView view, List<LayerId> layers, Language language);
}
