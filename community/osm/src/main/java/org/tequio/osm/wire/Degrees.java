package org.tequio.osm.wire;

import org.jspecify.annotations.Nullable;
import org.tequio.http.Parameter;
import org.tequio.osm.Box;
import org.tequio.osm.changeset.OsmRefused;

/** Longitudes and latitudes as programs send them, in degrees. */
public final class Degrees {
  private static final double E7 = 1e7;

  private Degrees() {}

  /** In 1e-7 degrees, which is how all places are kept. */
  public static int e7(double degrees) {
    return (int) Math.rint(degrees * E7);
  }

  /**
   * A box: west, south, east, north.
   *
   * @param text as it came; null where it did not
   * @throws OsmRefused where it is none
   */
  public static Box box(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw OsmRefused.bad("The parameter bbox is required");
    }
    String[] parts = text.split(",", -1);
    if (parts.length != 4) {
      throw OsmRefused.bad(
          "The parameter bbox must be of the form min_lon,min_lat,max_lon,max_lat");
    }
    double[] side = new double[4];
    for (int i = 0; i < 4; i++) {
      side[i] =
          Parameter.finite(parts[i].strip())
              .orElseThrow(
                  () ->
                      OsmRefused.bad(
                          "The parameter bbox must be of the form"
                              + " min_lon,min_lat,max_lon,max_lat"));
    }
    if (side[0] > side[2] || side[1] > side[3]) {
      throw OsmRefused.bad(
          "The minimum longitude must be less than the maximum longitude, and the minimum latitude"
              + " must be less than the maximum latitude");
    }
    if (side[0] < -180 || side[1] < -90 || side[2] > 180 || side[3] > 90) {
      throw OsmRefused.bad(
          "The latitudes must be between -90 and 90, and longitudes between -180 and 180");
    }
    return new Box(e7(side[0]), e7(side[1]), e7(side[2]), e7(side[3]));
  }
}
