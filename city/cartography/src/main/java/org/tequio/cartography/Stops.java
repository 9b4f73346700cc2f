package org.tequio.cartography;

import java.util.ArrayList;
import java.util.List;

/**
 * A size that grows with the zoom: known at some zooms, exponential between them, constant outside,
 * as MapLibre's {@code interpolate} reckons.
 *
 * @param base how fast it grows; 1 is evenly
 * @param stops at least one, zooms rising
 */
public record Stops(double base, List<Stop> stops) {

  /** A size in CSS pixels at a zoom. */
  public record Stop(double zoom, double size) {}

  /** Copies the stops; refuses none. */
  public Stops {
    stops = List.copyOf(stops);
    if (stops.isEmpty()) {
      throw new IllegalArgumentException("a size needs at least one stop");
    }
  }

  /** Stops given as zoom, size, zoom, size. */
  public static Stops of(double base, double... zoomsAndSizes) {
    List<Stop> stops = new ArrayList<>();
    for (int i = 0; i < zoomsAndSizes.length; i += 2) {
      stops.add(new Stop(zoomsAndSizes[i], zoomsAndSizes[i + 1]));
    }
    return new Stops(base, stops);
  }

  /** The same size everywhere. */
  public static Stops constant(double size) {
    return of(1, 0, size);
  }

  /** The size at a zoom. */
  public double at(double zoom) {
    Stop below = stops.getFirst();
    if (zoom <= below.zoom) {
      return below.size;
    }
    for (Stop above : stops) {
      if (zoom < above.zoom) {
        double span = above.zoom - below.zoom;
        double share =
            base == 1
                ? (zoom - below.zoom) / span
                : (Math.pow(base, zoom - below.zoom) - 1) / (Math.pow(base, span) - 1);
        return below.size + share * (above.size - below.size);
      }
      below = above;
    }
    return below.size;
  }
}
