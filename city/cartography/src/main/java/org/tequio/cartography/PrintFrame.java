package org.tequio.cartography;

import java.util.ArrayList;
import java.util.List;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;

/**
 * What a printed map would show.
 *
 * @param ring its edge in longitude and latitude (CRS84), counter-clockwise, the last position
 *     equal to the first; each side in several steps, for a side that is straight on paper is none
 *     elsewhere
 * @param scale the denominator of its scale
 * @param pages how many pages the sheet and its legend take as PDF
 */
public record PrintFrame(List<double[]> ring, long scale, int pages) {
  private static final int STEPS = 8;

  /** Copies the ring. */
  public PrintFrame {
    ring = List.copyOf(ring);
  }

  static PrintFrame of(MapView view, long scale, int pages) {
    Bbox box = view.box();
    double[][] corners = {
      {box.minX(), box.minY()},
      {box.maxX(), box.minY()},
      {box.maxX(), box.maxY()},
      {box.minX(), box.maxY()},
      {box.minX(), box.minY()}
    };
    List<double[]> ring = new ArrayList<>();
    for (int side = 0; side < 4; side++) {
      double[] from = corners[side];
      double[] to = corners[side + 1];
      for (int step = 0; step < STEPS; step++) {
        double share = (double) step / STEPS;
        ring.add(
            new double[] {
              from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])
            });
      }
    }
    for (double[] position : ring) {
      CrsRegistry.standard().operation(view.crs(), Crs.CRS84).apply(position, 1);
    }
    ring.add(ring.getFirst().clone());
    return new PrintFrame(ring, scale, pages);
  }
}
