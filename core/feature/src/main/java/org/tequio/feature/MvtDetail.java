package org.tequio.feature;

/**
 * How much of the geometry a tile keeps. Everything is in tile units (4096 along a side) and
 * depends on the feature alone, never on what was drawn before, except that points of one cell are
 * drawn once.
 *
 * @param tolerance outlines may move by so much; 0 keeps every vertex that the grid can tell apart
 * @param tinyArea a polygon smaller than this many square units is drawn as a square of this area,
 *     or not at all, so that on average the covered area stays; 0 draws what the grid can tell
 *     apart
 * @param pointCell one point is kept in each cell of so many units; 0 keeps all
 * @param oneIn of so many features one is kept, chosen by its id; 1 keeps all
 */
public record MvtDetail(double tolerance, double tinyArea, int pointCell, int oneIn) {
  /** Everything that the grid can tell apart. */
  public static final MvtDetail FULL = new MvtDetail(0, 0, 0, 1);

  private static final int FULL_FROM_ZOOM = 16;
  private static final int POINTS_FROM_ZOOM = 14;

  /** Refuses what has no meaning. */
  public MvtDetail {
    if (!(tolerance >= 0) || !(tinyArea >= 0) || pointCell < 0 || oneIn < 1) {
      throw new IllegalArgumentException(
          "not a detail: " + tolerance + " " + tinyArea + " " + pointCell + " " + oneIn);
    }
  }

  /** What a zoom level can show. */
  public static MvtDetail ofZoom(int z) {
    if (z >= FULL_FROM_ZOOM) {
      return FULL;
    }
    return new MvtDetail(1, 16, z >= POINTS_FROM_ZOOM ? 0 : 6, 1);
  }

  /** The same with fewer features. */
  public MvtDetail keepingOneIn(int features) {
    return new MvtDetail(tolerance, tinyArea, pointCell, features);
  }

  /** True where the feature is among those kept. */
  boolean keeps(long id) {
    return oneIn == 1 || Long.remainderUnsigned(scrambled(id), oneIn) == 0;
  }

  /** The same with larger squares in place of fewer tiny polygons. */
  public MvtDetail withTinyArea(double squareUnits) {
    return new MvtDetail(tolerance, squareUnits, pointCell, oneIn);
  }

  /** True where a tiny part is drawn, with a chance of its share of {@link #tinyArea}. */
  boolean draws(long id, int part, double area) {
    return share(id, part) < area / tinyArea;
  }

  /** A number from 0 to 1 that is a part's own. */
  static double share(long id, int part) {
    return (scrambled(id * 31 + part) >>> 11) * 0x1p-53;
  }

  // SplitMix64's finish: neighbours in id are no neighbours in the result.
  private static long scrambled(long id) {
    long h = (id ^ (id >>> 30)) * 0xbf58476d1ce4e5b9L;
    h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
    return h ^ (h >>> 31);
  }
}
