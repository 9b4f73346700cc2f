package org.tequio.cartography;

/** Zooms as the scale denominators of other programs (OGC 17-083r4, annex D, on 0.28 mm pixels). */
public final class Scales {
  /** The size of a sign where a form knows only one. */
  public static final double TYPICAL_ZOOM = 15;

  private static final double ZOOM_0 = 559_082_264.0287178 / 2;

  private Scales() {}

  /** The denominator at which a zoom of the web map shows the equator. */
  public static double denominator(double zoom) {
    return ZOOM_0 / Math.pow(2, zoom);
  }

  /** The denominator below which a layer is drawn; 0 for none. */
  public static double farthest(double fromZoom) {
    return fromZoom <= 0 ? 0 : denominator(fromZoom);
  }

  /** The denominator from which on a layer is drawn; 0 for none. */
  public static double nearest(double toZoom) {
    return toZoom >= LayerStyle.MOST_ZOOM ? 0 : denominator(toZoom);
  }
}
