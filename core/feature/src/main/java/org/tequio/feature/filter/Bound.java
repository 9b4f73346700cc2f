package org.tequio.feature.filter;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.FeatureRow;

/**
 * An expression whose names are known and whose types fit.
 *
 * @param type what it gives
 * @param value gives it for a row
 * @param constant true where it is the same for every row
 * @param reach where it can be true, if it is a condition
 */
record Bound(ValueType type, Value value, boolean constant, Reach reach) {
  /** Asks a row. */
  @FunctionalInterface
  interface Value {
    /** The value; null where it is not known. */
    @Nullable Object of(FeatureRow row);
  }

  private static final FeatureRow NO_ROW =
      new FeatureRow() {
        @Override
        public long id() {
          throw noRow();
        }

        @Override
        public byte @Nullable [] wkb() {
          throw noRow();
        }

        @Override
        public int wkbOffset() {
          throw noRow();
        }

        @Override
        public int wkbLength() {
          throw noRow();
        }

        @Override
        public @Nullable Object value(int field) {
          throw noRow();
        }

        private IllegalStateException noRow() {
          return new IllegalStateException("a constant asked for a row");
        }
      };

  static Bound of(ValueType type, boolean constant, Value value) {
    Bound bound = new Bound(type, value, constant, new Reach.Everywhere());
    return constant ? constant(type, bound.value.of(NO_ROW)) : bound;
  }

  static Bound constant(ValueType type, @Nullable Object value) {
    Reach reach =
        value instanceof Boolean truth && !truth ? new Reach.Nowhere() : new Reach.Everywhere();
    return new Bound(type, row -> value, true, reach);
  }

  /** The value of a constant. */
  @Nullable Object constantValue() {
    if (!constant) {
      throw new IllegalStateException("not a constant");
    }
    return value.of(NO_ROW);
  }
}
