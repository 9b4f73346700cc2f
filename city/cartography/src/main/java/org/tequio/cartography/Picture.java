package org.tequio.cartography;

import java.time.Duration;
import java.util.List;

/**
 * A picture that is wanted.
 *
 * @param layers from the lowest to the highest
 * @param view what it shows
 * @param format its form
 * @param background 0xAARRGGBB; 0 for none
 * @param tile true where it will lie beside others
 * @param patience after which it is given up
 */
public record Picture(
    List<Drawn> layers,
    MapView view,
    PictureFormat format,
    int background,
    boolean tile,
    Duration patience) {

  /** What whoever looks at a screen waits for. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A layer and how it is drawn. */
  public record Drawn(MapLayer layer, LayerStyle style) {}

  /** Copies the layers. */
  public Picture {
    layers = List.copyOf(layers);
  }
}
