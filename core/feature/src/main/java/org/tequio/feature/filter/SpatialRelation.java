package org.tequio.feature.filter;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.operation.relateng.RelateNG;
import org.locationtech.jts.operation.relateng.RelatePredicate;
import org.locationtech.jts.operation.relateng.TopologyPredicate;
import org.tequio.feature.FeatureRow;

/**
 * How the geometry of a feature lies to a fixed one. Envelopes decide where they can; else the
 * feature's geometry is brought to the CRS of the filter and rounded as it is published, so that a
 * geometry which was read from this server is equal to itself. Not thread-safe.
 */
final class SpatialRelation {
  private final Operator operator;
  private final RelateNG fixed;
  private final BoxFilter near;
  private final Places places;

  /**
   * Compares with a geometry.
   *
   * @param operator as seen from the feature
   * @param shape in the CRS of the filter, x before y
   */
  SpatialRelation(Operator operator, Geometry shape, Places places) {
    this.operator = operator;
    this.fixed = RelateNG.prepare(shape);
    this.places = places;
    this.near = places.around(shape);
  }

  /** Where features can lie for which it is true. */
  Reach reach() {
    return operator == Operator.S_DISJOINT ? new Reach.Everywhere() : near.reach();
  }

  /** True or false; null where the feature has no place, or one that cannot be compared. */
  @Nullable Boolean of(FeatureRow row) {
    if (row.wkb() == null) {
      return null;
    }
    if (!near.mayHold(row)) {
      return operator == Operator.S_DISJOINT;
    }
    Geometry geometry = places.of(row);
    if (geometry == null) {
      return null;
    }
    return ask(fixed, geometry, turned(operator));
  }

  static @Nullable Boolean test(Operator operator, Geometry a, Geometry b) {
    return ask(RelateNG.prepare(a), b, operator);
  }

  private static @Nullable Boolean ask(RelateNG a, Geometry b, Operator operator) {
    try {
      return a.evaluate(b, predicate(operator));
    } catch (TopologyException | IllegalArgumentException e) {
      return null;
    }
  }

  /** The same relation as seen from the other geometry. */
  static Operator turned(Operator operator) {
    return switch (operator) {
      case S_WITHIN -> Operator.S_CONTAINS;
      case S_CONTAINS -> Operator.S_WITHIN;
      default -> operator;
    };
  }

  private static TopologyPredicate predicate(Operator operator) {
    return switch (operator) {
      case S_INTERSECTS -> RelatePredicate.intersects();
      case S_EQUALS -> RelatePredicate.equalsTopo();
      case S_DISJOINT -> RelatePredicate.disjoint();
      case S_TOUCHES -> RelatePredicate.touches();
      case S_WITHIN -> RelatePredicate.within();
      case S_OVERLAPS -> RelatePredicate.overlaps();
      case S_CROSSES -> RelatePredicate.crosses();
      case S_CONTAINS -> RelatePredicate.contains();
      default -> throw new IllegalArgumentException(operator + " is no spatial function");
    };
  }
}
