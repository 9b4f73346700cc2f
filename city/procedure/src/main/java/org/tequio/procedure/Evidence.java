package org.tequio.procedure;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * What a question saw of one layer.
 *
 * @param standard the layer of the dictionary that was asked
 * @param layer the city's layer; null where it has none that could be asked
 * @param title as people read it; null as above
 * @param revision the last that changed what was seen; 0 where there is no layer
 * @param date the day that its data describes; null where that is not known
 * @param features those that counted; empty where it has nothing there
 */
public record Evidence(
    String standard,
    @Nullable String layer,
    @Nullable LocalText title,
    long revision,
    @Nullable LocalDate date,
    List<SeenFeature> features) {
  /** Copies the features. */
  public Evidence {
    features = List.copyOf(features);
  }

  /**
   * A feature that counted.
   *
   * @param id stable in its layer
   * @param key the department's own identifier; null where it has none or it is closed
   * @param read the attributes of the dictionary that were read of it
   */
  public record SeenFeature(long id, @Nullable String key, Map<String, Object> read) {
    /** Copies what was read, keeping the order. */
    public SeenFeature {
      read = Collections.unmodifiableMap(new LinkedHashMap<>(read));
    }
  }
}
