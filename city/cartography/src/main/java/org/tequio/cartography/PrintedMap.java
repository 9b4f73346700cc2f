package org.tequio.cartography;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.Language;

/**
 * A sheet of paper that is wanted: a map with its title, legend, scale, north, sources and date.
 *
 * @param title its heading
 * @param city whose map it is
 * @param layers from the lowest to the highest
 * @param place what it shows at least, in longitude and latitude; may be a point where there is a
 *     scale
 * @param crs the system in which it is plane: the city's, for true scale
 * @param paper its size
 * @param landscape true where its long side lies
 * @param scale the denominator of its scale around the middle of the place; null for the largest
 *     that shows all of it
 * @param dpi how fine the map is
 * @param language of its words
 * @param day when it is printed
 * @param site the address of the city's site; null where it is not known
 * @param patience after which it is given up
 */
public record PrintedMap(
    String title,
    String city,
    List<Picture.Drawn> layers,
    Bbox place,
    Crs crs,
    Paper paper,
    boolean landscape,
    @Nullable Double scale,
    int dpi,
    Language language,
    LocalDate day,
    @Nullable String site,
    Duration patience) {

  /** The finest print. */
  public static final int MOST_DPI = 300;

  /** What whoever prints waits for. */
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Copies the layers; refuses a point without a scale. */
  public PrintedMap {
    layers = List.copyOf(layers);
    if (scale == null && place.width() <= 0 && place.height() <= 0) {
      throw new IllegalArgumentException("a point has no extent: say the scale");
    }
  }

  /** How many pixels are drawn for it, about. */
  public long pixels() {
    return Math.round(paper.width(landscape) * paper.height(landscape) * dpi * dpi);
  }
}
