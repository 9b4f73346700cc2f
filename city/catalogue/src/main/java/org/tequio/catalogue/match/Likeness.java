package org.tequio.catalogue.match;

/**
 * How alike two rows of two states are, from 0 to 1: half by where they lie and how large they are,
 * half by what stands in their columns, where a column counts the more the more different values it
 * has.
 */
final class Likeness {
  private static final double GEOMETRY_SHARE = 0.55;

  /** What lies where the other did is that thing, however much its attributes changed. */
  private static final double PLACE_ALONE = 0.85;

  private final RowFacts before;
  private final RowFacts after;
  private final double[] weights;
  private final double reach;

  Likeness(RowFacts before, RowFacts after, double[] weights, double reach) {
    this.before = before;
    this.after = after;
    this.weights = weights;
    this.reach = reach;
  }

  /** How far from a thing without extent its other version is looked for, in units of the layer. */
  double reach() {
    return reach;
  }

  double of(int b, int a) {
    double geometry = geometry(b, a);
    double attributes = attributes(b, a);
    if (Double.isNaN(attributes)) {
      return geometry;
    }
    double both = GEOMETRY_SHARE * geometry + (1 - GEOMETRY_SHARE) * attributes;
    return Math.max(both, PLACE_ALONE * geometry);
  }

  /** By place and size alone. */
  double geometry(int b, int a) {
    if (!before.hasPlace(b) || !after.hasPlace(a)) {
      return 0;
    }
    long shape = before.geometries()[b];
    if (shape == after.geometries()[a]) {
      return 1;
    }
    double extent =
        Math.sqrt(before.width(b) * before.width(b) + before.height(b) * before.height(b));
    double near = Math.exp(-2 * distance(b, a) / Math.max(extent, reach));
    double larger = Math.max(before.size(b), after.size(a));
    if (larger == 0) {
      return near;
    }
    double sizes = Math.min(before.size(b), after.size(a)) / larger;
    return 0.5 * overlap(b, a) + 0.25 * near + 0.25 * sizes;
  }

  /** The shared part of the two boxes. */
  private double overlap(int b, int a) {
    double[] p = before.boxes();
    double[] q = after.boxes();
    double width = Math.min(p[4 * b + 2], q[4 * a + 2]) - Math.max(p[4 * b], q[4 * a]);
    double height = Math.min(p[4 * b + 3], q[4 * a + 3]) - Math.max(p[4 * b + 1], q[4 * a + 1]);
    if (width < 0 || height < 0) {
      return 0;
    }
    double shared = width * height;
    double all = before.width(b) * before.height(b) + after.width(a) * after.height(a) - shared;
    return all <= 0 ? 1 : shared / all;
  }

  /** Between the centres of the boxes, in units of the layer. */
  double distance(int b, int a) {
    return Math.hypot(before.centerX(b) - after.centerX(a), before.centerY(b) - after.centerY(a));
  }

  /** By columns alone; NaN where no column is known on both sides. */
  double attributes(int b, int a) {
    double equal = 0;
    double all = 0;
    for (int i = 0; i < weights.length; i++) {
      long one = before.column(i)[b];
      long other = after.column(i)[a];
      if (one != 0 || other != 0) {
        all += weights[i];
        equal += one == other ? weights[i] : 0;
      }
    }
    return all == 0 ? Double.NaN : equal / all;
  }

  /** How many columns are known on one side at least. */
  int known(int b, int a) {
    int known = 0;
    for (int i = 0; i < weights.length; i++) {
      known += before.column(i)[b] != 0 || after.column(i)[a] != 0 ? 1 : 0;
    }
    return known;
  }

  /** How many columns are equal and known. */
  int equal(int b, int a) {
    int equal = 0;
    for (int i = 0; i < weights.length; i++) {
      long one = before.column(i)[b];
      equal += one != 0 && one == after.column(i)[a] ? 1 : 0;
    }
    return equal;
  }
}
